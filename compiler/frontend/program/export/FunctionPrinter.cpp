// One function of a program to text: its head, its blocks.
// Constants and arithmetic without a name are written where they are used; everything else is a statement.
#include "compiler/frontend/program/export/FunctionPrinter.h"
#include "compiler/dialect/program/Names.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/TypeSwitch.h"

namespace pto::frontend {

bool isAssigned(mlir::Operation *op, unsigned carried) {
  auto loop = mlir::dyn_cast<prog::ForOp>(op);
  return loop && (loop.getKind() == "unroll" || loop.getInits()[carried].getDefiningOp<prog::UnsetOp>());
}

std::string joined(const std::vector<std::string> &parts) {
  return llvm::join(parts, ", ");
}

std::string inParentheses(const std::vector<std::string> &parts) {
  return "(" + joined(parts) + (parts.size() == 1 ? ",)" : ")");
}

namespace {

constexpr size_t lineLength = 110;

} // namespace

FunctionPrinter::FunctionPrinter(prog::FuncOp function, const SymbolNames &symbols) : function(function) {
  for (llvm::StringRef word : {"pl", "self", "min", "max", "abs", "float", "int", "bool", "len", "range", "tuple"})
    names.reserve(word);
  for (const auto &entry : symbols)
    names.reserve(entry.second);
  for (const auto &entry : symbols)
    renamed[entry.getKey()] = prog::symbolDim(function.getContext(), entry.second);
}

std::string FunctionPrinter::run(unsigned indent, mlir::Operation *pointedOut) {
  marked = pointedOut;
  head(indent);
  if (marked == function)
    markedFrom = 0;
  block(function.getBlock(), indent + 1, {});
  if (!marked)
    return std::move(out);
  std::string withMargin;
  size_t at = 0;
  for (llvm::StringRef rest = llvm::StringRef(out).rtrim('\n'); at <= rest.size();) {
    llvm::StringRef text = rest.substr(at).take_until([](char c) { return c == '\n'; });
    bool isMarked = markedFrom != std::string::npos && at <= markedFrom && markedFrom <= at + text.size();
    withMargin += (isMarked ? "> " : "  ") + text.str() + "\n";
    at += text.size() + 1;
  }
  return withMargin;
}

void FunctionPrinter::line(unsigned indent, const std::string &text) {
  ((out += std::string(size_t(indent) * 4, ' ')) += text) += '\n';
}

void FunctionPrinter::head(unsigned indent) {
  std::string decoration;
  if (function.getKind() != "Opaque")
    decoration = "type=pl.FunctionType." + function.getKind().str();
  if (mlir::DictionaryAttr keywords = function.getKeywordsAttr())
    decoration += (decoration.empty() ? "" : ", ") + keywordList(keywords);
  mark(function.getLoc());
  line(indent, "@pl.function" + (decoration.empty() ? "" : "(" + decoration + ")"));
  std::vector<std::string> parameters = {"self"};
  for (mlir::BlockArgument parameter : function.getParameters()) {
    std::string text = type(parameter.getType());
    llvm::StringRef direction = function.getDirection(parameter.getArgNumber());
    if (direction != "in")
      text = (direction == "out" ? "pl.Out[" : "pl.InOut[") + text + "]";
    parameters.push_back(names.give(parameter, "arg").str() + ": " + text);
  }
  mlir::TypeRange results = function.getType().getResults();
  std::vector<std::string> types;
  bool known = true;
  for (mlir::Type result : results) {
    types.push_back(type(result));
    known &= !prog::hasUnknown(prog::shapeOf(result));
  }
  std::string returns;
  if (!types.empty() && known)
    returns = " -> " + (types.size() == 1 ? types.front() : "tuple[" + joined(types) + "]");
  mark(function.getLoc());
  std::string start = "def " + function.getSymName().str() + "(";
  std::string all = joined(parameters);
  if (indent * 4 + start.size() + all.size() + returns.size() + 2 <= lineLength)
    return line(indent, start + all + ")" + returns + ":");
  line(indent, start);
  for (auto [i, parameter] : llvm::enumerate(parameters)) {
    mark(i ? function.getParameters()[i - 1].getLoc() : function.getLoc());
    line(indent + 1, parameter + ",");
  }
  line(indent, ")" + returns + ":");
}

std::string FunctionPrinter::dim(prog::Dim dim) const {
  return prog::programText(prog::substitute(dim, renamed));
}

std::string FunctionPrinter::type(mlir::Type type) const {
  return prog::programText(prog::substitute(type, renamed));
}

void FunctionPrinter::block(mlir::Block &block, unsigned indent, llvm::ArrayRef<std::string> yieldNames) {
  size_t before = out.size();
  for (mlir::Operation &op : block.without_terminator())
    operation(&op, indent);
  mlir::Operation *last = block.getTerminator();
  mark(last->getLoc());
  if (last == marked)
    markedFrom = out.size();
  std::vector<std::string> yielded, assigned, yieldedTo, assignedTo;
  mlir::Operation *around = last->getParentOp();
  for (auto [i, each] : llvm::enumerate(last->getOperands())) {
    if (mlir::isa<prog::ScopeOp>(around))
      break;
    bool assigns = isAssigned(around, static_cast<unsigned>(i));
    (assigns ? assigned : yielded).push_back(value(each));
    if (!yieldNames.empty())
      (assigns ? assignedTo : yieldedTo).push_back(yieldNames[i]);
  }
  if (mlir::isa<prog::ReturnOp>(last) && !yielded.empty())
    line(indent, "return " + joined(yielded));
  if (!assigned.empty())
    line(indent, joined(assignedTo) + " = " + joined(assigned));
  if (!yieldedTo.empty())
    line(indent, joined(yieldedTo) + " = pl.yield_(" + joined(yielded) + ")");
  if (out.size() == before)
    line(indent, "pass");
}

void FunctionPrinter::operation(mlir::Operation *op, unsigned indent) {
  if (printed.contains(op))
    return;
  if (op == marked)
    markedFrom = out.size();
  mark(op->getLoc());
  if (op->getNumResults() == 1 && (prog::isExpression(op) || mlir::isa<prog::TupleOp>(op))) {
    if (!isInlined(op->getResult(0)) && (!op->use_empty() || !prog::nameOf(op->getResult(0)).empty()))
      define(op, value(op->getResult(0)), indent);
    return;
  }
  llvm::TypeSwitch<mlir::Operation *>(op)
      .Case<prog::BuiltinOp>([&](prog::BuiltinOp builtin) { define(op, call(builtin), indent); })
      .Case<prog::CallOp>([&](prog::CallOp each) { define(op, call(each), indent); })
      .Case<prog::ForOp>([&](prog::ForOp loop) { forLoop(loop, indent); })
      .Case<prog::WhileOp>([&](prog::WhileOp loop) { whileLoop(loop, indent); })
      .Case<prog::IfOp>([&](prog::IfOp each) { branch(each, indent); })
      .Case<prog::ScopeOp>([&](prog::ScopeOp each) { scope(each, indent); })
      .Case<prog::BreakOp>([&](prog::BreakOp) { leave(op, "break", indent); })
      .Case<prog::ContinueOp>([&](prog::ContinueOp) { leave(op, "continue", indent); });
}

} // namespace pto::frontend
