// Rewrites one function: its signature, and its body between.
// Parameters keep their order and direction; a scalar keeps its place in the signature though the body has its value.
#include "compiler/specialize/FunctionRewriter.h"
#include "compiler/frontend/program/AstPrinter.h"
#include "compiler/specialize/Walk.h"

namespace pto::specialize {

namespace {

/// What each decorator of a generic function makes of it.
constexpr std::pair<llvm::StringLiteral, llvm::StringLiteral> kinds[] = {{"pl.jit", "Orchestration"},
                                                                         {"pl.jit.incore", "InCore"},
                                                                         {"pl.jit.inline", "Inline"},
                                                                         {"pl.jit.opaque", "Opaque"},
                                                                         {"pl.inline", "Inline"}};

} // namespace

/// An entry that holds its kernel in a scope is split later, which needs it Opaque.
std::string FunctionRewriter::functionKind() const {
  const std::string &decorator = function.definition->decorator;
  for (const auto &[path, kind] : kinds) {
    if (decorator != path)
      continue;
    bool hasScope = false;
    auto onStmt = [&](const Stmt *stmt) {
      if (const auto *with = llvm::dyn_cast<With>(stmt))
        for (const WithItem &item : with->items)
          if (const auto *call = llvm::dyn_cast<Call>(item.context)) {
            std::string scope = languagePath(call->callee, function);
            hasScope |= scope == "pl.incore" || scope == "pl.auto_incore";
          }
    };
    walk(function.function->body, {{}, onStmt, {}});
    return kind == "Orchestration" && hasScope ? "Opaque" : kind.str();
  }
  return {};
}

llvm::ArrayRef<const Expr *> FunctionRewriter::decorators() {
  Builder &builder = session.builder;
  const Definition *definition = function.definition;
  const Expr *written = definition ? definition->decoratorExpr : nullptr;
  const auto *call = written ? llvm::dyn_cast<Call>(written) : nullptr;
  llvm::SmallVector<const Expr *> list;
  if (!definition || definition->decorator == "pl.function") {
    for (const Expr *decorator : function.function->decorators)
      list.push_back(expression(decorator));
    return session.arena.list<const Expr *>(list);
  }
  std::string kind = functionKind();
  if (kind.empty()) {
    std::vector<llvm::StringRef> known;
    for (const auto &[path, unused] : kinds)
      known.push_back(path);
    error(written->range,
          "unknown decorator '" + definition->decorator + "'" + didYouMean(definition->decorator, known));
    return {};
  }
  llvm::SmallVector<Keyword> keywords{
      {"type", builder.path(written->range, "pl.FunctionType." + kind), written->range}};
  if (call)
    for (const Keyword &keyword : call->keywords)
      keywords.push_back({keyword.name, expression(keyword.value), keyword.range});
  list.push_back(builder.call(written->range, builder.path(written->range, "pl.function"), {}, keywords));
  return session.arena.list<const Expr *>(list);
}

void FunctionRewriter::bindParameters(const Instance &instance, Statements &prologue) {
  for (auto [i, parameter] : llvm::enumerate(function.parameters)) {
    const BoundParameter &bound = instance.parameters[i];
    Binding &binding = environment[parameter.name];
    binding.type = bound.type;
    if (!bound.value)
      continue;
    binding.value = bound.value;
    binding.derived = true;
    binding.inlined = function.locals.lookup(parameter.name) == 1;
    if (binding.inlined)
      continue;
    // The body assigns to it: it begins as its value, and may be another one later.
    const Expr *value = session.literal(parameter.range, *bound.value, bound.type.dtype);
    prologue.push_back(
        session.builder.assign(parameter.range, session.builder.name(parameter.range, parameter.name), value));
    binding.value.reset();
  }
}

llvm::ArrayRef<Parameter> FunctionRewriter::parameters(const Instance &instance) {
  Builder &builder = session.builder;
  std::vector<Parameter> list;
  Parameter self;
  self.name = "self";
  self.range = function.function->nameRange;
  list.push_back(self);
  for (auto [i, signature] : llvm::enumerate(function.parameters)) {
    const BoundParameter &bound = instance.parameters[i];
    Parameter parameter;
    parameter.name = signature.name;
    parameter.range = signature.range;
    bool isDeclared = signature.annotation && !signature.isGeneric() && !signature.type.is(Type::Kind::Scalar);
    const Expr *annotation = isDeclared ? finish(rewriteIn(*signature.scope, signature.annotation, true))
                                        : session.annotation(signature.range, bound.type);
    if (signature.direction != Direction::In)
      annotation = builder.subscript(
          signature.range, builder.path(signature.range, signature.direction == Direction::Out ? "pl.Out" : "pl.InOut"),
          annotation);
    parameter.annotation = annotation;
    list.push_back(parameter);
  }
  return session.arena.list<Parameter>(list);
}

const Expr *FunctionRewriter::returnAnnotation(const Instance &instance) {
  if (!returned)
    return nullptr;
  const Expr *declared = function.function->returns;
  if (declared && languagePath(declared, function) != "pl.Tensor")
    return expression(declared, true);
  SourceRange range = declared ? declared->range : function.function->nameRange;
  if (instance.returnType.isComplete())
    return session.annotation(range, instance.returnType);
  // After another error it may be unknown only because of that one.
  if (!diagnostics.hasErrors())
    error(returnSite, "the type of what '" + function.name().str() + "' returns is not known (" +
                          print(instance.returnType) +
                          "); annotate the function, as in `-> pl.Tensor[[64, 64], pl.FP32]`");
  return nullptr;
}

void FunctionRewriter::run(Instance &instance) {
  Statements body;
  bindParameters(instance, body);
  llvm::ArrayRef<Parameter> list = parameters(instance);
  block(function.function->body, body);
  if (body.empty())
    body.push_back(session.arena.make<Pass>(function.function->nameRange));
  if (returned)
    instance.returnType = *returned;
  if (returned && !returned->isComplete() && function.function->returns)
    instance.returnType = rewrite(function.function->returns, true).type;
  // An output that is returned under a name we lost track of is still that output.
  std::vector<Type> outputs;
  for (auto [i, parameter] : llvm::enumerate(function.parameters))
    if (parameter.direction != Direction::In)
      outputs.push_back(instance.parameters[i].type);
  if (returned && !instance.returnType.isComplete() && outputs.size() == 1)
    instance.returnType = outputs.front();
  const Expr *returns = returnAnnotation(instance);
  instance.method =
      session.arena.make<Function>(function.function->range, function.function->name, function.function->nameRange,
                                   decorators(), list, returns, session.arena.list<const Stmt *>(body));
}

const Function *FunctionRewriter::fold() {
  const Function *original = function.function;
  std::vector<Parameter> list;
  for (const Parameter &parameter : original->parameters) {
    list.push_back(parameter);
    if (parameter.annotation)
      list.back().annotation = expression(parameter.annotation, true);
    if (parameter.defaultValue)
      list.back().defaultValue = expression(parameter.defaultValue);
  }
  for (const ParameterSignature &parameter : function.parameters)
    environment[parameter.name].type = parameter.type;
  llvm::SmallVector<const Expr *> decorated;
  for (const Expr *decorator : original->decorators)
    decorated.push_back(expression(decorator));
  Statements body;
  block(original->body, body);
  const Expr *returns = expression(original->returns, true);
  Arena &arena = session.arena;
  return arena.make<Function>(original->range, original->name, original->nameRange, arena.list<const Expr *>(decorated),
                              arena.list<Parameter>(list), returns, arena.list<const Stmt *>(body));
}

} // namespace pto::specialize
