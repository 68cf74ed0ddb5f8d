// What a name outside a program is bound to.
// Making, comparing and printing values.
#include "compiler/frontend/program/Value.h"
#include "compiler/frontend/program/AstPrinter.h"
#include "compiler/frontend/program/StringLiteral.h"

namespace pto::frontend {

namespace {

constexpr size_t maximumWeight = size_t(1) << 16;
constexpr size_t maximumText = size_t(1) << 16;
constexpr unsigned maximumDepth = 32;

} // namespace

Value Value::withKind(Kind kind) {
  Value value;
  value.kind = kind;
  return value;
}

Value Value::withText(Kind kind, std::string text) {
  Value value = withKind(kind);
  value.text = std::move(text);
  return value;
}

Value Value::boolean(bool truth) {
  Value value = withKind(Kind::Bool);
  value.integer = truth;
  return value;
}

Value Value::ofInteger(int64_t integer) {
  Value value = withKind(Kind::Integer);
  value.integer = integer;
  return value;
}

Value Value::ofFloat(double real) {
  Value value = withKind(Kind::Float);
  value.real = real;
  return value;
}

Value Value::ofString(std::string text) {
  return text.size() > maximumText ? unknown("a string of more than 64 KiB") : withText(Kind::String, std::move(text));
}

Value Value::ofExpression(const Expr *expression, const Scope &home) {
  Value value = withKind(Kind::Expression);
  value.expression = expression;
  value.home = &home;
  return value;
}

Value Value::list(Kind kind, std::vector<Value> elements) {
  auto sequence = std::make_shared<Sequence>();
  for (const Value &element : elements) {
    if (element.is(Kind::Unknown))
      return element;
    if (!element.isSequence())
      continue;
    sequence->weight += element.sequence->weight;
    sequence->depth = std::max(sequence->depth, element.sequence->depth + 1);
  }
  sequence->weight += elements.size();
  if (sequence->weight > maximumWeight || sequence->depth > maximumDepth)
    return unknown("a list of more than " + std::to_string(maximumWeight) + " elements or " +
                   std::to_string(maximumDepth) + " levels");
  sequence->elements = std::move(elements);
  Value value = withKind(kind);
  value.sequence = std::move(sequence);
  return value;
}

const std::vector<Value> &Value::elements() const {
  static const std::vector<Value> none;
  return sequence ? sequence->elements : none;
}

std::optional<bool> Value::truth() const {
  switch (kind) {
  case Kind::None:
    return false;
  case Kind::Bool:
  case Kind::Integer:
    return integer != 0;
  case Kind::Float:
    return real != 0;
  case Kind::String:
    return !text.empty();
  case Kind::List:
  case Kind::Tuple:
    return !elements().empty();
  default:
    return std::nullopt;
  }
}

bool operator==(const Value &left, const Value &right) {
  if (left.kind != right.kind)
    return left.isNumber() && right.isNumber() && left.asFloat() == right.asFloat();
  return left.integer == right.integer && left.real == right.real && left.text == right.text &&
         left.expression == right.expression && left.function == right.function &&
         left.definition == right.definition && left.elements() == right.elements();
}

std::string print(const Value &value) {
  switch (value.kind) {
  case Value::Kind::None:
    return "None";
  case Value::Kind::Bool:
    return value.integer ? "True" : "False";
  case Value::Kind::Integer:
    return std::to_string(value.integer);
  case Value::Kind::Float:
    return printFloat(value.real);
  case Value::Kind::String:
    return writeStringLiteral(value.text);
  case Value::Kind::List:
  case Value::Kind::Tuple: {
    bool isList = value.is(Value::Kind::List);
    std::string text = isList ? "[" : "(";
    for (const Value &element : value.elements())
      text += (&element == &value.elements().front() ? "" : ", ") + print(element);
    return text + (isList ? "]" : value.elements().size() == 1 ? ",)" : ")");
  }
  case Value::Kind::Symbol:
    return "pl.dynamic(" + writeStringLiteral(value.text) + ")";
  case Value::Kind::Path:
  case Value::Kind::Module:
    return value.text;
  case Value::Kind::Expression:
    return print(value.expression);
  case Value::Kind::Function:
    return value.function->name.str();
  case Value::Kind::Class:
    return value.definition->name.str();
  case Value::Kind::Unknown:
    break;
  }
  return "<" + value.text + ">";
}

llvm::StringRef describe(Value::Kind kind) {
  constexpr llvm::StringLiteral names[] = {"unknown",    "None",          "a bool",
                                           "an integer", "a float",       "a string",
                                           "a list",     "a tuple",       "a dynamic dimension",
                                           "a name",     "an expression", "a function",
                                           "a class",    "a module"};
  return names[static_cast<size_t>(kind)];
}

} // namespace pto::frontend
