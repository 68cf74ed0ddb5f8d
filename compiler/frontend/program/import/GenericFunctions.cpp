// Generic functions of a program: declared for what their parameters are bound to.
// A program holds each once; calls that disagree are told apart here, with both places.
#include "compiler/frontend/program/AstPrinter.h"
#include "compiler/frontend/program/Walk.h"
#include "compiler/frontend/program/import/BodyImporter.h"

namespace pto::frontend {

namespace {

/// What each decorator of a generic function makes of it.
constexpr std::pair<llvm::StringLiteral, llvm::StringLiteral> kinds[] = {{"pl.jit", "Orchestration"},
                                                                         {"pl.jit.incore", "InCore"},
                                                                         {"pl.jit.inline", "Inline"},
                                                                         {"pl.jit.opaque", "Opaque"},
                                                                         {"pl.inline", "Inline"}};

constexpr llvm::StringLiteral directionWords[] = {"in", "out", "inout"};

bool hasInCoreScope(const GenericFunction &function) {
  bool hasScope = false;
  auto onStmt = [&](const Stmt *stmt) {
    const auto *with = llvm::dyn_cast<With>(stmt);
    for (const WithItem &item : with ? with->items : llvm::ArrayRef<WithItem>())
      if (const auto *call = llvm::dyn_cast<Call>(item.context)) {
        std::string scope = resolvePath(call->callee, *function.scope);
        hasScope |= scope == "pl.incore" || scope == "pl.auto_incore";
      }
  };
  walk(function.function->body, {{}, onStmt});
  return hasScope;
}

/// `True`, `1` and `1.0` are three things, and so are two zeros.
bool isSame(const Bound &left, const Bound &right) {
  if (left.type != right.type || left.value.has_value() != right.value.has_value())
    return false;
  return !left.value || (left.value->kind == right.value->kind && print(*left.value) == print(*right.value));
}

/// `x: pl.Tensor[[64, 64], pl.FP32]`, `n = 4 as pl.Scalar[pl.INDEX]`.
std::string show(llvm::StringRef name, const Bound &bound) {
  std::string type = prog::programText(bound.type);
  if (bound.value)
    return name.str() + " = " + print(*bound.value) + " as " + type;
  bool isScalar = mlir::isa<prog::ScalarType>(bound.type);
  return name.str() + ": " + type + (isScalar ? " known only at run time" : "");
}

/// Shapes that only the running program knows.
unsigned countOpenShapes(prog::FuncOp function) {
  unsigned count = 0;
  function.walk([&](mlir::Operation *op) {
    count += static_cast<unsigned>(
        llvm::count_if(op->getResultTypes(), [](mlir::Type type) { return prog::hasUnknown(prog::shapeOf(type)); }));
  });
  return count;
}

mlir::Type typeOf(const ArgumentType &type, mlir::MLIRContext &context) {
  if (!type.shape)
    return prog::ScalarType::get(&context, *type.dtype);
  prog::DimVector dims;
  for (const Dimension &dimension : *type.shape)
    dims.push_back(dimension.isSymbol() ? prog::symbolDim(&context, dimension.symbol)
                                        : prog::constantDim(&context, dimension.size));
  return prog::TensorType::get(&context, prog::Dims(&context, dims), *type.dtype);
}

} // namespace

mlir::Type plainType(mlir::Type type) {
  if (auto tensor = mlir::dyn_cast<prog::TensorType>(type))
    return prog::TensorType::get(type.getContext(), tensor.getShape(), tensor.getDtype());
  if (auto tile = mlir::dyn_cast<prog::TileType>(type))
    return prog::TileType::get(type.getContext(), tile.getShape(), tile.getDtype(), prog::MemorySpace::Unset,
                               prog::implicitView(tile.getShape(), prog::MemorySpace::Unset));
  return type;
}

/// An entry that holds its kernel in a scope is split later, which needs it Opaque.
bool ProgramImporter::genericKind(const GenericFunction &function, std::string &kind) {
  const std::string &decorator = function.definition->decorator;
  if (decorator == "pl.function")
    return true;
  for (const auto &[path, made] : kinds)
    if (decorator == path) {
      kind = made == "Orchestration" && hasInCoreScope(function) ? "Opaque" : made.str();
      return true;
    }
  std::vector<llvm::StringRef> known;
  for (const auto &[path, unused] : kinds)
    known.push_back(path);
  diagnostics.error(function.definition->decoratorExpr->range,
                    "@" + decorator + " does not define a function of a program" + didYouMean(decorator, known));
  return false;
}

bool ProgramImporter::checkAgreement(const ProgramFunction &known, llvm::ArrayRef<Bound> bound, SourceRange site) {
  for (auto [i, parameter] : llvm::enumerate(bound)) {
    if (isSame(parameter, known.bound[i]))
      continue;
    llvm::StringRef name = known.parameterNames[i];
    diagnostics.error(site, "'" + known.syntax->name.str() + "' is called here with " + show(name, parameter) +
                                ", but at " + known.scope->source().where(known.site) + " with " +
                                show(name, known.bound[i]) +
                                "; a program holds each function once: make the two calls agree, or write two "
                                "functions");
    return false;
  }
  return true;
}

/// Scalars that calls give different values are arguments, unless something has to be known before the program runs.
/// True if nothing else differs.
bool ProgramImporter::takeAtRunTime(ProgramFunction &known, llvm::ArrayRef<Bound> bound) {
  std::vector<Bound> open = known.bound;
  bool changes = false;
  for (auto [i, parameter] : llvm::enumerate(known.generic->parameters)) {
    if (isSame(bound[i], known.bound[i]))
      continue;
    if (parameter.kind != GenericParameter::Kind::Scalar || bound[i].type != known.bound[i].type)
      return false;
    changes |= open[i].value.has_value();
    open[i].value.reset();
  }
  if (!changes || known.state != ProgramFunction::State::Done)
    return !changes;
  size_t reported = diagnostics.all().size();
  mlir::FunctionType type = known.op.getType();
  unsigned openShapes = countOpenShapes(known.op);
  std::swap(known.bound, open);
  known.state = ProgramFunction::State::Declared;
  importFunction(known);
  if (known.state == ProgramFunction::State::Done && known.op.getType() == type &&
      countOpenShapes(known.op) == openShapes)
    return true;
  diagnostics.takeBack(reported);
  known.state = ProgramFunction::State::Broken;
  std::swap(known.bound, open);
  return false;
}

ProgramFunction *ProgramImporter::declareGeneric(const GenericFunction &generic, std::vector<Bound> bound,
                                                 SourceRange site) {
  ProgramFunction &function = *functions.emplace_back(std::make_unique<ProgramFunction>());
  function.syntax = generic.function;
  function.scope = generic.scope;
  function.decorator = llvm::dyn_cast_if_present<Call>(generic.definition->decoratorExpr);
  function.isMethod = false;
  function.generic = &generic;
  function.bound = std::move(bound);
  function.site = site;
  function.state = ProgramFunction::State::Broken;
  llvm::SmallVector<mlir::Type, 8> inputs;
  llvm::SmallVector<llvm::StringRef, 8> directions;
  for (auto [parameter, argument] : llvm::zip(generic.parameters, function.bound)) {
    directions.push_back(directionWords[static_cast<size_t>(parameter.direction)]);
    bool isWrittenOut =
        parameter.annotation && (parameter.kind == GenericParameter::Kind::Other ||
                                 (parameter.kind == GenericParameter::Kind::Tensor && parameter.type.shape));
    inputs.push_back(argument.type);
    if (isWrittenOut) {
      ReadType type = TypeReader(context, diagnostics, *parameter.scope).read(parameter.annotation);
      if (!type)
        return nullptr;
      if (!prog::compatible(type.type, argument.type))
        return diagnostics.error(site, "argument '" + parameter.name.str() + "' of '" + generic.name().str() + "' is " +
                                           prog::programText(argument.type) + "; expected " +
                                           prog::programText(type.type)),
               nullptr;
      inputs.back() = type.type;
    }
  }
  return create(function, inputs, {}, directions) ? &function : nullptr;
}

ProgramFunction *ProgramImporter::instantiate(const GenericFunction &generic, std::vector<Bound> bound,
                                              SourceRange site) {
  for (auto &function : functions)
    if (function->generic == &generic) {
      bool isFine = function->state != ProgramFunction::State::Broken &&
                    (takeAtRunTime(*function, bound) || checkAgreement(*function, bound, site));
      return isFine ? function.get() : nullptr;
    }
  ProgramFunction *function = declareGeneric(generic, std::move(bound), site);
  if (!function)
    return nullptr;
  importFunction(*function);
  // Callees come first.
  function->op->moveBefore(&program.getBody().front(), program.getBody().front().end());
  return function->state == ProgramFunction::State::Done ? function : nullptr;
}

bool ProgramImporter::importEntry() {
  std::vector<Bound> bound;
  for (const BoundParameter &parameter : specialization->parameters)
    bound.push_back({typeOf(parameter.type, context), parameter.value});
  return instantiate(specialization->entry, std::move(bound), specialization->entry.function->nameRange);
}

} // namespace pto::frontend
