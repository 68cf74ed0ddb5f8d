// The names around a program.
// A scope that a definition refers to is never changed afterwards: a later assignment continues in a copy.
#include "compiler/frontend/program/ModuleScope.h"
#include "compiler/frontend/program/LanguageNames.h"
#include "llvm/ADT/DenseSet.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringSet.h"

namespace pto::frontend {

using Kind = Value::Kind;

/// Walks the statements of a file once, in order.
class ScopeBuilder {
public:
  ScopeBuilder(ModuleScope &into, const Module &module, const FactoryArguments &arguments,
               std::vector<Definition> &found)
      : into(into), module(module), source(*module.source), arguments(arguments), found(found) {
    scope = &into.scopes.emplace_back(nullptr, source);
  }

  /// The names after the last statement.
  const Scope *run(Block body, const std::string &path) {
    into.running.push_back(path);
    block(body);
    into.running.pop_back();
    return scope;
  }

private:
  void block(Block body) {
    for (const Stmt *stmt : body)
      statement(stmt);
  }

  void bind(llvm::StringRef name, Value value) {
    if (captured.contains(scope) && scope->binds(name)) {
      Scope copy = *scope;
      scope = &into.scopes.emplace_back(std::move(copy));
    }
    scope->bind(name, std::move(value));
  }

  void assign(const Expr *target, const Value &value) {
    if (const auto *name = llvm::dyn_cast<Name>(target))
      return bind(name->id, value);
    Exprs parts = elementsOf(target);
    bool fits = value.isSequence() && value.elements().size() == parts.size();
    for (auto [i, element] : llvm::enumerate(parts))
      assign(element, fits                      ? value.elements()[i]
                      : value.is(Kind::Unknown) ? value
                                                : Value::unknown("a part of something that is not a constant"));
  }

  /// What a loop assigns has another value each time round.
  void forget(Block body) {
    for (const Stmt *stmt : body) {
      if (const auto *assigned = llvm::dyn_cast<Assign>(stmt))
        for (const Expr *target : assigned->targets)
          assign(target, Value::unknown("a value that a loop changes"));
      else if (const auto *augmented = llvm::dyn_cast<AugmentedAssign>(stmt))
        assign(augmented->target, Value::unknown("a value that a loop changes"));
    }
  }

  /// Blocks of which nobody knows whether they run. Each starts from the names before the statement; what any of them
  /// binds is unknown behind it.
  void undecided(llvm::ArrayRef<Block> blocks, const std::string &why, bool isLoop = false) {
    Scope *before = scope;
    llvm::StringSet<> bound;
    ++undecidedDepth;
    for (Block each : blocks) {
      scope = &into.scopes.emplace_back(before, source);
      if (isLoop)
        forget(each);
      block(each);
      // A later assignment may have continued in a copy, which has the names of the first.
      for (const auto &entry : scope->own())
        bound.insert(entry.getKey());
    }
    --undecidedDepth;
    scope = before;
    // What stands in the blocks sees the names around them as they were.
    captured.insert(before);
    for (const auto &name : bound)
      bind(name.getKey(), Value::unknown(why));
  }

  std::string setBelow(llvm::StringRef word, SourceRange range, llvm::StringRef why) {
    return "set below the '" + word.str() + "' at " + source.where(range) + ", " + why.str();
  }

  void loop(llvm::StringRef word, SourceRange range, Block body, Block otherwise) {
    undecided({body, otherwise}, setBelow(word, range, "which is not run here"), /*isLoop=*/true);
  }

  /// `del A, b.c`: a name that is gone, or has lost a part.
  void forgetDeleted(const OpaqueStmt *stmt) {
    llvm::StringRef text = stmt->clauses.front().text;
    text.consume_front("del");
    for (llvm::StringRef each : llvm::split(text, ',')) {
      llvm::StringRef name = each.ltrim(" \t\n\\([").take_while([](char c) { return llvm::isAlnum(c) || c == '_'; });
      if (!name.empty())
        bind(name, Value::unknown("deleted at " + source.where(stmt->range)));
    }
  }

