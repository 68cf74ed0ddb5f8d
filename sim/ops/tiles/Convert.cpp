// tcvt: by the vector instruction's code, on registers in which each element has the place of a wider one.
#include "sim/ops/Conversions.h"
#include "sim/ops/tiles/Plane.h"
#include "sim/ops/tiles/Tiles.h"
#include "llvm/Support/FormatVariadic.h"

namespace pto::sim {

namespace {

struct Convert {
  template <class P>
  static const Instruction *run(Core &core, const Instruction &at) {
    const TileConversionForm &form = *at.carried<const TileConversionForm *>();
    Tile source(core, form.source), destination(core, form.destination);
    if (!isSound(core, at, source) || !isSound(core, at, destination))
      return nullptr;
    if (source.validRows < destination.validRows || source.validColumns < destination.validColumns)
      return core.fault(at, Fault::Kind::Illegal,
                        llvm::formatv("converts {0}x{1} valid elements to {2}x{3}", source.validRows,
                                      source.validColumns, destination.validRows, destination.validColumns));
    if (destination.isEmpty())
      return &at + 1;
    if (!core.charge(at, 1 + destination.validElements() * 8 / int64_t(registerBytes)))
      return nullptr;
    bool down = destination.form.order.elementsDown;
    TilePort<P> port(core, at);
    ConstPlane from = port.read(source, down);
    if (!from)
      return nullptr;
    Plane to = port.open(destination, down);
    if (!to)
      return nullptr;
    compute(core, form, from, to);
    port.close(destination, to, down);
    return &at + 1;
  }

private:
  static void compute(Core &core, const TileConversionForm &form, const ConstPlane &from, const Plane &to) {
    // It says itself whether it saturates, whatever CTRL has for vector instructions.
    uint64_t kept = core.control.bits;
    core.control.bits &= ~Control::rulesConversions;
    int64_t read = form.source.form.bytes, written = form.destination.form.bytes, place = std::max(read, written);
    int64_t perRegister = int64_t(registerBytes) / place;
    uint8_t *input = core.wide(form.vector.operand[0]);
    const uint8_t *made = core.wide(form.vector.result[0]);
    std::memset(core.wide(form.vector.operand[1]), 1, registerBytes);
    std::memset(input, 0, registerBytes);
    Handler handler = form.vector.code.by[Policies::index<Fast>];
    for (int64_t line = 0; line < to.lines; ++line)
      for (int64_t done = 0; done < to.count; done += perRegister) {
        int64_t count = std::min(perRegister, to.count - done);
        copyElements(input, place, from.line(line) + done * read, read, count, read);
        handler(core, form.vector);
        copyElements(to.line(line) + done * written, written, made, place, count, written);
      }
    core.control.bits = kept;
  }
};

} // namespace

namespace tiles {

const Code convert = Code::accessing<Convert>(Pipe::V);

} // namespace tiles

} // namespace pto::sim
