// Guard zones and poison around a kernel's arguments.
#include "harness/run/ArgumentMemory.h"
#include <algorithm>
#include <cstring>

using namespace pto;
using namespace pto::harness;

static constexpr size_t guardSize = 512;
static constexpr uint8_t guardByte = 0xCB;

/// A NaN with an unlikely payload in every float type, an unlikely value in every integer type.
static uint8_t poisonByte(ArgumentMemory::Poison poison, size_t offset) {
  static constexpr uint8_t patterns[2][8] = {{0xDE, 0xFC, 0xDE, 0xFF, 0xDE, 0xFC, 0xDE, 0xFF},
                                             {0x21, 0x7E, 0x21, 0x7F, 0x21, 0x7E, 0x21, 0x7F}};
  return patterns[static_cast<int>(poison)][offset % 8];
}

llvm::ArrayRef<uint8_t> ArgumentMemory::bytesOf(const Slot &slot) const {
  return {slot.storage.data() + guardSize, slot.size};
}

void ArgumentMemory::layOut(const std::vector<CaseArgument> &args, const std::vector<golden::Tensor> &initial,
                            Poison newPoison) {
  poison = newPoison;
  slots.assign(args.size(), {});
  for (size_t i = 0; i < args.size(); ++i) {
    Slot &slot = slots[i];
    slot.spec = &args[i];
    if (args[i].isScalar)
      continue;
    slot.size = golden::byteSize(args[i].dtype);
    for (int64_t extent : args[i].shape)
      slot.size *= static_cast<size_t>(extent);
    slot.storage.assign(slot.size + 2 * guardSize, guardByte);
    uint8_t *bytes = slot.storage.data() + guardSize;
    if (args[i].direction == Direction::Out)
      for (size_t offset = 0; offset < slot.size; ++offset)
        bytes[offset] = poisonByte(poison, offset);
    else
      std::copy(initial[i].bytes.begin(), initial[i].bytes.end(), bytes);
  }
}

std::vector<LaunchArgument> ArgumentMemory::launchArguments() {
  std::vector<LaunchArgument> arguments;
  for (Slot &slot : slots) {
    LaunchArgument argument;
    argument.name = slot.spec->name;
    argument.isScalar = slot.spec->isScalar;
    if (slot.spec->isScalar) {
      golden::Tensor scalar = golden::Tensor::zeros(slot.spec->dtype, {1});
      if (golden::isFloat(slot.spec->dtype))
        scalar.setValueAt(0, slot.spec->value);
      else
        scalar.setBitsAt(0, static_cast<uint64_t>(slot.spec->integer));
      argument.scalar = scalar.bitsAt(0);
    } else {
      argument.buffer = {slot.storage.data() + guardSize, slot.size};
    }
    arguments.push_back(argument);
  }
  return arguments;
}

golden::Tensor ArgumentMemory::read(size_t argument) const {
  const Slot &slot = slots[argument];
  llvm::ArrayRef<uint8_t> bytes = bytesOf(slot);
  return {slot.spec->dtype, slot.spec->shape, {bytes.begin(), bytes.end()}};
}

std::optional<std::string> ArgumentMemory::findGuardDamage() const {
  auto damaged = [](uint8_t byte) { return byte != guardByte; };
  for (const Slot &slot : slots) {
    if (slot.spec->isScalar)
      continue;
    const uint8_t *before = slot.storage.data(), *after = before + guardSize + slot.size;
    for (const uint8_t *zone : {before, after}) {
      const uint8_t *hit = std::find_if(zone, zone + guardSize, damaged);
      if (hit == zone + guardSize)
        continue;
      // The byte nearest to the buffer says most: the last damaged one before it, the first one after it.
      if (zone == before) {
        while (const uint8_t *next = std::find_if(hit + 1, zone + guardSize, damaged)) {
          if (next == zone + guardSize)
            break;
          hit = next;
        }
        return "'" + slot.spec->name + "' was written " + std::to_string(before + guardSize - hit) +
               " bytes before its start";
      }
      return "'" + slot.spec->name + "' was written " + std::to_string(hit - after) + " bytes past its end";
    }
  }
  return std::nullopt;
}

std::optional<std::string> ArgumentMemory::findChangedInput(const std::vector<golden::Tensor> &initial) const {
  for (size_t i = 0; i < slots.size(); ++i) {
    const Slot &slot = slots[i];
    if (slot.spec->isScalar || slot.spec->direction != Direction::In)
      continue;
    llvm::ArrayRef<uint8_t> now = bytesOf(slot);
    auto [changed, _] = std::mismatch(now.begin(), now.end(), initial[i].bytes.begin());
    if (changed == now.end())
      continue;
    size_t element = (changed - now.begin()) / golden::byteSize(slot.spec->dtype);
    return "input '" + slot.spec->name + "' was overwritten, first at element " + std::to_string(element) +
           "; declare it `direction: inout` if that is meant";
  }
  return std::nullopt;
}

std::vector<int64_t> ArgumentMemory::findUnwritten(size_t argument) const {
  const Slot &slot = slots[argument];
  std::vector<int64_t> unwritten;
  if (slot.spec->isScalar || slot.spec->direction != Direction::Out)
    return unwritten;
  llvm::ArrayRef<uint8_t> bytes = bytesOf(slot);
  size_t width = golden::byteSize(slot.spec->dtype);
  for (size_t offset = 0; offset + width <= bytes.size(); offset += width) {
    bool untouched = true;
    for (size_t i = offset; i < offset + width && untouched; ++i)
      untouched = bytes[i] == poisonByte(poison, i);
    if (untouched)
      unwritten.push_back(static_cast<int64_t>(offset / width));
  }
  return unwritten;
}

std::optional<std::string> ArgumentMemory::findTraceOfPoison(const ArgumentMemory &other) const {
  for (size_t i = 0; i < slots.size(); ++i) {
    const Slot &slot = slots[i];
    if (slot.spec->isScalar || slot.spec->direction == Direction::In)
      continue;
    llvm::ArrayRef<uint8_t> here = bytesOf(slot), there = other.bytesOf(other.slots[i]);
    std::vector<int64_t> untouched = findUnwritten(i);
    size_t width = golden::byteSize(slot.spec->dtype);
    for (size_t offset = 0; offset + width <= here.size(); offset += width) {
      auto element = static_cast<int64_t>(offset / width);
      if (!std::equal(&here[offset], &here[offset] + width, &there[offset]) &&
          !std::binary_search(untouched.begin(), untouched.end(), element))
        return "element " + std::to_string(element) + " of '" + slot.spec->name + "' depends on it";
    }
  }
  return std::nullopt;
}
