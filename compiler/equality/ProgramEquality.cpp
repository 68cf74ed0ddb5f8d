// Are two programs the same?
// Statements are compared one by one, expressions where statements use them, variables by a two-way map.
#include "compiler/dialect/program/Dims.h"
#include "compiler/dialect/program/Names.h"
#include "compiler/equality/Kinds.h"
#include "compiler/equality/ProgramParts.h"
#include "compiler/equality/TypeComparison.h"
#include "compiler/frontend/program/Export.h"
#include "mlir/IR/SymbolTable.h"
#include "llvm/ADT/DenseSet.h"
#include "llvm/ADT/TypeSwitch.h"

namespace pto::equality {

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

/// What there are several of with one name of an operation.
llvm::StringRef kindOf(Operation *statement) {
  return llvm::TypeSwitch<Operation *, llvm::StringRef>(statement)
      .Case<prog::BuiltinOp, prog::CallOp>([](auto call) { return call.getCallee(); })
      .Case<prog::ForOp, prog::ScopeOp>([](auto structure) { return structure.getKind(); })
      .Default([](Operation *) { return llvm::StringRef(); });
}

std::string statementName(Operation *statement) {
  std::string kind = kindOf(statement).str();
  return llvm::TypeSwitch<Operation *, std::string>(statement)
      .Case<prog::BuiltinOp>([&](auto) { return "pl." + kind; })
      .Case<prog::CallOp>([&](auto) { return "call of '" + kind + "'"; })
      .Case<prog::ForOp>([&](auto) { return "pl." + kind + " loop"; })
      .Case<prog::ScopeOp>([&](auto) { return kind + " scope"; })
      .Default([](Operation *other) { return other->getName().stripDialect().str(); });
}

std::string shown(Value value) {
  llvm::StringRef name = prog::nameOf(value);
  return name.empty() ? "an unnamed value" : "'" + name.str() + "'";
}

/// A place in a program, on the stack of who looks there: ['main'].body[1].value. Spelled out only where something
/// differs.
struct Where {
  const Where *around;
  llvm::StringRef part;
  llvm::StringRef key = {};
  std::optional<size_t> index = std::nullopt;

  std::string str() const {
    std::string text = (around ? around->str() : "") + part.str();
    if (key.data())
      text += "['" + key.str() + "']";
    return index ? text + "[" + std::to_string(*index) + "]" : text;
  }
};

class Comparison {
public:
  explicit Comparison(ProgramEqualityOptions options) : kinds(options) {}

  bool functions(prog::FuncOp left, prog::FuncOp right) {
    leftFunction = left;
    rightFunction = right;
    leftStatement = left;
    rightStatement = right;
    Where where = {nullptr, "", left.getSymName()};
    return attribute(left.getKindAttr(), right.getKindAttr(), {&where, ".type"}) &&
           attribute(left.getKeywordsAttr(), right.getKeywordsAttr(), {&where, ".attrs"}) &&
           attribute(left.getDirectionsAttr(), right.getDirectionsAttr(), {&where, ".directions"}) &&
           types(left.getType().getInputs(), right.getType().getInputs(), {&where, ".params"}) &&
           types(left.getType().getResults(), right.getType().getResults(), {&where, ".returns"}) &&
           block(left.getBlock(), right.getBlock(), {&where, ".body"});
  }

  Difference difference;

private:
  bool fail(const Where &where, std::string reason) {
    difference = {where.str(),
                  std::move(reason),
                  frontend::exportFunction(leftFunction, leftStatement),
                  frontend::exportFunction(rightFunction, rightStatement),
                  leftStatement->getLoc(),
                  rightStatement->getLoc()};
    return false;
  }

  bool attribute(mlir::Attribute left, mlir::Attribute right, const Where &where) {
    return left == right || fail(where, textOf(left) + " != " + textOf(right));
  }

  bool type(mlir::Type left, mlir::Type right, const Where &where) {
    return kinds.same(left, right) || fail(where, prog::programText(left) + " != " + prog::programText(right));
  }

