// One function of a program to text.
// Constants and arithmetic without a name are written where they are used; everything else is a statement.
#include "compiler/frontend/program/export/FunctionPrinter.h"
#include "compiler/dialect/program/CallDirections.h"
#include "compiler/dialect/program/Names.h"
#include "compiler/dialect/program/Signatures.h"
#include "compiler/dialect/program/TileView.h"
#include "compiler/frontend/program/AstPrinter.h"
#include "compiler/frontend/program/Export.h"
#include "compiler/frontend/program/StringLiteral.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/TypeSwitch.h"

namespace pto::program {

namespace {

constexpr size_t lineLength = 110;

/// Loops that are unrolled take no init_values: what they carry is assigned again and again. So is what a loop sets
/// before anybody reads it.
bool isAssigned(mlir::Operation *op, unsigned carried) {
  auto loop = mlir::dyn_cast<prog::ForOp>(op);
  return loop && (loop.getKind() == "unroll" || loop.getInits()[carried].getDefiningOp<prog::UnsetOp>());
}

/// Handed on by a statement that needs a name for it.
bool needsName(mlir::Value value) {
  return llvm::any_of(value.getUses(), [](mlir::OpOperand &use) {
    mlir::Operation *parent = use.getOwner()->getParentOp();
    return mlir::isa<prog::YieldOp>(use.getOwner()) &&
           (mlir::isa<prog::ScopeOp>(parent) || isAssigned(parent, use.getOperandNumber()));
  });
}

std::string joined(const std::vector<std::string> &parts) {
  return llvm::join(parts, ", ");
}

std::string inParentheses(const std::vector<std::string> &parts) {
  return "(" + joined(parts) + (parts.size() == 1 ? ",)" : ")");
}

/// The type that reading the operation back infers; null where only the annotation says it.
mlir::Type inferred(prog::BuiltinOp op) {
  const prog::Signature *signature = prog::signatureOf(op.getCallee());
  auto arguments = prog::argumentsOf(op);
  prog::Result result = prog::resultOf({*signature, arguments, op.getKeywords(), op.getContext()});
  auto *type = std::get_if<mlir::Type>(&result);
  return type ? *type : mlir::Type();
}

bool viewIsKnown(mlir::DictionaryAttr view) {
  for (llvm::StringRef key : {"valid_shape", "stride"})
    if (view && prog::hasUnknown(view.getAs<mlir::ArrayAttr>(key)))
      return false;
  return !view || !view.get("start_offset") || !prog::isUnknown(prog::Dim(view.get("start_offset")));
}

} // namespace

FunctionPrinter::FunctionPrinter(prog::FuncOp function, const SymbolNames &symbols)
    : function(function), symbols(symbols) {
  for (llvm::StringRef word : {"pl", "self", "min", "max", "abs", "float", "int", "bool", "len", "range", "tuple"})
    names.reserve(word);
  for (const auto &entry : symbols)
    names.reserve(entry.second);
}

std::string FunctionPrinter::run(unsigned indent, mlir::Operation *pointedOut) {
  marked = pointedOut;
  head(indent);
  if (marked == function)
    markedFrom = 0;
  block(function.getBlock(), indent + 1, {});
  if (!marked)
    return std::move(out);
  std::string withMargin;
  size_t at = 0;
  for (llvm::StringRef rest = llvm::StringRef(out).rtrim('\n'); at <= rest.size();) {
    llvm::StringRef text = rest.substr(at).take_until([](char c) { return c == '\n'; });
    bool isMarked = markedFrom != std::string::npos && at <= markedFrom && markedFrom <= at + text.size();
    withMargin += (isMarked ? "> " : "  ") + text.str() + "\n";
    at += text.size() + 1;
  }
  return withMargin;
}

void FunctionPrinter::line(unsigned indent, const std::string &text) {
  ((out += std::string(size_t(indent) * 4, ' ')) += text) += '\n';
}

void FunctionPrinter::head(unsigned indent) {
  std::string decoration;
  if (function.getKind() != "Opaque")
    decoration = "type=pl.FunctionType." + function.getKind().str();
  if (mlir::DictionaryAttr keywords = function.getKeywordsAttr())
    decoration += (decoration.empty() ? "" : ", ") + keywordList(keywords);
  line(indent, "@pl.function" + (decoration.empty() ? "" : "(" + decoration + ")"));
  std::vector<std::string> parameters = {"self"};
  for (mlir::BlockArgument parameter : function.getParameters()) {
    std::string text = type(parameter.getType());
    llvm::StringRef direction = function.getDirection(parameter.getArgNumber());
    if (direction != "in")
      text = (direction == "out" ? "pl.Out[" : "pl.InOut[") + text + "]";
    parameters.push_back(names.give(parameter, "arg").str() + ": " + text);
  }
  mlir::TypeRange results = function.getType().getResults();
  std::vector<std::string> types;
  bool known = true;
  for (mlir::Type result : results) {
    types.push_back(type(result));
    known &= !prog::hasUnknown(prog::shapeOf(result));
  }
  std::string returns;
  if (!types.empty() && known)
    returns = " -> " + (types.size() == 1 ? types.front() : "tuple[" + joined(types) + "]");
  std::string start = "def " + function.getSymName().str() + "(";
  std::string all = joined(parameters);
  if (indent * 4 + start.size() + all.size() + returns.size() + 2 <= lineLength)
    return line(indent, start + all + ")" + returns + ":");
  line(indent, start);
  for (const std::string &parameter : parameters)
    line(indent + 1, parameter + ",");
  line(indent, ")" + returns + ":");
}

std::string FunctionPrinter::dim(prog::Dim dim) const {
  llvm::StringMap<prog::Dim> renamed;
  for (const auto &entry : symbols)
    renamed[entry.getKey()] = prog::symbolDim(dim.getContext(), entry.second);
  return prog::programText(prog::substitute(dim, renamed));
}

std::string FunctionPrinter::type(mlir::Type type) const {
  llvm::StringMap<prog::Dim> renamed;
  for (const auto &entry : symbols)
    renamed[entry.getKey()] = prog::symbolDim(type.getContext(), entry.second);
  return prog::programText(prog::substitute(type, renamed));
}

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

FunctionPrinter::Text FunctionPrinter::constant(prog::ConstOp op) {
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
  bool bare = dtype == prog::DType::Index || dtype == prog::DType::FP32 || dtype == prog::DType::Bool;
  if (!bare)
    return {"pl.const(" + text + ", pl." + prog::nameOf(dtype).str() + ")", AtomPrecedence};
  if (llvm::StringRef(text).starts_with("-"))
    precedence = SignPrecedence;
  return {text, precedence};
}

std::string FunctionPrinter::operand(mlir::Value value, Precedence loosest) {
  Text text = expression(value);
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
    return {symbols.lookup(symbol.getSymbol()), AtomPrecedence};
  if (auto unary = mlir::dyn_cast_if_present<prog::UnaryOp>(op)) {
    llvm::StringRef kind = unary.getKind();
    if (kind == "abs")
      return {"pl.abs(" + this->value(unary.getOperand()) + ")", AtomPrecedence};
    if (kind == "cast") {
      auto to = mlir::cast<prog::ScalarType>(unary.getType());
      return {"pl.cast(" + this->value(unary.getOperand()) + ", pl." + prog::nameOf(to.getDtype()).str() + ")",
              AtomPrecedence};
    }
    std::string spelled = prog::unaryOperatorOf(kind)->spelling.str() + (kind == "not" ? " " : "");
    Precedence own = kind == "not" ? NotPrecedence : SignPrecedence;
    return {spelled + operand(unary.getOperand(), own), own};
  }
  if (auto binary = mlir::dyn_cast_if_present<prog::BinaryOp>(op)) {
    llvm::StringRef spelled = prog::binaryOperatorOf(binary.getKind())->spelling;
    std::optional<BinaryOperator> known = binaryOperator(spelled);
    if (!known)
      return {"pl." + spelled.str() + "(" + this->value(binary.getLhs()) + ", " + this->value(binary.getRhs()) + ")",
              AtomPrecedence};
    Precedence own = precedence(*known);
    auto tighter = static_cast<Precedence>(own + 1);
    bool power = *known == BinaryOperator::Pow;
    std::string left = operand(binary.getLhs(), power || isComparison(*known) ? tighter : own);
    return {left + " " + spelled.str() + " " + operand(binary.getRhs(), power ? SignPrecedence : tighter), own};
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

std::string FunctionPrinter::callAttributes(prog::CallOp op) {
  std::vector<std::string> directions;
  for (llvm::StringRef direction : op.getDirections()->getAsValueRange<mlir::StringAttr>())
    directions.push_back("pl.adir." + prog::wordOfCallDirection(direction).str());
  return "{\"arg_directions\": [" + joined(directions) + "]}";
}

std::string FunctionPrinter::call(prog::BuiltinOp op) {
  const prog::Signature *signature = prog::signatureOf(op.getCallee());
  llvm::SmallVector<prog::Argument, 4> arguments = prog::argumentsOf(op);
  std::vector<std::string> parts;
  bool byPosition = true;
  // An allocation is written as it always was, without the names.
  bool plain = op.getCallee().ends_with(".alloc");
  size_t next = 0;
  for (const prog::Parameter &parameter : signature->parameters) {
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
    parts.push_back(byPosition ? text : parameter.name + "=" + text);
  }
  return "pl." + prog::programName(op.getCallee()) + "(" + joined(parts) + ")";
}

void FunctionPrinter::block(mlir::Block &block, unsigned indent, llvm::ArrayRef<std::string> yieldNames) {
  size_t before = out.size();
  for (mlir::Operation &op : block.without_terminator())
    operation(&op, indent);
  mlir::Operation *last = block.getTerminator();
  if (last == marked)
    markedFrom = out.size();
  std::vector<std::string> yielded, assigned, yieldedTo, assignedTo;
  mlir::Operation *around = last->getParentOp();
  for (auto [i, each] : llvm::enumerate(last->getOperands())) {
    if (mlir::isa<prog::ScopeOp>(around))
      break;
    bool assigns = isAssigned(around, static_cast<unsigned>(i));
    (assigns ? assigned : yielded).push_back(value(each));
    if (!yieldNames.empty())
      (assigns ? assignedTo : yieldedTo).push_back(yieldNames[i]);
  }
  if (mlir::isa<prog::ReturnOp>(last) && !yielded.empty())
    line(indent, "return " + joined(yielded));
  if (!assigned.empty())
    line(indent, joined(assignedTo) + " = " + joined(assigned));
  if (!yieldedTo.empty())
    line(indent, joined(yieldedTo) + " = pl.yield_(" + joined(yielded) + ")");
  if (out.size() == before)
    line(indent, "pass");
}

std::vector<std::string> FunctionPrinter::giveNames(mlir::ValueRange values, llvm::StringRef otherwise) {
  std::vector<std::string> given;
  for (mlir::Value each : values)
    given.push_back(names.give(each, otherwise).str());
  return given;
}

void FunctionPrinter::define(mlir::Operation *op, const std::string &right, unsigned indent) {
  if (op->getNumResults() == 0)
    return line(indent, right);
  if (op->getNumResults() > 1)
    return line(indent, joined(giveNames(op->getResults(), "t")) + " = " + right);
  mlir::Value result = op->getResult(0);
  mlir::Type stated = result.getType();
  std::string annotation;
  bool known = !prog::hasUnknown(prog::shapeOf(stated));
  if (auto builtin = mlir::dyn_cast<prog::BuiltinOp>(op); builtin && known && !mlir::isa<prog::ScalarType>(stated)) {
    mlir::Type other = inferred(builtin);
    if (auto tile = mlir::dyn_cast<prog::TileType>(stated)) {
      auto from = mlir::dyn_cast_if_present<prog::TileType>(other);
      if (!viewIsKnown(tile.getView())) {
        stated = prog::TileType::get(op->getContext(), tile.getShape(), tile.getDtype(), tile.getMemory(), {},
                                     tile.getMemref());
        annotation = type(stated);
      } else {
        annotation = type(stated);
        // Saying nothing would mean the view that the operation gives.
        if (!tile.getView() && from && from.getView())
          annotation = annotation.substr(0, annotation.size() - 1) + ", pl.TileView()]";
      }
    } else if (auto tensor = mlir::dyn_cast<prog::TensorType>(stated)) {
      auto from = mlir::dyn_cast_if_present<prog::TensorType>(other);
      if (viewIsKnown(tensor.getView())) {
        annotation = type(stated);
        if (!tensor.getView() && from && from.getView())
          annotation = annotation.substr(0, annotation.size() - 1) + ", pl.ND]";
      }
    } else {
      annotation = type(stated);
    }
  } else if (mlir::isa<prog::CallOp>(op) && known && prog::isShaped(stated)) {
    annotation = type(stated);
  }
  std::string name = names.give(result, "t").str();
  line(indent, name + (annotation.empty() ? "" : ": " + annotation) + " = " + right);
}

void FunctionPrinter::operation(mlir::Operation *op, unsigned indent) {
  if (op == marked)
    markedFrom = out.size();
  if (op->getNumResults() == 1 && (prog::isExpression(op) || mlir::isa<prog::TupleOp>(op))) {
    if (!isInlined(op->getResult(0)) && (!op->use_empty() || !prog::nameOf(op->getResult(0)).empty()))
      define(op, value(op->getResult(0)), indent);
    return;
  }
  llvm::TypeSwitch<mlir::Operation *>(op)
      .Case<prog::BuiltinOp>([&](prog::BuiltinOp builtin) { define(op, call(builtin), indent); })
      .Case<prog::CallOp>([&](prog::CallOp callOp) {
        std::vector<std::string> parts;
        for (mlir::Value argument : callOp.getArguments())
          parts.push_back(value(argument));
        if (callOp.getDirections())
          parts.push_back("attrs=" + callAttributes(callOp));
        define(op, "self." + callOp.getCallee().str() + "(" + joined(parts) + ")", indent);
      })
      .Case<prog::ForOp>([&](prog::ForOp loop) { forLoop(loop, indent); })
      .Case<prog::WhileOp>([&](prog::WhileOp loop) { whileLoop(loop, indent); })
      .Case<prog::IfOp>([&](prog::IfOp each) { branch(each, indent); })
      .Case<prog::ScopeOp>([&](prog::ScopeOp each) { scope(each, indent); })
      .Case<prog::BreakOp>([&](prog::BreakOp) { leave(op, "break", indent); })
      .Case<prog::ContinueOp>([&](prog::ContinueOp) { leave(op, "continue", indent); });
}

void FunctionPrinter::forLoop(prog::ForOp op, unsigned indent) {
  auto isConstant = [](mlir::Value bound, int64_t number) {
    auto constantOp = bound.getDefiningOp<prog::ConstOp>();
    return constantOp && prog::nameOf(bound).empty() && prog::constantOf(prog::dimOf(bound)) == number &&
           mlir::cast<prog::ScalarType>(bound.getType()).getDtype() == prog::DType::Index;
  };
  std::vector<std::string> arguments;
  bool unitStep = isConstant(op.getStep(), 1);
  if (!unitStep || !isConstant(op.getLower(), 0))
    arguments.push_back(value(op.getLower()));
  arguments.push_back(value(op.getUpper()));
  if (!unitStep)
    arguments.push_back(value(op.getStep()));
  bool unrolls = op.getKind() == "unroll";
  std::string variable = names.give(op.getVariable(), "i").str();
  // What goes round by init_values has a name inside the loop and one after it; what is assigned has one.
  std::vector<std::string> inner, results, inits, taken;
  for (auto [i, init] : llvm::enumerate(op.getInits())) {
    mlir::Value argument = op.getCarried()[i], result = op.getResult(static_cast<unsigned>(i));
    inner.push_back(names.give(argument, "carried").str());
    if (!init.getDefiningOp<prog::UnsetOp>()) {
      taken.push_back(inner.back());
      inits.push_back(value(init));
    }
    if (isAssigned(op, static_cast<unsigned>(i)))
      names.share(result, inner.back());
    else
      names.give(result, "result");
    results.push_back(names[result].str());
  }
  if (!inits.empty() && !unrolls)
    arguments.push_back("init_values=" + inParentheses(inits));
  if (!op.getKeywords().empty())
    arguments.push_back(keywordList(op.getKeywords()));
  if (unrolls && !inits.empty())
    line(indent, joined(taken) + " = " + joined(inits));
  line(indent, "for " + variable + (taken.empty() || unrolls ? "" : ", " + inParentheses(taken)) + " in pl." +
                   op.getKind().str() + "(" + joined(arguments) + "):");
  carried.push_back(std::move(inner));
  block(op.getBody().front(), indent + 1, results);
  carried.pop_back();
  // A body that always leaves has no yield to name the results: they go by the carried names.
  if (op.getBody().front().getTerminator()->getNumOperands() == 0)
    for (auto [result, argument] : llvm::zip(op.getResults(), op.getCarried()))
      names.share(result, names[argument]);
}

void FunctionPrinter::whileLoop(prog::WhileOp op, unsigned indent) {
  mlir::Block &body = op.getBody().front(), &condition = op.getCondition().front();
  std::vector<std::string> inits;
  for (mlir::Value init : op.getInits())
    inits.push_back(value(init));
  std::vector<std::string> inner = giveNames(body.getArguments(), "carried");
  std::vector<std::string> results = giveNames(op.getResults(), "result");
  for (auto [argument, name] : llvm::zip(condition.getArguments(), inner))
    names.share(argument, name);
  std::string text = value(condition.getTerminator()->getOperand(0));
  if (inner.empty()) {
    line(indent, "while " + text + ":");
  } else {
    line(indent, "for " + inParentheses(inner) + " in pl.while_(init_values=" + inParentheses(inits) + "):");
    line(indent + 1, "pl.cond(" + text + ")");
  }
  carried.push_back(std::move(inner));
  block(body, indent + 1, results);
  carried.pop_back();
  if (body.getTerminator()->getNumOperands() == 0)
    for (auto [result, argument] : llvm::zip(op.getResults(), body.getArguments()))
      names.share(result, names[argument]);
}

void FunctionPrinter::branch(prog::IfOp op, unsigned indent) {
  line(indent, "if " + value(op.getCondition()) + ":");
  std::vector<std::string> results = giveNames(op.getResults(), "result");
  block(op.getThenRegion().front(), indent + 1, results);
  mlir::Block &otherwise = op.getElseRegion().front();
  if (otherwise.without_terminator().empty() && op.getNumResults() == 0)
    return;
  line(indent, "else:");
  block(otherwise, indent + 1, results);
}

void FunctionPrinter::scope(prog::ScopeOp op, unsigned indent) {
  llvm::StringRef kind = op.getKind();
  std::string arguments = keywordList(op.getKeywords());
  std::string rest = arguments.empty() ? "" : ", " + arguments;
  if (kind == "incore")
    line(indent, "with pl.at(level=pl.Level.CORE_GROUP" + rest + "):");
  else if (kind == "auto_incore")
    line(indent, "with pl.at(level=pl.Level.CORE_GROUP, optimizations=[pl.auto_chunk]" + rest + "):");
  else
    line(indent, "with pl." + kind.str() + "(" + arguments + "):");
  block(op.getBody().front(), indent + 1, {});
  mlir::Operation *yield = op.getBody().front().getTerminator();
  for (auto [result, inside] : llvm::zip(op.getResults(), yield->getOperands()))
    names.share(result, value(inside));
}

void FunctionPrinter::leave(mlir::Operation *op, llvm::StringRef word, unsigned indent) {
  if (!carried.empty())
    for (auto [name, each] : llvm::zip(carried.back(), op->getOperands()))
      if (std::string text = value(each); text != name)
        line(indent, name + " = " + text);
  line(indent, word.str());
}

} // namespace pto::program
