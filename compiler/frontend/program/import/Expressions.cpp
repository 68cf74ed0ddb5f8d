// Expressions to operations on scalars, and to the values that variables stand for.
// What no variable of the function takes part in is computed here, not in the program.
#include "compiler/dialect/program/Dims.h"
#include "compiler/dialect/program/Names.h"
#include "compiler/dialect/program/Signatures.h"
#include "compiler/dialect/program/TileView.h"
#include "compiler/frontend/program/AstPrinter.h"
#include "compiler/frontend/program/import/BodyImporter.h"

namespace pto::program {

namespace {

struct OperatorName {
  BinaryOperator op;
  llvm::StringLiteral kind;
};

constexpr OperatorName operatorNames[] = {
    {BinaryOperator::Or, "or"},          {BinaryOperator::And, "and"},        {BinaryOperator::Eq, "eq"},
    {BinaryOperator::Ne, "ne"},          {BinaryOperator::Lt, "lt"},          {BinaryOperator::Le, "le"},
    {BinaryOperator::Gt, "gt"},          {BinaryOperator::Ge, "ge"},          {BinaryOperator::BitOr, "bit_or"},
    {BinaryOperator::BitXor, "bit_xor"}, {BinaryOperator::BitAnd, "bit_and"}, {BinaryOperator::ShiftLeft, "shl"},
    {BinaryOperator::ShiftRight, "shr"}, {BinaryOperator::Add, "add"},        {BinaryOperator::Sub, "sub"},
    {BinaryOperator::Mul, "mul"},        {BinaryOperator::FloatDiv, "div"},   {BinaryOperator::FloorDiv, "floordiv"},
    {BinaryOperator::FloorMod, "mod"},   {BinaryOperator::Pow, "pow"}};

const char *operationFor(BinaryOperator op) {
  switch (op) {
  case BinaryOperator::Add:
    return "add";
  case BinaryOperator::Sub:
    return "sub";
  case BinaryOperator::Mul:
    return "mul";
  case BinaryOperator::FloatDiv:
    return "div";
  case BinaryOperator::MatMul:
    return "matmul";
  default:
    return nullptr;
  }
}

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
  LineColumn position = scope->source().locate(where.begin);
  mlir::Location location = mlir::FileLineColLoc::get(&context, scope->source().name(where.begin), position.line, position.column);
  return variable.empty() ? location : prog::named(location, variable);
}

std::vector<llvm::StringRef> BodyImporter::visibleNames() const {
  std::vector<llvm::StringRef> names = scope->names();
  for (const auto &entry : environment.values)
    names.push_back(entry.getKey());
  return names;
}

bool BodyImporter::isClosed(const Expr *expr) const {
  if (const auto *each = llvm::dyn_cast<Name>(expr))
    return !environment.values.count(each->id) && !environment.lost.count(each->id) &&
           !environment.broken.contains(each->id);
  if (const auto *each = llvm::dyn_cast<Binary>(expr))
    return isClosed(each->left) && isClosed(each->right);
  if (const auto *each = llvm::dyn_cast<Unary>(expr))
    return isClosed(each->operand);
  if (const auto *each = llvm::dyn_cast<Attribute>(expr))
    return isClosed(each->base);
  if (const auto *each = llvm::dyn_cast<Subscript>(expr))
    return isClosed(each->base) && isClosed(each->index);
  if (const auto *each = llvm::dyn_cast<Conditional>(expr))
    return isClosed(each->condition) && isClosed(each->then) && isClosed(each->otherwise);
  if (const auto *each = llvm::dyn_cast<Call>(expr)) {
    const auto *callee = llvm::dyn_cast<Name>(each->callee);
    return callee && isBuiltin(callee->id) && isClosed(callee) && each->keywords.empty() &&
           llvm::all_of(each->arguments, [&](const Expr *argument) { return isClosed(argument); });
  }
  if (const auto *each = llvm::dyn_cast<Tuple>(expr))
    return llvm::all_of(each->elements, [&](const Expr *element) { return isClosed(element); });
  if (const auto *each = llvm::dyn_cast<List>(expr))
    return llvm::all_of(each->elements, [&](const Expr *element) { return isClosed(element); });
  return llvm::isa<Number, String, Constant>(expr);
}

mlir::Value BodyImporter::integer(int64_t value, SourceRange where) {
  return builder.create<prog::ConstOp>(locate(where), prog::ScalarType::get(&context, prog::DType::Index),
                                       prog::constantDim(&context, value));
}

mlir::Value BodyImporter::constant(const Value &value, const Expr *where) {
  auto make = [&](prog::DType dtype, mlir::Attribute attribute) -> mlir::Value {
    return builder.create<prog::ConstOp>(locate(where->range), prog::ScalarType::get(&context, dtype), attribute);
  };
  switch (value.kind) {
  case Value::Kind::Bool:
    return make(prog::DType::Bool, builder.getBoolAttr(value.integer));
  case Value::Kind::Integer:
    return integer(value.integer, where->range);
  case Value::Kind::Float:
    return make(prog::DType::FP32, builder.getF64FloatAttr(value.real));
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
    return fail(where->range, "'" + text(where) + "' is no constant that is known here: it is " + value.text);
  default:
    return fail(where->range,
                "'" + text(where) + "' is " + describe(value.kind).str() + ", which is no value in a program");
  }
}

mlir::Value BodyImporter::name(const Name *name) {
  if (auto it = environment.values.find(name->id); it != environment.values.end())
    return it->second;
  if (environment.broken.contains(name->id))
    return {};
  if (auto it = environment.lost.find(name->id); it != environment.lost.end())
    return fail(name->range, "'" + name->id.str() + "' has no value here: " + it->second);
  if (const Value *value = scope->find(name->id))
    return constant(*value, name);
  if (liveness && assignedNames(function.syntax->body).contains(name->id))
    return fail(name->range, "'" + name->id.str() + "' is used before it is assigned");
  return fail(name->range, "there is no variable '" + name->id.str() + "'" + didYouMean(name->id, visibleNames()));
}

mlir::Value BodyImporter::expression(const Expr *expr) {
  if (auto it = known.find(expr); it != known.end())
    return it->second;
  switch (expr->kind) {
  case Expr::Kind::Name:
    return name(llvm::cast<Name>(expr));
  case Expr::Kind::Call:
    if (isClosed(expr))
      if (Value value = evaluate(expr, *scope); value.isNumber())
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
    return constant(evaluate(expr, *scope), expr);
  }
  case Expr::Kind::Number:
    return constant(evaluate(expr, *scope), expr);
  case Expr::Kind::Constant:
    return constant(evaluate(expr, *scope), expr);
  case Expr::Kind::Conditional:
    if (isClosed(expr))
      return constant(evaluate(expr, *scope), expr);
    return fail(expr->range, "a conditional expression on values is not part of the language: use if and else");
  case Expr::Kind::String:
    return fail(expr->range, "a string is no value in a program");
  case Expr::Kind::Dict:
    return fail(expr->range, "a dictionary is no value in a program");
  case Expr::Kind::Slice:
    return fail(expr->range, "a slice only stands in brackets after a tensor or a tile");
  case Expr::Kind::Opaque:
    return fail(expr->range, llvm::cast<OpaqueExpr>(expr)->what.str() + " is not part of the language");
  }
  return {};
}

