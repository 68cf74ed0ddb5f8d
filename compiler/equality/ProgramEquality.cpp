// Are two programs the same?
// Statements are compared one by one, expressions where statements use them, variables by a two-way map.
#include "compiler/equality/ProgramEquality.h"
#include "compiler/dialect/program/Dims.h"
#include "compiler/dialect/program/Names.h"
#include "compiler/equality/ProgramParts.h"
#include "compiler/equality/TypeComparison.h"
#include "compiler/frontend/program/Export.h"
#include "mlir/IR/SymbolTable.h"
#include "llvm/ADT/DenseSet.h"
#include "llvm/ADT/TypeSwitch.h"

namespace pto::compiler {

namespace {

using mlir::Operation;
using mlir::Value;

std::string textOf(mlir::Attribute attribute) {
  if (auto name = mlir::dyn_cast_if_present<prog::NameAttr>(attribute))
    return "pl." + name.getValue().str();
  std::string text;
  llvm::raw_string_ostream stream(text);
  if (auto flag = mlir::dyn_cast_if_present<mlir::BoolAttr>(attribute))
    stream << (flag.getValue() ? "True" : "False");
  else if (attribute)
    attribute.print(stream, /*elideType=*/true);
  else
    stream << "nothing";
  return text;
}

std::string statementName(Operation *op) {
  return llvm::TypeSwitch<Operation *, std::string>(op)
      .Case<prog::BuiltinOp>([](prog::BuiltinOp builtin) { return "pl." + builtin.getCallee().str(); })
      .Case<prog::CallOp>([](prog::CallOp call) { return "call of '" + call.getCallee().str() + "'"; })
      .Case<prog::ForOp>([](prog::ForOp loop) { return "pl." + loop.getKind().str() + " loop"; })
      .Case<prog::ScopeOp>([](prog::ScopeOp scope) { return scope.getKind().str() + " scope"; })
      .Default([](Operation *other) { return other->getName().stripDialect().str(); });
}

std::string shown(Value value) {
  llvm::StringRef name = prog::nameOf(value);
  return name.empty() ? "an unnamed value" : "'" + name.str() + "'";
}

class Comparison {
public:
  explicit Comparison(ProgramEqualityOptions options) : kinds(options) {}

  bool functions(prog::FuncOp left, prog::FuncOp right) {
    path = "['" + left.getSymName().str() + "']";
    leftFunction = left;
    rightFunction = right;
    leftStatement = left;
    rightStatement = right;
    return attribute(left.getKindAttr(), right.getKindAttr(), ".type") &&
           attribute(left.getKeywordsAttr(), right.getKeywordsAttr(), ".attrs") &&
           attribute(left.getDirectionsAttr(), right.getDirectionsAttr(), ".directions") &&
           types(left.getType().getInputs(), right.getType().getInputs(), ".params") &&
           types(left.getType().getResults(), right.getType().getResults(), ".returns") &&
           block(left.getBlock(), right.getBlock(), ".body");
  }

  ProgramDifference difference;
  bool fail(const std::string &where, std::string reason) {
    difference.path = path + where;
    difference.reason = std::move(reason);
    if (leftFunction && rightFunction) {
      difference.left = program::exportFunction(leftFunction, leftStatement);
      difference.right = program::exportFunction(rightFunction, rightStatement);
      difference.leftPlace = leftStatement->getLoc();
      difference.rightPlace = rightStatement->getLoc();
    }
    return false;
  }

private:
  bool attribute(mlir::Attribute left, mlir::Attribute right, const std::string &where) {
    return left == right || fail(where, textOf(left) + " != " + textOf(right));
  }

  bool type(mlir::Type left, mlir::Type right, const std::string &where) {
    return kinds.same(left, right) || fail(where, prog::programText(left) + " != " + prog::programText(right));
  }

  bool types(mlir::TypeRange left, mlir::TypeRange right, const std::string &where) {
    if (left.size() != right.size())
      return fail(where, std::to_string(left.size()) + " != " + std::to_string(right.size()));
    for (auto [i, pair] : llvm::enumerate(llvm::zip(left, right)))
      if (!type(std::get<0>(pair), std::get<1>(pair), where + "[" + std::to_string(i) + "]"))
        return false;
    return true;
  }

  void bind(Value left, Value right) {
    toRight[left] = right;
    toLeft[right] = left;
  }

