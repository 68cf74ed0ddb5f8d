// What is known of a function before it runs: the constants around it, and what its arguments make of its variables.
// A name that is assigned once, from nothing but these, is a constant too, and leaves no trace in the program.
#include "compiler/dialect/program/Dims.h"
#include "compiler/frontend/program/Walk.h"
#include "compiler/frontend/program/import/BodyImporter.h"

namespace pto::frontend {

namespace {

/// Can a program hold it?
bool isLiteral(const Value &value) {
  switch (value.kind) {
  case Value::Kind::None:
  case Value::Kind::Bool:
  case Value::Kind::Integer:
  case Value::Kind::Float:
  case Value::Kind::String:
  case Value::Kind::Symbol:
    return true;
  case Value::Kind::Path:
    return llvm::StringRef(value.text).starts_with("pl.");
  case Value::Kind::List:
  case Value::Kind::Tuple:
    return llvm::all_of(value.elements(), isLiteral);
  default:
    return false;
  }
}

Value valueOf(prog::Dim dim) {
  if (std::optional<int64_t> constant = prog::constantOf(dim))
    return Value::ofInteger(*constant);
  if (std::optional<llvm::StringRef> symbol = dim.symbol())
    return Value::symbol(symbol->str());
  return Value::unknown("a dimension that is computed when the program runs");
}

} // namespace

std::optional<Value> BodyImporter::shapeOf(const Attribute *access) const {
  const auto *name = llvm::dyn_cast<Name>(access->base);
  Variable variable = name ? environment[name->id] : Variable();
  if (variable.known && (access->name == "shape" || access->name == "dtype"))
    return Value::unknown("the " + access->name.str() + " of a scalar");
  mlir::Value value = variable.value;
  if (!value || !prog::isShaped(value.getType()))
    return std::nullopt;
  if (access->name == "dtype")
    return Value::path("pl." + prog::programName(*prog::elementTypeOf(value.getType())).str());
  if (access->name != "shape")
    return std::nullopt;
  std::vector<Value> dims;
  for (prog::Dim dim : prog::shapeOf(value.getType()))
    dims.push_back(valueOf(dim));
  return Value::list(Value::Kind::List, std::move(dims));
}

std::optional<Value> BodyImporter::localValue(const Expr *expr, bool withWritten) const {
  if (const auto *name = llvm::dyn_cast<Name>(expr)) {
    Variable variable = environment[name->id];
    if (variable.known && (variable.known->isConstant || withWritten))
      return variable.known->value;
    if (variable.isAssigned())
      return Value::unknown("known only when the program runs");
    return std::nullopt;
  }
  if (const auto *access = llvm::dyn_cast<Attribute>(expr))
    return shapeOf(access);
  // One dimension is known even where another one is not; and there may be none.
  const auto *element = llvm::dyn_cast<Subscript>(expr);
  const auto *shape = element ? llvm::dyn_cast<Attribute>(element->base) : nullptr;
  if (shape && shape->name == "shape" && shapeOf(shape)) {
    std::optional<prog::Dim> dim = localDim(expr);
    return dim ? valueOf(*dim) : Value::unknown("no dimension");
  }
  const auto *call = llvm::dyn_cast<Call>(expr);
  const auto *callee = call ? llvm::dyn_cast<Name>(call->callee) : nullptr;
  if (callee && callee->id == "len" && call->arguments.size() == 1)
    if (const auto *access = llvm::dyn_cast<Attribute>(call->arguments[0]); access && shapeOf(access))
      return Value::ofInteger(
          int64_t(prog::shapeOf(environment.valueOf(llvm::cast<Name>(access->base)->id).getType()).size()));
  return std::nullopt;
}

/// Of a variable, or of `x.shape[1]`.
std::optional<prog::Dim> BodyImporter::localDim(const Expr *expr) const {
  if (const auto *name = llvm::dyn_cast<Name>(expr)) {
    mlir::Value value = environment.valueOf(name->id);
    return value ? std::optional(prog::dimOf(value)) : std::nullopt;
  }
  const auto *element = llvm::dyn_cast<Subscript>(expr);
  const auto *access = element ? llvm::dyn_cast<Attribute>(element->base) : nullptr;
  const auto *name = access && access->name == "shape" ? llvm::dyn_cast<Name>(access->base) : nullptr;
  mlir::Value value = name ? environment.valueOf(name->id) : mlir::Value();
  if (!value || !prog::isShaped(value.getType()) || !isClosed(element->index))
    return std::nullopt;
  Value index = evaluated(element->index);
  prog::Dims shape = prog::shapeOf(value.getType());
  auto size = static_cast<int64_t>(shape.size());
  int64_t at = index.integer < 0 ? index.integer + size : index.integer;
  if (!index.is(Value::Kind::Integer) || at < 0 || at >= size)
    return std::nullopt;
  return shape[static_cast<size_t>(at)];
}

Value BodyImporter::evaluated(const Expr *expr, bool withWritten) const {
  return evaluate(expr, *scope, [&](const Expr *each) { return localValue(each, withWritten); });
}

bool BodyImporter::isSizeOfElement(const Call *call) const {
  const auto *method = llvm::dyn_cast<Attribute>(call->callee);
  return method && method->name == "get_byte" && evaluate(call, *scope).is(Value::Kind::Integer);
}

bool BodyImporter::isClosed(const Expr *expr) const {
  if (std::optional<Value> local = localValue(expr, false))
    return !local->is(Value::Kind::Unknown);
  if (llvm::isa<Dict, Slice, OpaqueExpr>(expr))
    return false;
  if (const auto *call = llvm::dyn_cast<Call>(expr)) {
    const auto *callee = llvm::dyn_cast<Name>(call->callee);
    bool isSymbol = generic && isLanguageCall(call, "pl.dynamic");
    if (isSizeOfElement(call))
      return true;
    if (!call->keywords.empty() || (!isSymbol && !(callee && isBuiltin(callee->id))))
      return false;
  }
  bool closed = true;
  forEachPart(expr, [&](const Expr *part) { closed = closed && isClosed(part); });
  return closed;
}

bool BodyImporter::isFoldable(const Expr *expr) const {
  if (!isClosed(expr))
    return false;
  const auto *binary = llvm::dyn_cast<Binary>(expr);
  if (!generic || takesIndices || (binary && isComparison(binary->op)))
    return true;
  bool isBare = true;
  auto onExpr = [&](const Expr *each) {
    const auto *name = llvm::dyn_cast<Name>(each);
    const KnownValue *known = name ? environment[name->id].known : nullptr;
    isBare &= !known || !known->dtype || known->dtype == defaultDtype(known->value);
  };
  walk(expr, {onExpr, {}});
  return isBare;
}

bool BodyImporter::comesFromOutside(const Expr *expr) const {
  bool isFromOutside = false;
  auto onExpr = [&](const Expr *each) {
    const auto *name = llvm::dyn_cast<Name>(each);
    isFromOutside |= name && (!isBuiltin(name->id) || environment[name->id].known || scope->find(name->id));
  };
  walk(expr, {onExpr, {}});
  return isFromOutside;
}

/// What a variable is from now on, if nothing else is assigned to it anywhere: in a loop, it may be another one later.
std::optional<KnownValue> BodyImporter::knownValue(const Expr *target, const Expr *value) const {
  const auto *name = llvm::dyn_cast<Name>(target);
  if (!generic || !name || generic->locals.lookup(name->id) != 1)
    return std::nullopt;
  Value known = evaluated(value, /*withWritten=*/true);
  if (!isLiteral(known))
    return std::nullopt;
  const auto *alias = llvm::dyn_cast<Name>(value);
  const KnownValue *other = alias ? environment[alias->id].known : nullptr;
  std::optional<prog::DType> dtype = other ? other->dtype : defaultDtype(known);
  return KnownValue{std::move(known), dtype, isClosed(value) && comesFromOutside(value)};
}

/// `M, N = a.shape`, `n = N // 2`: the names are constants where they can be, each on its own. Empty if this is none
/// of these forms.
std::optional<bool> BodyImporter::assignConstants(const Expr *target, const Expr *value) {
  auto isConstant = [&](const std::optional<KnownValue> &known, const Expr *source) {
    return known && known->isConstant && (llvm::isa<Name>(source) || isFoldable(source));
  };
  if (const auto *name = llvm::dyn_cast<Name>(target)) {
    if (auto symbol = generic->localSymbols.find(name->id); symbol != generic->localSymbols.end()) {
      environment.bind(name->id, {}, {Value::symbol(symbol->second), prog::DType::Index, true});
      return true;
    }
    std::optional<KnownValue> known = knownValue(name, value);
    if (!isConstant(known, value))
      return std::nullopt;
    environment.bind(name->id, {}, std::move(*known));
    return true;
  }
  const auto *targets = llvm::dyn_cast<Tuple>(target);
  bool haveNames = targets && llvm::all_of(targets->elements, [](const Expr *each) { return llvm::isa<Name>(each); });
  if (!haveNames)
    return std::nullopt;
  size_t count = targets->elements.size();
  if (const auto *sources = llvm::dyn_cast<Tuple>(value); sources && sources->elements.size() == count) {
    // All at once, since one side may name what the other assigns.
    std::vector<std::pair<std::optional<KnownValue>, mlir::Value>> parts;
    for (auto [each, source] : llvm::zip(targets->elements, sources->elements)) {
      parts.emplace_back(knownValue(each, source), mlir::Value());
      if (!isConstant(parts.back().first, source) && !(parts.back().second = expression(source)))
        return false;
    }
    for (auto [each, source, part] : llvm::zip(targets->elements, sources->elements, parts)) {
      if (part.second && !bindTarget(each, part.second, source))
        return false;
      if (part.first)
        environment.bind(llvm::cast<Name>(each)->id, part.second, std::move(*part.first));
    }
    return true;
  }
  Value whole = isClosed(value) ? evaluated(value) : Value();
  if (!whole.isSequence() || whole.elements().size() != count || !comesFromOutside(value))
    return std::nullopt;
  for (auto [each, element] : llvm::zip(targets->elements, whole.elements())) {
    const auto *name = llvm::cast<Name>(each);
    if (generic->locals.lookup(name->id) == 1) {
      environment.bind(name->id, {}, {element, defaultDtype(element), true});
      continue;
    }
    mlir::Value made = constant(element, value);
    if (!made || !bindTarget(each, made, value))
      return false;
  }
  return true;
}

/// A variable that an operation stands for may be known all the same: `n: pl.Scalar[pl.INT32] = x.shape[0]`.
void BodyImporter::remember(const Expr *target, const Expr *value) {
  std::optional<KnownValue> known = knownValue(target, value);
  if (!known)
    return;
  llvm::StringRef name = llvm::cast<Name>(target)->id;
  mlir::Value made = environment.valueOf(name);
  auto type = mlir::dyn_cast_if_present<prog::ScalarType>(made ? made.getType() : mlir::Type());
  if (!type)
    return;
  known->dtype = type.getDtype();
  environment.bind(name, made, std::move(*known));
}

/// `x.shape` of what is a value in the program.
mlir::Value BodyImporter::shapeAttribute(const Attribute *access) {
  if (isClosed(access))
    return constant(evaluated(access), access);
  const auto *name = llvm::dyn_cast<Name>(access->base);
  bool isConstant = name && environment[name->id].known;
  mlir::Value base = expression(access->base);
  if (!base)
    return {};
  if (isConstant || !prog::isShaped(base.getType()))
    return fail(access->range, "'" + text(access->base) + "' has no " + access->name.str() + ": it is a " +
                                   prog::programText(base.getType()));
  if (access->name == "dtype")
    return fail(access->range, "'" + text(access) + "' is a name, not a value of a program");
  llvm::SmallVector<mlir::Value, 4> dims;
  for (prog::Dim dim : prog::shapeOf(base.getType())) {
    dims.push_back(dimension(dim, access));
    if (!dims.back())
      return {};
  }
  mlir::Type type = mlir::TupleType::get(&context, mlir::ValueRange(dims).getTypes());
  return builder.create<prog::TupleOp>(locate(access->range), type, dims);
}

mlir::Value BodyImporter::dimension(prog::Dim dim, const Expr *where) {
  if (prog::isUnknown(dim))
    return fail(where->range, "'" + text(where) +
                                  "' has a dimension that is known only when the program runs: annotate the variable, "
                                  "as in x: pl.Tensor[[64, 64], pl.FP32] = …, or ask for it by pl.tensor.dim(x, 0)");
  std::optional<prog::Dim::Expression> parts = dim.expression();
  if (!parts)
    return constant(valueOf(dim), where);
  mlir::Value left = dimension(parts->left, where), right = left ? dimension(parts->right, where) : mlir::Value();
  return right ? makeBinary(parts->op, left, right, where) : mlir::Value();
}

} // namespace pto::frontend
