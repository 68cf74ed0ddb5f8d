// A generic program and a request in, a concrete program out.
// A symbol's variable has the symbol's own name, unless something in the program is called that already.
#include "compiler/specialize/Specializer.h"
#include "compiler/frontend/program/AstPrinter.h"
#include "compiler/specialize/FunctionRewriter.h"
#include "compiler/specialize/Walk.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/Support/thread.h"

namespace pto::specialize {

namespace {

/// The names that an emitted program binds, beside those of its symbols.
llvm::StringSet<> boundNames(llvm::ArrayRef<const Stmt *> statements) {
  constexpr llvm::StringLiteral keywords[] = {
      "and",   "as",     "assert", "async",   "await", "break", "class",  "def",     "del",    "elif",
      "else",  "except", "False",  "finally", "for",   "from",  "global", "if",      "import", "in",
      "is",    "None",   "not",    "or",      "pass",  "raise", "return", "True",    "try",    "with",
      "while", "yield",  "lambda", "pl",      "self",  "tuple", "float",  "nonlocal"};
  llvm::StringSet<> names;
  for (llvm::StringRef keyword : keywords)
    names.insert(keyword);
  std::vector<const Expr *> targets;
  auto onStmt = [&](const Stmt *stmt) {
    if (const auto *assign = llvm::dyn_cast<Assign>(stmt))
      targets.insert(targets.end(), assign->targets.begin(), assign->targets.end());
    else if (const auto *annotated = llvm::dyn_cast<AnnotatedAssign>(stmt))
      targets.push_back(annotated->target);
    else if (const auto *loop = llvm::dyn_cast<For>(stmt))
      targets.push_back(loop->target);
    else if (const auto *with = llvm::dyn_cast<With>(stmt))
      for (const WithItem &item : with->items)
        targets.push_back(item.target);
    else if (const auto *definition = llvm::dyn_cast<Class>(stmt))
      names.insert(definition->name);
    else if (const auto *function = llvm::dyn_cast<Function>(stmt)) {
      names.insert(function->name);
      for (const Parameter &parameter : function->parameters)
        names.insert(parameter.name);
    }
  };
  walk(Block(statements), {{}, onStmt, {}});
  auto onExpr = [&](const Expr *expr) {
    if (const auto *name = llvm::dyn_cast<Name>(expr))
      names.insert(name->id);
  };
  for (const Expr *target : targets)
    walk(target, {onExpr, {}, {}});
  return names;
}

std::string identifier(llvm::StringRef symbol) {
  std::string text;
  for (char c : symbol)
    text += llvm::isAlnum(c) || c == '_' ? c : '_';
  return text.empty() || llvm::isDigit(text.front()) ? "_" + text : text;
}

/// A function is specialized inside the expression that calls it: deep expressions in a long chain of calls take more
/// stack than a thread has by default.
void onEnoughStack(size_t functions, llvm::function_ref<void()> work) {
  constexpr size_t fewFunctions = 4;
  constexpr unsigned enough = 64u << 20;
  if (functions <= fewFunctions)
    return work();
  llvm::thread thread(std::optional<unsigned>(enough), work);
  thread.join();
}

/// The tree of one attempt. Asks for another one if a symbol's variable would hide or be hidden.
class Emitter {
public:
  Emitter(const EntryPoint &entry, llvm::ArrayRef<BoundParameter> bound, Arena &arena, Diagnostics &diagnostics,
          const SymbolVariables &variables)
      : entry(entry), bound(bound), arena(arena), variables(variables),
        session(entry.outline(), *entry.module().source, arena, diagnostics, variables) {}

  Block run() {
    std::vector<const Stmt *> definitions;
    if (entry.isProgram())
      program(definitions);
    else
      definitions.push_back(generic());
    used = definitions;
    std::vector<const Stmt *> body{import()};
    for (const auto &[symbol, range] : session.symbols)
      body.push_back(declaration(symbol, range));
    body.insert(body.end(), definitions.begin(), definitions.end());
    return arena.list<const Stmt *>(body);
  }

  /// Variables that make the next attempt work; the same if this one does.
  SymbolVariables repairedVariables() const {
    SymbolVariables repaired = variables;
    llvm::StringSet<> taken = boundNames(used);
    for (const auto &[symbol, range] : session.symbols) {
      auto known = variables.find(symbol);
      std::string variable = known == variables.end() ? identifier(symbol) : known->second;
      while (!taken.insert(variable).second)
        variable += "_dim";
      if (variable != symbol || known != variables.end())
        repaired[symbol] = variable;
    }
    return repaired;
  }

private:
  const Stmt *import() {
    ImportedName name{"pypto.language", "pl"};
    return arena.make<Import>(SourceRange(), arena.list<ImportedName>(name), "import pypto.language as pl");
  }

