// The operations of a program: text, and what belongs to operands.
// Names of variables lie in locations; the text shows them.
#include "compiler/dialect/program/Ops.h"
#include "compiler/dialect/program/Dialect.h"
#include "compiler/dialect/program/Names.h"
#include "compiler/dialect/program/OpRecord.h"
#include "mlir/IR/Builders.h"
#include "mlir/IR/OpImplementation.h"
#include "llvm/ADT/STLExtras.h"

namespace pto::prog {

namespace {

using mlir::LogicalResult;
using mlir::OpAsmParser;
using mlir::OpAsmPrinter;

constexpr ScalarOperator binaryOperators[] = {
    {"add", "+", false},     {"sub", "-", false},  {"mul", "*", false},     {"floordiv", "//", false},
    {"mod", "%", false},     {"div", "/", false},  {"min", "min", false},   {"max", "max", false},
    {"pow", "**", false},    {"eq", "==", true},   {"ne", "!=", true},      {"lt", "<", true},
    {"le", "<=", true},      {"gt", ">", true},    {"ge", ">=", true},      {"and", "and", true},
    {"or", "or", true},      {"xor", "xor", true}, {"bit_and", "&", false}, {"bit_or", "|", false},
    {"bit_xor", "^", false}, {"shl", "<<", false}, {"shr", ">>", false},
};

constexpr ScalarOperator unaryOperators[] = {
    {"neg", "-", false}, {"not", "not", true}, {"bit_not", "~", false}, {"abs", "abs", false}, {"cast", "cast", false}};

const ScalarOperator *find(llvm::ArrayRef<ScalarOperator> operators, llvm::StringLiteral ScalarOperator::*field,
                           llvm::StringRef text) {
  const auto *found = llvm::find_if(operators, [&](const ScalarOperator &each) { return each.*field == text; });
  return found == operators.end() ? nullptr : found;
}

void nameResults(mlir::Operation *op, mlir::OpAsmSetValueNameFn setName) {
  for (mlir::Value result : op->getResults())
    if (llvm::StringRef name = nameOf(result); !name.empty())
      setName(result, name);
}

mlir::ParseResult parseRecord(OpAsmParser &parser, RecordPointer &record) {
  std::string name;
  llvm::SMLoc where = parser.getCurrentLocation();
  if (parser.parseString(&name))
    return mlir::failure();
  record = recordOf(name);
  if (record)
    return mlir::success();
  return parser.emitError(where, "'") << name << "' is not an operation of the language";
}

void printRecord(OpAsmPrinter &printer, mlir::Operation *, RecordPointer record) {
  printer << '"' << record->name << '"';
}

/// `(%a, [%b, %c], none)`
mlir::ParseResult parseSegments(OpAsmParser &parser, llvm::SmallVectorImpl<OpAsmParser::UnresolvedOperand> &operands,
                                mlir::DenseI32ArrayAttr &segments) {
  llvm::SmallVector<int32_t, 4> sizes;
  auto parseOne = [&]() -> mlir::ParseResult {
    if (succeeded(parser.parseOptionalKeyword("none"))) {
      sizes.push_back(-2);
      return mlir::success();
    }
    size_t before = operands.size();
    if (failed(parser.parseOptionalLSquare())) {
      sizes.push_back(-1);
      return parser.parseOperand(operands.emplace_back());
    }
    if (failed(parser.parseOptionalRSquare()) && (parser.parseCommaSeparatedList([&] {
          return parser.parseOperand(operands.emplace_back());
        }) || parser.parseRSquare()))
      return mlir::failure();
    sizes.push_back(static_cast<int32_t>(operands.size() - before));
    return mlir::success();
  };
  if (parser.parseCommaSeparatedList(OpAsmParser::Delimiter::Paren, parseOne))
    return mlir::failure();
  segments = parser.getBuilder().getDenseI32ArrayAttr(sizes);
  return mlir::success();
}

void printSegments(OpAsmPrinter &printer, mlir::Operation *, mlir::OperandRange operands,
                   mlir::DenseI32ArrayAttr segments) {
  unsigned next = 0;
  printer << '(';
  llvm::interleaveComma(segments.asArrayRef(), printer, [&](int32_t size) {
    if (size == -2)
      printer << "none";
    else if (size == -1)
      printer << operands[next++];
    else {
      printer << '[';
      llvm::interleaveComma(operands.slice(next, static_cast<unsigned>(size)), printer);
      printer << ']';
      next += static_cast<unsigned>(size);
    }
  });
  printer << ')';
}

} // namespace

const ScalarOperator *binaryOperatorOf(llvm::StringRef kind) {
  return find(binaryOperators, &ScalarOperator::kind, kind);
}
const ScalarOperator *unaryOperatorOf(llvm::StringRef kind) {
  return find(unaryOperators, &ScalarOperator::kind, kind);
}
const ScalarOperator *binaryOperatorSpelled(llvm::StringRef spelling) {
  return find(binaryOperators, &ScalarOperator::spelling, spelling);
}
const ScalarOperator *unaryOperatorSpelled(llvm::StringRef spelling) {
  return find(unaryOperators, &ScalarOperator::spelling, spelling);
}

bool isExpression(mlir::Operation *op) {
  return mlir::isa<ConstOp, SymbolOp, UnaryOp, BinaryOp, ElementOp, UnsetOp>(op);
}

llvm::SmallVector<Argument, 4> argumentsOf(BuiltinOp op) {
  llvm::SmallVector<Argument, 4> arguments;
  unsigned next = 0;
  mlir::ValueRange values = op.getArguments();
  for (int32_t size : op.getSegments()) {
    if (size == -2)
      arguments.push_back(Argument::absent());
    else if (size == -1)
      arguments.push_back(Argument::single(values[next++]));
    else {
      arguments.push_back(Argument::list(values.slice(next, static_cast<unsigned>(size))));
      next += static_cast<unsigned>(size);
    }
  }
  return arguments;
}

mlir::Attribute convertToAttribute(mlir::MLIRContext *context, RecordPointer record) {
  return mlir::StringAttr::get(context, record->name);
}

mlir::LogicalResult convertFromAttribute(RecordPointer &record, mlir::Attribute attribute,
                                         llvm::function_ref<mlir::InFlightDiagnostic()> emitError) {
  auto name = mlir::dyn_cast<mlir::StringAttr>(attribute);
  record = name ? recordOf(name) : nullptr;
  return record ? mlir::success() : emitError() << attribute << " is not an operation of the language";
}

void BuiltinOp::build(mlir::OpBuilder &builder, mlir::OperationState &state, mlir::TypeRange types,
                      const OpRecord &record, llvm::ArrayRef<Argument> arguments,
                      llvm::ArrayRef<mlir::NamedAttribute> keywords) {
  // Absent arguments at the end are dropped.
  while (!arguments.empty() && arguments.back().kind == Argument::Kind::Absent)
    arguments = arguments.drop_back();
  llvm::SmallVector<int32_t, 4> segments;
  for (const Argument &argument : arguments) {
    segments.push_back(argument.kind == Argument::Kind::Absent   ? -2
                       : argument.kind == Argument::Kind::Single ? -1
                                                                 : static_cast<int32_t>(argument.values.size()));
    state.addOperands(argument.values);
  }
  Properties &properties = state.getOrAddProperties<Properties>();
  properties.record = &record;
  properties.segments = builder.getDenseI32ArrayAttr(segments);
  properties.keywords = builder.getDictionaryAttr(keywords);
  state.addTypes(types);
}

llvm::StringRef BuiltinOp::getCallee() {
  return record().name;
}

llvm::StringRef FuncOp::getDirection(unsigned index) {
  return mlir::cast<mlir::StringAttr>(getDirections()[index]).getValue();
}

} // namespace pto::prog

#define GET_OP_CLASSES
#include "compiler/dialect/program/Ops.cpp.inc"
