// Attributes that are written as bare words.
#pragma once

#include "compiler/dialect/Attributes.h"
#include "mlir/IR/OpImplementation.h"
#include "llvm/ADT/StringExtras.h"

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

// All words of an enum whose values run from 0 to `last`.
template <typename Enum>
std::string wordsUpTo(Enum last) {
  llvm::SmallVector<llvm::StringRef> words;
  for (uint32_t value = 0; value <= static_cast<uint32_t>(last); ++value)
    words.push_back(stringifyEnum(static_cast<Enum>(value)));
  return llvm::join(words, ", ");
}

// "WORD", <WORD> or the whole attribute, or another one that `otherwise` makes one of.
template <typename Enum, typename EnumAttr>
mlir::ParseResult parseEnumWord(mlir::OpAsmParser &parser, EnumAttr &attribute, llvm::StringRef noun, Enum last,
                                llvm::function_ref<mlir::Attribute(mlir::Attribute)> otherwise = nullptr) {
  mlir::SMLoc where = parser.getCurrentLocation();
  std::string word;
  if (succeeded(parser.parseOptionalLess())) {
    if (parser.parseKeywordOrString(&word) || parser.parseGreater())
      return mlir::failure();
  } else if (failed(parser.parseOptionalString(&word))) {
    mlir::Attribute whole;
    if (parser.parseAttribute(whole))
      return mlir::failure();
    attribute = mlir::dyn_cast<EnumAttr>(otherwise ? otherwise(whole) : whole);
    if (attribute)
      return mlir::success();
    return parser.emitError(where) << "found " << whole << "; expected a " << noun << ": one of " << wordsUpTo(last);
  }
  std::optional<Enum> known = symbolizeEnum<Enum>(word);
  if (!known)
    return parser.emitError(where) << "unknown " << noun << " '" << word << "'; expected one of " << wordsUpTo(last);
  attribute = EnumAttr::get(parser.getContext(), *known);
  return mlir::success();
}

// The pipe that an operation of that kind goes to.
Pipe pipeOf(PipeEventType type);

// Of those that several families share.
mlir::ParseResult parseEvent(mlir::OpAsmParser &parser, EventAttr &event);
void printEvent(mlir::OpAsmPrinter &printer, mlir::Operation *op, EventAttr event);

} // namespace pto::ir
