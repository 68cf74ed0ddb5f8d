// Guard zones and poison around what a kernel is given.
#include "harness/run/Buffer.h"
#include "llvm/ADT/STLExtras.h"
#include <algorithm>

using namespace pto;
using namespace pto::harness;

static constexpr size_t guardSize = 512;
static constexpr uint8_t guardByte = 0xCB;

/// A NaN with an unlikely payload in every float type, an unlikely value in every integer type.
static uint8_t poisonByte(Poison poison, size_t offset) {
  static constexpr uint8_t patterns[2][8] = {{0xDE, 0xFC, 0xDE, 0xFF, 0xDE, 0xFC, 0xDE, 0xFF},
                                             {0x21, 0x7E, 0x21, 0x7F, 0x21, 0x7E, 0x21, 0x7F}};
  return patterns[static_cast<int>(poison)][offset % 8];
}

llvm::ArrayRef<uint8_t> Buffer::bytes() const {
  return llvm::ArrayRef(memory).drop_front(guardSize).drop_back(guardSize + slack);
}

void Buffer::layOut(Poison newPoison) {
  poison = newPoison;
  if (spec->isScalar)
    return;
  size_t size = golden::byteSize(spec->dtype);
  for (int64_t extent : spec->shape)
    size *= static_cast<size_t>(extent);
  memory.assign(size + slack + 2 * guardSize, guardByte);
  std::fill_n(memory.begin() + guardSize + size, slack, 0);
  if (goesIn())
    llvm::copy(initial.bytes, memory.begin() + guardSize);
  else
    for (size_t offset = 0; offset < size; ++offset)
      memory[guardSize + offset] = poisonByte(poison, offset);
}

LaunchArgument Buffer::launchArgument() {
  LaunchArgument argument;
  argument.name = spec->name;
  argument.isScalar = spec->isScalar;
  if (!spec->isScalar) {
    argument.buffer = llvm::MutableArrayRef(memory).drop_front(guardSize).drop_back(guardSize);
    return argument;
  }
  golden::Tensor scalar = golden::Tensor::zeros(spec->dtype, {1});
  if (golden::isFloat(spec->dtype))
    scalar.setValueAt(0, spec->value);
  else
    scalar.setBitsAt(0, static_cast<uint64_t>(spec->integer));
  argument.scalar = scalar.bitsAt(0);
  return argument;
}

golden::Tensor Buffer::read() const {
  return {spec->dtype, spec->shape, bytes().vec()};
}

std::optional<std::string> Buffer::findGuardDamage() const {
  if (spec->isScalar)
    return std::nullopt;
  auto damaged = [](uint8_t byte) { return byte != guardByte; };
  llvm::ArrayRef<uint8_t> all(memory), before = all.take_front(guardSize), after = all.take_back(guardSize);
  // The byte nearest to the buffer says most: the last damaged one before it, the first one after it.
  auto last = std::find_if(before.rbegin(), before.rend(), damaged);
  if (last != before.rend())
    return "'" + spec->name + "' was written " + std::to_string(last - before.rbegin() + 1) + " bytes before its start";
  auto first = llvm::find_if(after, damaged);
  if (first != after.end())
    return "'" + spec->name + "' was written " + std::to_string(first - after.begin()) + " bytes past its end";
  return std::nullopt;
}

std::optional<std::string> Buffer::findChange() const {
  if (spec->isScalar || spec->direction != Direction::In)
    return std::nullopt;
  llvm::ArrayRef<uint8_t> now = bytes();
  if (now == llvm::ArrayRef(initial.bytes))
    return std::nullopt;
  auto [changed, _] = std::mismatch(now.begin(), now.end(), initial.bytes.begin());
  size_t element = (changed - now.begin()) / golden::byteSize(spec->dtype);
  return "input '" + spec->name + "' was overwritten, first at element " + std::to_string(element) +
         "; declare it `direction: inout` if that is meant";
}

std::vector<int64_t> Buffer::findUnwritten() const {
  std::vector<int64_t> unwritten;
  if (!comesOut() || goesIn())
    return unwritten;
  llvm::ArrayRef<uint8_t> now = bytes();
  size_t width = golden::byteSize(spec->dtype);
  for (size_t offset = 0; offset + width <= now.size(); offset += width) {
    bool untouched = true;
    for (size_t i = offset; i < offset + width && untouched; ++i)
      untouched = now[i] == poisonByte(poison, i);
    if (untouched)
      unwritten.push_back(static_cast<int64_t>(offset / width));
  }
  return unwritten;
}

std::optional<std::string> Buffer::findTraceOfPoison(const Buffer &other) const {
  if (!comesOut())
    return std::nullopt;
  std::vector<int64_t> untouched = findUnwritten();
  size_t width = golden::byteSize(spec->dtype);
  for (size_t offset = 0; offset + width <= bytes().size(); offset += width) {
    auto element = static_cast<int64_t>(offset / width);
    if (bytes().slice(offset, width) != other.bytes().slice(offset, width) &&
        !std::binary_search(untouched.begin(), untouched.end(), element))
      return "element " + std::to_string(element) + " of '" + spec->name + "' depends on it";
  }
  return std::nullopt;
}

std::optional<std::string> pto::harness::firstFound(llvm::ArrayRef<Buffer> buffers,
                                                    std::optional<std::string> (Buffer::*find)() const) {
  for (const Buffer &buffer : buffers)
    if (std::optional<std::string> found = (buffer.*find)())
      return found;
  return std::nullopt;
}
