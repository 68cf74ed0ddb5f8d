// What a call does with each of its arguments.
// One table of the directions and the parameters that they suit.
#include "compiler/dialect/program/CallDirections.h"
#include "compiler/dialect/program/Ops.h"

namespace pto::prog {

namespace {

struct Row {
  llvm::StringLiteral direction, word;
  bool suitsIn, suitsOut, suitsInOut;
};

/// Nobody reads through an Out parameter, so that its content need not be there (Output) or may be kept (InOut);
/// NoDep is the program's own promise and suits everything.
constexpr Row rows[] = {
    {"Input", "input", true, false, false},
    {"Output", "output", false, true, false},
    {"OutputExisting", "output_existing", false, true, true},
    {"InOut", "inout", false, true, true},
    {"NoDep", "no_dep", true, true, true},
    {"Scalar", "scalar", false, false, false},
};

const Row *rowOf(llvm::StringRef direction) {
  for (const Row &row : rows)
    if (row.direction == direction)
      return &row;
  return nullptr;
}

bool suits(const Row &row, llvm::StringRef parameter) {
  return parameter == "in" ? row.suitsIn : parameter == "out" ? row.suitsOut : row.suitsInOut;
}

} // namespace

llvm::StringRef wordOfCallDirection(llvm::StringRef direction) {
  const Row *row = rowOf(direction);
  return row ? llvm::StringRef(row->word) : llvm::StringRef();
}

llvm::StringRef callDirectionNamed(llvm::StringRef word) {
  for (const Row &row : rows)
    if (row.word == word)
      return row.direction;
  return {};
}

std::vector<llvm::StringRef> callDirectionWords() {
  std::vector<llvm::StringRef> words;
  for (const Row &row : rows)
    words.push_back(row.word);
  return words;
}

bool isTracked(mlir::Type type) {
  return isShaped(type) || mlir::isa<mlir::TupleType>(type);
}

std::string callDirectionProblem(llvm::StringRef direction, mlir::Type type, llvm::StringRef parameter) {
  const Row *row = rowOf(direction);
  if (!row)
    return "'" + direction.str() + "' is not a direction";
  if (!isTracked(type))
    return direction == "Scalar" ? "" : "it is " + programText(type) + ", which is passed by value: expected scalar";
  if (suits(*row, parameter))
    return "";
  std::string suitable;
  for (const Row &other : rows)
    if (suits(other, parameter))
      suitable += (suitable.empty() ? "" : ", ") + other.word.str();
  llvm::StringRef kind = parameter == "in" ? "In" : parameter == "out" ? "Out" : "InOut";
  return "the parameter is " + kind.str() + ", " + programText(type) + ": expected one of " + suitable;
}

} // namespace pto::prog