  void statement(const Stmt *stmt) {
    switch (stmt->kind) {
    case Stmt::Kind::Assign: {
      const auto *assignment = llvm::cast<Assign>(stmt);
      Value value = evaluate(assignment->value, *scope);
      capture(value);
      for (const Expr *target : assignment->targets)
        assign(target, value);
      return;
    }
    case Stmt::Kind::AnnotatedAssign: {
      const auto *assignment = llvm::cast<AnnotatedAssign>(stmt);
      if (!assignment->value)
        return;
      Value value = evaluate(assignment->value, *scope);
      capture(value);
      return assign(assignment->target, value);
    }
    case Stmt::Kind::AugmentedAssign: {
      const auto *assignment = llvm::cast<AugmentedAssign>(stmt);
      return assign(assignment->target,
                    apply(assignment->op, evaluate(assignment->target, *scope), evaluate(assignment->value, *scope)));
    }
    case Stmt::Kind::Import:
      for (const ImportedName &name : llvm::cast<Import>(stmt)->names)
        import(llvm::cast<Import>(stmt), name);
      return;
    case Stmt::Kind::If: {
      const auto *branch = llvm::cast<If>(stmt);
      if (std::optional<bool> truth = evaluate(branch->condition, *scope).truth())
        return block(*truth ? branch->then : branch->otherwise);
      return undecided({branch->then, branch->otherwise},
                       setBelow("if", branch->range, "whose condition is not known"));
    }
    case Stmt::Kind::For: {
      const auto *each = llvm::cast<For>(stmt);
      assign(each->target, Value::unknown("a loop's variable"));
      return loop("for", each->range, each->body, each->otherwise);
    }
    case Stmt::Kind::While: {
      const auto *each = llvm::cast<While>(stmt);
      if (evaluate(each->condition, *scope).truth() == false)
        return block(each->otherwise);
      return loop("while", each->range, each->body, each->otherwise);
    }
    case Stmt::Kind::With:
      for (const WithItem &item : llvm::cast<With>(stmt)->items)
        if (item.target)
          assign(item.target, Value::unknown("what a with statement gives"));
      return undecided(llvm::cast<With>(stmt)->body, setBelow("with", stmt->range, "which is not run here"));
    case Stmt::Kind::Function:
      return function(llvm::cast<Function>(stmt));
    case Stmt::Kind::Class:
      return classDefinition(llvm::cast<Class>(stmt));
    case Stmt::Kind::Opaque: {
      const auto *opaque = llvm::cast<OpaqueStmt>(stmt);
      if (opaque->what == "del")
        return forgetDeleted(opaque);
      llvm::SmallVector<Block> blocks;
      for (const OpaqueClause &clause : opaque->clauses)
        if (!clause.body.empty())
          blocks.push_back(clause.body);
      if (!blocks.empty())
        undecided(blocks, setBelow(opaque->what, opaque->range, "which is not run here"));
      return;
    }
    default:
      return;
    }
  }

  void import(const Import *stmt, const ImportedName &name) {
    if (isOfLanguage(name.path))
      return bind(name.bound, nameOfLanguage(name.path));
    if (name.bound != "*")
      return bind(name.bound, imported(stmt, name.path));
    const ImportedFile *file = module.imports.find(source, stmt->range.begin, name.path);
    std::string problem;
    const Scope *names = file ? namesOf(*file, problem) : nullptr;
    if (!names)
      return bind("*", imported(stmt, name.path));
    for (const auto &entry : names->own())
      if (!entry.getKey().starts_with("_"))
        bind(entry.getKey(), entry.getValue());
  }

  /// A name in a file, or a file.
  Value imported(const Import *stmt, llvm::StringRef path) {
    const ImportedFile *whole = module.imports.find(source, stmt->range.begin, path);
    llvm::StringRef parent = moduleOf(path);
    const ImportedFile *holder = parent.empty() ? nullptr : module.imports.find(source, stmt->range.begin, parent);
    std::string what = "what " + source.where(stmt->range) + " imports from ";
    std::string problem;
    const Scope *names = holder ? namesOf(*holder, problem) : nullptr;
    llvm::StringRef name = path.drop_front(parent.size()).ltrim('.');
    if (names && (!whole || names->own().contains(name)))
      return memberOf(*names, name, what + "'" + holder->path + "'");
    if (whole) {
      Value value = Value::path(whole->path);
      value.kind = Kind::Module;
      value.home = namesOf(*whole, problem);
      return value.home ? value : Value::unknown(what + "'" + whole->path + "', " + problem);
    }
    if (holder)
      return Value::unknown(what + "'" + holder->path + "', " + problem);
    llvm::StringRef missing = parent.empty() || stmt->names.front().bound == "*" ? path : parent;
    return Value::unknown(what + "'" + missing.str() + "', which cannot be found: there is no " +
                          expectedFile(missing) + " in " +
                          module.imports.lookedFor(source, stmt->range.begin, missing));
  }

  /// Null if they are not known.
  const Scope *namesOf(const ImportedFile &file, std::string &problem) {
    auto [known, isNew] = into.files.try_emplace(&file, nullptr);
    if (!isNew && known->second)
      return known->second;
    if (llvm::is_contained(into.running, file.path)) {
      problem = "which imports itself: ";
      for (auto each = llvm::find(into.running, file.path); each != into.running.end(); ++each)
        problem += *each + " → ";
      problem += file.path;
      return nullptr;
    }
    if (!file.problem.empty()) {
      problem = "which has an error: " + file.problem;
      return nullptr;
    }
    const Scope *names = ScopeBuilder(into, module, arguments, into.foundElsewhere).run(file.body, file.path);
    return into.files[&file] = names;
  }

  void capture(const Value &value) {
    if (value.home)
      captured.insert(value.home);
  }

