// Loops, branches and scopes to text.
// What goes round by init_values has a name inside the loop and one after it; what is assigned has one.
#include "compiler/dialect/program/Names.h"
#include "compiler/dialect/program/OpTable.h"
#include "compiler/frontend/program/export/FunctionPrinter.h"
#include "llvm/ADT/STLExtras.h"

namespace pto::frontend {

using prog::operator""_op;

void FunctionPrinter::forLoop(prog::ForOp op, unsigned indent) {
  auto isConstant = [](mlir::Value bound, int64_t number) {
    auto constantOp = bound.getDefiningOp<prog::ConstOp>();
    return constantOp && prog::nameOf(bound).empty() && prog::constantOf(prog::dimOf(bound)) == number &&
           mlir::cast<prog::ScalarType>(bound.getType()).getDtype() == prog::DType::Index;
  };
  std::vector<std::string> arguments;
  bool unitStep = isConstant(op.getStep(), 1);
  if (!unitStep || !isConstant(op.getLower(), 0))
    arguments.push_back(value(op.getLower()));
  arguments.push_back(value(op.getUpper()));
  if (!unitStep)
    arguments.push_back(value(op.getStep()));
  bool unrolls = op.getKind() == "unroll";
  std::string variable = names.give(op.getVariable(), "i").str();
  // What goes round by init_values has a name inside the loop and one after it; what is assigned has one.
  std::vector<std::string> inner, results, inits, taken;
  for (auto [i, init] : llvm::enumerate(op.getInits())) {
    mlir::Value argument = op.getCarried()[i], result = op.getResult(static_cast<unsigned>(i));
    inner.push_back(names.give(argument, "carried").str());
    if (!init.getDefiningOp<prog::UnsetOp>()) {
      taken.push_back(inner.back());
      inits.push_back(value(init));
    }
    if (isAssigned(op, static_cast<unsigned>(i)))
      names.share(result, inner.back());
    else
      names.give(result, "result");
    results.push_back(names[result].str());
  }
  if (!inits.empty() && !unrolls)
    arguments.push_back("init_values=" + inParentheses(inits));
  if (!op.getKeywords().empty())
    arguments.push_back(keywordList(op.getKeywords()));
  if (unrolls && !inits.empty())
    line(indent, joined(taken) + " = " + joined(inits));
  line(indent, "for " + variable + (taken.empty() || unrolls ? "" : ", " + inParentheses(taken)) + " in pl." +
                   op.getKind().str() + "(" + joined(arguments) + "):");
  carried.push_back(std::move(inner));
  block(op.getBody().front(), indent + 1, results);
  carried.pop_back();
  // A body that always leaves has no yield to name the results: they go by the carried names.
  if (op.getBody().front().getTerminator()->getNumOperands() == 0)
    for (auto [result, argument] : llvm::zip(op.getResults(), op.getCarried()))
      names.share(result, names[argument]);
}

void FunctionPrinter::whileLoop(prog::WhileOp op, unsigned indent) {
  mlir::Block &body = op.getBody().front(), &condition = op.getCondition().front();
  std::vector<std::string> inits;
  for (mlir::Value init : op.getInits())
    inits.push_back(value(init));
  std::vector<std::string> inner = giveNames(body.getArguments(), "carried");
  std::vector<std::string> results = giveNames(op.getResults(), "result");
  for (auto [argument, name] : llvm::zip(condition.getArguments(), inner))
    names.share(argument, name);
  std::string text = value(condition.getTerminator()->getOperand(0));
  if (inner.empty()) {
    line(indent, "while " + text + ":");
  } else {
    line(indent, "for " + inParentheses(inner) + " in pl.while_(init_values=" + inParentheses(inits) + "):");
    line(indent + 1, "pl.cond(" + text + ")");
  }
  carried.push_back(std::move(inner));
  block(body, indent + 1, results);
  carried.pop_back();
  if (body.getTerminator()->getNumOperands() == 0)
    for (auto [result, argument] : llvm::zip(op.getResults(), body.getArguments()))
      names.share(result, names[argument]);
}

void FunctionPrinter::branch(prog::IfOp op, unsigned indent) {
  line(indent, "if " + value(op.getCondition()) + ":");
  std::vector<std::string> results = giveNames(op.getResults(), "result");
  block(op.getThenRegion().front(), indent + 1, results);
  mlir::Block &otherwise = op.getElseRegion().front();
  if (otherwise.without_terminator().empty() && op.getNumResults() == 0)
    return;
  line(indent, "else:");
  block(otherwise, indent + 1, results);
}

void FunctionPrinter::scope(prog::ScopeOp op, unsigned indent) {
  llvm::StringRef kind = op.getKind();
  std::string arguments = extras(op.getExtras(), op.getExtraNamesAttr());
  std::string keywords = keywordList(op.getKeywords());
  arguments += (arguments.empty() || keywords.empty() ? "" : ", ") + keywords;
  std::string rest = arguments.empty() ? "" : ", " + arguments;
  std::string name = op.getTracked() ? " as " + names.give(op.getResults().back(), "task").str() : "";
  mlir::Block &body = op.getBody().front();
  auto lane = mlir::dyn_cast<prog::BuiltinOp>(body.front());
  bool isLoop = kind == "split_aiv" && lane && lane.is("tile.get_subblock_idx"_op);
  if (kind == "split_aiv")
    line(indent, "for " + (isLoop ? names.give(lane.getResult(0), "lane").str() : "_") +
                     " in pl.split_aiv(2, mode=" + attribute(op.getKeywords().get("mode")) + "):");
  else if (kind == "incore")
    line(indent, "with pl.at(level=pl.Level.CORE_GROUP" + rest + ")" + name + ":");
  else if (kind == "auto_incore")
    line(indent, "with pl.at(level=pl.Level.CORE_GROUP, optimizations=[pl.auto_chunk]" + rest + ")" + name + ":");
  else
    line(indent, "with pl." + kind.str() + "(" + arguments + ")" + name + ":");
  if (isLoop)
    printed.insert(lane);
  block(body, indent + 1, {});
  for (auto [result, inside] : llvm::zip(op.getResults(), body.getTerminator()->getOperands()))
    names.share(result, value(inside));
}

void FunctionPrinter::leave(mlir::Operation *op, llvm::StringRef word, unsigned indent) {
  if (!carried.empty())
    for (auto [name, each] : llvm::zip(carried.back(), op->getOperands()))
      if (std::string text = value(each); text != name)
        line(indent, name + " = " + text);
  line(indent, word.str());
}

} // namespace pto::frontend