  bool types(mlir::TypeRange left, mlir::TypeRange right, const Where &where) {
    if (left.size() != right.size())
      return fail(where, std::to_string(left.size()) + " != " + std::to_string(right.size()));
    for (auto [i, a, b] : llvm::enumerate(left, right))
      if (!type(a, b, {&where, "", {}, i}))
        return false;
    return true;
  }

  /// An expression is what it computes, not where: two uses of one constant equal one use each of two constants.
  /// Expressions can be long chains of variables: no recursion, and no pair twice.
  bool value(Value left, Value right, const Where &where) {
    llvm::SmallVector<std::pair<Value, Value>, 8> pending = {{left, right}};
    while (!pending.empty()) {
      auto [a, b] = pending.pop_back_val();
      if (sameExpressions.contains({a, b}))
        continue;
      if (variables.knowsEither(a, b)) {
        if (!variables.agree(a, b))
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

  bool expression(Operation *left, Operation *right, const Where &where) {
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
    auto unary = mlir::dyn_cast<prog::UnaryOp>(left);
    return attribute(left->getAttrDictionary(), right->getAttrDictionary(), where) &&
           (!unary || unary.getKind() != "cast" || type(a, b, where));
  }

  bool values(mlir::ValueRange left, mlir::ValueRange right, const Where &where) {
    if (left.size() != right.size())
      return fail(where, std::to_string(left.size()) + " values != " + std::to_string(right.size()));
    for (auto [i, a, b] : llvm::enumerate(left, right))
      if (!value(a, b, {&where, "", {}, i}))
        return false;
    return true;
  }

  void bind(mlir::ValueRange left, mlir::ValueRange right) {
    for (auto [a, b] : llvm::zip(left, right))
      variables.agree(a, b);
  }

  bool block(mlir::Block &left, mlir::Block &right, const Where &where) {
    bind(left.getArguments(), right.getArguments());
    std::vector<Operation *> a = statementsOf(left), b = statementsOf(right);
    for (size_t i = 0; i < std::min(a.size(), b.size()); ++i)
      if (!statement(a[i], b[i], {&where, "", {}, i}))
        return false;
    return a.size() == b.size() || fail(where, std::to_string(a.size()) + " statements != " + std::to_string(b.size()));
  }

  bool statement(Operation *left, Operation *right, const Where &where) {
    leftStatement = left;
    rightStatement = right;
    if (left->getName() != right->getName())
      return fail(where, statementName(left) + " != " + statementName(right));
    Where itsValue = {&where, ".value"};
    bool isCall = mlir::isa<prog::BuiltinOp, prog::CallOp>(left);
    if (kindOf(left) != kindOf(right))
      return fail(isCall ? itsValue : where, statementName(left) + " != " + statementName(right));
    if (!inputs(left, right, where, itsValue))
      return false;
    if (left->getNumResults() != right->getNumResults())
      return fail(where,
                  std::to_string(left->getNumResults()) + " results != " + std::to_string(right->getNumResults()));
    // Types of carried values follow from where they start and are not spelled out in a program.
    if (isCall && !types(left->getResultTypes(), right->getResultTypes(), {&where, ".type"}))
      return false;
    constexpr llvm::StringLiteral ifRegions[] = {".then", ".else"}, whileRegions[] = {".condition", ".body"};
    for (unsigned i = 0; i < left->getNumRegions(); ++i) {
      llvm::StringRef part = mlir::isa<prog::IfOp>(left)      ? llvm::StringRef(ifRegions[i])
                             : mlir::isa<prog::WhileOp>(left) ? llvm::StringRef(whileRegions[i])
                                                              : llvm::StringRef(".body");
      if (!block(left->getRegion(i).front(), right->getRegion(i).front(), {&where, part}))
        return false;
    }
    bind(left->getResults(), right->getResults());
    return true;
  }

  /// What a statement is given, in the order in which a program says it.
  bool inputs(Operation *left, Operation *right, const Where &where, const Where &itsValue) {
    return llvm::TypeSwitch<Operation *, bool>(left)
        .Case<prog::BuiltinOp>([&](auto a) { return builtin(a, mlir::cast<prog::BuiltinOp>(right), itsValue); })
        .Case<prog::CallOp>([&](auto a) {
          auto b = mlir::cast<prog::CallOp>(right);
          return attribute(a.getDirectionsAttr(), b.getDirectionsAttr(), {&itsValue, ".attrs", "arg_directions"}) &&
                 attribute(a.getKeywordsAttr(), b.getKeywordsAttr(), {&itsValue, ".kwargs"}) &&
                 attribute(a.getSubmitsAttr(), b.getSubmitsAttr(), {&itsValue, ".submits"}) &&
                 attribute(a.getExtraNamesAttr(), b.getExtraNamesAttr(), {&itsValue, ".extras"}) &&
                 values(a.getArguments(), b.getArguments(), {&itsValue, ".args"}) &&
                 values(a.getExtras(), b.getExtras(), {&itsValue, ".extras"});
        })
        .Case<prog::ForOp>([&](auto a) {
          auto b = mlir::cast<prog::ForOp>(right);
          return value(a.getLower(), b.getLower(), {&where, ".start"}) &&
                 value(a.getUpper(), b.getUpper(), {&where, ".stop"}) &&
                 value(a.getStep(), b.getStep(), {&where, ".step"}) &&
                 attribute(a.getKeywords(), b.getKeywords(), {&where, ".attrs"}) &&
                 values(a.getInits(), b.getInits(), {&where, ".init_values"});
        })
        .Case<prog::ScopeOp>([&](auto a) {
          auto b = mlir::cast<prog::ScopeOp>(right);
          return attribute(a.getKeywords(), b.getKeywords(), {&where, ".attrs"}) &&
                 attribute(a.getTrackedAttr(), b.getTrackedAttr(), {&where, ".task"}) &&
                 attribute(a.getExtraNamesAttr(), b.getExtraNamesAttr(), {&where, ".extras"}) &&
                 values(left->getOperands(), right->getOperands(), {&where, ".values"});
        })
        .Case<prog::IfOp>([&](auto a) {
          return value(a.getCondition(), mlir::cast<prog::IfOp>(right).getCondition(), {&where, ".condition"});
        })
        .Default([&](Operation *) {
          return values(left->getOperands(), right->getOperands(), {&where, ".values"});
        });
  }

  bool builtin(prog::BuiltinOp left, prog::BuiltinOp right, const Where &where) {
    for (mlir::NamedAttribute keyword : left.getKeywords())
      if (!attribute(keyword.getValue(), right.getKeywords().get(keyword.getName()),
                     {&where, ".kwargs", keyword.getName()}))
        return false;
    for (mlir::NamedAttribute keyword : right.getKeywords())
      if (!attribute(left.getKeywords().get(keyword.getName()), keyword.getValue(),
                     {&where, ".kwargs", keyword.getName()}))
        return false;
    if (left.getSegments() != right.getSegments())
      return fail({&where, ".args"}, "arguments of other kinds or lengths");
    return values(left.getArguments(), right.getArguments(), {&where, ".args"});
  }

  TypeComparison kinds;
  prog::FuncOp leftFunction, rightFunction;
  Operation *leftStatement = nullptr, *rightStatement = nullptr;
  Pairing<Value> variables;
  llvm::DenseSet<std::pair<Value, Value>> sameExpressions;
};

} // namespace

std::optional<Difference> comparePrograms(prog::ProgramOp left, prog::ProgramOp right, ProgramEqualityOptions options) {
  Comparison comparison(options);
  mlir::SymbolTable ofLeft(left), ofRight(right);
  for (auto [here, there, side] : {std::tuple(left, &ofRight, "left"), std::tuple(right, &ofLeft, "right")})
    for (prog::FuncOp function : functionsByName(here))
      if (!there->lookup<prog::FuncOp>(function.getSymName())) {
        Difference difference;
        difference.path = "['" + function.getSymName().str() + "']";
        difference.reason = std::string("this function is on the ") + side + " only";
        bool isLeft = here == left;
        (isLeft ? difference.left : difference.right) = frontend::exportFunction(function);
        (isLeft ? difference.leftPlace : difference.rightPlace) = function.getLoc();
        return difference;
      }
  for (prog::FuncOp function : functionsByName(left))
    if (!comparison.functions(function, ofRight.lookup<prog::FuncOp>(function.getSymName())))
      return std::move(comparison.difference);
  return std::nullopt;
}

} // namespace pto::equality