  /// An expression is what it computes, not where: two uses of one constant equal one use each of two constants.
  /// Expressions can be long chains of variables: no recursion, and no pair twice.
  bool value(Value left, Value right, const std::string &where) {
    llvm::SmallVector<std::pair<Value, Value>, 8> pending = {{left, right}};
    while (!pending.empty()) {
      auto [a, b] = pending.pop_back_val();
      if (sameExpressions.contains({a, b}))
        continue;
      auto known = toRight.find(a);
      if (known != toRight.end() || toLeft.count(b)) {
        if (known == toRight.end() || known->second != b)
          return fail(where, shown(a) + " != " + shown(b) + ", which stands for another value");
        continue;
      }
      if (!isExpression(a) || !isExpression(b))
        return fail(where, std::string(isExpression(a) ? "an expression != " : "a variable != ") +
                               (isExpression(b) ? "an expression" : "a variable"));
      if (!expression(a.getDefiningOp(), b.getDefiningOp(), where))
        return false;
      sameExpressions.insert({a, b});
      for (auto [x, y] : llvm::zip(a.getDefiningOp()->getOperands(), b.getDefiningOp()->getOperands()))
        pending.push_back({x, y});
    }
    return true;
  }

  bool expression(Operation *left, Operation *right, const std::string &where) {
    if (left->getName() != right->getName() || left->getNumOperands() != right->getNumOperands())
      return fail(where, left->getName().stripDialect().str() + " != " + right->getName().stripDialect().str());
    mlir::Type a = left->getResult(0).getType(), b = right->getResult(0).getType();
    if (auto x = mlir::dyn_cast<prog::ConstOp>(left)) {
      auto y = mlir::cast<prog::ConstOp>(right);
      prog::DType p = mlir::cast<prog::ScalarType>(a).getDtype(), q = mlir::cast<prog::ScalarType>(b).getDtype();
      bool sameDtype = p == q || (isIndexOrInt64(p) && isIndexOrInt64(q));
      if (!sameDtype)
        return fail(where, "constant of " + prog::programText(a) + " != " + prog::programText(b));
      return x.getValue() == y.getValue() ||
             fail(where, "constant " + textOf(x.getValue()) + " != " + textOf(y.getValue()));
    }
    if (auto x = mlir::dyn_cast<prog::SymbolOp>(left)) {
      llvm::StringRef p = x.getSymbol(), q = mlir::cast<prog::SymbolOp>(right).getSymbol();
      return kinds.sameSymbol(p, q) || fail(where, "dimension '" + p.str() + "' != '" + q.str() + "'");
    }
    // Operators of one kind on operands that are compared anyway; an index of a tuple; a cast's target.
    if (left->getAttrDictionary() != right->getAttrDictionary())
      return fail(where, textOf(left->getAttrDictionary()) + " != " + textOf(right->getAttrDictionary()));
    bool castsTo = mlir::isa<prog::UnaryOp>(left) && mlir::cast<prog::UnaryOp>(left).getKind() == "cast";
    return !castsTo || type(a, b, where);
  }

  bool values(mlir::ValueRange left, mlir::ValueRange right, const std::string &where) {
    if (left.size() != right.size())
      return fail(where, std::to_string(left.size()) + " values != " + std::to_string(right.size()));
    for (auto [i, pair] : llvm::enumerate(llvm::zip(left, right)))
      if (!value(std::get<0>(pair), std::get<1>(pair), where + "[" + std::to_string(i) + "]"))
        return false;
    return true;
  }

  bool block(mlir::Block &left, mlir::Block &right, const std::string &where) {
    for (auto [a, b] : llvm::zip(left.getArguments(), right.getArguments()))
      bind(a, b);
    std::vector<Operation *> a = statementsOf(left), b = statementsOf(right);
    for (size_t i = 0; i < std::min(a.size(), b.size()); ++i)
      if (!statement(a[i], b[i], where + "[" + std::to_string(i) + "]"))
        return false;
    if (a.size() == b.size())
      return true;
    return fail(where, std::to_string(a.size()) + " statements != " + std::to_string(b.size()));
  }

