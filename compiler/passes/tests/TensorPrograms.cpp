// Random programs on tensors, as text.
// Sums are halved and products divided, so that numbers stay where they can be compared.
#include "compiler/passes/tests/TensorPrograms.h"

namespace pto::passes::tests {

namespace {

class Writer {
public:
  explicit Writer(const std::vector<uint8_t> &choices) : choices(choices) {}

  std::string run() {
    const std::string tensor = "pl.Tensor[[32, 32], pl.FP32]";
    text = "import pypto.language as pl\n"
           "@pl.program\n"
           "class P:\n"
           "    @pl.function\n"
           "    def main(self, a: " +
           tensor + ", b: " + tensor + ", c: pl.BOOL, out: pl.Out[" + tensor + "]) -> tuple[" + tensor + ", " + tensor +
           "]:\n";
    unsigned scopes = 1 + next(4);
    for (unsigned i = 0; i < scopes; ++i) {
      unsigned indent = 2;
      auto outside = tensors;
      bool repeats = next(4) == 0;
      if (repeats)
        line(indent++, loopHead());
      line(indent, "with pl.incore():");
      block(indent + 1, 1 + next(6));
      if (repeats)
        tensors = outside;
    }
    line(2, "with pl.incore():");
    line(3, "out = pl.assemble(out, pl.neg(" + pick() + "), [0, 0])");
    text += "        return " + pick() + ", out\n";
    return text;
  }

private:
  unsigned next(unsigned count) { return at < choices.size() ? choices[at++] % count : 0; }
  std::string pick() { return tensors[next(static_cast<unsigned>(tensors.size()))]; }
  void line(unsigned indent, const std::string &statement) { text += std::string(indent * 4, ' ') + statement + "\n"; }
  std::string number(unsigned value) { return std::to_string(value); }
  std::string fresh() { return "t" + number(++counter); }
  std::string loopHead() { return "for i" + number(++counter) + (next(2) ? " in pl.unroll(2):" : " in pl.range(3):"); }

  /// a and b stay as they are: a tensor that is given is no variable of the caller.
  void assign(unsigned indent, const std::string &value) {
    std::string old = pick();
    if (next(3) == 0 && old != "a" && old != "b")
      return line(indent, old + " = " + value);
    tensors.push_back(fresh());
    line(indent, tensors.back() + " = " + value);
  }

  std::string halved(const std::string &value) { return "pl.mul(" + value + ", 0.5)"; }
  std::string rows() { return std::string(next(2) ? "pl.row_max(" : "pl.row_sum(") + halved(pick()) + ")"; }
  std::string row() {
    unsigned from = next(32);
    return pick() + "[" + number(from) + ":" + number(from + 1) + ", :]";
  }

  void block(unsigned indent, unsigned statements) {
    for (unsigned i = 0; i < statements; ++i)
      statement(indent);
  }

  /// Of a loop or branch: what is new in it is not there afterwards.
  void inner(unsigned indent, unsigned statements) {
    auto outside = tensors;
    block(indent, statements);
    tensors = outside;
  }

  void statement(unsigned indent) {
    static const char *binaries[] = {"pl.add", "pl.sub", "pl.maximum"};
    std::string binary = binaries[next(3)];
    switch (next(indent < 6 ? 13 : 9)) {
    case 0:
    case 1:
      return assign(indent, halved(binary + "(" + pick() + ", " + pick() + ")"));
    case 2:
      return assign(indent, "pl.neg(" + pick() + ")");
    case 3:
      return assign(indent, halved(binary + "(" + pick() + ", pl.mul(" + rows() + ", 0.03125))"));
    case 4:
      return assign(indent, halved(binary + "(pl.mul(" + rows() + ", 0.03125), " + pick() + ")"));
    case 5:
      return assign(indent, halved(binary + "(" + pick() + ", " + row() + ")"));
    case 6: {
      std::string flags =
          std::string(", a_trans=") + (next(2) ? "True" : "False") + ", b_trans=" + (next(2) ? "True" : "False");
      return assign(indent, "pl.mul(pl.matmul(" + pick() + ", " + pick() + flags + "), 0.03125)");
    }
    case 7:
      return assign(indent, "pl.add(" + halved(pick()) + ", 0.25)");
    case 8:
      return assign(indent, halved("pl.mul(" + pick() + ", " + row() + ")"));
    case 9: {
      std::string room = fresh();
      line(indent, room + " = pl.create_tensor([32, 32], dtype=pl.FP32)");
      std::string variable = "i" + number(++counter);
      line(indent, "for " + variable + " in pl.range(4):");
      std::string part = "[" + variable + " * 8 : " + variable + " * 8 + 8, :]";
      line(indent + 1, room + " = pl.assemble(" + room + ", pl.neg(" + pick() + part + "), [" + variable + " * 8, 0])");
      tensors.push_back(room);
      return;
    }
    case 10:
      line(indent, loopHead());
      return inner(indent + 1, 1 + next(2));
    case 11:
      line(indent, "if c:");
      inner(indent + 1, 1 + next(2));
      if (next(2)) {
        line(indent, "else:");
        inner(indent + 1, 1 + next(2));
      }
      return;
    default:
      return assign(indent, "pl.cast(pl.cast(" + pick() + ", pl.BF16), pl.FP32)");
    }
  }

  const std::vector<uint8_t> &choices;
  size_t at = 0;
  unsigned counter = 0;
  std::string text;
  std::vector<std::string> tensors = {"a", "b"};
};

} // namespace

std::string randomTensorProgram(const std::vector<uint8_t> &choices) {
  return Writer(choices).run();
}

} // namespace pto::passes::tests
