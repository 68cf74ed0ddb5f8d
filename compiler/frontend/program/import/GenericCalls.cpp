// Calls of generic functions.
// What is wrong with an argument is said at the argument, or at the call for one that is a default.
#include "compiler/dialect/program/Dims.h"
#include "compiler/frontend/program/CallArguments.h"
#include "compiler/frontend/program/import/BodyImporter.h"
#include "llvm/Support/SaveAndRestore.h"

namespace pto::frontend {

struct BodyImporter::GenericArgument {
  const GenericFunction &callee;
  size_t index;
  const Expr *source;
  mlir::Value value;
  SourceRange where;

  const GenericParameter &parameter() const { return callee.parameters[index]; }
  bool isDefault() const { return source == parameter().defaultValue; }
  std::string what() const { return "argument '" + parameter().name.str() + "' of '" + callee.name().str() + "'"; }
};

namespace {

/// Whether an argument is what the annotation says, where the annotation says it all.
bool agrees(const ArgumentType &declared, mlir::Type type) {
  prog::Dims shape = prog::shapeOf(type);
  if (!declared.isComplete() || !declared.shape)
    return true;
  if (!shape || shape.size() != declared.shape->size() || prog::elementTypeOf(type) != declared.dtype)
    return false;
  return llvm::all_of(llvm::zip(*declared.shape, shape), [](const auto &each) {
    const auto &[dimension, dim] = each;
    return dimension.isSymbol() ? dim.symbol() == llvm::StringRef(dimension.symbol) : dim.constant() == dimension.size;
  });
}

} // namespace

std::optional<Bound> BodyImporter::bindTensor(const GenericArgument &argument, llvm::StringMap<prog::Dim> &symbols) {
  const GenericParameter &parameter = argument.parameter();
  mlir::Type found = argument.value.getType();
  auto refuse = [&](const std::string &message) {
    fail(argument.where, argument.what() + " " + message);
    return std::nullopt;
  };
  bool wantsScalar = parameter.kind == GenericParameter::Kind::Scalar;
  if (wantsScalar || (parameter.kind == GenericParameter::Kind::Tensor && !mlir::isa<prog::TensorType>(found)))
    return refuse(std::string("is a ") + (wantsScalar ? "scalar" : "tensor") + "; found " + prog::programText(found));
  if (prog::hasUnknown(prog::shapeOf(found)))
    return refuse("is " + prog::programText(found) +
                  " here, with a dimension that is known only when the program runs; annotate it where it is assigned, "
                  "as in x: pl.Tensor[[64, 64], pl.FP32] = …");
  prog::DimVector dims(prog::shapeOf(found).begin(), prog::shapeOf(found).end());
  for (const DynamicDimension &dynamic : argument.callee.dynamics) {
    if (dynamic.parameter != argument.index)
      continue;
    if (dynamic.dimension >= dims.size())
      return refuse("is " + prog::programText(found) + ", but its dimension " + std::to_string(dynamic.dimension) +
                    " is bound at " + scope->source().where(dynamic.site));
    prog::Dim dim = dims[dynamic.dimension];
    auto [it, isNew] = symbols.try_emplace(dynamic.symbol, dim);
    if (!isNew && !prog::mayBeEqual(it->second, dim)) {
      fail(argument.where, "'" + dynamic.symbol + "' of '" + argument.callee.name().str() + "' is " +
                               prog::programText(it->second) + " for an argument before, and would be " +
                               prog::programText(dim) + " for dimension " + std::to_string(dynamic.dimension) +
                               " of '" + parameter.name.str() + "'");
      return std::nullopt;
    }
    dims[dynamic.dimension] = prog::symbolDim(&context, dynamic.symbol);
  }
  prog::Dims shape(&context, dims);
  prog::DType dtype = *prog::elementTypeOf(found);
  mlir::Type type = prog::TensorType::get(&context, shape, dtype);
  if (mlir::isa<prog::TileType>(found))
    type = prog::TileType::get(&context, shape, dtype, prog::MemorySpace::Unset,
                               prog::implicitView(shape, prog::MemorySpace::Unset));
  if (!agrees(parameter.type, type))
    return refuse("is " + prog::programText(found) + "; expected " + print(parameter.type));
  return Bound{type, std::nullopt};
}

/// A constant takes the type of the parameter, and is a constant in the function.
std::optional<Bound> BodyImporter::bindScalar(GenericArgument &argument) {
  const GenericParameter &parameter = argument.parameter();
  mlir::Type found = argument.value.getType();
  auto scalar = mlir::dyn_cast<prog::ScalarType>(found);
  if (!scalar && parameter.kind == GenericParameter::Kind::Other)
    return Bound{found, std::nullopt};
  if (!scalar) {
    fail(argument.where, argument.what() + " is a scalar; found " + prog::programText(found));
    return std::nullopt;
  }
  prog::DType own = scalar.getDtype();
  bool isDeclared = parameter.kind == GenericParameter::Kind::Scalar && parameter.type.dtype;
  prog::DType dtype = isDeclared ? *parameter.type.dtype : own;
  mlir::Type type = prog::ScalarType::get(&context, dtype);
  Value known = argument.isDefault() ? evaluate(argument.source, *argument.callee.scope)
                                     : evaluated(argument.source, /*withWritten=*/true);
  if (isLanguageCall(argument.source, "pl.const"))
    known = evaluated(llvm::cast<Call>(argument.source)->arguments[0], /*withWritten=*/true);
  if (!known.isNumber())
    return Bound{type, std::nullopt};
  std::string reason =
      print(known) + " is " + prog::programName(own).str() + "; expected " + prog::programName(dtype).str();
  std::optional<Value> value;
  if (own == defaultDtype(known) || own == dtype)
    value = convertScalar(known, dtype, reason);
  if (!value) {
    fail(argument.where, argument.what() + ": " + reason);
    return std::nullopt;
  }
  // What already has the parameter's type stays as it is written.
  if (own != dtype || value->kind != known.kind)
    argument.value = constant(*value, argument.source, dtype);
  return Bound{type, value};
}

bool BodyImporter::genericCall(const GenericFunction &callee, const Call *call,
                               llvm::SmallVectorImpl<mlir::Value> &results) {
  std::optional<std::vector<const Expr *>> sources = this->arguments(call, *callee.function);
  if (!sources)
    return false;
  llvm::SaveAndRestore<bool> outOfList(takesIndices, false);
  std::vector<Bound> bound;
  llvm::SmallVector<mlir::Value, 8> arguments;
  llvm::StringMap<prog::Dim> symbols;
  for (auto [i, source] : llvm::enumerate(*sources)) {
    GenericArgument argument{callee, i, source, {}, source->range};
    if (argument.isDefault())
      argument.where = call->range;
    argument.value = argument.isDefault() ? constant(evaluate(source, *callee.scope), source) : expression(source);
    if (!argument.value)
      return false;
    bool isShaped = prog::isShaped(argument.value.getType());
    bool isTensor = isShaped || callee.parameters[i].kind == GenericParameter::Kind::Tensor;
    std::optional<Bound> parameter = isTensor ? bindTensor(argument, symbols) : bindScalar(argument);
    if (!parameter)
      return false;
    bound.push_back(std::move(*parameter));
    arguments.push_back(argument.value);
  }
  ProgramFunction *function = program.instantiate(callee, std::move(bound), call->range);
  if (!function)
    return false;
  // What the callee calls by a symbol is one of the caller's dimensions here.
  llvm::SmallVector<mlir::Type, 2> types;
  for (mlir::Type each : function->op.getType().getResults())
    types.push_back(prog::withoutMemref(prog::substitute(each, symbols)));
  auto op =
      builder.create<prog::CallOp>(locate(call->range), types, function->op.getSymName(), arguments, mlir::ArrayAttr());
  results.append(op.getResults().begin(), op.getResults().end());
  return true;
}

} // namespace pto::frontend