  bool statement(Operation *left, Operation *right, const std::string &where) {
    leftStatement = left;
    rightStatement = right;
    if (left->getName() != right->getName())
      return fail(where, statementName(left) + " != " + statementName(right));
    bool same =
        llvm::TypeSwitch<Operation *, bool>(left)
            .Case<prog::BuiltinOp>(
                [&](prog::BuiltinOp a) { return builtin(a, mlir::cast<prog::BuiltinOp>(right), where + ".value"); })
            .Case<prog::CallOp>([&](prog::CallOp a) {
              auto b = mlir::cast<prog::CallOp>(right);
              if (a.getCallee() != b.getCallee())
                return fail(where + ".value", statementName(a) + " != " + statementName(b));
              return attribute(a.getDirectionsAttr(), b.getDirectionsAttr(),
                               where + ".value.attrs['arg_directions']") &&
                     values(a.getArguments(), b.getArguments(), where + ".value.args");
            })
            .Case<prog::ForOp>([&](prog::ForOp a) {
              auto b = mlir::cast<prog::ForOp>(right);
              if (a.getKind() != b.getKind())
                return fail(where, statementName(a) + " != " + statementName(b));
              return value(a.getLower(), b.getLower(), where + ".start") &&
                     value(a.getUpper(), b.getUpper(), where + ".stop") &&
                     value(a.getStep(), b.getStep(), where + ".step") &&
                     attribute(a.getKeywords(), b.getKeywords(), where + ".attrs");
            })
            .Case<prog::ScopeOp>([&](prog::ScopeOp a) {
              auto b = mlir::cast<prog::ScopeOp>(right);
              if (a.getKind() != b.getKind())
                return fail(where, statementName(a) + " != " + statementName(b));
              return attribute(a.getKeywords(), b.getKeywords(), where + ".attrs");
            })
            .Case<prog::IfOp>([&](prog::IfOp a) {
              return value(a.getCondition(), mlir::cast<prog::IfOp>(right).getCondition(), where + ".condition");
            })
            .Default([&](Operation *) { return true; });
    if (!same)
      return false;
    if (auto loop = mlir::dyn_cast<prog::ForOp>(left)) {
      if (!values(loop.getInits(), mlir::cast<prog::ForOp>(right).getInits(), where + ".init_values"))
        return false;
    } else if (!mlir::isa<prog::BuiltinOp, prog::CallOp, prog::IfOp>(left)) {
      if (!values(left->getOperands(), right->getOperands(), where + ".values"))
        return false;
    }
    // Types of carried values follow from where they start and are not spelled out in a program.
    bool ownTypes = mlir::isa<prog::BuiltinOp, prog::CallOp>(left);
    if (left->getNumResults() != right->getNumResults())
      return fail(where,
                  std::to_string(left->getNumResults()) + " results != " + std::to_string(right->getNumResults()));
    if (ownTypes && !types(left->getResultTypes(), right->getResultTypes(), where + ".type"))
      return false;
    constexpr llvm::StringLiteral ifRegions[] = {".then", ".else"}, whileRegions[] = {".condition", ".body"};
    for (unsigned i = 0; i < left->getNumRegions(); ++i) {
      llvm::StringRef part = mlir::isa<prog::IfOp>(left)      ? llvm::StringRef(ifRegions[i])
                             : mlir::isa<prog::WhileOp>(left) ? llvm::StringRef(whileRegions[i])
                                                              : llvm::StringRef(".body");
      if (!block(left->getRegion(i).front(), right->getRegion(i).front(), where + part.str()))
        return false;
    }
    for (auto [a, b] : llvm::zip(left->getResults(), right->getResults()))
      bind(a, b);
    return true;
  }

  bool builtin(prog::BuiltinOp left, prog::BuiltinOp right, const std::string &where) {
    if (left.getCallee() != right.getCallee())
      return fail(where, statementName(left) + " != " + statementName(right));
    for (mlir::NamedAttribute keyword : left.getKeywords())
      if (!attribute(keyword.getValue(), right.getKeywords().get(keyword.getName()),
                     where + ".kwargs['" + keyword.getName().str() + "']"))
        return false;
    for (mlir::NamedAttribute keyword : right.getKeywords())
      if (!left.getKeywords().get(keyword.getName()))
        return fail(where + ".kwargs['" + keyword.getName().str() + "']", "nothing != " + textOf(keyword.getValue()));
    if (left.getSegments() != right.getSegments())
      return fail(where + ".args", "arguments of other kinds or lengths");
    return values(left.getArguments(), right.getArguments(), where + ".args");
  }

  TypeComparison kinds;
  std::string path;
  prog::FuncOp leftFunction, rightFunction;
  Operation *leftStatement = nullptr, *rightStatement = nullptr;
  llvm::DenseMap<Value, Value> toRight, toLeft;
  llvm::DenseSet<std::pair<Value, Value>> sameExpressions;
};

} // namespace

std::optional<ProgramDifference> compare(prog::FuncOp left, prog::FuncOp right, ProgramEqualityOptions options) {
  Comparison comparison(options);
  return comparison.functions(left, right) ? std::nullopt : std::optional(std::move(comparison.difference));
}

std::optional<ProgramDifference> compare(prog::ProgramOp left, prog::ProgramOp right, ProgramEqualityOptions options) {
  Comparison comparison(options);
  mlir::SymbolTable ofLeft(left), ofRight(right);
  for (auto [here, there, side] : {std::tuple(left, &ofRight, "left"), std::tuple(right, &ofLeft, "right")})
    for (prog::FuncOp function : functionsByName(here))
      if (!there->lookup<prog::FuncOp>(function.getSymName())) {
        ProgramDifference difference;
        difference.path = "['" + function.getSymName().str() + "']";
        difference.reason = std::string("this function is on the ") + side + " only";
        bool isLeft = here == left;
        (isLeft ? difference.left : difference.right) = program::exportFunction(function);
        (isLeft ? difference.leftPlace : difference.rightPlace) = function.getLoc();
        return difference;
      }
  for (prog::FuncOp function : functionsByName(left))
    if (!comparison.functions(function, ofRight.lookup<prog::FuncOp>(function.getSymName())))
      return std::move(comparison.difference);
  return std::nullopt;
}

} // namespace pto::compiler
