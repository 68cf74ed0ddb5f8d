// Who accessed each byte of a memory last, for one kind of access of one agent.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

namespace pto::sim {

/// When an instruction was executed and which one it was, in one word that is ordered by time; 0 is never.
class Stamp {
public:
  Stamp() = default;
  Stamp(uint64_t time, size_t instruction)
      : bits(time << instructionBits | (instruction < lastInstruction ? instruction : lastInstruction)) {}

  uint64_t time() const { return bits >> instructionBits; }
  size_t instruction() const { return bits & lastInstruction; }

private:
  friend class Plane;
  static constexpr unsigned instructionBits = 24;
  static constexpr uint64_t lastInstruction = (uint64_t(1) << instructionBits) - 1;
  uint64_t bits = 0;
};

/// Keeps a word for 32 bytes that were accessed alike, and one for each byte where they were not. Takes room for the
/// pages that were touched only.
class Plane {
public:
  void mark(int64_t address, int64_t bytes, Stamp stamp) {
    if (bytes <= 0)
      return;
    latest.bits = std::max(latest.bits, stamp.bits);
    recent.begin = std::min(recent.begin, address);
    recent.end = std::max(recent.end, address + bytes);
    if (byteOf(address) == 0 && byteOf(bytes) == 0)
      markBlocks(address, bytes, stamp);
    else
      markBytes(address, bytes, stamp);
  }

  struct Found {
    int64_t address;
    Stamp stamp;
  };
  /// The first byte of a range that was accessed after the time `since`, but not at `now`, which is the instruction
  /// that asks.
  std::optional<Found> findAfter(int64_t address, int64_t bytes, uint64_t since, uint64_t now) const {
    bool isApart =
        latest.time() <= since || (since >= recent.since && (address >= recent.end || address + bytes <= recent.begin));
    return isApart ? std::nullopt : search(address, bytes, since, now);
  }
  /// From now on is asked for what comes after that time, which will be found faster.
  void forget(uint64_t time) { recent = {time, INT64_MAX, 0}; }
  /// Of a byte.
  Stamp at(int64_t address) const;
  /// How many bytes from there on, up to `end`, were accessed by the same instruction at the same time.
  int64_t extent(const Found &found, int64_t end) const;

  /// Calls `run(found, bytes)` for all that `findAfter` finds in a range.
  template <class Run>
  void forEachAfter(int64_t address, int64_t bytes, uint64_t since, uint64_t now, Run run) const {
    int64_t end = address + bytes;
    while (auto found = findAfter(address, end - address, since, now)) {
      int64_t count = extent(*found, end);
      run(*found, count);
      address = found->address + count;
    }
  }
  /// Calls `run(address, bytes, stamp)` for all that was accessed.
  template <class Run>
  void forEach(Run run) const {
    for (size_t page : opened)
      for (int64_t block = 0; block < blocksOfPage; ++block)
        forEachOf(int64_t(page) * pageBytes + block * blockBytes, pages[page]->blocks[size_t(block)], run);
  }

private:
  static constexpr int64_t blockBytes = 32, blocksOfPage = 128, pageBytes = blockBytes * blocksOfPage;
  // Addresses are not negative, and shifts are cheaper than divisions that do not know that.
  static size_t pageOf(int64_t address) { return uint64_t(address) / uint64_t(pageBytes); }
  static size_t blockOf(int64_t address) { return uint64_t(address) % uint64_t(pageBytes) / uint64_t(blockBytes); }
  static size_t byteOf(int64_t address) { return uint64_t(address) % uint64_t(blockBytes); }
  static constexpr uint64_t splitBit = uint64_t(1) << 63;
  struct Page {
    std::array<uint64_t, blocksOfPage> blocks{}; ///< a stamp, or the place in `splits` of the bytes' stamps
  };
  using Bytes = std::array<uint64_t, blockBytes>;

  Page &page(int64_t address) {
    size_t index = pageOf(address);
    return index < pages.size() && pages[index] ? *pages[index] : open(index);
  }
  Page &open(size_t index);
  void markBlocks(int64_t address, int64_t bytes, Stamp stamp) {
    while (bytes > 0) {
      size_t first = blockOf(address), count = std::min(size_t(bytes / blockBytes), size_t(blocksOfPage) - first);
      uint64_t *words = page(address).blocks.data() + first;
      for (size_t i = 0; i < count; ++i) {
        if (words[i] & splitBit) [[unlikely]]
          freeSplits.push_back(words[i] & ~splitBit);
        words[i] = stamp.bits;
      }
      address += int64_t(count) * blockBytes, bytes -= int64_t(count) * blockBytes;
    }
  }
  void markBytes(int64_t address, int64_t bytes, Stamp stamp);
  uint64_t blockOrZero(int64_t address) const;
  void markPartly(int64_t address, int64_t bytes, Stamp stamp);
  std::optional<Found> search(int64_t address, int64_t bytes, uint64_t since, uint64_t now) const;

  template <class Run>
  void forEachOf(int64_t address, uint64_t word, Run run) const {
    if (!(word & splitBit)) {
      if (word)
        run(address, blockBytes, stampOf(word));
      return;
    }
    for (int64_t byte = 0; byte < blockBytes; ++byte)
      if (uint64_t own = splits[word & ~splitBit][size_t(byte)])
        run(address + byte, 1, stampOf(own));
  }
  static Stamp stampOf(uint64_t bits) {
    Stamp stamp;
    stamp.bits = bits;
    return stamp;
  }

  std::vector<std::unique_ptr<Page>> pages;
  std::vector<size_t> opened; ///< those that there are
  std::vector<Bytes> splits;
  std::vector<uint64_t> freeSplits;
  Stamp latest;
  /// Outside of these bytes nothing was marked since then.
  struct {
    uint64_t since = 0;
    int64_t begin = INT64_MAX, end = 0;
  } recent;
};

} // namespace pto::sim