mlir::Value BodyImporter::sequence(Exprs elements, const Expr *where) {
  llvm::SmallVector<mlir::Value, 4> values;
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
    dtype = prog::DType::FP32;
  return builder.create<prog::BinaryOp>(locate(where->range), prog::ScalarType::get(&context, dtype), kind, left,
                                        right);
}

mlir::Value BodyImporter::binary(const Binary *binary) {
  if (isClosed(binary))
    if (Value value = evaluate(binary, *scope); value.isNumber())
      return constant(value, binary);
  mlir::Value left = expression(binary->left);
  mlir::Value right = left ? expression(binary->right) : mlir::Value();
  if (!right)
    return {};
  bool scalars = mlir::isa<prog::ScalarType>(left.getType()) && mlir::isa<prog::ScalarType>(right.getType());
  const char *operation = operationFor(binary->op);
  if (!scalars && operation)
    return fail(binary->range, "'" + spelling(binary->op).str() + "' is for scalars: use pl." + operation + "(" +
                                   text(binary->left) + ", " + text(binary->right) + ")");
  for (const OperatorName &each : operatorNames)
    if (each.op == binary->op)
      return makeBinary(each.kind, left, right, binary);
  return fail(binary->range, "'" + spelling(binary->op).str() + "' is not an operator of the language");
}

