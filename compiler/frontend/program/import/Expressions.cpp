// Expressions to operations on scalars, and to the values that variables stand for.
// What no variable of the function takes part in is computed here, not in the program.
#include "compiler/dialect/Places.h"
#include "compiler/dialect/program/Dims.h"
#include "compiler/dialect/program/Names.h"
#include "compiler/frontend/program/AstPrinter.h"
#include "compiler/frontend/program/import/BodyImporter.h"
#include "llvm/Support/SaveAndRestore.h"

namespace pto::frontend {

namespace {

constexpr unsigned longestShown = 60;

} // namespace

mlir::Value BodyImporter::fail(SourceRange where, std::string message) {
  diagnostics.error(where, std::move(message));
  return {};
}

std::string BodyImporter::text(const Expr *expr) const {
  std::string printed = print(expr);
  return printed.size() > longestShown ? printed.substr(0, longestShown) + " …" : printed;
}

mlir::Location BodyImporter::locate(SourceRange where, llvm::StringRef variable) {
  mlir::Location location = locationOf(&context, scope->source().place(where.begin));
  return variable.empty() ? location : prog::named(location, variable);
}

std::vector<llvm::StringRef> BodyImporter::visibleNames() const {
  std::vector<llvm::StringRef> names = scope->names();
  for (llvm::StringRef name : environment.names())
    names.push_back(name);
  return names;
}

mlir::Value BodyImporter::integer(int64_t value, SourceRange where) {
  return builder.create<prog::ConstOp>(locate(where), prog::ScalarType::get(&context, prog::DType::Index),
                                       builder.getI64IntegerAttr(value));
}

mlir::Value BodyImporter::constant(const Value &value, const Expr *where, std::optional<prog::DType> dtype) {
  auto make = [&](prog::DType bare, mlir::Attribute attribute) -> mlir::Value {
    auto type = prog::ScalarType::get(&context, dtype.value_or(bare));
    return builder.create<prog::ConstOp>(locate(where->range), type, attribute);
  };
  switch (value.kind) {
  case Value::Kind::Bool:
    return make(prog::DType::Bool, builder.getBoolAttr(value.integer));
  case Value::Kind::Integer:
    if (takesIndices)
      dtype.reset();
    return make(prog::DType::Index, builder.getI64IntegerAttr(value.integer));
  case Value::Kind::Float:
    return make(prog::DType::F32, builder.getF64FloatAttr(value.real));
  case Value::Kind::Symbol:
    return builder.create<prog::SymbolOp>(locate(where->range), prog::ScalarType::get(&context, prog::DType::Index),
                                          value.text);
  case Value::Kind::List:
  case Value::Kind::Tuple: {
    llvm::SmallVector<mlir::Value, 4> elements;
    for (const Value &element : value.elements()) {
      mlir::Value imported = constant(element, where);
      if (!imported)
        return {};
      elements.push_back(imported);
    }
    mlir::Type type = mlir::TupleType::get(&context, mlir::ValueRange(elements).getTypes());
    return builder.create<prog::TupleOp>(locate(where->range), type, elements);
  }
  case Value::Kind::Unknown:
    return fail(where->range, "'" + text(where) + "' is not a known constant here: it is " + value.text);
  default:
    return fail(where->range,
                "'" + text(where) + "' is " + describe(value.kind).str() + ", which is not a value of a program");
  }
}

mlir::Value BodyImporter::name(const Name *name) {
  Variable variable = environment[name->id];
  bool isBareIndex = variable.known && variable.known->isConstant && takesIndices;
  if ((variable.value && !isBareIndex) || variable.isBroken)
    return variable.value;
  if (variable.known)
    return constant(variable.known->value, name, variable.known->dtype);
  if (!variable.lost.empty())
    return fail(name->range, "'" + name->id.str() + "' has no value here: " + variable.lost.str());
  if (const Value *value = scope->find(name->id))
    return constant(*value, name);
  if (liveness && liveness->assigned(function.syntax->body).contains(name->id))
    return fail(name->range, "'" + name->id.str() + "' is used before it is assigned");
  return fail(name->range,
              "there is no variable '" + name->id.str() + "'" + whyUndefined(name->id, *scope, visibleNames()));
}

mlir::Value BodyImporter::expression(const Expr *expr) {
  if (auto it = known.find(expr); it != known.end())
    return it->second;
  switch (expr->kind) {
  case Expr::Kind::Name:
    return name(llvm::cast<Name>(expr));
  case Expr::Kind::Call:
    if (isFoldable(expr))
      if (Value value = evaluated(expr); value.isNumber() || value.is(Value::Kind::Symbol))
        return constant(value, expr);
    return oneOf(llvm::cast<Call>(expr));
  case Expr::Kind::Binary:
    return binary(llvm::cast<Binary>(expr));
  case Expr::Kind::Unary:
    return unary(llvm::cast<Unary>(expr));
  case Expr::Kind::Subscript:
    return subscript(llvm::cast<Subscript>(expr));
  case Expr::Kind::Tuple:
    return sequence(llvm::cast<Tuple>(expr)->elements, expr);
  case Expr::Kind::List:
    return sequence(llvm::cast<List>(expr)->elements, expr);
  case Expr::Kind::Attribute: {
    // `buffer.base`: where a reserved buffer starts is what its variable is worth.
    const auto *access = llvm::cast<Attribute>(expr);
    if (access->name == "base" && !isClosed(access->base))
      return expression(access->base);
    const auto *variable = llvm::dyn_cast<Name>(access->base);
    bool isLocal = !isClosed(access->base) || (variable && environment[variable->id].known);
    if (isLocal && (access->name == "shape" || access->name == "dtype"))
      return shapeAttribute(access);
    return constant(evaluated(expr), expr);
  }
  case Expr::Kind::Number:
    return constant(evaluated(expr), expr);
  case Expr::Kind::Constant:
    return constant(evaluated(expr), expr);
  case Expr::Kind::Conditional: {
    const auto *each = llvm::cast<Conditional>(expr);
    if (isClosed(each->condition))
      if (std::optional<bool> truth = evaluated(each->condition).truth())
        return expression(*truth ? each->then : each->otherwise);
    return fail(expr->range, "a conditional expression on values is not part of the language: use if and else");
  }
  case Expr::Kind::String:
    return fail(expr->range, "a string is not a value of a program");
  case Expr::Kind::Dict:
    return fail(expr->range, "a dictionary is not a value of a program");
  case Expr::Kind::Slice:
    return fail(expr->range, "a slice belongs in brackets after a tensor or a tile");
  case Expr::Kind::Opaque:
    return fail(expr->range, llvm::cast<OpaqueExpr>(expr)->what.str() + " is not part of the language");
  }
  return {};
}

bool BodyImporter::indices(Exprs elements, llvm::SmallVectorImpl<mlir::Value> &values) {
  llvm::SaveAndRestore<bool> inList(takesIndices, true);
  return llvm::all_of(elements, [&](const Expr *element) { return values.emplace_back(expression(element)); });
}

mlir::Value BodyImporter::sequence(Exprs elements, const Expr *where) {
  llvm::SmallVector<mlir::Value, 4> values;
  llvm::SaveAndRestore<bool> inList(takesIndices, takesIndices || llvm::isa<List>(where));
  for (const Expr *element : elements) {
    mlir::Value value = expression(element);
    if (!value)
      return {};
    values.push_back(value);
  }
  mlir::Type type = mlir::TupleType::get(&context, mlir::ValueRange(values).getTypes());
  return builder.create<prog::TupleOp>(locate(where->range), type, values);
}

mlir::Value BodyImporter::makeBinary(llvm::StringRef kind, mlir::Value left, mlir::Value right, const Expr *where) {
  auto a = mlir::dyn_cast<prog::ScalarType>(left.getType()), b = mlir::dyn_cast<prog::ScalarType>(right.getType());
  const prog::ScalarOperator *op = prog::binaryOperatorOf(kind);
  if (!a || !b)
    return fail(where->range, "'" + op->spelling.str() + "' needs two scalars, found " +
                                  prog::programText(left.getType()) + " and " + prog::programText(right.getType()));
  prog::DType dtype = op->comparison ? prog::DType::Bool : prog::promote(a.getDtype(), b.getDtype());
  if (kind == "div" && !prog::isFloat(dtype))
    dtype = prog::DType::F32;
  return builder.create<prog::BinaryOp>(locate(where->range), prog::ScalarType::get(&context, dtype), kind, left,
                                        right);
}

mlir::Value BodyImporter::binary(const Binary *binary) {
  if (isFoldable(binary))
    if (Value value = evaluated(binary); value.isNumber())
      return constant(value, binary);
  mlir::Value left = expression(binary->left);
  mlir::Value right = left ? expression(binary->right) : mlir::Value();
  if (!right)
    return {};
  bool scalars = mlir::isa<prog::ScalarType>(left.getType()) && mlir::isa<prog::ScalarType>(right.getType());
  std::string sign = "'" + spelling(binary->op).str() + "'";
  const prog::ScalarOperator *op = prog::binaryOperatorSpelled(spelling(binary->op));
  std::string operation = binary->op == BinaryOperator::MatMul ? "matmul" : op ? op->kind.str() : "";
  if (!scalars && prog::recordOf("tensor." + operation))
    return fail(binary->range, sign + " is for scalars: use pl." + operation + "(" + text(binary->left) + ", " +
                                   text(binary->right) + ")");
  return op ? makeBinary(op->kind, left, right, binary)
            : fail(binary->range, sign + " is not an operator of the language");
}

mlir::Value BodyImporter::unary(const Unary *unary) {
  if (isFoldable(unary))
    if (Value value = evaluated(unary); value.isNumber())
      return constant(value, unary);
  mlir::Value operand = expression(unary->operand);
  if (!operand || unary->op == UnaryOperator::Plus)
    return operand;
  auto type = mlir::dyn_cast<prog::ScalarType>(operand.getType());
  if (!type)
    return fail(unary->range,
                "'" + spelling(unary->op).str() + "' needs a scalar, found " + prog::programText(operand.getType()));
  llvm::StringRef kind = prog::unaryOperatorSpelled(spelling(unary->op))->kind;
  mlir::Type result = kind == "not" ? prog::ScalarType::get(&context, prog::DType::Bool) : type;
  return builder.create<prog::UnaryOp>(locate(unary->range), result, kind, operand);
}

} // namespace pto::frontend
