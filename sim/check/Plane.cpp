#include "sim/check/Plane.h"
#include <algorithm>

namespace pto::sim {

uint64_t &Plane::block(int64_t address) {
  auto page = size_t(address / pageBytes);
  if (page >= pages.size())
    pages.resize(page + 1);
  if (!pages[page])
    pages[page] = std::make_unique<Page>();
  return pages[page]->blocks[size_t(address % pageBytes / blockBytes)];
}

uint64_t Plane::blockOrZero(int64_t address) const {
  auto page = size_t(address / pageBytes);
  return page < pages.size() && pages[page] ? pages[page]->blocks[size_t(address % pageBytes / blockBytes)] : 0;
}

Stamp Plane::at(int64_t address) const {
  uint64_t word = blockOrZero(address);
  return stampOf(word & splitBit ? splits[word & ~splitBit][size_t(address % blockBytes)] : word);
}

void Plane::mark(int64_t address, int64_t bytes, Stamp stamp) {
  if (bytes <= 0)
    return;
  latest.bits = std::max(latest.bits, stamp.bits);
  if (int64_t into = address % blockBytes; into != 0 || bytes < blockBytes) {
    int64_t head = std::min(blockBytes - into, bytes);
    markPartly(address, head, stamp);
    address += head, bytes -= head;
  }
  while (bytes >= blockBytes) {
    uint64_t *words = &block(address);
    auto count = size_t(std::min(bytes, pageBytes - address % pageBytes) / blockBytes);
    for (size_t i = 0; i < count; ++i) {
      if (words[i] & splitBit) [[unlikely]]
        freeSplits.push_back(words[i] & ~splitBit);
      words[i] = stamp.bits;
    }
    address += int64_t(count) * blockBytes, bytes -= int64_t(count) * blockBytes;
  }
  if (bytes > 0)
    markPartly(address, bytes, stamp);
}

void Plane::markPartly(int64_t address, int64_t bytes, Stamp stamp) {
  uint64_t &word = block(address);
  if (word == stamp.bits)
    return;
  if (!(word & splitBit)) {
    Bytes alike;
    alike.fill(word);
    if (freeSplits.empty()) {
      word = splits.size() | splitBit;
      splits.push_back(alike);
    } else {
      word = freeSplits.back() | splitBit;
      splits[freeSplits.back()] = alike;
      freeSplits.pop_back();
    }
  }
  std::fill_n(splits[word & ~splitBit].begin() + address % blockBytes, bytes, stamp.bits);
}

std::optional<Plane::Found> Plane::search(int64_t address, int64_t bytes, uint64_t since, uint64_t now) const {
  auto matches = [&](Stamp stamp) { return stamp.time() > since && stamp.time() != now; };
  for (int64_t end = address + bytes; address < end;) {
    int64_t next = std::min(end, address / blockBytes * blockBytes + blockBytes);
    uint64_t word = blockOrZero(address);
    if (!(word & splitBit) && !matches(stampOf(word))) {
      address = next;
      continue;
    }
    for (; address < next; ++address)
      if (Stamp stamp = at(address); matches(stamp)) {
        int64_t first = address;
        while (address < end && matches(at(address)) && at(address).instruction() == stamp.instruction())
          ++address;
        return Found{first, address - first, stamp};
      }
  }
  return std::nullopt;
}

void Plane::clear() {
  pages.clear();
  splits.clear();
  freeSplits.clear();
  latest = Stamp();
}

} // namespace pto::sim