mlir::Value BodyImporter::unary(const Unary *unary) {
  if (isClosed(unary))
    if (Value value = evaluate(unary, *scope); value.isNumber())
      return constant(value, unary);
  mlir::Value operand = expression(unary->operand);
  if (!operand || unary->op == UnaryOperator::Plus)
    return operand;
  auto type = mlir::dyn_cast<prog::ScalarType>(operand.getType());
  if (!type)
    return fail(unary->range,
                "'" + spelling(unary->op).str() + "' needs a scalar, found " + prog::programText(operand.getType()));
  llvm::StringRef kind = unary->op == UnaryOperator::Neg ? "neg" : unary->op == UnaryOperator::Not ? "not" : "bit_not";
  mlir::Type result = kind == "not" ? prog::ScalarType::get(&context, prog::DType::Bool) : type;
  return builder.create<prog::UnaryOp>(locate(unary->range), result, kind, operand);
}

mlir::Value BodyImporter::subscript(const Subscript *access) {
  if (isClosed(access))
    return constant(evaluate(access, *scope), access);
  mlir::Value base = expression(access->base);
  if (!base)
    return {};
  const auto *tuple = llvm::dyn_cast<Tuple>(access->index);
  Exprs indices = tuple ? tuple->elements : Exprs(access->index);
  if (auto type = mlir::dyn_cast<mlir::TupleType>(base.getType())) {
    Value index = isClosed(access->index) ? evaluate(access->index, *scope) : Value();
    if (!index.is(Value::Kind::Integer))
      return fail(access->index->range, "the index of a tuple is a constant integer");
    auto size = static_cast<int64_t>(type.size());
    int64_t at = index.integer < 0 ? index.integer + size : index.integer;
    if (at < 0 || at >= size)
      return fail(access->index->range,
                  "element " + std::to_string(index.integer) + " of a tuple of " + std::to_string(size));
    if (auto made = base.getDefiningOp<prog::TupleOp>())
      return made.getElements()[static_cast<size_t>(at)];
    return builder.create<prog::ElementOp>(locate(access->range), type.getType(static_cast<size_t>(at)), base,
                                           static_cast<uint64_t>(at));
  }
  if (!prog::isShaped(base.getType()))
    return fail(access->range,
                "only a tensor, a tile or a tuple has elements, found " + prog::programText(base.getType()));
  size_t rank = prog::shapeOf(base.getType()).size();
  if (indices.size() != rank)
    return fail(access->index->range, std::to_string(indices.size()) + " indices for " + std::to_string(rank) +
                                          " dimensions of " + prog::programText(base.getType()));
  return slice(base, indices, access);
}

namespace {

/// By how much the end of a slice lies behind the end of a tile, which Python cuts off there.
std::optional<int64_t> overhang(mlir::Value base, unsigned axis, mlir::Value upper) {
  constexpr int64_t unknown = -1;
  if (!upper || !mlir::isa<prog::TileType>(base.getType()))
    return std::nullopt;
  int64_t size = prog::constantOf(prog::Dim(prog::shapeOf(base.getType())[axis])).value_or(unknown);
  int64_t end = prog::constantOf(prog::dimOf(upper)).value_or(unknown);
  if (size == unknown || end <= size)
    return std::nullopt;
  return end - size;
}

} // namespace

