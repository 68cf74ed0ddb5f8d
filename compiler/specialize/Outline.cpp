// What can be told of an entry and everything it calls from the text alone.
// Dynamic dimensions climb from a callee to the parameters of its callers: a set of facts that only grows.
#include "compiler/specialize/Outline.h"
#include "compiler/frontend/program/AstPrinter.h"
#include "compiler/frontend/program/CallArguments.h"
#include "compiler/frontend/program/Walk.h"
#include "compiler/specialize/Aliases.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/SHA256.h"

namespace pto::specialize {

namespace {

/// A chain of calls is followed by recursion, here and when specializing.
constexpr size_t deepestChain = 16;

void bindStatement(const Stmt *stmt, FunctionOutline &into) {
  auto bind = [&](llvm::StringRef name) { ++into.locals[name]; };
  forEachTarget(stmt, [&](const Expr *target) { forEachName(target, bind); });
  if (const auto *import = llvm::dyn_cast<Import>(stmt))
    for (const ImportedName &name : import->names)
      bind(name.bound);
  else if (const auto *function = llvm::dyn_cast<Function>(stmt))
    bind(function->name);
}

/// `M = pl.dynamic("M")`, or `M = pl.dynamic()`, which takes the name of the variable.
void findLocalSymbols(FunctionOutline &into) {
  auto onStmt = [&](const Stmt *stmt) {
    const auto *assign = llvm::dyn_cast<Assign>(stmt);
    const auto *call = assign && assign->targets.size() == 1 ? llvm::dyn_cast<Call>(assign->value) : nullptr;
    const auto *target = call ? llvm::dyn_cast<Name>(assign->targets[0]) : nullptr;
    if (!target || languagePath(call->callee, into) != "pl.dynamic")
      return;
    std::string symbol = call->arguments.empty() ? target->id.str() : symbolOf(call, into);
    if (!symbol.empty())
      into.localSymbols[target->id] = symbol;
  };
  walk(into.function->body, {{}, onStmt});
}

} // namespace

const DynamicDimension *FunctionOutline::findDynamic(size_t parameter, size_t dimension) const {
  for (const DynamicDimension &dynamic : dynamics)
    if (dynamic.parameter == parameter && dynamic.dimension == dimension)
      return &dynamic;
  return nullptr;
}

const Name *outerRoot(const Expr *expr, const FunctionOutline &function) {
  while (const auto *attribute = llvm::dyn_cast<Attribute>(expr))
    expr = attribute->base;
  const auto *name = llvm::dyn_cast<Name>(expr);
  return name && !function.isLocal(name->id) ? name : nullptr;
}

std::string languagePath(const Expr *expr, const FunctionOutline &function) {
  return outerRoot(expr, function) ? resolvePath(expr, *function.scope) : std::string();
}

const Function *calledFunction(const Call *call, const FunctionOutline &function) {
  // A name, or one in a module that is imported: `helpers.tile_add`.
  if (!outerRoot(call->callee, function))
    return nullptr;
  Value value = evaluate(call->callee, *function.scope);
  return value.is(Value::Kind::Function) ? value.function : nullptr;
}

std::string symbolOf(const Expr *expr, const FunctionOutline &function) {
  const auto *name = llvm::dyn_cast<Name>(expr);
  if (name && function.isLocal(name->id))
    return function.localSymbols.lookup(name->id);
  if (const auto *call = llvm::dyn_cast<Call>(expr); call && languagePath(call->callee, function).empty())
    return {};
  Value value = evaluate(expr, *function.scope);
  return value.is(Value::Kind::Symbol) ? value.text : std::string();
}

class OutlineBuilder {
public:
  OutlineBuilder(Outline &into, const Module &module, const ModuleScope &scope, Diagnostics &diagnostics)
      : into(into), source(*module.source), diagnostics(diagnostics) {
    for (const auto *list : {&scope.definitions(), &scope.importedDefinitions()})
      for (const Definition &definition : *list)
        if (definition.function)
          definitions[definition.function] = &definition;
  }

