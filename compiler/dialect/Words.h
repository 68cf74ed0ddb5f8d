// Text attributes that are written as bare words.
#pragma once

#include "mlir/IR/OpImplementation.h"

namespace pto::ir {

inline mlir::OptionalParseResult parseOptionalWord(mlir::OpAsmParser &parser, mlir::StringAttr &word,
                                                   llvm::ArrayRef<llvm::StringRef> words) {
  llvm::StringRef found;
  if (failed(parser.parseOptionalKeyword(&found, words)))
    return std::nullopt;
  word = parser.getBuilder().getStringAttr(found);
  return mlir::success();
}

inline mlir::ParseResult parseWord(mlir::OpAsmParser &parser, mlir::StringAttr &word) {
  llvm::StringRef found;
  if (parser.parseKeyword(&found))
    return mlir::failure();
  word = parser.getBuilder().getStringAttr(found);
  return mlir::success();
}
inline void printWord(mlir::OpAsmPrinter &printer, mlir::Operation *, mlir::StringAttr word) {
  printer << word.getValue();
}

} // namespace pto::ir
