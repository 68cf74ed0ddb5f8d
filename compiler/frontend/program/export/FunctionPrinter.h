// One function of a program to text.
// Private to the exporter.
#pragma once

#include "compiler/dialect/program/Dims.h"
#include "compiler/dialect/program/Ops.h"
#include "compiler/frontend/program/Export.h"
#include "compiler/frontend/program/Operators.h"
#include "compiler/frontend/program/export/NameTable.h"
#include "llvm/ADT/StringMap.h"

namespace pto::frontend {

/// Symbols of dynamic dimensions and the module variables that stand for them.
using SymbolNames = llvm::StringMap<std::string>;

/// Loops that are unrolled take no init_values: what they carry is assigned again and again. So is what a loop sets
/// before anybody reads it.
bool isAssigned(mlir::Operation *op, unsigned carried);

/// `a, b`.
std::string joined(const std::vector<std::string> &parts);
/// `(a, b)`, `(a,)`.
std::string inParentheses(const std::vector<std::string> &parts);

class FunctionPrinter {
public:
  FunctionPrinter(prog::FuncOp function, const SymbolNames &symbols);
  /// `marked`, if it is in the function, is pointed out; the lines then have a margin for that.
  std::string run(unsigned indent, mlir::Operation *marked = nullptr);
  /// Of what was printed without a margin.
  llvm::ArrayRef<TextMark> textMarks() const { return marks; }

private:
  struct Text {
    std::string text;
    Precedence precedence = AtomPrecedence;
  };

  void head(unsigned indent);
  void block(mlir::Block &block, unsigned indent, llvm::ArrayRef<std::string> yieldNames);
  void operation(mlir::Operation *op, unsigned indent);
  void define(mlir::Operation *op, const std::string &right, unsigned indent);
  void forLoop(prog::ForOp op, unsigned indent);
  void whileLoop(prog::WhileOp op, unsigned indent);
  void branch(prog::IfOp op, unsigned indent);
  void scope(prog::ScopeOp op, unsigned indent);
  void leave(mlir::Operation *op, llvm::StringRef word, unsigned indent);

  std::vector<std::string> giveNames(mlir::ValueRange values, llvm::StringRef otherwise);

  bool isInlined(mlir::Value value) const;
  Text expression(mlir::Value value);
  std::string value(mlir::Value value) { return expression(value).text; }
  /// A constant that is spelled out says its type.
  std::string operand(mlir::Value value, Precedence loosest, bool spelled = false);
  bool wouldBeComputed(mlir::Operation *op) const;
  std::string list(mlir::ValueRange values);
  static Text constant(prog::ConstOp op, bool spelled = false);
  std::string call(prog::BuiltinOp op);
  std::string callAttributes(prog::CallOp op);
  std::string call(prog::CallOp op);
  /// `core_num=4, deps=[task]`
  std::string extras(mlir::ValueRange values, mlir::ArrayAttr names);
  std::string attribute(mlir::Attribute attribute) const;
  std::string keywordList(mlir::DictionaryAttr keywords, llvm::StringRef separator = ", ") const;
  std::string type(mlir::Type type) const;
  std::string dim(prog::Dim dim) const;

  void line(unsigned indent, const std::string &text);
  /// What is printed next came from there.
  void mark(mlir::Location location) { marks.push_back({out.size(), location}); }

  prog::FuncOp function;
  /// Symbols of dynamic dimensions, by the variables that stand for them.
  llvm::StringMap<prog::Dim> renamed;
  NameTable names;
  /// What the head of a loop says already.
  llvm::DenseSet<mlir::Operation *> printed;
  /// Names of the loop-carried values of the loops around, innermost last.
  std::vector<std::vector<std::string>> carried;
  std::string out;
  std::vector<TextMark> marks;
  mlir::Operation *marked = nullptr;
  size_t markedFrom = std::string::npos;
};

} // namespace pto::frontend