  const Stmt *declaration(const std::string &symbol, SourceRange range) {
    Builder &builder = session.builder;
    const Expr *name = arena.make<String>(range, arena.text(symbol));
    return builder.assign(range, builder.name(range, session.symbolVariable(symbol)),
                          builder.call(range, builder.path(range, "pl.dynamic"), {name}));
  }

  const Stmt *makeClass(SourceRange range, llvm::StringRef name, SourceRange nameRange, Exprs decorators,
                        llvm::ArrayRef<const Stmt *> body) {
    return arena.make<Class>(range, arena.text(name), nameRange, decorators, Exprs(), arena.list<const Stmt *>(body));
  }

  const Stmt *generic() {
    const FunctionOutline &function = *entry.function();
    SourceRange nameRange = function.function->nameRange;
    onEnoughStack(entry.outline().functions().size(), [&] { session.instantiate(function, bound, nameRange); });
    const Expr *decorator = session.builder.path(nameRange, "pl.program");
    return makeClass(function.function->range, "_jit_" + function.name().str(), nameRange,
                     arena.list<const Expr *>(decorator), session.methods);
  }

  /// A program that is concrete already: only the names around it become constants.
  void program(std::vector<const Stmt *> &definitions) {
    for (const auto &function : entry.outline().functions())
      definitions.push_back(FunctionRewriter(session, *function, RewriteMode::Concrete).fold());
    const Class &original = *entry.definition().program;
    llvm::DenseMap<const Function *, const FunctionOutline *> methods;
    for (const auto &method : entry.outline().methods())
      methods[method->function] = method.get();
    std::vector<const Stmt *> body;
    for (const Stmt *stmt : original.body) {
      const auto *function = llvm::dyn_cast<Function>(stmt);
      body.push_back(function ? FunctionRewriter(session, *methods.lookup(function), RewriteMode::Concrete).fold()
                              : stmt);
    }
    const Expr *decorator = session.builder.path(original.nameRange, "pl.program");
    definitions.push_back(
        makeClass(original.range, original.name, original.nameRange, arena.list<const Expr *>(decorator), body));
  }

  const EntryPoint &entry;
  llvm::ArrayRef<BoundParameter> bound;
  Arena &arena;
  const SymbolVariables &variables;
  Session session;
  std::vector<const Stmt *> used;
};

/// What was found wrong once may be met again on another way.
void append(const std::vector<Diagnostic> &found, std::vector<Diagnostic> &to) {
  for (const Diagnostic &diagnostic : found) {
    auto isSame = [&](const Diagnostic &other) { return other.render() == diagnostic.render(); };
    if (llvm::none_of(to, isSame))
      to.push_back(diagnostic);
  }
}

} // namespace

std::shared_ptr<const Specialized> specialize(const EntryPoint &entry, const Request &request,
                                              std::vector<Diagnostic> &diagnostics) {
  const Source &source = *entry.module().source;
  Diagnostics found(source);
  std::optional<std::vector<BoundParameter>> bound = bindRequest(entry, request, found);
  auto result = std::make_shared<Specialized>();
  SymbolVariables variables;
  while (bound) {
    result->module.arena = std::make_unique<Arena>();
    Emitter emitter(entry, *bound, *result->module.arena, found, variables);
    result->module.body = emitter.run();
    SymbolVariables repaired = emitter.repairedVariables();
    if (found.hasErrors() || repaired == variables)
      break;
    variables = std::move(repaired);
  }
  append(found.all(), diagnostics);
  if (found.hasErrors())
    return nullptr;

  result->module.source = std::make_unique<Source>(source);
  result->text = print(result->module.body);
  result->program = llvm::cast<Class>(result->module.body.back())->name.str();
  if (entry.function())
    result->entry = entry.function()->name().str();
  result->kept.push_back(entry.sharedModule());
  std::vector<Diagnostic> none;
  Module printed = parse(source.name().str(), result->text, none);
  result->map = SourceMap(printed.body, result->module.body);
  return result;
}

std::shared_ptr<const Specialized> specialize(const Request &request, std::string text,
                                              std::vector<Diagnostic> &diagnostics) {
  auto module = std::make_shared<Module>(parse(request.file, std::move(text), diagnostics));
  if (llvm::any_of(diagnostics, [](const Diagnostic &each) { return each.severity == Severity::Error; }))
    return nullptr;
  std::shared_ptr<const EntryPoint> entry = EntryPoint::find(module, request, diagnostics);
  return entry ? specialize(*entry, request, diagnostics) : nullptr;
}

} // namespace pto::specialize