mlir::Value BodyImporter::slice(mlir::Value base, Exprs indices, const Subscript *access) {
  bool isTile = mlir::isa<prog::TileType>(base.getType());
  bool reads = llvm::none_of(indices, [](const Expr *index) { return llvm::isa<Slice>(index); });
  mlir::ArrayAttr shape = prog::shapeOf(base.getType());
  llvm::SmallVector<mlir::Value, 4> extents, offsets, valid;
  bool narrows = false;
  for (auto [i, index] : llvm::enumerate(indices)) {
    const auto *part = llvm::dyn_cast<Slice>(index);
    if (part && part->step)
      return fail(part->step->range, "a slice has no step here");
    const Expr *start = part ? part->lower : index;
    mlir::Value lower = start ? expression(start) : integer(0, index->range);
    if (!lower)
      return {};
    offsets.push_back(lower);
    if (reads)
      continue;
    if (!part) {
      extents.push_back(integer(1, index->range));
      valid.push_back(extents.back());
      continue;
    }
    mlir::Value upper;
    prog::Dim extent;
    if (part->upper) {
      upper = expression(part->upper);
      if (!upper)
        return {};
      extent = prog::differenceOf(upper, lower);
    } else {
      extent = prog::expressionDim("sub", shape[i], prog::dimOf(lower));
    }
    if (std::optional<int64_t> beyond = overhang(base, static_cast<unsigned>(i), upper))
      extent = prog::expressionDim("sub", extent, prog::constantDim(&context, *beyond));
    std::optional<int64_t> constantExtent = prog::constantOf(extent);
    if (constantExtent && *constantExtent <= 0)
      return fail(part->range, "this slice has no elements");
    std::optional<int64_t> size = prog::constantOf(prog::Dim(shape[i])), from = prog::constantOf(prog::dimOf(lower));
    if (constantExtent) {
      extents.push_back(integer(*constantExtent, part->range));
      valid.push_back(extents.back());
    } else if (isTile && upper && size && from && *from < *size) {
      // A tile is allocated before the program runs: it gets all there may be, and its valid part is what is asked.
      extents.push_back(integer(*size - *from, part->range));
      mlir::Value end = makeBinary("min", upper, integer(*size, part->range), part);
      valid.push_back(*from == 0 ? end : makeBinary("sub", end, lower, part));
      narrows = true;
    } else if (isTile) {
      return fail(part->range, "the start of a tile's slice has to be a constant: a tile is allocated before the "
                               "program runs");
    } else {
      if (!upper) {
        auto dim = prog::signatureOf("tensor.dim");
        llvm::SmallVector<mlir::Value, 1> results;
        prog::Argument arguments[] = {prog::Argument::single(base),
                                      prog::Argument::single(integer(static_cast<int64_t>(i), part->range))};
        llvm::SmallVector<mlir::NamedAttribute, 1> none;
        if (!apply(*dim, arguments, none, access, {}, results, nullptr))
          return {};
        upper = results.front();
      }
      extents.push_back(prog::constantOf(prog::dimOf(lower)) == 0 ? upper : makeBinary("sub", upper, lower, part));
    }
  }
  const prog::Signature *signature =
      prog::signatureOf(std::string(isTile ? "tile." : "tensor.") + (reads ? "read" : "slice"));
  llvm::SmallVector<prog::Argument, 4> arguments = {prog::Argument::single(base)};
  if (!reads)
    arguments.push_back(prog::Argument::list(extents));
  arguments.push_back(prog::Argument::list(offsets));
  if (narrows)
    arguments.push_back(prog::Argument::list(valid));
  llvm::SmallVector<mlir::Value, 1> results;
  llvm::SmallVector<mlir::NamedAttribute, 1> none;
  return apply(*signature, arguments, none, access, {}, results, nullptr) ? results.front() : mlir::Value();
}

