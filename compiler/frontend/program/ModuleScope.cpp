// The names around a program.
// A scope that a definition refers to is never changed afterwards: a later assignment continues in a copy.
#include "compiler/frontend/program/ModuleScope.h"
#include "compiler/frontend/program/LanguageNames.h"
#include "llvm/ADT/DenseSet.h"
#include "llvm/ADT/STLExtras.h"

namespace pto::program {

namespace {

using Kind = Value::Kind;

Value subscript(const Value &base, const Value &index) {
  if (base.is(Kind::Unknown) || index.is(Kind::Unknown))
    return base.is(Kind::Unknown) ? base : index;
  if (!base.isSequence() || !index.is(Kind::Integer))
    return Value::unknown("a subscript of " + describe(base.kind).str());
  auto size = static_cast<int64_t>(base.elements().size());
  int64_t at = index.integer < 0 ? index.integer + size : index.integer;
  if (at < 0 || at >= size)
    return Value::unknown("element " + std::to_string(index.integer) + " of a list of " + std::to_string(size));
  return base.elements()[static_cast<size_t>(at)];
}

Value callOf(const Call *call, const Scope &scope) {
  Value callee = evaluate(call->callee, scope);
  if (callee.isPath("pl.dynamic")) {
    Value name = call->arguments.size() == 1 ? evaluate(call->arguments[0], scope) : Value();
    if (!name.is(Kind::String))
      return Value::unknown("a dynamic dimension without a name: pl.dynamic takes one string");
    return Value::symbol(name.text);
  }
  if (callee.is(Kind::Path) && llvm::StringRef(callee.text).starts_with("pl.")) {
    Value value;
    value.kind = Kind::Expression;
    value.expression = call;
    value.home = &scope;
    return value;
  }
  const auto *name = llvm::dyn_cast<Name>(call->callee);
  if (!name || !isBuiltin(name->id) || scope.find(name->id) || !call->keywords.empty())
    return Value::unknown("the result of a call, which is not run here");
  std::vector<Value> arguments;
  for (const Expr *argument : call->arguments)
    arguments.push_back(evaluate(argument, scope));
  return callBuiltin(name->id, arguments);
}

Value elementsOf(Kind kind, Exprs list, const Scope &scope) {
  std::vector<Value> elements;
  for (const Expr *element : list)
    elements.push_back(evaluate(element, scope));
  return Value::list(kind, std::move(elements));
}

} // namespace

const Value *Scope::find(llvm::StringRef name) const {
  for (const Scope *scope = this; scope; scope = scope->enclosing)
    if (auto it = scope->values.find(name); it != scope->values.end())
      return &it->second;
  return nullptr;
}

std::vector<llvm::StringRef> Scope::names() const {
  std::vector<llvm::StringRef> list;
  for (const Scope *scope = this; scope; scope = scope->enclosing)
    for (const auto &entry : scope->values)
      list.push_back(entry.getKey());
  llvm::sort(list);
  return list;
}

Value evaluate(const Expr *expression, const Scope &scope) {
  switch (expression->kind) {
  case Expr::Kind::Name: {
    llvm::StringRef name = llvm::cast<Name>(expression)->id;
    const Value *value = scope.find(name);
    return value ? *value : Value::unknown("the name '" + name.str() + "', which is not defined");
  }
  case Expr::Kind::Attribute: {
    const auto *attribute = llvm::cast<Attribute>(expression);
    Value base = evaluate(attribute->base, scope);
    if (base.is(Kind::Path))
      return nameOfLanguage(base.text + "." + attribute->name.str());
    return base.is(Kind::Unknown) ? base : Value::unknown("an attribute of " + describe(base.kind).str());
  }
  case Expr::Kind::Call:
    return callOf(llvm::cast<Call>(expression), scope);
  case Expr::Kind::Subscript: {
    const auto *access = llvm::cast<Subscript>(expression);
    Value base = evaluate(access->base, scope);
    if (base.is(Kind::Path) && llvm::StringRef(base.text).starts_with("pl.")) {
      Value value;
      value.kind = Kind::Expression;
      value.expression = expression;
      value.home = &scope;
      return value;
    }
    return subscript(base, evaluate(access->index, scope));
  }
  case Expr::Kind::Tuple:
    return elementsOf(Kind::Tuple, llvm::cast<Tuple>(expression)->elements, scope);
  case Expr::Kind::List:
    return elementsOf(Kind::List, llvm::cast<List>(expression)->elements, scope);
  case Expr::Kind::Dict:
    return Value::unknown("a dictionary");
  case Expr::Kind::Number: {
    const auto *number = llvm::cast<Number>(expression);
    if (number->isFloat)
      return Value::ofFloat(number->real);
    return number->integer ? Value::ofInteger(*number->integer)
                           : Value::unknown("an integer that does not fit in 64 bits");
  }
  case Expr::Kind::String:
    return Value::ofString(llvm::cast<String>(expression)->value.str());
  case Expr::Kind::Constant:
    switch (llvm::cast<Constant>(expression)->value) {
    case Constant::Value::None:
      return Value::none();
    case Constant::Value::True:
      return Value::boolean(true);
    case Constant::Value::False:
      return Value::boolean(false);
    case Constant::Value::Ellipsis:
      return Value::unknown("an ellipsis");
    }
    break;
  case Expr::Kind::Unary: {
    const auto *unary = llvm::cast<Unary>(expression);
    return apply(unary->op, evaluate(unary->operand, scope));
  }
  case Expr::Kind::Binary: {
    const auto *binary = llvm::cast<Binary>(expression);
    return apply(binary->op, evaluate(binary->left, scope), evaluate(binary->right, scope));
  }
  case Expr::Kind::Conditional: {
    const auto *conditional = llvm::cast<Conditional>(expression);
    std::optional<bool> truth = evaluate(conditional->condition, scope).truth();
    if (!truth)
      return Value::unknown("a conditional expression whose condition is not known");
    return evaluate(*truth ? conditional->then : conditional->otherwise, scope);
  }
  case Expr::Kind::Slice:
    return Value::unknown("a slice");
  case Expr::Kind::Opaque:
    return Value::unknown(llvm::cast<OpaqueExpr>(expression)->what.str());
  }
  return Value();
}

std::string resolvePath(const Expr *expression, const Scope &scope) {
  if (!llvm::isa<Name, Attribute>(expression))
    return {};
  Value value = evaluate(expression, scope);
  return value.is(Kind::Path) ? value.text : std::string();
}

/// Walks the statements of a file once, in order.
class ScopeBuilder {
public:
  ScopeBuilder(ModuleScope &into, const Module &module, const FactoryArguments &arguments)
      : into(into), source(*module.source), arguments(arguments) {
    scope = &into.scopes.emplace_back(nullptr, source);
  }