  bool run(const Definition &entry) {
    into.entryDefinition = &entry;
    checkDecorators(entry);
    if (entry.function) {
      follow(entry, entry.nameRange());
    } else {
      facts.insert(place(entry.program->range));
      for (const Stmt *stmt : entry.program->body)
        if (const auto *method = llvm::dyn_cast<Function>(stmt))
          into.programMethods.push_back(read(method, *entry.scope, nullptr));
    }
    if (diagnostics.hasErrors())
      return false;
    seal();
    return true;
  }

private:
  /// Reads a function and, before it is entered itself, all that it calls.
  const FunctionOutline *follow(const Definition &definition, SourceRange site) {
    if (const FunctionOutline *known = into.find(definition.function))
      return known;
    if (chain.size() == deepestChain) {
      diagnostics.error(site, "the calls are more than " + std::to_string(deepestChain) + " functions deep");
      return nullptr;
    }
    if (auto [it, isNew] = names.try_emplace(definition.name, &definition); !isNew) {
      diagnostics.error(site, "two functions named '" + definition.name.str() +
                                  "' in one program; the other one is at " + where(it->second->nameRange()));
      return nullptr;
    }
    if (&definition != into.entryDefinition)
      checkDecorators(definition);
    chain.push_back(definition.function);
    std::unique_ptr<FunctionOutline> outline = read(definition.function, *definition.scope, &definition);
    chain.pop_back();
    into.leafFirst.push_back(std::move(outline));
    const FunctionOutline *known = into.leafFirst.back().get();
    into.byFunction[definition.function] = known;
    return known;
  }

  void checkDecorators(const Definition &definition) {
    for (const Expr *decorator : definition.decorators())
      if (std::string problem = decoratorProblem(decorator, definition.decorated(), *definition.scope);
          !problem.empty())
        diagnostics.error(decorator->range, std::move(problem));
  }

  std::unique_ptr<FunctionOutline> read(const Function *function, const Scope &scope, const Definition *definition) {
    auto outline = std::make_unique<FunctionOutline>();
    outline->function = function;
    outline->scope = &scope;
    outline->definition = definition;
    outline->parameters = readSignature(*function, scope);
    for (const GenericParameter &parameter : outline->parameters)
      ++outline->locals[parameter.name];
    auto onStmt = [&](const Stmt *stmt) { bindStatement(stmt, *outline); };
    walk(function->body, {{}, onStmt});
    findLocalSymbols(*outline);
    facts.insert(place(function->range));

    std::vector<const Call *> calls;
    auto onExpr = [&](const Expr *expr) {
      if (const auto *name = llvm::dyn_cast<Name>(expr); name && !outline->isLocal(name->id))
        useConstant(name->id, scope);
      if (const auto *call = llvm::dyn_cast<Call>(expr))
        calls.push_back(call);
    };
    const Stmt *whole = function;
    walk(Block(whole), {onExpr, {}});
    for (const Call *call : calls)
      callee(call, *outline);
    findDynamics(*outline, calls);
    return outline;
  }

  void callee(const Call *call, const FunctionOutline &caller) {
    const Function *function = calledFunction(call, caller);
    const Definition *definition = function ? definitions.lookup(function) : nullptr;
    if (!definition)
      return;
    auto first = llvm::find(chain, function);
    if (first == chain.end()) {
      follow(*definition, call->callee->range);
      return;
    }
    std::string path;
    for (auto it = first; it != chain.end(); ++it)
      path += "'" + (*it)->name.str() + "' calls ";
    diagnostics.error(call->callee->range,
                      path + "'" + function->name.str() + "': a function of a program cannot call itself");
  }

  void findDynamics(FunctionOutline &outline, llvm::ArrayRef<const Call *> calls) {
    for (auto [i, parameter] : llvm::enumerate(outline.parameters))
      for (auto [d, dimension] : llvm::enumerate(parameter.type.shape.value_or(Shape())))
        if (dimension.isSymbol())
          bind(outline, {i, d, dimension.symbol, parameter.range, true});
    for (const Call *call : calls)
      bindCall(call, outline);
    Aliases aliases(outline, into);
    outline.returnOrigins = aliases.returned();
    for (const Call *call : calls) {
      const Function *function = calledFunction(call, outline);
      const FunctionOutline *callee = function ? into.find(function) : nullptr;
      if (!callee)
        continue;
      std::vector<const Expr *> arguments = matchArguments(*call, *callee->function);
      for (const DynamicDimension &dynamic : callee->dynamics)
        if (const Expr *argument = arguments[dynamic.parameter])
          for (size_t parameter : aliases.of(argument))
            bind(outline, {parameter, dynamic.dimension, dynamic.symbol, call->range, false});
    }
  }

