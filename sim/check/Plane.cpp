#include "sim/check/Plane.h"

namespace pto::sim {

Plane::Page &Plane::open(size_t index) {
  if (index >= pages.size())
    pages.resize(index + 1);
  pages[index] = std::make_unique<Page>();
  opened.push_back(index);
  return *pages[index];
}

uint64_t Plane::blockOrZero(int64_t address) const {
  size_t index = pageOf(address);
  return index < pages.size() && pages[index] ? pages[index]->blocks[blockOf(address)] : 0;
}

Stamp Plane::at(int64_t address) const {
  uint64_t word = blockOrZero(address);
  return stampOf(word & splitBit ? splits[word & ~splitBit][byteOf(address)] : word);
}

void Plane::markBytes(int64_t address, int64_t bytes, Stamp stamp) {
  if (auto into = int64_t(byteOf(address)); into != 0 || bytes < blockBytes) {
    int64_t head = std::min(blockBytes - into, bytes);
    markPartly(address, head, stamp);
    address += head, bytes -= head;
  }
  int64_t whole = bytes / blockBytes * blockBytes;
  markBlocks(address, whole, stamp);
  if (whole < bytes)
    markPartly(address + whole, bytes - whole, stamp);
}

void Plane::markPartly(int64_t address, int64_t bytes, Stamp stamp) {
  uint64_t &word = page(address).blocks[blockOf(address)];
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
  std::fill_n(splits[word & ~splitBit].begin() + long(byteOf(address)), bytes, stamp.bits);
}

std::optional<Plane::Found> Plane::search(int64_t address, int64_t bytes, uint64_t since, uint64_t now) const {
  auto matches = [&](Stamp stamp) { return stamp.time() > since && stamp.time() != now; };
  for (int64_t end = address + bytes; address < end;) {
    // To the end of the page, or to the first block that has to be looked at.
    size_t index = pageOf(address);
    int64_t pageEnd = std::min(end, int64_t(index + 1) * pageBytes);
    if (index >= pages.size() || !pages[index]) {
      address = pageEnd;
      continue;
    }
    const uint64_t *words = pages[index]->blocks.data();
    while (address < pageEnd && !(words[blockOf(address)] & splitBit) && !matches(stampOf(words[blockOf(address)])))
      address += blockBytes - int64_t(byteOf(address));
    if (address >= pageEnd) {
      address = pageEnd;
      continue;
    }
    int64_t next = std::min(end, address + blockBytes - int64_t(byteOf(address)));
    for (; address < next; ++address)
      if (Stamp stamp = at(address); matches(stamp))
        return Found{address, stamp};
  }
  return std::nullopt;
}

int64_t Plane::extent(const Found &found, int64_t end) const {
  int64_t next = found.address + 1;
  while (next < end && at(next).bits == found.stamp.bits)
    ++next;
  return next - found.address;
}

} // namespace pto::sim