mlir::Attribute BodyImporter::attribute(const Value &value, const Expr *where) {
  switch (value.kind) {
  case Value::Kind::Bool:
    return builder.getBoolAttr(value.integer);
  case Value::Kind::Integer:
    return prog::constantDim(&context, value.integer);
  case Value::Kind::Float:
    return builder.getF64FloatAttr(value.real);
  case Value::Kind::String:
    return builder.getStringAttr(value.text);
  case Value::Kind::Path: {
    llvm::StringRef path = value.text;
    if (path.consume_front("pl.")) {
      if (path == "ND" || path == "DN" || path == "NZ")
        return prog::NameAttr::get(&context, "TensorLayout." + path.str());
      return path == "AUTO" ? prog::constantDim(&context, -1) : mlir::Attribute(prog::NameAttr::get(&context, path));
    }
    break;
  }
  case Value::Kind::List:
  case Value::Kind::Tuple: {
    llvm::SmallVector<mlir::Attribute, 4> elements;
    for (const Value &element : value.elements()) {
      mlir::Attribute imported = attribute(element, where);
      if (!imported)
        return {};
      elements.push_back(imported);
    }
    return builder.getArrayAttr(elements);
  }
  case Value::Kind::Expression:
    return attribute(value.expression);
  default:
    break;
  }
  fail(where->range, "'" + text(where) + "' is no constant of the language" +
                         (value.is(Value::Kind::Unknown) ? ": it is " + value.text : ""));
  return {};
}

mlir::Attribute BodyImporter::attribute(const Expr *expr) {
  if (const auto *dict = llvm::dyn_cast<Dict>(expr)) {
    llvm::SmallVector<mlir::NamedAttribute, 4> entries;
    llvm::StringSet<> keys;
    for (const DictEntry &entry : dict->entries) {
      const auto *key = llvm::dyn_cast<String>(entry.key);
      if (!key || key->value.empty())
        return fail(entry.key->range, "the key of an attribute is a string"), mlir::Attribute();
      if (!keys.insert(key->value).second)
        return fail(entry.key->range, "'" + key->value.str() + "' is given twice"), mlir::Attribute();
      mlir::Attribute value = attribute(entry.value);
      if (!value)
        return {};
      entries.push_back(builder.getNamedAttr(key->value, value));
    }
    return builder.getDictionaryAttr(entries);
  }
  if (const auto *list = llvm::dyn_cast<List>(expr)) {
    llvm::SmallVector<mlir::Attribute, 4> elements;
    for (const Expr *element : list->elements) {
      mlir::Attribute value = attribute(element);
      if (!value)
        return {};
      elements.push_back(value);
    }
    return builder.getArrayAttr(elements);
  }
  const auto *call = llvm::dyn_cast<Call>(expr);
  std::string callee = call ? resolvePath(call->callee, *scope) : "";
  if (!llvm::StringRef(callee).starts_with("pl."))
    return attribute(evaluate(expr, *scope), expr);
  // `pl.split(pl.SplitMode.UP_DOWN)`: a word with arguments.
  llvm::SmallVector<mlir::NamedAttribute, 4> entries = {
      builder.getNamedAttr("call", prog::NameAttr::get(&context, llvm::StringRef(callee).drop_front(3)))};
  llvm::SmallVector<mlir::Attribute, 4> arguments;
  for (const Expr *argument : call->arguments) {
    arguments.push_back(attribute(argument));
    if (!arguments.back())
      return {};
  }
  entries.push_back(builder.getNamedAttr("arguments", builder.getArrayAttr(arguments)));
  for (const Keyword &keyword : call->keywords) {
    mlir::Attribute value = attribute(keyword.value);
    if (!value)
      return {};
    if (builder.getDictionaryAttr(entries).get("keyword." + keyword.name.str()))
      return fail(keyword.range, "'" + keyword.name.str() + "' is given twice"), mlir::Attribute();
    entries.push_back(builder.getNamedAttr("keyword." + keyword.name.str(), value));
  }
  return builder.getDictionaryAttr(entries);
}

} // namespace pto::program
