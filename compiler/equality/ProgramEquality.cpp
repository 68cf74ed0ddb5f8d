// Are two programs the same?
// Statements are compared one by one, expressions where statements use them, variables and symbols by two-way maps.
#include "compiler/equality/ProgramEquality.h"
#include "compiler/dialect/program/Dims.h"
#include "compiler/dialect/program/Names.h"
#include "compiler/dialect/program/TileView.h"
#include "compiler/frontend/program/Export.h"
#include "llvm/ADT/DenseSet.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/ADT/TypeSwitch.h"

namespace pto::compiler {

namespace {

using mlir::Operation;
using mlir::Value;
using prog::Dim;

bool isStatement(Operation &op) {
  return !prog::isExpression(&op) && !mlir::isa<prog::TupleOp>(op);
}
bool isExpression(Value value) {
  return value.getDefiningOp() && !isStatement(*value.getDefiningOp());
}

std::vector<Operation *> statementsOf(mlir::Block &block) {
  std::vector<Operation *> statements;
  for (Operation &op : block)
    if (isStatement(op))
      statements.push_back(&op);
  return statements;
}

bool isIndexOrInt64(prog::DType dtype) {
  return dtype == prog::DType::Index || dtype == prog::DType::Int64;
}

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
  explicit Comparison(ProgramEqualityOptions options) : options(options) {}

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
    }
    return false;
  }

private:
  bool attribute(mlir::Attribute left, mlir::Attribute right, const std::string &where) {
    return left == right || fail(where, textOf(left) + " != " + textOf(right));
  }

  bool name(llvm::StringMap<std::string> (&maps)[2], llvm::StringRef left, llvm::StringRef right) {
    return maps[0].try_emplace(left, right).first->second == right &&
           maps[1].try_emplace(right, left).first->second == left;
  }

  bool dim(Dim left, Dim right) {
    auto a = mlir::dyn_cast<mlir::StringAttr>(left), b = mlir::dyn_cast<mlir::StringAttr>(right);
    if (a && b)
      return name(symbols, a.getValue(), b.getValue());
    auto x = mlir::dyn_cast<mlir::ArrayAttr>(left), y = mlir::dyn_cast<mlir::ArrayAttr>(right);
    if (x && y)
      return x[0] == y[0] && dim(x[1], y[1]) && dim(x[2], y[2]);
    return left == right;
  }

  bool dims(mlir::ArrayAttr left, mlir::ArrayAttr right) {
    if (!left || !right)
      return left == right;
    return left.size() == right.size() &&
           llvm::all_of(llvm::zip(left, right), [&](auto pair) { return dim(std::get<0>(pair), std::get<1>(pair)); });
  }

  bool view(mlir::DictionaryAttr left, mlir::DictionaryAttr right) {
    if (!left || !right || left.size() != right.size())
      return left == right;
    for (auto [a, b] : llvm::zip(left, right)) {
      if (a.getName() != b.getName())
        return false;
      auto x = mlir::dyn_cast<mlir::ArrayAttr>(a.getValue()), y = mlir::dyn_cast<mlir::ArrayAttr>(b.getValue());
      bool isList = a.getName() == "valid_shape" || a.getName() == "stride";
      bool same = isList && x && y                ? dims(x, y)
                  : a.getName() == "start_offset" ? dim(a.getValue(), b.getValue())
                                                  : a.getValue() == b.getValue();
      if (!same)
        return false;
    }
    return true;
  }

  bool memref(mlir::DictionaryAttr left, mlir::DictionaryAttr right) {
    if (!options.memrefs)
      return true;
    if (!left || !right)
      return left == right;
    auto a = left.getAs<mlir::StringAttr>("base"), b = right.getAs<mlir::StringAttr>("base");
    return a && b && name(bases, a.getValue(), b.getValue()) && left.get("offset") == right.get("offset") &&
           left.get("size") == right.get("size");
  }

  bool sameType(mlir::Type left, mlir::Type right) {
    if (left == right && !prog::isShaped(left))
      return true;
    if (left.getTypeID() != right.getTypeID())
      return false;
    if (auto a = mlir::dyn_cast<prog::TensorType>(left)) {
      auto b = mlir::cast<prog::TensorType>(right);
      return a.getDtype() == b.getDtype() && dims(a.getShape(), b.getShape()) && view(a.getView(), b.getView()) &&
             memref(a.getMemref(), b.getMemref());
    }
    if (auto a = mlir::dyn_cast<prog::TileType>(left)) {
      // Through the views, so that a type that spells out what is implied is the same as one that does not.
      auto b = mlir::cast<prog::TileType>(right);
      auto x = prog::tileWith(a.getShape(), a.getDtype(), a.getMemory(), prog::viewOf(a));
      auto y = prog::tileWith(b.getShape(), b.getDtype(), b.getMemory(), prog::viewOf(b));
      return a.getDtype() == b.getDtype() && a.getMemory() == b.getMemory() && dims(a.getShape(), b.getShape()) &&
             view(x.getView(), y.getView()) && memref(a.getMemref(), b.getMemref());
    }
    if (auto a = mlir::dyn_cast<mlir::TupleType>(left)) {
      auto b = mlir::cast<mlir::TupleType>(right);
      return a.size() == b.size() && llvm::all_of(llvm::zip(a.getTypes(), b.getTypes()), [&](auto pair) {
               return sameType(std::get<0>(pair), std::get<1>(pair));
             });
    }
    return false;
  }

  bool type(mlir::Type left, mlir::Type right, const std::string &where) {
    return sameType(left, right) || fail(where, prog::programText(left) + " != " + prog::programText(right));
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
      return name(symbols, p, q) || fail(where, "dimension '" + p.str() + "' != '" + q.str() + "'");
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

  ProgramEqualityOptions options;
  std::string path;
  prog::FuncOp leftFunction, rightFunction;
  Operation *leftStatement = nullptr, *rightStatement = nullptr;
  llvm::DenseMap<Value, Value> toRight, toLeft;
  llvm::DenseSet<std::pair<Value, Value>> sameExpressions;
  llvm::StringMap<std::string> symbols[2], bases[2];
};

