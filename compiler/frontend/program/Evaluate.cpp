// What expressions around a program are worth.
// Constants and names of the language; calls are not run, and what they would give is not known.
#include "base/DType.h"
#include "compiler/frontend/program/Diagnostics.h"
#include "compiler/frontend/program/LanguageNames.h"
#include "compiler/frontend/program/ModuleScope.h"
#include "llvm/ADT/STLExtras.h"

namespace pto::frontend {

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

Value callOf(const Call *call, const Scope &scope, KnownValues known) {
  Value callee = evaluate(call->callee, scope, known);
  if (callee.isPath("pl.dynamic")) {
    Value name = call->arguments.size() == 1 ? evaluate(call->arguments[0], scope, known) : Value();
    if (!name.is(Kind::String))
      return Value::unknown("a dynamic dimension without a name: pl.dynamic takes one string");
    return Value::symbol(name.text);
  }
  llvm::StringRef path = callee.text;
  if (callee.is(Kind::Path) && path.consume_front("pl.")) {
    bool isSize = path.consume_back(".get_byte") && call->arguments.empty();
    const DTypeRow *row = llvm::find_if(dtypeRows, [&](const DTypeRow &each) { return each.programName == path; });
    return isSize && row != std::end(dtypeRows) ? Value::ofInteger((row->bits + 7) / 8)
                                                : Value::ofExpression(call, scope);
  }
  const auto *name = llvm::dyn_cast<Name>(call->callee);
  if (!name || !isBuiltin(name->id) || scope.find(name->id) || !call->keywords.empty())
    return Value::unknown("the result of a call, which is not run here");
  std::vector<Value> arguments;
  for (const Expr *argument : call->arguments)
    arguments.push_back(evaluate(argument, scope, known));
  return callBuiltin(name->id, arguments);
}

Value elementsOf(Kind kind, Exprs list, const Scope &scope, KnownValues known) {
  std::vector<Value> elements;
  for (const Expr *element : list)
    elements.push_back(evaluate(element, scope, known));
  return Value::list(kind, std::move(elements));
}

} // namespace

const Value *Scope::find(llvm::StringRef name) const {
  for (const Scope *scope = this; scope; scope = scope->enclosing)
    if (auto it = scope->values.find(name); it != scope->values.end())
      return &it->second;
  return nullptr;
}

Value memberOf(const Scope &file, llvm::StringRef name, const std::string &shown) {
  if (const Value *value = file.find(name))
    return *value;
  return Value::unknown(shown + ", which has no '" + name.str() + "'" + didYouMean(name, file.names()));
}

std::vector<llvm::StringRef> Scope::names() const {
  std::vector<llvm::StringRef> list;
  for (const Scope *scope = this; scope; scope = scope->enclosing)
    for (const auto &entry : scope->values)
      list.push_back(entry.getKey());
  llvm::sort(list);
  return list;
}

std::string whyUndefined(llvm::StringRef name, const Scope &scope, llvm::ArrayRef<llvm::StringRef> candidates) {
  if (name == "pl")
    return "; 'import pypto.language as pl' is missing";
  // An import of everything from a file that is not there.
  if (const Value *everything = scope.find("*"))
    return "; it may be " + everything->text;
  return didYouMean(name, candidates);
}

Value evaluate(const Expr *expression, const Scope &scope, KnownValues known) {
  if (known)
    if (std::optional<Value> value = known(expression))
      return std::move(*value);
  switch (expression->kind) {
  case Expr::Kind::Name: {
    llvm::StringRef name = llvm::cast<Name>(expression)->id;
    const Value *value = scope.find(name);
    return value ? *value
                 : Value::unknown("the name '" + name.str() + "', which is not defined" + whyUndefined(name, scope));
  }
  case Expr::Kind::Attribute: {
    const auto *attribute = llvm::cast<Attribute>(expression);
    Value base = evaluate(attribute->base, scope, known);
    if (base.is(Kind::Path))
      return nameOfLanguage(base.text + "." + attribute->name.str());
    if (base.is(Kind::Module))
      return memberOf(*base.home, attribute->name, "a name in '" + base.text + "'");
    return base.is(Kind::Unknown) ? base : Value::unknown("an attribute of " + describe(base.kind).str());
  }
  case Expr::Kind::Call:
    return callOf(llvm::cast<Call>(expression), scope, known);
  case Expr::Kind::Subscript: {
    const auto *access = llvm::cast<Subscript>(expression);
    Value base = evaluate(access->base, scope, known);
    if (base.is(Kind::Path) && llvm::StringRef(base.text).starts_with("pl."))
      return Value::ofExpression(expression, scope);
    return subscript(base, evaluate(access->index, scope, known));
  }
  case Expr::Kind::Tuple:
    return elementsOf(Kind::Tuple, llvm::cast<Tuple>(expression)->elements, scope, known);
  case Expr::Kind::List:
    return elementsOf(Kind::List, llvm::cast<List>(expression)->elements, scope, known);
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
    return apply(unary->op, evaluate(unary->operand, scope, known));
  }
  case Expr::Kind::Binary: {
    const auto *binary = llvm::cast<Binary>(expression);
    return apply(binary->op, evaluate(binary->left, scope, known), evaluate(binary->right, scope, known));
  }
  case Expr::Kind::Conditional: {
    const auto *conditional = llvm::cast<Conditional>(expression);
    std::optional<bool> truth = evaluate(conditional->condition, scope, known).truth();
    if (!truth)
      return Value::unknown("a conditional expression whose condition is not known");
    return evaluate(*truth ? conditional->then : conditional->otherwise, scope, known);
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

} // namespace pto::frontend