  bool define(Exprs decorators, const Class *program, const Function *function) {
    for (const Expr *decorator : decorators) {
      const auto *call = llvm::dyn_cast<Call>(decorator);
      std::string path = resolvePath(call ? call->callee : decorator, *scope);
      std::optional<Definition::Kind> kind = definitionKind(path);
      if (!kind || !fits(*kind, program ? Decorated::Class : Decorated::Function))
        continue;
      Definition definition;
      definition.kind = *kind;
      definition.name = program ? program->name : function->name;
      definition.decorator = std::move(path);
      definition.decoratorExpr = decorator;
      definition.program = program;
      definition.function = function;
      definition.scope = scope;
      definition.path = prefix + definition.name.str();
      definition.isConditional = undecidedDepth > 0;
      captured.insert(scope);
      found.push_back(std::move(definition));
      return true;
    }
    if (!decorators.empty() && &found == &into.found)
      addStranger(decorators, program ? program->name : function->name,
                  program ? Decorated::Class : Decorated::Function);
    return false;
  }

  void addStranger(Exprs decorators, llvm::StringRef name, Decorated decorated) {
    auto isOurs = [&](const Expr *decorator) {
      const auto *call = llvm::dyn_cast<Call>(decorator);
      const Expr *name = call ? call->callee : decorator;
      const auto *attribute = llvm::dyn_cast<Attribute>(name);
      const auto *root = attribute ? llvm::dyn_cast<Name>(attribute->base) : nullptr;
      // Without the import of the language too.
      return !resolvePath(name, *scope).empty() || (root && root->id == "pl" && !scope->find("pl"));
    };
    const auto *nearest = llvm::find_if(decorators, isOurs);
    bool isOfLanguage = nearest != decorators.end();
    const Expr *decorator = isOfLanguage ? *nearest : decorators.front();
    into.foundStrange.push_back(
        {name, prefix + name.str(), decorator->range, decoratorProblem(decorator, decorated, *scope), isOfLanguage});
  }

  void function(const Function *definition, bool isMember = false) {
    Value value;
    value.kind = Kind::Function;
    value.function = definition;
    value.home = scope;
    if (!isMember)
      bind(definition->name, value);
    if (define(definition->decorators, nullptr, definition))
      return;
    // An ordinary function may build programs. Its parameters are whatever they are bound to.
    Scope *outer = scope;
    std::string outerPrefix = prefix;
    Scope *inner = &into.scopes.emplace_back(outer, source);
    auto bound = arguments.find(definition->name);
    for (const Parameter &parameter : definition->parameters) {
      Value parameterValue = Value::unknown("parameter '" + parameter.name.str() + "' of '" + definition->name.str() +
                                            "', which is not bound to a value");
      if (parameter.defaultValue)
        parameterValue = evaluate(parameter.defaultValue, *outer);
      if (bound != arguments.end())
        if (auto it = bound->second.find(parameter.name); it != bound->second.end())
          parameterValue = it->second;
      inner->bind(parameter.name, std::move(parameterValue));
    }
    scope = inner;
    prefix += definition->name.str() + ".";
    block(definition->body);
    scope = outer;
    prefix = outerPrefix;
  }

  void classDefinition(const Class *definition, bool isMember = false) {
    Value value;
    value.kind = Kind::Class;
    value.definition = definition;
    value.home = scope;
    if (!isMember)
      bind(definition->name, value);
    if (define(definition->decorators, definition, nullptr))
      return;
    // Methods do not see the names of the class around them.
    std::string outerPrefix = prefix;
    prefix += definition->name.str() + ".";
    for (const Stmt *stmt : definition->body)
      if (const auto *method = llvm::dyn_cast<Function>(stmt))
        function(method, /*isMember=*/true);
      else if (const auto *inner = llvm::dyn_cast<Class>(stmt))
        classDefinition(inner, /*isMember=*/true);
    prefix = outerPrefix;
  }

  ModuleScope &into;
  const Module &module;
  const Source &source;
  const FactoryArguments &arguments;
  std::vector<Definition> &found;
  Scope *scope;
  std::string prefix;
  unsigned undecidedDepth = 0;
  llvm::DenseSet<const Scope *> captured;
};

ModuleScope::ModuleScope(const Module &module, const FactoryArguments &arguments) {
  current = ScopeBuilder(*this, module, arguments, found).run(module.body, module.source->name().str());
}

std::vector<const Definition *> ModuleScope::candidates(llvm::StringRef name) const {
  std::vector<const Definition *> whole, last;
  for (const Definition &definition : found) {
    if (definition.path != name && definition.name != name)
      continue;
    std::vector<const Definition *> &list = definition.path == name ? whole : last;
    if (!definition.isConditional)
      llvm::erase_if(list, [&](const Definition *earlier) { return earlier->path == definition.path; });
    list.push_back(&definition);
  }
  return whole.empty() ? last : whole;
}

const Definition *ModuleScope::find(llvm::StringRef name) const {
  std::vector<const Definition *> all = candidates(name);
  return all.size() == 1 ? all.front() : nullptr;
}

const Stranger *ModuleScope::findStranger(llvm::StringRef name) const {
  const Stranger *last = nullptr;
  for (const Stranger &stranger : foundStrange)
    if (stranger.name == name || stranger.path == name)
      last = &stranger;
  return last;
}

} // namespace pto::frontend
