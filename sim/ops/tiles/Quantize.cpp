// tquant and tdequant: 8-bit integers that stand for floats, by a scale and an offset for each row.
#include "sim/ops/tiles/Plane.h"
#include "sim/ops/tiles/Tiles.h"
#include "llvm/Support/FormatVariadic.h"
#include <cmath>

namespace pto::sim {

namespace {

int64_t integerAt(const uint8_t *from, int64_t bytes) {
  int16_t value = 0;
  std::memcpy(&value, from, size_t(bytes));
  return bytes == 1 ? int8_t(value) : value;
}

float floatAt(const uint8_t *from) {
  float value;
  std::memcpy(&value, from, sizeof(value));
  return value;
}

// A product and a sum, each rounded, as vmul and vadd do it.
struct Quantize {
  template <class P>
  static const Instruction *run(Core &core, const Instruction &at) {
    const QuantizeForm &form = *at.carried<const QuantizeForm *>();
    Tile source(core, form.source), scales(core, form.scales), destination(core, form.destination);
    std::optional<Tile> offsets;
    if (form.offsets)
      offsets.emplace(core, *form.offsets);
    for (const Tile *tile : {&source, &scales, &destination, offsets ? &*offsets : &scales})
      if (!isSound(core, at, *tile))
        return nullptr;
    auto isForRows = [&](const Tile &tile) { return tile.validRows >= destination.validRows && !tile.isEmpty(); };
    if (destination.isEmpty())
      return &at + 1;
    if (source.validRows < destination.validRows || source.validColumns < destination.validColumns ||
        !isForRows(scales) || (offsets && !isForRows(*offsets)))
      return core.fault(at, Fault::Kind::Illegal,
                        llvm::formatv("has {0}x{1} valid elements and scales or offsets for {2} rows; its result has "
                                      "{3}x{4}",
                                      source.validRows, source.validColumns,
                                      offsets ? std::min(scales.validRows, offsets->validRows) : scales.validRows,
                                      destination.validRows, destination.validColumns));
    if (!charge(core, at, source))
      return nullptr;
    TilePort<P> port(core, at);
    ConstPlane from = port.read(source), scale = from ? port.read(scales) : from, offset;
    if (!scale || (offsets && !(offset = port.read(*offsets))))
      return nullptr;
    Plane to = port.open(destination);
    if (!to)
      return nullptr;
    int64_t read = source.form.bytes, written = destination.form.bytes;
    for (int64_t row = 0; row < to.lines; ++row) {
      float factor = floatAt(scale.line(row)), shift = offsets ? floatAt(offset.line(row)) : 0;
      for (int64_t column = 0; column < to.count; ++column) {
        const uint8_t *element = from.line(row) + column * read;
        uint8_t *result = to.line(row) + column * written;
        if (form.toFloat) {
          float value = (float(integerAt(element, read)) - shift) * factor;
          std::memcpy(result, &value, sizeof(value));
        } else {
          *result = form.isSigned ? clamped(floatAt(element) * factor + shift, -128, 127)
                                  : clamped(floatAt(element) * factor + shift, 0, 255);
        }
      }
    }
    port.close(destination, to);
    return &at + 1;
  }

private:
  static uint8_t clamped(float value, float least, float most) {
    return value != value ? 0 : uint8_t(int(std::nearbyint(std::clamp(value, least, most))));
  }
};

} // namespace

namespace tiles {

const Code quantize = Code::accessing<Quantize>(Pipe::V);

} // namespace tiles

} // namespace pto::sim