/// Variables count as their position, symbols and allocations as nothing.
class Hash {
public:
  llvm::hash_code function(prog::FuncOp op) {
    llvm::hash_code code = llvm::hash_combine(op.getSymName(), op.getKind(), op.getKeywordsAttr(), op.getDirections());
    for (mlir::Type type : op.getType().getInputs())
      code = llvm::hash_combine(code, this->type(type));
    return llvm::hash_combine(code, block(op.getBlock()));
  }

private:
  llvm::hash_code type(mlir::Type type) {
    llvm::hash_code code = llvm::hash_value(type.getTypeID().getAsOpaquePointer());
    if (std::optional<prog::DType> dtype = prog::elementTypeOf(type))
      code = llvm::hash_combine(code, isIndexOrInt64(*dtype) ? prog::DType::Index : *dtype);
    if (mlir::ArrayAttr shape = prog::shapeOf(type))
      for (mlir::Attribute dim : shape)
        code = llvm::hash_combine(code, prog::constantOf(dim).value_or(-1));
    return code;
  }

  void number(Value value) { numbers[value] = numbers.size(); }

  llvm::hash_code value(Value value, unsigned depth = 0) {
    if (auto it = numbers.find(value); it != numbers.end())
      return llvm::hash_value(it->second);
    Operation *op = value.getDefiningOp();
    if (!op || depth > 8)
      return llvm::hash_value(0);
    llvm::hash_code code = llvm::hash_value(op->getName().getStringRef());
    if (auto constant = mlir::dyn_cast<prog::ConstOp>(op))
      return llvm::hash_combine(code, constant.getValue());
    if (auto binary = mlir::dyn_cast<prog::BinaryOp>(op))
      code = llvm::hash_combine(code, binary.getKind());
    if (auto unary = mlir::dyn_cast<prog::UnaryOp>(op))
      code = llvm::hash_combine(code, unary.getKind());
    for (Value operand : op->getOperands())
      code = llvm::hash_combine(code, this->value(operand, depth + 1));
    return code;
  }

  llvm::hash_code block(mlir::Block &block) {
    for (Value argument : block.getArguments())
      number(argument);
    llvm::hash_code code = llvm::hash_value(block.getNumArguments());
    for (Operation *op : statementsOf(block)) {
      code = llvm::hash_combine(code, op->getName().getStringRef(), op->getNumResults());
      if (auto builtin = mlir::dyn_cast<prog::BuiltinOp>(op))
        code = llvm::hash_combine(code, builtin.getCallee(), builtin.getKeywords());
      if (auto call = mlir::dyn_cast<prog::CallOp>(op))
        code = llvm::hash_combine(code, call.getCallee(), call.getDirectionsAttr());
      for (Value operand : op->getOperands())
        code = llvm::hash_combine(code, value(operand));
      for (mlir::Region &region : op->getRegions())
        code = llvm::hash_combine(code, this->block(region.front()));
      for (Value result : op->getResults())
        number(result);
    }
    return code;
  }

  llvm::DenseMap<Value, size_t> numbers;
};

std::vector<prog::FuncOp> functionsByName(prog::ProgramOp program) {
  std::vector<prog::FuncOp> functions(program.getOps<prog::FuncOp>().begin(), program.getOps<prog::FuncOp>().end());
  llvm::sort(functions, [](prog::FuncOp a, prog::FuncOp b) { return a.getSymName() < b.getSymName(); });
  return functions;
}

} // namespace

std::optional<ProgramDifference> compare(prog::FuncOp left, prog::FuncOp right, ProgramEqualityOptions options) {
  Comparison comparison(options);
  return comparison.functions(left, right) ? std::nullopt : std::optional(std::move(comparison.difference));
}

std::optional<ProgramDifference> compare(prog::ProgramOp left, prog::ProgramOp right, ProgramEqualityOptions options) {
  Comparison comparison(options);
  for (auto [here, there, side] : {std::tuple(left, right, "left"), std::tuple(right, left, "right")})
    for (prog::FuncOp function : functionsByName(here))
      if (!there.lookupSymbol<prog::FuncOp>(function.getSymName()))
        return ProgramDifference{"['" + function.getSymName().str() + "']",
                                 std::string("this function is on the ") + side + " only",
                                 side == std::string("left") ? program::exportFunction(function) : "",
                                 side == std::string("left") ? "" : program::exportFunction(function)};
  for (prog::FuncOp function : functionsByName(left))
    if (!comparison.functions(function, right.lookupSymbol<prog::FuncOp>(function.getSymName())))
      return std::move(comparison.difference);
  return std::nullopt;
}

llvm::hash_code structuralHash(prog::ProgramOp program) {
  llvm::hash_code code = llvm::hash_value(0);
  for (prog::FuncOp function : functionsByName(program))
    code = llvm::hash_combine(code, Hash().function(function));
  return code;
}

} // namespace pto::compiler
