// Annotations to types: scalars, dimensions, and which kind of type it is.
// A name for a type is read where it was defined.
#include "compiler/frontend/program/import/TypeReader.h"
#include "compiler/dialect/program/Ops.h"
#include "compiler/frontend/program/AstPrinter.h"
#include "llvm/ADT/STLExtras.h"

namespace pto::frontend {

using mlir::DictionaryAttr;
using mlir::StringAttr;

namespace {

bool isList(const Expr *expression) {
  return llvm::isa<Tuple, List>(expression);
}

constexpr llvm::StringLiteral typeNames[] = {"pl.Tensor", "pl.Tile", "pl.Scalar", "pl.Tuple",
                                             "pl.Array",  "pl.Ptr",  "pl.Out",    "pl.InOut"};

} // namespace

std::nullptr_t TypeReader::fail(const Expr *where, std::string message) {
  diagnostics.error(where->range, std::move(message));
  return nullptr;
}

Value TypeReader::evaluated(const Expr *expression) const {
  return locals.value ? evaluate(expression, *scope, locals.value) : evaluate(expression, *scope);
}

bool TypeReader::isSilent(const Expr *annotation) const {
  return llvm::isa<String, OpaqueExpr>(annotation) || resolvePath(annotation, *scope) == "pl.UnknownType";
}

std::optional<prog::DType> TypeReader::readDtype(const Expr *expression) {
  Value value = evaluated(expression);
  llvm::StringRef path = value.text;
  if (value.is(Value::Kind::Path) && path.consume_front("pl."))
    if (std::optional<prog::DType> dtype = prog::dtypeNamed(path))
      return dtype;
  std::vector<llvm::StringRef> names = prog::dtypeNames();
  std::string hint = value.is(Value::Kind::Path) ? didYouMean(path, names) : "";
  fail(expression, "expected an element type like pl.FP32, found " + print(expression) + reasonOf(value) + hint);
  return std::nullopt;
}

ReadType TypeReader::readParameter(const Expr *annotation, llvm::StringRef &direction) {
  direction = "in";
  if (const auto *access = llvm::dyn_cast<Subscript>(annotation)) {
    std::string path = resolvePath(access->base, *scope);
    if (path == "pl.Out" || path == "pl.InOut") {
      direction = path == "pl.Out" ? "out" : "inout";
      return read(access->index);
    }
  }
  return read(annotation);
}

ReadType TypeReader::read(const Expr *annotation) {
  Value value = evaluated(annotation);
  // A name for a type: read it where it was defined.
  if (value.is(Value::Kind::Expression) && value.expression != annotation) {
    // Aliases of aliases, each twice as large as the one before, would never end.
    constexpr unsigned deepest = 16, most = 1 << 14;
    if (aliasDepth == deepest || ++*aliasCount > most)
      return fail(annotation, "aliases of types are more than " + std::to_string(deepest) + " deep, or too many"),
             ReadType();
    TypeReader there(context, diagnostics, *value.home, locals);
    there.aliasDepth = aliasDepth + 1;
    there.aliasCount = aliasCount;
    return there.read(value.expression);
  }
  if (const auto *access = llvm::dyn_cast<Subscript>(annotation)) {
    std::string path = resolvePath(access->base, *scope);
    const auto *base = llvm::dyn_cast<Name>(access->base);
    if (path == "pl.Tensor" || path == "pl.distributed.DistributedTensor")
      return readTensor(access, path != "pl.Tensor");
    if (path == "pl.Tile")
      return readTile(access);
    if (path == "pl.Tuple" || (base && (base->id == "tuple" || base->id == "Tuple")))
      return readTuple(access);
    if (path == "pl.Scalar") {
      std::optional<prog::DType> dtype = readDtype(access->index);
      return dtype ? ReadType{prog::ScalarType::get(&context, *dtype)} : ReadType();
    }
    if (path == "pl.Array") {
      Exprs parts = elementsOf(access->index);
      Value size = parts.size() == 2 ? evaluated(parts[0]) : Value();
      if (!size.is(Value::Kind::Integer) || size.integer < 0)
        return fail(access->index, "an array is pl.Array[size, element type]"), ReadType();
      std::optional<prog::DType> dtype = readDtype(parts[1]);
      return dtype ? ReadType{prog::ArrayType::get(&context, size.integer, *dtype)} : ReadType();
    }
    if (path == "pl.Out" || path == "pl.InOut")
      return fail(annotation, "only a parameter has a direction"), ReadType();
  }
  llvm::StringRef path = value.text;
  if (value.is(Value::Kind::Path) && path.consume_front("pl.")) {
    if (path == "Ptr" || path == "MemRefType" || path == "distributed.CommCtx")
      return {prog::PtrType::get(&context)};
    if (std::optional<prog::DType> dtype = prog::dtypeNamed(path))
      return {prog::ScalarType::get(&context, *dtype)};
    if (path == "Tensor" || path == "Tile" || path == "Scalar")
      return fail(annotation, "pl." + path.str() + " needs its " + (path == "Scalar" ? "" : "shape and ") +
                                  "element type in brackets"),
             ReadType();
  }
  std::vector<llvm::StringRef> known(std::begin(typeNames), std::end(typeNames));
  const auto *access = llvm::dyn_cast<Subscript>(annotation);
  Value base = access ? evaluated(access->base) : value;
  const auto *word = llvm::dyn_cast<Name>(annotation);
  if (base.is(Value::Kind::Unknown) && (!word || scope->find(word->id)))
    return fail(annotation, "expected a type, '" + print(access ? access->base : annotation) + "' is " + base.text),
           ReadType();
  std::string named = base.is(Value::Kind::Path) ? base.text : "";
  fail(annotation, "expected a type, found " + print(annotation) + (named.empty() ? "" : didYouMean(named, known)));
  return {};
}

prog::Dim TypeReader::dimOf(const Value &value, const Expr *expression) {
  if (value.is(Value::Kind::Integer)) {
    if (value.integer >= 0)
      return prog::constantDim(&context, value.integer);
    return fail(expression, "a dimension cannot be negative, found " + std::to_string(value.integer)), nullptr;
  }
  if (value.is(Value::Kind::Symbol))
    return prog::symbolDim(&context, value.text);
  return nullptr;
}

prog::Dim TypeReader::readDim(const Expr *expression) {
  if (locals.dim)
    if (std::optional<prog::Dim> dim = locals.dim(expression))
      return *dim;
  unsigned errors = diagnostics.errorCount();
  Value value = evaluated(expression);
  if (prog::Dim dim = dimOf(value, expression))
    return dim;
  if (diagnostics.errorCount() != errors)
    return nullptr;
  if (const auto *binary = llvm::dyn_cast<Binary>(expression))
    if (const auto *op = prog::binaryOperatorSpelled(spelling(binary->op)); op && prog::isDimOperator(op->kind)) {
      prog::Dim left = readDim(binary->left), right = left ? readDim(binary->right) : nullptr;
      return left && right ? prog::expressionDim(op->kind, left, right) : nullptr;
    }
  if (const auto *call = llvm::dyn_cast<Call>(expression)) {
    const auto *name = llvm::dyn_cast<Name>(call->callee);
    std::string path = name ? name->id.str() : resolvePath(call->callee, *scope);
    bool minimum = path == "min" || path == "pl.min";
    if ((minimum || path == "max" || path == "pl.max") && call->arguments.size() == 2) {
      prog::Dim left = readDim(call->arguments[0]), right = left ? readDim(call->arguments[1]) : nullptr;
      return left && right ? prog::expressionDim(minimum ? "min" : "max", left, right) : nullptr;
    }
    if (path == "pl.const" && !call->arguments.empty())
      return readDim(call->arguments[0]);
  }
  std::string why = value.is(Value::Kind::Unknown) ? value.text : describe(value.kind).str();
  return fail(expression, "a dimension is an integer or a pl.dynamic, this is " + why), nullptr;
}

prog::Dims TypeReader::readDims(const Expr *expression) {
  prog::DimVector dims;
  if (isList(expression)) {
    for (const Expr *element : elementsOf(expression)) {
      prog::Dim dim = readDim(element);
      if (!dim)
        return {};
      dims.push_back(dim);
    }
    return {&context, dims};
  }
  Value value = evaluated(expression);
  if (!value.isSequence())
    return fail(expression, "expected a list of dimensions, found " + print(expression) + reasonOf(value)),
           prog::Dims();
  for (const Value &element : value.elements()) {
    prog::Dim dim = dimOf(element, expression);
    if (!dim)
      return fail(expression, "dimension " + print(element) + " is neither an integer nor a pl.dynamic"), prog::Dims();
    dims.push_back(dim);
  }
  return {&context, dims};
}

} // namespace pto::frontend
