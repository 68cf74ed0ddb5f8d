// Expressions and calls to text.
// Constants and arithmetic without a name are written where they are used.
#include "compiler/dialect/program/CallDirections.h"
#include "compiler/dialect/program/Names.h"
#include "compiler/dialect/program/OpRecord.h"
#include "compiler/frontend/program/AstPrinter.h"
#include "compiler/frontend/program/StringLiteral.h"
#include "compiler/frontend/program/export/FunctionPrinter.h"

namespace pto::frontend {

namespace {

/// Handed on by a statement that needs a name for it.
bool needsName(mlir::Value value) {
  return llvm::any_of(value.getUses(), [](mlir::OpOperand &use) {
    mlir::Operation *parent = use.getOwner()->getParentOp();
    if (mlir::isa<prog::BreakOp, prog::ContinueOp>(use.getOwner()))
      return true;
    return mlir::isa<prog::YieldOp>(use.getOwner()) &&
           (mlir::isa<prog::ScopeOp>(parent) || isAssigned(parent, use.getOperandNumber()));
  });
}

} // namespace

bool FunctionPrinter::isInlined(mlir::Value value) const {
  mlir::Operation *op = value.getDefiningOp();
  if (!op || needsName(value))
    return false;
  if (mlir::isa<prog::WhileOp>(op->getParentOp()) && op->getParentRegion()->getRegionNumber() == 0)
    return true;
  if (mlir::isa<prog::TupleOp>(op))
    return true;
  if (!prog::isExpression(op) || !prog::nameOf(value).empty())
    return false;
  return mlir::isa<prog::ConstOp, prog::SymbolOp, prog::ElementOp, prog::UnsetOp>(op) || value.hasOneUse();
}

FunctionPrinter::Text FunctionPrinter::constant(prog::ConstOp op, bool spelled) {
  prog::DType dtype = mlir::cast<prog::ScalarType>(op.getType()).getDtype();
  std::string text;
  Precedence precedence = AtomPrecedence;
  if (auto real = mlir::dyn_cast<mlir::FloatAttr>(op.getValue())) {
    text = printFloat(real.getValueAsDouble());
  } else if (auto integer = mlir::cast<mlir::IntegerAttr>(op.getValue()); integer.getType().isInteger(1)) {
    text = integer.getValue().isZero() ? "False" : "True";
  } else {
    text = std::to_string(integer.getInt());
  }
  bool bare = !spelled && (dtype == prog::DType::Index || dtype == prog::DType::F32 || dtype == prog::DType::Bool);
  if (!bare)
    return {"pl.const(" + text + ", pl." + prog::programName(dtype).str() + ")", AtomPrecedence};
  if (llvm::StringRef(text).starts_with("-"))
    precedence = SignPrecedence;
  return {text, precedence};
}

/// What is written of bare numbers only is computed when it is read back.
bool FunctionPrinter::wouldBeComputed(mlir::Operation *op) const {
  return llvm::all_of(op->getOperands(), [&](mlir::Value operand) {
    return operand.getDefiningOp<prog::ConstOp>() && !names.has(operand);
  });
}

std::string FunctionPrinter::operand(mlir::Value value, Precedence loosest, bool spelled) {
  auto constantOp = spelled ? value.getDefiningOp<prog::ConstOp>() : prog::ConstOp();
  Text text = constantOp ? constant(constantOp, spelled) : expression(value);
  return text.precedence < loosest ? "(" + text.text + ")" : text.text;
}

std::string FunctionPrinter::list(mlir::ValueRange values) {
  std::vector<std::string> parts;
  for (mlir::Value each : values)
    parts.push_back(value(each));
  return "[" + joined(parts) + "]";
}

FunctionPrinter::Text FunctionPrinter::expression(mlir::Value value) {
  if (names.has(value))
    return {names[value].str(), AtomPrecedence};
  mlir::Operation *op = value.getDefiningOp();
  if (auto constantOp = mlir::dyn_cast_if_present<prog::ConstOp>(op))
    return constant(constantOp);
  if (auto symbol = mlir::dyn_cast_if_present<prog::SymbolOp>(op))
    return {dim(prog::symbolDim(symbol.getContext(), symbol.getSymbol())), AtomPrecedence};
  if (auto unary = mlir::dyn_cast_if_present<prog::UnaryOp>(op)) {
    llvm::StringRef kind = unary.getKind();
    bool spelledOut = wouldBeComputed(op);
    if (kind == "abs")
      return {"pl.abs(" + operand(unary.getOperand(), ConditionalPrecedence, spelledOut) + ")", AtomPrecedence};
    if (kind == "cast") {
      auto to = mlir::cast<prog::ScalarType>(unary.getType());
      return {"pl.cast(" + this->value(unary.getOperand()) + ", pl." + prog::programName(to.getDtype()).str() + ")",
              AtomPrecedence};
    }
    std::string spelled = prog::unaryOperatorOf(kind)->spelling.str() + (kind == "not" ? " " : "");
    Precedence own = kind == "not" ? NotPrecedence : SignPrecedence;
    return {spelled + operand(unary.getOperand(), own, spelledOut), own};
  }
  if (auto binary = mlir::dyn_cast_if_present<prog::BinaryOp>(op)) {
    llvm::StringRef spelled = prog::binaryOperatorOf(binary.getKind())->spelling;
    std::optional<BinaryOperator> known = binaryOperator(spelled);
    bool spelledOut = wouldBeComputed(op);
    if (!known)
      return {"pl." + spelled.str() + "(" + operand(binary.getLhs(), ConditionalPrecedence, spelledOut) + ", " +
                  operand(binary.getRhs(), ConditionalPrecedence, spelledOut) + ")",
              AtomPrecedence};
    Precedence own = precedence(*known);
    auto tighter = static_cast<Precedence>(own + 1);
    bool power = *known == BinaryOperator::Pow;
    std::string left = operand(binary.getLhs(), power || isComparison(*known) ? tighter : own, spelledOut);
    return {left + " " + spelled.str() + " " + operand(binary.getRhs(), power ? SignPrecedence : tighter, spelledOut),
            own};
  }
  if (auto tuple = mlir::dyn_cast_if_present<prog::TupleOp>(op)) {
    std::vector<std::string> parts;
    for (mlir::Value element : tuple.getElements())
      parts.push_back(this->value(element));
    return {inParentheses(parts), AtomPrecedence};
  }
  if (auto element = mlir::dyn_cast_if_present<prog::ElementOp>(op))
    return {operand(element.getTuple(), AtomPrecedence) + "[" + std::to_string(element.getIndex()) + "]",
            AtomPrecedence};
  if (auto builtin = mlir::dyn_cast_if_present<prog::BuiltinOp>(op))
    return {call(builtin), AtomPrecedence};
  return {"None", AtomPrecedence};
}

std::string FunctionPrinter::attribute(mlir::Attribute attribute) const {
  if (auto name = mlir::dyn_cast<prog::NameAttr>(attribute))
    return "pl." + name.getValue().str();
  if (auto flag = mlir::dyn_cast<mlir::BoolAttr>(attribute))
    return flag.getValue() ? "True" : "False";
  if (auto integer = mlir::dyn_cast<mlir::IntegerAttr>(attribute))
    return std::to_string(integer.getInt());
  if (auto real = mlir::dyn_cast<mlir::FloatAttr>(attribute))
    return printFloat(real.getValueAsDouble());
  if (auto string = mlir::dyn_cast<mlir::StringAttr>(attribute))
    return writeStringLiteral(string.getValue());
  std::vector<std::string> parts;
  if (auto array = mlir::dyn_cast<mlir::ArrayAttr>(attribute)) {
    for (mlir::Attribute element : array)
      parts.push_back(this->attribute(element));
    return "[" + joined(parts) + "]";
  }
  auto dictionary = mlir::dyn_cast<mlir::DictionaryAttr>(attribute);
  if (!dictionary)
    return "None";
  auto callee = dictionary.getAs<prog::NameAttr>("call");
  if (!callee) {
    for (mlir::NamedAttribute entry : dictionary)
      parts.push_back(writeStringLiteral(entry.getName()) + ": " + this->attribute(entry.getValue()));
    return "{" + joined(parts) + "}";
  }
  if (auto arguments = dictionary.getAs<mlir::ArrayAttr>("arguments"))
    for (mlir::Attribute argument : arguments)
      parts.push_back(this->attribute(argument));
  for (mlir::NamedAttribute entry : dictionary)
    if (llvm::StringRef key = entry.getName(); key.consume_front("keyword."))
      parts.push_back(key.str() + "=" + this->attribute(entry.getValue()));
  return "pl." + callee.getValue().str() + "(" + joined(parts) + ")";
}

std::string FunctionPrinter::keywordList(mlir::DictionaryAttr keywords, llvm::StringRef separator) const {
  std::string text;
  for (mlir::NamedAttribute keyword : keywords)
    text += (text.empty() ? "" : separator.str()) + keyword.getName().str() + "=" + attribute(keyword.getValue());
  return text;
}

/// Empty if there are none.
std::string FunctionPrinter::callAttributes(prog::CallOp op) {
  std::vector<std::string> entries, directions;
  if (op.getDirections()) {
    for (llvm::StringRef direction : op.getDirections()->getAsValueRange<mlir::StringAttr>())
      directions.push_back("pl.adir." + prog::wordOfCallDirection(direction).str());
    entries.push_back("\"arg_directions\": [" + joined(directions) + "]");
  }
  auto other = op.getKeywords() ? op.getKeywords()->getAs<mlir::DictionaryAttr>("attrs") : mlir::DictionaryAttr();
  for (mlir::NamedAttribute entry : other ? other : mlir::DictionaryAttr::get(op.getContext()))
    entries.push_back(writeStringLiteral(entry.getName()) + ": " + attribute(entry.getValue()));
  return entries.empty() ? "" : "{" + joined(entries) + "}";
}

std::string FunctionPrinter::extras(mlir::ValueRange values, mlir::ArrayAttr names) {
  constexpr llvm::StringLiteral lists[] = {"deps", "no_dep_args", "dumps"};
  std::vector<std::string> parts;
  for (size_t i = 0; i < values.size();) {
    llvm::StringRef name = mlir::cast<mlir::StringAttr>(names[i]).getValue();
    std::vector<std::string> list;
    size_t first = i;
    for (; i < values.size() && mlir::cast<mlir::StringAttr>(names[i]).getValue() == name; ++i)
      list.push_back(value(values[i]));
    parts.push_back(name.str() + "=" + (llvm::is_contained(lists, name) ? "[" + joined(list) + "]" : list.front()));
    i = std::max(i, first + 1);
  }
  return joined(parts);
}

std::string FunctionPrinter::call(prog::CallOp op) {
  std::vector<std::string> parts;
  std::string callee = "self." + op.getCallee().str();
  bool hasCores = op.getExtraNames() && llvm::is_contained(op.getExtraNames()->getValue(),
                                                           mlir::StringAttr::get(op.getContext(), "core_num"));
  if (op.getSubmits()) {
    parts.push_back(callee);
    callee = hasCores ? "pl.spmd_submit" : "pl.submit";
  }
  for (mlir::Value argument : op.getArguments())
    parts.push_back(value(argument));
  if (std::string text = extras(op.getExtras(), op.getExtraNamesAttr()); !text.empty())
    parts.push_back(text);
  for (mlir::NamedAttribute keyword :
       op.getKeywordsAttr() ? op.getKeywordsAttr() : mlir::DictionaryAttr::get(op.getContext()))
    if (keyword.getName() != "attrs")
      parts.push_back(keyword.getName().str() + "=" + attribute(keyword.getValue()));
  if (std::string attributes = callAttributes(op); !attributes.empty())
    parts.push_back("attrs=" + attributes);
  return callee + "(" + joined(parts) + ")";
}

std::string FunctionPrinter::call(prog::BuiltinOp op) {
  llvm::SmallVector<prog::Argument, 4> arguments = prog::argumentsOf(op);
  std::vector<std::string> parts;
  bool byPosition = true;
  // An allocation is written as it always was, without the names.
  bool plain = op.getCallee().ends_with(".alloc");
  size_t next = 0;
  for (const prog::Parameter &parameter : op.record().parameters) {
    std::string text;
    if (parameter.isKeyword) {
      mlir::Attribute keyword = op.getKeywords().get(parameter.name);
      byPosition &= plain;
      if (!keyword)
        continue;
      text = attribute(keyword);
    } else {
      bool absent = next >= arguments.size() || arguments[next].kind == prog::Argument::Kind::Absent;
      byPosition &= !absent;
      if (absent) {
        ++next;
        continue;
      }
      const prog::Argument &argument = arguments[next++];
      text = argument.kind == prog::Argument::Kind::List ? list(argument.values) : value(argument.values.front());
    }
    parts.push_back(byPosition ? text : parameter.name.str() + "=" + text);
  }
  return "pl." + op.record().programName() + "(" + joined(parts) + ")";
}

} // namespace pto::frontend