  /// `a.bind_dynamic(0, M)`.
  void bindCall(const Call *call, FunctionOutline &outline) {
    const auto *method = llvm::dyn_cast<Attribute>(call->callee);
    if (!method || method->name != "bind_dynamic")
      return;
    const auto *target = llvm::dyn_cast<Name>(method->base);
    auto parameter = llvm::find_if(outline.parameters,
                                   [&](const GenericParameter &each) { return target && each.name == target->id; });
    if (parameter == outline.parameters.end())
      return diagnostics.error(method->base->range, "bind_dynamic is for parameters of '" + outline.name().str() +
                                                        "'; '" + print(method->base) + "' is none" +
                                                        didYouMean(print(method->base), parameterNames(outline)));
    if (call->arguments.size() != 2 || !call->keywords.empty())
      return diagnostics.error(call->range, "bind_dynamic takes a dimension and a symbol, as in '" + target->id.str() +
                                                ".bind_dynamic(0, M)'");
    Value dimension = evaluate(call->arguments[0], *outline.scope);
    if (!dimension.is(Value::Kind::Integer) || dimension.integer < 0)
      return diagnostics.error(call->arguments[0]->range,
                               "the dimension must be a constant that counts from 0; found '" +
                                   print(call->arguments[0]) + "'");
    std::string symbol = symbolOf(call->arguments[1], outline);
    if (symbol.empty())
      return diagnostics.error(call->arguments[1]->range,
                               "'" + print(call->arguments[1]) + "' is not a symbol; make one with pl.dynamic(\"M\")");
    bind(outline, {static_cast<size_t>(parameter - outline.parameters.begin()), static_cast<size_t>(dimension.integer),
                   symbol, call->range, true});
  }

  /// What a function says itself goes before what the functions it calls say.
  void bind(FunctionOutline &outline, DynamicDimension dynamic) {
    const DynamicDimension *known = outline.findDynamic(dynamic.parameter, dynamic.dimension);
    if (!known)
      return outline.dynamics.push_back(std::move(dynamic));
    if (known->symbol == dynamic.symbol || (known->own && !dynamic.own))
      return;
    std::string what = "dimension " + std::to_string(dynamic.dimension) + " of '" +
                       outline.parameters[dynamic.parameter].name.str() + "'";
    diagnostics.error(dynamic.site, what + " is '" + dynamic.symbol + "' here, but '" + known->symbol + "' at " +
                                        where(known->site) +
                                        (dynamic.own ? "" : "; bind it in '" + outline.name().str() + "' to choose"));
  }

  static std::vector<llvm::StringRef> parameterNames(const FunctionOutline &outline) {
    std::vector<llvm::StringRef> list;
    for (const GenericParameter &parameter : outline.parameters)
      list.push_back(parameter.name);
    return list;
  }

  std::string where(SourceRange range) const { return source.where(range); }

  std::string place(SourceRange range) const { return std::to_string(range.begin) + " " + source.text(range).str(); }

  /// And, where it is an alias of a type, the names in that.
  void useConstant(llvm::StringRef name, const Scope &scope) {
    std::vector<std::pair<llvm::StringRef, const Scope *>> waiting{{name, &scope}};
    while (!waiting.empty()) {
      auto [next, around] = waiting.back();
      waiting.pop_back();
      const Value *value = around->find(next);
      if (!value || !facts.insert(next.str() + " = " + print(*value)).second || !value->is(Value::Kind::Expression))
        continue;
      auto onExpr = [&](const Expr *expr) {
        if (const auto *inner = llvm::dyn_cast<Name>(expr))
          waiting.emplace_back(inner->id, value->home);
      };
      walk(value->expression, {onExpr, {}});
    }
  }

  void seal() {
    llvm::SHA256 hash;
    for (const std::string &fact : facts) {
      hash.update(std::to_string(fact.size()) + ":");
      hash.update(fact);
    }
    into.hash = llvm::toHex(hash.final(), true);
  }

  Outline &into;
  const Source &source;
  Diagnostics &diagnostics;
  llvm::DenseMap<const Function *, const Definition *> definitions;
  llvm::StringMap<const Definition *> names;
  std::vector<const Function *> chain;
  std::set<std::string> facts;
};

std::optional<Outline> Outline::of(const Module &module, const ModuleScope &scope, const Definition &entry,
                                   Diagnostics &diagnostics) {
  Outline outline;
  if (!OutlineBuilder(outline, module, scope, diagnostics).run(entry))
    return std::nullopt;
  return outline;
}

} // namespace pto::specialize
