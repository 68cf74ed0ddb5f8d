// A transfer out of its registers, and whether it may run.
#include "sim/ops/DmaTransfer.h"
#include "sim/machine/Choices.h"
#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/MathExtras.h"

namespace pto::sim {

static constexpr DmaField nBurst = {"n_burst", 12}, loopCount = {"a loop's count", 21},
                          padCount = {"a padding count", 8};
static constexpr int64_t padLimit = blockBytes; ///< on each side

namespace {

// Reads registers, and notes the first number that is not in its field's range.
class Reader {
public:
  Reader(Core &core, const Instruction &at) : core(core), at(at) {}

  int64_t number(uint32_t slot, DmaField field) {
    int64_t value = int64_t(core.scalar(slot));
    if (valid && !llvm::isUIntN(field.bits, uint64_t(value)))
      illegal(llvm::formatv("has {0} = {1}; its field holds 0 to {2}", field.name, value, llvm::maxUIntN(field.bits)));
    return value;
  }
  int64_t padBytes(std::optional<uint32_t> slot, unsigned valueBytes) {
    return slot ? number(*slot, padCount) * valueBytes : 0;
  }
  int64_t padBytes(uint32_t slot) { return number(slot, padCount); }
  /// How a pad can have no value: `bytes` on both sides.
  void requireNoPad(int64_t bytes) {
    if (valid && bytes != 0)
      illegal(llvm::formatv("pads {0} bytes, but its data_select_bit is 0 and gives them no value", bytes));
  }
  void limitPad(const char *side, int64_t bytes) {
    if (valid && bytes > padLimit)
      illegal(llvm::formatv("pads {0} bytes on the {1}; a pad has at most {2}", bytes, side, padLimit));
  }
  bool valid = true;

private:
  void illegal(const llvm::Twine &what) {
    valid = false;
    core.fault(at, Fault::Kind::Illegal, what);
  }

  Core &core;
  const Instruction &at;
};

} // namespace

std::optional<DmaTransfer> DmaTransfer::read(Core &core, const Instruction &at, const DmaFields &fields) {
  const DmaOperands &operands = *at.carried<const DmaOperands *>();
  Reader reader(core, at);
  DmaTransfer transfer;
  transfer.source = core.scalar(operands.source);
  transfer.destination = core.scalar(operands.destination);
  transfer.burstBytes = reader.number(operands.burstLength, fields.burstLength);
  for (const DmaOperands::Level &level : operands.levels) {
    int64_t count = reader.number(level.count, transfer.levels.empty() ? nBurst : loopCount);
    int64_t source = reader.number(level.sourceStride, fields.sourceStride);
    transfer.levels.push_back({count, source, reader.number(level.destinationStride, fields.destinationStride)});
  }
  if (operands.loops)
    for (const CopyLoops::Loop &loop : (core.control.copies.*operands.loops).loops)
      transfer.levels.push_back({loop.count, loop.sourceStride, loop.destinationStride});
  Padding &padding = transfer.padding;
  padding.elementBytes = operands.elementBytes;
  if (const std::optional<DmaOperands::OlderPad> &pad = operands.olderPad) {
    padding.left = reader.padBytes(pad->left), padding.right = reader.padBytes(pad->right);
    reader.limitPad("left", padding.left);
    reader.limitPad("right", padding.right);
    if (!(core.scalar(pad->select) & 1))
      reader.requireNoPad(padding.left + padding.right);
    else if (padding.left + padding.right != 0 || !choices::padValueNeedsCounts)
      padding.value = core.control.copies.padValue;
  }
  if (const std::optional<DmaOperands::Pad> &pad = operands.pad) {
    padding.left = reader.padBytes(pad->left, pad->valueBytes);
    padding.right = reader.padBytes(pad->right, pad->valueBytes);
    reader.limitPad("left", padding.left);
    reader.limitPad("right", padding.right);
    if (padding.left + padding.right != 0 || !choices::padValueNeedsCounts) {
      padding.value = core.scalar(pad->value);
      padding.elementBytes = pad->valueBytes;
    }
  }
  return reader.valid ? std::optional(std::move(transfer)) : std::nullopt;
}

void DmaTransfer::Padding::surround(uint8_t *row, const uint8_t *burst, int64_t burstBytes, int64_t rowBytes) const {
  const uint8_t *element = value ? reinterpret_cast<const uint8_t *>(&*value) : burst;
  int64_t size = value ? elementBytes : std::min(elementBytes, burstBytes);
  auto fill = [&](uint8_t *to, int64_t bytes) {
    for (int64_t i = 0; i < bytes; ++i)
      to[i] = element[i % size];
  };
  fill(row, left);
  fill(row + left + burstBytes, rowBytes - left - burstBytes);
}

bool DmaTransfer::isEmpty() const {
  return burstBytes == 0 || llvm::any_of(levels, [](const Level &level) { return level.count == 0; });
}

bool DmaTransfer::mayRun(Core &core, const Instruction &at) const {
  constexpr __int128 limit = GmPointer::offsetLimit;
  __int128 lastSource = 0, lastDestination = 0;
  int64_t work = 1 + burstBytes / int64_t(registerBytes);
  for (const Level &level : levels) {
    lastSource += __int128(level.count - 1) * level.sourceStride;
    lastDestination += __int128(level.count - 1) * level.destinationStride;
    work = saturatedProduct(work, level.count);
  }
  if (lastSource >= limit || lastDestination >= limit) {
    core.fault(at, Fault::Kind::OutOfBounds, "reaches further than any memory with its counts and strides");
    return false;
  }
  return core.charge(at, work);
}

} // namespace pto::sim
