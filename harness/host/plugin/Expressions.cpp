// Expressions: values of numbers and pointers, places of objects.
#include "harness/host/plugin/Interpreter.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/RecordLayout.h"
#include <cstring>

using namespace clang;

namespace pto::harness::host {

size_t Interpreter::sizeOf(QualType type) const {
  if (type->isReferenceType())
    return 8;
  if (type->isIncompleteType())
    return 0;
  return static_cast<size_t>(context->getTypeSizeInChars(type).getQuantity());
}

/// What an expression of that kind cannot be given is an error where it is asked for.
static std::string notFollowed(const Expr *expression) {
  return "this kind of expression (" + std::string(expression->getStmtClassName()) + ") is not followed";
}

Value Interpreter::convert(Value value, QualType type) const {
  if (type->isBooleanType())
    return {value.truth()};
  if (type->isRealFloatingType()) {
    double real = value.isReal ? value.real : static_cast<double>(static_cast<int64_t>(value.bits));
    return {0, type->isSpecificBuiltinType(BuiltinType::Float) ? static_cast<float>(real) : real, true};
  }
  if (!type->isIntegralOrEnumerationType())
    return value;
  uint64_t bits = static_cast<uint64_t>(value.integer());
  unsigned width = static_cast<unsigned>(context->getIntWidth(type));
  if (width < 64) {
    bits &= (uint64_t(1) << width) - 1;
    if (type->isSignedIntegerOrEnumerationType() && bits >> (width - 1))
      bits |= ~uint64_t(0) << width;
  }
  return {bits};
}

Value Interpreter::load(Address at, QualType type, const Stmt *where) {
  size_t size = sizeOf(type);
  const uint8_t *bytes = readBytes(at, size, where);
  if (type->isRealFloatingType()) {
    if (size == 8) {
      double real;
      std::memcpy(&real, bytes, 8);
      return {0, real, true};
    }
    if (size == 4) {
      float real;
      std::memcpy(&real, bytes, 4);
      return {0, real, true};
    }
    fail("arithmetic in '" + type.getAsString() + "' is not followed", where);
  }
  if (size > 8)
    fail("a value of type '" + type.getAsString() + "' is not followed", where);
  Value value;
  std::memcpy(&value.bits, bytes, size);
  return convert(value, type);
}

void Interpreter::store(Address at, QualType type, Value value, const Stmt *where) {
  size_t size = sizeOf(type);
  uint8_t *bytes = writeBytes(at, size, where);
  if (!type->isRealFloatingType()) {
    std::memcpy(bytes, &value.bits, std::min<size_t>(size, 8));
  } else if (size == 8) {
    std::memcpy(bytes, &value.real, 8);
  } else if (size == 4) {
    float real = static_cast<float>(value.real);
    std::memcpy(bytes, &real, 4);
  } else {
    fail("arithmetic in '" + type.getAsString() + "' is not followed", where);
  }
}

Address Interpreter::temporary(QualType type) {
  return memory.allocate(Memory::Kind::Host, sizeOf(type), "a temporary");
}

uint64_t Interpreter::offsetOf(const FieldDecl *field, const Stmt *where) const {
  if (field->isBitField())
    fail("the bit-field '" + field->getNameAsString() + "' is not followed", where);
  return context->getASTRecordLayout(field->getParent()).getFieldOffset(field->getFieldIndex()) / 8;
}

void Interpreter::initializeList(Address at, QualType type, const InitListExpr *list) {
  if (const auto *array = context->getAsConstantArrayType(type)) {
    size_t size = sizeOf(array->getElementType());
    for (auto [index, value] : llvm::enumerate(list->inits()))
      initialize(at + index * size, array->getElementType(), value);
    // The others are zero, as the memory is.
  } else if (const auto *record = type->getAs<RecordType>()) {
    auto field = record->getDecl()->field_begin();
    for (const Expr *value : list->inits()) {
      initialize(at + offsetOf(*field, value), field->getType(), value);
      ++field;
    }
  } else if (list->getNumInits()) {
    initialize(at, type, list->getInit(0));
  }
}

void Interpreter::initialize(Address at, QualType type, const Expr *value) {
  value = value->IgnoreParens();
  if (const auto *cleanups = dyn_cast<ExprWithCleanups>(value))
    return initialize(at, type, cleanups->getSubExpr());
  if (const auto *bound = dyn_cast<CXXBindTemporaryExpr>(value))
    return initialize(at, type, bound->getSubExpr());
  if (const auto *list = dyn_cast<InitListExpr>(value))
    return initializeList(at, type, list);
  if (isa<ImplicitValueInitExpr>(value))
    return;
  if (const auto *text = dyn_cast<StringLiteral>(value); text && type->isArrayType()) {
    std::string bytes = text->getBytes().str();
    bytes.resize(sizeOf(type));
    std::memcpy(writeBytes(at, bytes.size(), value), bytes.data(), bytes.size());
    return;
  }
  if (!type->isRecordType())
    return store(at, type, evaluate(value), value);
  if (const auto *made = dyn_cast<CXXConstructExpr>(value))
    return construct(at, made);
  if (const auto *cast = dyn_cast<CastExpr>(value))
    return initialize(at, type, cast->getSubExpr());
  if (const auto *temporary = dyn_cast<MaterializeTemporaryExpr>(value))
    return initialize(at, type, temporary->getSubExpr());
  if (const auto *call = dyn_cast<CallExpr>(value)) {
    this->call(call, at);
    return;
  }
  if (value->isGLValue()) {
    Address from = locate(value);
    memory.copy(at, from, sizeOf(type));
    return;
  }
  fail(notFollowed(value), value);
}

Address Interpreter::locate(const Expr *expression) {
  step(expression);
  expression = expression->IgnoreParens();
  switch (expression->getStmtClass()) {
  case Stmt::DeclRefExprClass:
    return addressOf(cast<DeclRefExpr>(expression)->getDecl(), expression);
  case Stmt::StringLiteralClass: {
    const auto *text = cast<StringLiteral>(expression);
    Address &at = texts[text];
    return at ? at : at = memory.allocateText(text->getBytes().str());
  }
  case Stmt::ArraySubscriptExprClass: {
    const auto *element = cast<ArraySubscriptExpr>(expression);
    Address base = evaluate(element->getBase()).bits;
    return base + evaluate(element->getIdx()).integer() * sizeOf(element->getType());
  }
  case Stmt::MemberExprClass: {
    const auto *member = cast<MemberExpr>(expression);
    const auto *field = dyn_cast<FieldDecl>(member->getMemberDecl());
    if (!field)
      return addressOf(member->getMemberDecl(), expression);
    Address base = member->isArrow() ? evaluate(member->getBase()).bits
                   : member->getBase()->isGLValue()
                       ? locate(member->getBase())
                       : [&] {
                           Address made = temporary(member->getBase()->getType());
                           initialize(made, member->getBase()->getType(), member->getBase());
                           return made;
                         }();
    return base + offsetOf(field, expression);
  }
  case Stmt::UnaryOperatorClass: {
    const auto *unary = cast<UnaryOperator>(expression);
    if (unary->getOpcode() == UO_Deref)
      return evaluate(unary->getSubExpr()).bits;
    if (unary->isPrefix() && unary->isIncrementDecrementOp()) {
      evaluateUnary(unary);
      return locate(unary->getSubExpr());
    }
    break;
  }
  case Stmt::BinaryOperatorClass:
  case Stmt::CompoundAssignOperatorClass: {
    const auto *binary = cast<BinaryOperator>(expression);
    if (binary->isAssignmentOp()) {
      evaluateBinary(binary);
      return locate(binary->getLHS());
    }
    if (binary->getOpcode() == BO_Comma) {
      execute(binary->getLHS());
      return locate(binary->getRHS());
    }
    break;
  }
  case Stmt::ConditionalOperatorClass: {
    const auto *choice = cast<ConditionalOperator>(expression);
    return locate(holds(choice->getCond()) ? choice->getTrueExpr() : choice->getFalseExpr());
  }
  case Stmt::MaterializeTemporaryExprClass: {
    const Expr *made = cast<MaterializeTemporaryExpr>(expression)->getSubExpr();
    Address at = temporary(made->getType());
    initialize(at, made->getType(), made);
    return at;
  }
  case Stmt::CallExprClass:
  case Stmt::CXXMemberCallExprClass:
  case Stmt::CXXOperatorCallExprClass:
    return call(cast<CallExpr>(expression)).bits; // a reference
  case Stmt::CompoundLiteralExprClass:
    break;
  default:
    if (const auto *cast = dyn_cast<CastExpr>(expression))
      return locate(cast->getSubExpr());
    if (const auto *cleanups = dyn_cast<ExprWithCleanups>(expression))
      return locate(cleanups->getSubExpr());
  }
  fail(notFollowed(expression), expression);
}

Value Interpreter::evaluate(const Expr *expression) {
  step(expression);
  expression = expression->IgnoreParens();
  switch (expression->getStmtClass()) {
  case Stmt::IntegerLiteralClass:
    return {cast<IntegerLiteral>(expression)->getValue().getLimitedValue()};
  case Stmt::CXXBoolLiteralExprClass:
    return {cast<CXXBoolLiteralExpr>(expression)->getValue()};
  case Stmt::CharacterLiteralClass:
    return {cast<CharacterLiteral>(expression)->getValue()};
  case Stmt::FloatingLiteralClass:
    return {0, cast<FloatingLiteral>(expression)->getValueAsApproximateDouble(), true};
  case Stmt::CXXNullPtrLiteralExprClass:
  case Stmt::GNUNullExprClass:
  case Stmt::ImplicitValueInitExprClass:
  case Stmt::CXXScalarValueInitExprClass:
    return convert({}, expression->getType());
  case Stmt::CXXThisExprClass:
    return {frames.back().self};
  case Stmt::UnaryExprOrTypeTraitExprClass:
    return {expression->EvaluateKnownConstInt(*context).getLimitedValue()};
  case Stmt::ConstantExprClass:
    return evaluate(cast<ConstantExpr>(expression)->getSubExpr());
  case Stmt::SubstNonTypeTemplateParmExprClass:
    return evaluate(cast<SubstNonTypeTemplateParmExpr>(expression)->getReplacement());
  case Stmt::ExprWithCleanupsClass:
    return evaluate(cast<ExprWithCleanups>(expression)->getSubExpr());
  case Stmt::CXXDefaultArgExprClass:
    return evaluate(cast<CXXDefaultArgExpr>(expression)->getExpr());
  case Stmt::InitListExprClass: {
    const auto *list = cast<InitListExpr>(expression);
    return list->getNumInits() ? evaluate(list->getInit(0)) : convert({}, list->getType());
  }
  case Stmt::ConditionalOperatorClass: {
    const auto *choice = cast<ConditionalOperator>(expression);
    return evaluate(holds(choice->getCond()) ? choice->getTrueExpr() : choice->getFalseExpr());
  }
  case Stmt::UnaryOperatorClass:
    return evaluateUnary(cast<UnaryOperator>(expression));
  case Stmt::BinaryOperatorClass:
  case Stmt::CompoundAssignOperatorClass:
    return evaluateBinary(cast<BinaryOperator>(expression));
  case Stmt::CallExprClass:
  case Stmt::CXXMemberCallExprClass:
  case Stmt::CXXOperatorCallExprClass:
  case Stmt::CUDAKernelCallExprClass:
    return call(cast<CallExpr>(expression));
  case Stmt::DeclRefExprClass:
    if (const auto *constant = dyn_cast<EnumConstantDecl>(cast<DeclRefExpr>(expression)->getDecl()))
      return {static_cast<uint64_t>(constant->getInitVal().getExtValue())};
    break;
  default:
    if (const auto *cast = dyn_cast<CastExpr>(expression))
      return evaluateCast(cast);
  }
  if (expression->isGLValue())
    return load(locate(expression), expression->getType(), expression);
  fail(notFollowed(expression), expression);
}

Value Interpreter::evaluateCast(const CastExpr *cast) {
  const Expr *inner = cast->getSubExpr();
  switch (cast->getCastKind()) {
  case CK_LValueToRValue:
    return load(locate(inner), inner->getType(), cast);
  case CK_FunctionToPointerDecay:
    if (const auto *named = dyn_cast<DeclRefExpr>(inner->IgnoreParens()))
      if (const auto *function = dyn_cast<FunctionDecl>(named->getDecl()))
        return {addressOf(function)};
    return evaluate(inner);
  case CK_UserDefinedConversion: {
    const auto *conversion = dyn_cast_or_null<CXXConversionDecl>(cast->getConversionFunction());
    if (conversion && conversion->getParent()->isLambda() && cast->getType()->isFunctionPointerType())
      return {addressOf(conversion->getParent()->getLambdaCallOperator())};
    return evaluate(inner);
  }
  case CK_ArrayToPointerDecay:
    return {locate(inner)};
  case CK_NullToPointer:
    return {};
  case CK_ToVoid:
    execute(inner);
    return {};
  case CK_NoOp:
  case CK_BitCast:
  case CK_IntegralCast:
  case CK_IntegralToBoolean:
  case CK_PointerToBoolean:
  case CK_FloatingToBoolean:
  case CK_IntegralToFloating:
  case CK_FloatingToIntegral:
  case CK_FloatingCast:
  case CK_IntegralToPointer:
  case CK_PointerToIntegral:
  case CK_BooleanToSignedIntegral:
    return convert(inner->isGLValue() ? load(locate(inner), inner->getType(), cast) : evaluate(inner), cast->getType());
  default:
    fail(std::string("this conversion (") + cast->getCastKindName() + ") is not followed", cast);
  }
}

Value Interpreter::evaluateUnary(const UnaryOperator *unary) {
  const Expr *inner = unary->getSubExpr();
  QualType type = unary->getType();
  switch (unary->getOpcode()) {
  case UO_AddrOf:
    if (inner->getType()->isFunctionType())
      if (const auto *named = dyn_cast<DeclRefExpr>(inner->IgnoreParens()))
        if (const auto *function = dyn_cast<FunctionDecl>(named->getDecl()))
          return {addressOf(function)};
    return {locate(inner)};
  case UO_Deref:
    return load(locate(unary), type, unary);
  case UO_Plus:
  case UO_Extension:
    return evaluate(inner);
  case UO_Minus: {
    Value value = evaluate(inner);
    return value.isReal ? Value{0, -value.real, true} : convert({0 - value.bits}, type);
  }
  case UO_Not:
    return convert({~evaluate(inner).bits}, type);
  case UO_LNot:
    return {!evaluate(inner).truth()};
  case UO_PreInc:
  case UO_PreDec:
  case UO_PostInc:
  case UO_PostDec: {
    Address at = locate(inner);
    Value before = load(at, inner->getType(), unary);
    uint64_t unit = type->isPointerType() ? sizeOf(type->getPointeeType()) : 1;
    Value after = before;
    if (before.isReal)
      after.real += unary->isIncrementOp() ? 1 : -1;
    else
      after = convert({unary->isIncrementOp() ? before.bits + unit : before.bits - unit}, inner->getType());
    store(at, inner->getType(), after, unary);
    return unary->isPostfix() ? before : after;
  }
  default:
    fail(notFollowed(unary), unary);
  }
}

Value Interpreter::evaluateBinary(const BinaryOperator *binary) {
  const Expr *left = binary->getLHS(), *right = binary->getRHS();
  switch (binary->getOpcode()) {
  case BO_LAnd:
    return {holds(left) && holds(right)};
  case BO_LOr:
    return {holds(left) || holds(right)};
  case BO_Comma:
    execute(left);
    return evaluate(right);
  case BO_Assign: {
    Value value = evaluate(right);
    store(locate(left), left->getType(), value, binary);
    return value;
  }
  default:
    break;
  }
  if (const auto *compound = dyn_cast<CompoundAssignOperator>(binary)) {
    Address at = locate(left);
    QualType computed = compound->getComputationResultType();
    Value before = convert(load(at, left->getType(), binary), compound->getComputationLHSType());
    Value after = compute(BinaryOperator::getOpForCompoundAssignment(binary->getOpcode()), before, evaluate(right),
                          computed, binary);
    after = convert(after, left->getType());
    store(at, left->getType(), after, binary);
    return after;
  }
  Value first = evaluate(left);
  return compute(binary->getOpcode(), first, evaluate(right), binary->getType(), binary);
}

Value Interpreter::compute(BinaryOperatorKind kind, Value left, Value right, QualType type, const BinaryOperator *at) {
  QualType operand = at->getLHS()->getType();
  // Pointers count in elements.
  if (operand->isPointerType() && (kind == BO_Add || kind == BO_Sub)) {
    uint64_t unit = std::max<uint64_t>(sizeOf(operand->getPointeeType()), 1);
    if (at->getRHS()->getType()->isPointerType())
      return {static_cast<uint64_t>(static_cast<int64_t>(left.bits - right.bits) / static_cast<int64_t>(unit))};
    return {kind == BO_Add ? left.bits + right.bits * unit : left.bits - right.bits * unit};
  }
  if (at->getRHS()->getType()->isPointerType() && kind == BO_Add)
    return {right.bits + left.bits * std::max<uint64_t>(sizeOf(at->getRHS()->getType()->getPointeeType()), 1)};
  bool isSigned = operand->isSignedIntegerOrEnumerationType();
  auto compare = [&](auto test) -> Value {
    if (left.isReal || right.isReal)
      return {test(left.real, right.real)};
    return {isSigned ? test(left.integer(), right.integer()) : test(left.bits, right.bits)};
  };
  switch (kind) {
  case BO_LT:
    return compare([](auto a, auto b) { return a < b; });
  case BO_GT:
    return compare([](auto a, auto b) { return a > b; });
  case BO_LE:
    return compare([](auto a, auto b) { return a <= b; });
  case BO_GE:
    return compare([](auto a, auto b) { return a >= b; });
  case BO_EQ:
    return compare([](auto a, auto b) { return a == b; });
  case BO_NE:
    return compare([](auto a, auto b) { return a != b; });
  default:
    break;
  }
  if (left.isReal) {
    double result = kind == BO_Add   ? left.real + right.real
                    : kind == BO_Sub ? left.real - right.real
                    : kind == BO_Mul ? left.real * right.real
                                     : left.real / right.real;
    return convert({0, result, true}, type);
  }
  if ((kind == BO_Div || kind == BO_Rem) && (right.bits == 0 || (isSigned && right.integer() == -1)))
    return right.bits ? convert({kind == BO_Div ? 0 - left.bits : 0}, type) : (fail("division by zero", at), Value());
  uint64_t shift = right.bits & 63;
  switch (kind) {
  case BO_Add:
    return convert({left.bits + right.bits}, type);
  case BO_Sub:
    return convert({left.bits - right.bits}, type);
  case BO_Mul:
    return convert({left.bits * right.bits}, type);
  case BO_Div:
    return convert({isSigned ? static_cast<uint64_t>(left.integer() / right.integer()) : left.bits / right.bits}, type);
  case BO_Rem:
    return convert({isSigned ? static_cast<uint64_t>(left.integer() % right.integer()) : left.bits % right.bits}, type);
  case BO_Shl:
    return convert({left.bits << shift}, type);
  case BO_Shr:
    return convert({isSigned ? static_cast<uint64_t>(left.integer() >> shift) : left.bits >> shift}, type);
  case BO_And:
    return convert({left.bits & right.bits}, type);
  case BO_Or:
    return convert({left.bits | right.bits}, type);
  case BO_Xor:
    return convert({left.bits ^ right.bits}, type);
  default:
    fail(notFollowed(at), at);
  }
}

} // namespace pto::harness::host
