// tprint and print.
#include "sim/ops/tiles/Print.h"
#include "sim/ops/tiles/Plane.h"
#include "sim/run/Machine.h"
#include "llvm/Support/Format.h"
#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/MathExtras.h"
#include "llvm/Support/raw_ostream.h"

namespace pto::sim {

namespace {

/// More than that of a tile is left out.
constexpr int64_t mostRows = 64, mostColumns = 64;

int64_t integerOf(uint64_t bits, const NumberForm &form) {
  return form.isUnsigned ? int64_t(bits & llvm::maskTrailingOnes<uint64_t>(form.bits))
                         : llvm::SignExtend64(bits, form.bits);
}

struct PrintTile {
  template <class P>
  static const Instruction *run(Core &core, const Instruction &at) {
    const TilePrintForm &form = *at.carried<const TilePrintForm *>();
    Tile tile(core, form.tile);
    if (!isSound(core, at, tile) || !charge(core, at, tile))
      return nullptr;
    std::string text;
    llvm::raw_string_ostream out(text);
    out << "TPRINT " << tile.validRows << 'x' << tile.validColumns;
    if (!tile.isEmpty()) {
      ConstPlane plane = TilePort<P>(core, at).read(tile);
      if (!plane)
        return nullptr;
      for (int64_t row = 0; row < std::min(plane.lines, mostRows); ++row) {
        out << '\n';
        for (int64_t column = 0; column < std::min(plane.count, mostColumns); ++column) {
          uint64_t bits = 0;
          std::memcpy(&bits, plane.line(row) + column * tile.form.bytes, tile.form.bytes);
          if (form.number.floating)
            out << llvm::format(" %8.4f", toDouble(bits, *form.number.floating));
          else
            out << llvm::format(" %8lld", static_cast<long long>(integerOf(bits, form.number)));
        }
        if (plane.count > mostColumns)
          out << " ...";
      }
      if (plane.lines > mostRows)
        out << "\n ...";
    }
    core.machine.note(core, at, text);
    return &at + 1;
  }
};

const Instruction *printNumber(Core &core, const Instruction &at) {
  const PrintForm &form = *at.carried<const PrintForm *>();
  uint64_t bits = core.scalar(form.value);
  std::string text;
  llvm::raw_string_ostream out(text);
  out << form.before;
  bool showsFloat = llvm::StringRef("fFeEgG").contains(form.conversion);
  double real = form.number.floating ? toDouble(bits, *form.number.floating) : double(integerOf(bits, form.number));
  if (showsFloat) {
    std::string format = "%" + form.flags + form.conversion;
    out << llvm::format(format.c_str(), real);
  } else {
    std::string format = "%" + form.flags + "ll" + form.conversion;
    long long integer = form.number.floating ? static_cast<long long>(toInteger(real, 64, true))
                                             : static_cast<long long>(integerOf(bits, form.number));
    out << llvm::format(format.c_str(), integer);
  }
  out << form.after;
  core.machine.note(core, at, text);
  return &at + 1;
}

} // namespace

std::optional<PrintForm> parsePrint(llvm::StringRef format) {
  PrintForm form;
  bool isFound = false;
  for (size_t i = 0; i < format.size(); ++i) {
    std::string &text = isFound ? form.after : form.before;
    if (format[i] != '%') {
      text += format[i];
      continue;
    }
    if (format.substr(i + 1).starts_with("%")) {
      text += '%';
      ++i;
      continue;
    }
    llvm::StringRef rest = format.drop_front(i + 1),
                    flags = rest.take_while([](char c) { return llvm::StringRef("-+ #0123456789.").contains(c); });
    rest = rest.drop_front(flags.size());
    rest = rest.drop_while([](char c) { return c == 'l' || c == 'h' || c == 'z'; });
    constexpr size_t longest = 8; // a width of thousands shows nothing
    if (isFound || rest.empty() || flags.size() > longest || !llvm::StringRef("diuxXofFeEgG").contains(rest.front()))
      return std::nullopt;
    isFound = true;
    form.flags = flags.str();
    form.conversion = rest.front();
    i = size_t(rest.data() - format.data());
  }
  return isFound ? std::optional(std::move(form)) : std::nullopt;
}

namespace tiles {

const Code printTile = Code::accessing<PrintTile>(Pipe::V);
const Code print(Pipe::S, printNumber);

} // namespace tiles

} // namespace pto::sim
