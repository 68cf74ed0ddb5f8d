// Names for the values of one function.
// A name that is taken gets a number: x, x_1, x_2.
#include "compiler/frontend/program/export/NameTable.h"
#include "compiler/dialect/program/Names.h"
#include "compiler/frontend/program/ParserBase.h"
#include "llvm/ADT/StringExtras.h"

namespace pto::frontend {

std::string asIdentifier(llvm::StringRef text, llvm::StringRef otherwise) {
  std::string name;
  for (char c : text)
    name += llvm::isAlnum(c) || c == '_' || static_cast<unsigned char>(c) >= 0x80 ? c : '_';
  if (name.empty())
    return otherwise.str();
  if (llvm::isDigit(name.front()) || isKeyword(name))
    name = "_" + name;
  return name;
}

llvm::StringRef NameTable::give(mlir::Value value, llvm::StringRef otherwise) {
  std::string base = asIdentifier(prog::nameOf(value), otherwise);
  std::string name = base;
  if (!taken.insert(name).second) {
    unsigned &number = nextNumber[base];
    do
      name = base + "_" + std::to_string(++number);
    while (!taken.insert(name).second);
  }
  return names[value] = name;
}

} // namespace pto::frontend
