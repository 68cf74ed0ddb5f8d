// Random kernels over tiles, as text.
// All tiles have one shape, so that every one may stand for every other.
#include "compiler/passes/tests/TileKernels.h"

namespace pto::passes::tests {

namespace {

class Writer {
public:
  explicit Writer(const std::vector<uint8_t> &choices) : choices(choices) {}

  std::string run() {
    text = "import pypto.language as pl\n"
           "@pl.program\n"
           "class P:\n"
           "    @pl.function(type=pl.FunctionType.InCore)\n"
           "    def main(self, a: pl.Tensor[[32, 32], pl.FP32], n: pl.Scalar[pl.INDEX], "
           "out: pl.Out[pl.Tensor[[32, 32], pl.FP32]]) -> pl.Tensor[[32, 32], pl.FP32]:\n"
           "        t0 = pl.load(a, [0, 0], [32, 32])\n";
    tiles = {"t0"};
    block(2, 3 + next(10), false);
    text += "        out = pl.store(" + pick() + ", [0, 0], out)\n        return out\n";
    return text;
  }

private:
  unsigned next(unsigned count) { return at < choices.size() ? choices[at++] % count : 0; }
  std::string pick() { return tiles[next(static_cast<unsigned>(tiles.size()))]; }
  std::string fresh() { return "t" + std::to_string(++counter); }
  void line(unsigned indent, const std::string &statement) { text += std::string(indent * 4, ' ') + statement + "\n"; }

  void assign(unsigned indent, const std::string &value) {
    if (next(3) == 0)
      return line(indent, pick() + " = " + value);
    tiles.push_back(fresh());
    line(indent, tiles.back() + " = " + value);
  }

  void block(unsigned indent, unsigned statements, bool mayLeave) {
    auto outside = tiles;
    for (unsigned i = 0; i < statements; ++i)
      statement(indent, mayLeave);
    if (indent > 2)
      tiles = outside;
  }

  void statement(unsigned indent, bool mayLeave) {
    static const char *binaries[] = {"pl.add", "pl.mul", "pl.maximum", "pl.sub"};
    switch (next(indent < 5 ? 14 : 8)) {
    case 0:
      return assign(indent, "pl.load(a, [0, 0], [32, 32])");
    case 1:
    case 2:
      return assign(indent, std::string(binaries[next(4)]) + "(" + pick() + ", " + pick() + ")");
    case 3:
      return assign(indent, "pl.exp(" + pick() + ")");
    case 4:
      return line(indent, "out = pl.store(" + pick() + ", [0, 0], out)");
    case 5:
      return assign(indent, "pl.reshape(pl.reshape(" + pick() + ", [16, 64]), [32, 32])");
    case 6: {
      std::string target = pick();
      return assign(indent, "pl.tile.assemble(" + target + ", " + pick() + ", [0, 0])");
    }
    case 7: {
      std::string tile = pick(), scratch = fresh(), rows = fresh();
      line(indent, scratch + " = pl.create_tile([32, 32], dtype=pl.FP32)");
      line(indent, rows + " = pl.row_sum(" + tile + ", " + scratch + ")");
      return assign(indent, "pl.row_expand_mul(" + tile + ", " + rows + ")");
    }
    case 8:
    case 9:
      return branch(indent, mayLeave);
    case 10:
      line(indent, "for i" + std::to_string(++counter) + " in pl.range(n):");
      return block(indent + 1, 1 + next(4), true);
    case 11:
      line(indent, "while pl.tensor.read(a, [0, 0]) > 0.5:");
      return block(indent + 1, 1 + next(4), true);
    default:
      return carrying(indent);
    }
  }

  void branch(unsigned indent, bool mayLeave) {
    line(indent, "if n > " + std::to_string(next(9)) + ":");
    block(indent + 1, 1 + next(3), mayLeave);
    if (mayLeave && next(3) == 0)
      return line(indent + 1, next(2) ? "break" : "continue");
    if (!next(2))
      return;
    line(indent, "else:");
    block(indent + 1, 1 + next(3), mayLeave);
  }

  /// Two carried tiles; what is yielded may be the other one, or both the same.
  void carrying(unsigned indent) {
    std::string one = fresh(), two = fresh(), first = fresh(), second = fresh();
    std::string inits = pick() + ", " + pick();
    line(indent, "for i" + std::to_string(++counter) + ", (" + one + ", " + two + ") in pl.range(n, init_values=(" +
                     inits + ")):");
    auto outside = tiles;
    tiles.push_back(one);
    tiles.push_back(two);
    unsigned statements = next(3);
    for (unsigned i = 0; i < statements; ++i)
      statement(indent + 1, false);
    line(indent + 1, first + ", " + second + " = pl.yield_(" + pick() + ", " + pick() + ")");
    tiles = outside;
    tiles.push_back(first);
    tiles.push_back(second);
  }

  const std::vector<uint8_t> &choices;
  size_t at = 0;
  unsigned counter = 0;
  std::string text;
  std::vector<std::string> tiles;
};

} // namespace

std::string randomTileKernel(const std::vector<uint8_t> &choices) {
  return Writer(choices).run();
}

} // namespace pto::passes::tests