  void run(Block body) {
    block(body);
    into.current = scope;
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
    const auto *tuple = llvm::dyn_cast<Tuple>(target);
    if (!tuple)
      return;
    bool fits = value.isSequence() && value.elements().size() == tuple->elements.size();
    for (auto [i, element] : llvm::enumerate(tuple->elements))
      assign(element, fits                      ? value.elements()[i]
                      : value.is(Kind::Unknown) ? value
                                                : Value::unknown("a part of something that is no constant"));
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

  void loop(Block body, Block otherwise) {
    block(body);
    forget(body);
    block(otherwise);
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
        bind(name.bound, nameOfLanguage(name.path));
      return;
    case Stmt::Kind::If: {
      const auto *branch = llvm::cast<If>(stmt);
      std::optional<bool> truth = evaluate(branch->condition, *scope).truth();
      block(truth == false ? branch->otherwise : branch->then);
      return block(truth == false ? branch->then : branch->otherwise);
    }
    case Stmt::Kind::For: {
      const auto *each = llvm::cast<For>(stmt);
      assign(each->target, Value::unknown("a loop's variable"));
      return loop(each->body, each->otherwise);
    }
    case Stmt::Kind::While:
      return loop(llvm::cast<While>(stmt)->body, llvm::cast<While>(stmt)->otherwise);
    case Stmt::Kind::With:
      for (const WithItem &item : llvm::cast<With>(stmt)->items)
        if (item.target)
          assign(item.target, Value::unknown("what a with statement gives"));
      return block(llvm::cast<With>(stmt)->body);
    case Stmt::Kind::Function:
      return function(llvm::cast<Function>(stmt));
    case Stmt::Kind::Class:
      return classDefinition(llvm::cast<Class>(stmt));
    case Stmt::Kind::Opaque:
      for (const OpaqueClause &clause : llvm::cast<OpaqueStmt>(stmt)->clauses)
        block(clause.body);
      return;
    default:
      return;
    }
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
      if (!kind)
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
      captured.insert(scope);
      into.found.push_back(std::move(definition));
      return true;
    }
    return false;
  }

  void function(const Function *definition) {
    Value value;
    value.kind = Kind::Function;
    value.function = definition;
    value.home = scope;
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

  void classDefinition(const Class *definition) {
    Value value;
    value.kind = Kind::Class;
    value.definition = definition;
    value.home = scope;
    bind(definition->name, value);
    if (define(definition->decorators, definition, nullptr))
      return;
    // Methods do not see the names of the class around them.
    std::string outerPrefix = prefix;
    prefix += definition->name.str() + ".";
    for (const Stmt *stmt : definition->body)
      if (llvm::isa<Function, Class>(stmt))
        statement(stmt);
    prefix = outerPrefix;
  }

  ModuleScope &into;
  const Source &source;
  const FactoryArguments &arguments;
  Scope *scope;
  std::string prefix;
  llvm::DenseSet<const Scope *> captured;
};

ModuleScope::ModuleScope(const Module &module, const FactoryArguments &arguments) {
  ScopeBuilder(*this, module, arguments).run(module.body);
}

const Definition *ModuleScope::find(llvm::StringRef name) const {
  const Definition *last = nullptr;
  for (const Definition &definition : found)
    if (definition.name == name || definition.path == name)
      last = &definition;
  return last;
}

} // namespace pto::program
