// Random well-typed programs, as text.
// Keeps the variables of each type that are in sight, and writes statements that only use those.
#include "compiler/frontend/program/tests/RandomProgram.h"

namespace pto::frontend::tests {
namespace {

class Writer {
public:
  explicit Writer(const std::vector<uint8_t> &choices) : choices(choices) {}

  std::string run() {
    text = "import pypto.language as pl\n"
           "M = pl.dynamic(\"M\")\n"
           "SIZE = 16\n"
           "@pl.program\n"
           "class P:\n"
           "    @pl.function(type=pl.FunctionType.InCore)\n"
           "    def helper(self, x: pl.Tensor[[M, 16], pl.FP32]) -> pl.Tensor[[M, 16], pl.FP32]:\n"
           "        return pl.exp(x)\n"
           "    @pl.function\n"
           "    def main(self, a: pl.Tensor[[16, 16], pl.FP32], n: pl.Scalar[pl.INDEX], "
           "o: pl.InOut[pl.Tensor[[16, 16], pl.FP32]]):\n";
    tensors = {"a", "o"};
    scalars = {"n"};
    block(2, 6 + next(10));
    text += "        return " + pick(tensors) + ", " + scalar(2) + "\n";
    return text;
  }

private:
  unsigned next(unsigned count) { return at < choices.size() ? choices[at++] % count : 0; }
  std::string pick(const std::vector<std::string> &names) { return names[next(static_cast<unsigned>(names.size()))]; }
  void line(unsigned indent, const std::string &statement) { text += std::string(indent * 4, ' ') + statement + "\n"; }

  /// A new variable, or an old one again.
  std::string target(std::vector<std::string> &names, const std::vector<std::string> &fixed) {
    if (next(3) == 0 && names.size() > fixed.size())
      return names[fixed.size() + next(static_cast<unsigned>(names.size() - fixed.size()))];
    names.push_back("v" + std::to_string(++counter));
    return names.back();
  }

  std::string scalar(unsigned depth) {
    static const char *operators[] = {"+", "-", "*", "//", "%"};
    switch (next(depth == 0 ? 3 : 7)) {
    case 0:
      return pick(scalars);
    case 1:
      return std::to_string(next(100));
    case 2:
      return "SIZE";
    case 3:
      return "pl.min(" + pick(scalars) + ", " + scalar(depth - 1) + ")";
    case 4:
      return "-(" + scalar(depth - 1) + ")";
    default: {
      std::string left = "(" + scalar(depth - 1) + ")";
      unsigned op = next(5);
      // Nothing is divided by what could be 0 before the program runs.
      std::string right = op > 2 ? std::to_string(1 + next(9)) : scalar(depth - 1);
      return left + " " + operators[op] + " " + right;
    }
    }
  }

  std::string condition() {
    static const char *operators[] = {"==", "!=", "<", "<=", ">", ">="};
    return pick(scalars) + " " + operators[next(6)] + " " + scalar(1) + (next(3) ? "" : " and n > 0");
  }

  void block(unsigned indent, unsigned statements) {
    for (unsigned i = 0; i < statements; ++i)
      statement(indent);
  }

  void statement(unsigned indent) {
    unsigned kinds = indent < 5 ? 14 : 8;
    switch (next(kinds)) {
    case 0:
    case 1: {
      std::string value = scalar(2);
      return line(indent, target(scalars, {"n"}) + " = " + value);
    }
    case 2: {
      static const char *operations[] = {"pl.exp", "pl.neg", "pl.recip", "pl.sqrt"};
      std::string value = std::string(operations[next(4)]) + "(" + pick(tensors) + ")";
      return line(indent, target(tensors, {"a", "o"}) + " = " + value);
    }
    case 3:
    case 4: {
      static const char *operations[] = {"pl.add", "pl.sub", "pl.mul", "pl.maximum"};
      std::string value = std::string(operations[next(4)]) + "(" + pick(tensors) + ", " + pick(tensors) + ")";
      return line(indent, target(tensors, {"a", "o"}) + " = " + value);
    }
    case 5: {
      std::string value = "pl.mul(" + pick(tensors) + ", " + std::to_string(next(9)) + ".5)";
      return line(indent, target(tensors, {"a", "o"}) + " = " + value);
    }
    case 6: {
      std::string value = "self.helper(" + pick(tensors) + ")";
      return line(indent, target(tensors, {"a", "o"}) + " = " + value);
    }
    case 7: {
      std::string source = pick(tensors), tile = "t" + std::to_string(++counter);
      line(indent, tile + " = pl.load(" + source + ", [0, " + scalar(1) + "], [16, 16])");
      if (next(2))
        line(indent, tile + " = pl.add(" + tile + ", pl.exp(" + tile + "))");
      std::string value = "pl.store(" + tile + ", [0, 0], " + pick(tensors) + ")";
      return line(indent, target(tensors, {"a", "o"}) + " = " + value);
    }
    case 8:
    case 9:
      return branch(indent);
    case 10:
      return nested(indent, "for i" + std::to_string(++counter) + " in pl.range(" + scalar(1) + "):", true);
    case 11:
      return nested(indent,
                    "for i" + std::to_string(++counter) + " in pl.parallel(" + std::to_string(next(8)) + "):", true);
    case 12:
      return nested(indent, "while " + condition() + ":", false);
    default:
      return nested(indent, next(2) ? "with pl.at(level=pl.Level.CORE_GROUP):" : "with pl.cluster():", false);
    }
  }

  /// Variables that a block makes are out of sight after it.
  template <typename Body>
  void hidden(Body body) {
    auto oldScalars = scalars, oldTensors = tensors;
    body();
    scalars = oldScalars;
    tensors = oldTensors;
  }

  void branch(unsigned indent) {
    line(indent, "if " + condition() + ":");
    hidden([&] { block(indent + 1, 1 + next(3)); });
    if (!next(2))
      return;
    line(indent, "else:");
    hidden([&] { block(indent + 1, 1 + next(3)); });
  }

  void nested(unsigned indent, const std::string &head, bool hasVariable) {
    line(indent, head);
    hidden([&] {
      if (hasVariable)
        scalars.push_back(head.substr(4, head.find(' ', 4) - 4));
      block(indent + 1, 1 + next(4));
    });
  }

  const std::vector<uint8_t> &choices;
  size_t at = 0;
  unsigned counter = 0;
  std::string text;
  std::vector<std::string> tensors, scalars;
};

} // namespace

std::string randomProgram(const std::vector<uint8_t> &choices) {
  return Writer(choices).run();
}

} // namespace pto::frontend::tests
