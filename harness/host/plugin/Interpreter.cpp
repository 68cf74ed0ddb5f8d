// Statements, functions and launches.
#include "harness/host/plugin/Interpreter.h"
#include "harness/host/plugin/Prelude.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/DeclCXX.h"
#include "clang/AST/StmtCXX.h"
#include "clang/Basic/SourceManager.h"
#include "llvm/Support/Path.h"
#include <cstring>

using namespace clang;

namespace pto::harness::host {

/// A program that does more than this to prepare a test will not end.
constexpr uint64_t stepLimit = 50'000'000;
constexpr size_t depthLimit = 200;

/// The place in what the author wrote: a macro's use, and the call where it is the prelude that fails.
static HostFailure presumed(std::string message, const Stmt *at, const ASTContext *context) {
  if (!at || !context)
    return {std::move(message), "", {}};
  const SourceManager &sources = context->getSourceManager();
  PresumedLoc where = sources.getPresumedLoc(sources.getExpansionLoc(at->getBeginLoc()));
  return {std::move(message), where.getFilename(), {where.getLine(), where.getColumn()}};
}

HostFailure Interpreter::failureAt(std::string message, const Stmt *at) const {
  HostFailure failure = presumed(message, at, context);
  for (const Frame &frame : llvm::reverse(frames)) {
    if (!llvm::StringRef(failure.file).starts_with(preludeFolder))
      break;
    failure = presumed(message, frame.calledAt, frame.caller);
  }
  return failure;
}

void Interpreter::fail(std::string message, const Stmt *at) const {
  throw failureAt(std::move(message), at);
}

void Interpreter::note(std::string message, const Stmt *at) {
  HostFailure where = failureAt(std::move(message), at);
  notes.push_back(llvm::sys::path::filename(where.file).str() + ":" + std::to_string(where.place.line) + ": " +
                  where.message);
}

void Interpreter::declare(ASTContext &source) {
  context = &source;
  for (const Decl *declaration : source.getTranslationUnitDecl()->decls()) {
    const auto *linkage = dyn_cast<LinkageSpecDecl>(declaration);
    auto add = [&](const Decl *one) {
      if (const auto *function = dyn_cast<FunctionDecl>(one); function && function->isThisDeclarationADefinition())
        functions.try_emplace(function->getNameAsString(), function);
    };
    add(declaration);
    if (linkage)
      for (const Decl *inner : linkage->decls())
        add(inner);
  }
}

void Interpreter::runMain(llvm::ArrayRef<std::string> arguments) {
  const FunctionDecl *main = functions.lookup("main");
  context = &main->getASTContext();
  Frame frame;
  if (main->getNumParams() == 2) {
    llvm::SmallVector<Address> words = {memory.allocateText("main")};
    for (const std::string &word : arguments)
      words.push_back(memory.allocateText(word));
    auto place = [&](const void *value, size_t size) {
      Address at = memory.allocate(Memory::Kind::Host, size, "an argument of main");
      std::memcpy(memory.write(at, size), value, size);
      return at;
    };
    int count = static_cast<int>(words.size());
    words.push_back(0);
    Address list = place(words.data(), words.size() * sizeof(Address));
    frame.variables[main->getParamDecl(0)] = place(&count, sizeof count);
    frame.variables[main->getParamDecl(1)] = place(&list, sizeof list);
  } else if (main->getNumParams() || !arguments.empty()) {
    fail("main has " + std::to_string(main->getNumParams()) + " parameters; expected " +
             (arguments.empty() ? "none, or " : "") + "(int argc, char *argv[])" +
             (arguments.empty() ? "" : ", for it is told to run '" + arguments.front() + "'"),
         main->getBody());
  }
  Value status = enter(main, std::move(frame));
  if (status.integer() != 0)
    fail("the host program ends with status " + std::to_string(status.integer()) + lastNote(), main->getBody());
}

std::string Interpreter::lastNote() const {
  return notes.empty() ? "" : "; before that, " + notes.back();
}

HostProgram Interpreter::take() {
  return {memory.takeBuffers(), std::move(launches), std::move(outputs), std::move(notes)};
}

void Interpreter::step(const Stmt *at) {
  if (++steps > stepLimit)
    fail("the host program does not come to an end within " + std::to_string(stepLimit) + " steps", at);
}

const uint8_t *Interpreter::readBytes(Address at, size_t size, const Stmt *where) {
  if (auto reason = memory.refuse(at, size))
    fail("this reads " + *reason, where);
  if (memory.isResult(at, size))
    fail("this reads what a kernel computes, which is not known before it has run", where);
  return memory.read(at);
}

uint8_t *Interpreter::writeBytes(Address at, size_t size, const Stmt *where) {
  if (auto reason = memory.refuse(at, size))
    fail("this writes " + *reason, where);
  return memory.write(at, size);
}

std::string Interpreter::readText(Address at, const Stmt *where) {
  std::string text;
  for (Address next = at;; ++next) {
    char c = static_cast<char>(*readBytes(next, 1, where));
    if (!c)
      return text;
    text += c;
  }
}

std::string Interpreter::fileName(llvm::StringRef file, const Stmt *where) const {
  llvm::SmallString<256> path(file);
  llvm::sys::path::remove_dots(path, /*remove_dot_dot=*/true);
  if (path.empty() || llvm::sys::path::is_absolute(path) || path.starts_with(".."))
    fail("the file '" + file.str() + "' is outside the folder that the program runs in", where);
  return path.str().str();
}

Interpreter::Flow Interpreter::execute(const Stmt *statement) {
  if (!statement)
    return Flow::Next;
  step(statement);
  if (const auto *expression = dyn_cast<Expr>(statement)) {
    QualType type = expression->getType();
    if (type->isRecordType() && expression->isPRValue())
      initialize(temporary(type), type, expression);
    else if (expression->isGLValue())
      locate(expression);
    else
      evaluate(expression);
    return Flow::Next;
  }
  switch (statement->getStmtClass()) {
  case Stmt::NullStmtClass:
    return Flow::Next;
  case Stmt::CompoundStmtClass:
    for (const Stmt *inner : cast<CompoundStmt>(statement)->body())
      if (Flow flow = execute(inner); flow != Flow::Next)
        return flow;
    return Flow::Next;
  case Stmt::DeclStmtClass:
    for (const Decl *declaration : cast<DeclStmt>(statement)->decls())
      if (const auto *variable = dyn_cast<VarDecl>(declaration))
        declareVariable(variable);
    return Flow::Next;
  case Stmt::IfStmtClass: {
    const auto *branch = cast<IfStmt>(statement);
    execute(branch->getInit());
    if (const DeclStmt *declared = branch->getConditionVariableDeclStmt())
      execute(declared);
    return execute(holds(branch->getCond()) ? branch->getThen() : branch->getElse());
  }
  case Stmt::ForStmtClass: {
    const auto *loop = cast<ForStmt>(statement);
    execute(loop->getInit());
    return executeLoop(loop->getCond(), loop->getInc(), loop->getBody());
  }
  case Stmt::WhileStmtClass: {
    const auto *loop = cast<WhileStmt>(statement);
    return executeLoop(loop->getCond(), nullptr, loop->getBody());
  }
  case Stmt::DoStmtClass: {
    const auto *loop = cast<DoStmt>(statement);
    Flow flow = execute(loop->getBody());
    if (flow == Flow::Return)
      return flow;
    return flow == Flow::Break ? Flow::Next : executeLoop(loop->getCond(), nullptr, loop->getBody());
  }
  case Stmt::CXXForRangeStmtClass: {
    const auto *loop = cast<CXXForRangeStmt>(statement);
    for (const Stmt *part :
         {loop->getInit(), static_cast<const Stmt *>(loop->getRangeStmt()),
          static_cast<const Stmt *>(loop->getBeginStmt()), static_cast<const Stmt *>(loop->getEndStmt())})
      execute(part);
    for (; holds(loop->getCond()); evaluate(loop->getInc())) {
      execute(loop->getLoopVarStmt());
      Flow flow = execute(loop->getBody());
      if (flow == Flow::Return)
        return flow;
      if (flow == Flow::Break)
        break;
    }
    return Flow::Next;
  }
  case Stmt::SwitchStmtClass:
    return executeSwitch(cast<SwitchStmt>(statement));
  case Stmt::CaseStmtClass:
  case Stmt::DefaultStmtClass:
    return execute(cast<SwitchCase>(statement)->getSubStmt());
  case Stmt::LabelStmtClass:
    return execute(cast<LabelStmt>(statement)->getSubStmt());
  case Stmt::AttributedStmtClass:
    return execute(cast<AttributedStmt>(statement)->getSubStmt());
  case Stmt::BreakStmtClass:
    return Flow::Break;
  case Stmt::ContinueStmtClass:
    return Flow::Continue;
  case Stmt::ReturnStmtClass: {
    const Expr *value = cast<ReturnStmt>(statement)->getRetValue();
    if (value && value->getType()->isVoidType())
      evaluate(value);
    else if (value && frames.back().resultAt)
      initialize(frames.back().resultAt, value->getType(), value);
    else if (value)
      // Not `frames.back().result = evaluate(value)`: a call in it may move the frames.
      if (Value result = value->isGLValue() ? Value{locate(value)} : evaluate(value); true)
        frames.back().result = result;
    return Flow::Return;
  }
  case Stmt::GotoStmtClass:
    fail("the host program gives up here, and jumps to '" + cast<GotoStmt>(statement)->getLabel()->getName().str() +
             "'" + lastNote(),
         statement);
  default:
    fail("this kind of statement (" + std::string(statement->getStmtClassName()) + ") is not followed", statement);
  }
}

Interpreter::Flow Interpreter::executeLoop(const Stmt *condition, const Stmt *step, const Stmt *body) {
  while (!condition || holds(cast<Expr>(condition))) {
    Flow flow = execute(body);
    if (flow == Flow::Return)
      return flow;
    if (flow == Flow::Break)
      break;
    execute(step);
    this->step(body);
  }
  return Flow::Next;
}

/// Falls through from the case that matches, as C++ does.
Interpreter::Flow Interpreter::executeSwitch(const SwitchStmt *statement) {
  const auto *body = dyn_cast<CompoundStmt>(statement->getBody());
  if (!body)
    fail("a switch without braces is not followed", statement);
  int64_t wanted = evaluate(statement->getCond()).integer();
  const SwitchCase *target = nullptr;
  for (const SwitchCase *one = statement->getSwitchCaseList(); one; one = one->getNextSwitchCase()) {
    if (isa<DefaultStmt>(one))
      target = target ? target : one;
    else if (evaluate(cast<CaseStmt>(one)->getLHS()).integer() == wanted)
      target = one;
  }
  bool runs = false;
  for (const Stmt *inner : body->body()) {
    // `case 1: case 2:` nests.
    for (const Stmt *label = inner; !runs && label && isa<SwitchCase>(label);
         label = cast<SwitchCase>(label)->getSubStmt())
      runs = label == target;
    if (!runs)
      continue;
    Flow flow = execute(inner);
    if (flow == Flow::Break)
      return Flow::Next;
    if (flow != Flow::Next)
      return flow;
  }
  return Flow::Next;
}

void Interpreter::declareVariable(const VarDecl *variable) {
  QualType type = variable->getType();
  if (variable->isStaticLocal() && globals.contains(variable))
    return;
  Address at = 0;
  if (type->isReferenceType()) {
    at = variable->getInit() ? locate(variable->getInit()) : 0;
  } else {
    at = memory.allocate(Memory::Kind::Host, sizeOf(type), variable->getNameAsString());
    if (!at)
      fail("'" + variable->getNameAsString() + "' does not fit into memory", nullptr);
  }
  (variable->hasGlobalStorage() ? globals : frames.back().variables)[variable] = at;
  if (!type->isReferenceType() && variable->getInit())
    initialize(at, type, variable->getInit());
}

Address Interpreter::addressOf(const ValueDecl *variable, const Stmt *where) {
  if (!frames.empty())
    if (auto found = frames.back().variables.find(variable); found != frames.back().variables.end())
      return found->second;
  if (auto found = globals.find(variable); found != globals.end())
    return found->second;
  const auto *global = dyn_cast<VarDecl>(variable);
  if (!global || !global->hasGlobalStorage())
    fail("'" + variable->getNameAsString() + "' has no value here", where);
  const VarDecl *definition = global->getDefinition();
  declareVariable(definition ? definition : global);
  return globals.lookup(definition ? definition : global);
}

Value Interpreter::argument(const ParmVarDecl *parameter, const Expr *value) {
  QualType type = parameter->getType();
  if (type->isReferenceType())
    return {locate(value)};
  Address at = memory.allocate(Memory::Kind::Host, sizeOf(type), parameter->getNameAsString());
  initialize(at, type, value);
  return {at};
}

Value Interpreter::callFunction(const FunctionDecl *function, Address self, llvm::ArrayRef<const Expr *> arguments,
                                Address resultAt, const Stmt *where) {
  const FunctionDecl *defined = nullptr;
  if (!function->hasBody(defined))
    // Another source of the program may have it.
    defined = functions.lookup(function->getNameAsString());
  if (!defined)
    fail("the host program calls '" + function->getQualifiedNameAsString() +
             "', which is neither defined in its sources nor a function of the runtime that is known",
         where);
  if (frames.size() >= depthLimit)
    fail("calls are nested more than " + std::to_string(depthLimit) + " deep", where);
  Frame frame;
  frame.self = self;
  frame.resultAt = resultAt;
  frame.calledAt = where;
  frame.caller = context;
  for (auto [index, parameter] : llvm::enumerate(defined->parameters())) {
    if (index >= arguments.size())
      fail("the call of '" + function->getNameAsString() + "' has too few arguments", where);
    frame.variables[parameter] = argument(parameter, arguments[index]).bits;
  }
  return enter(defined, std::move(frame));
}

Value Interpreter::enter(const FunctionDecl *defined, Frame frame) {
  frames.push_back(std::move(frame));
  ASTContext *caller = std::exchange(context, &defined->getASTContext());
  execute(defined->getBody());
  context = caller;
  Value result = frames.back().result;
  frames.pop_back();
  return result;
}

Address Interpreter::addressOf(const FunctionDecl *function) {
  function = function->getCanonicalDecl();
  Address &at = functionPlaces[function];
  if (!at)
    functionsAt[at = memory.allocateText(function->getNameAsString())] = function;
  return at;
}

const FunctionDecl *Interpreter::calleeOf(const CallExpr *call) {
  if (const FunctionDecl *direct = call->getDirectCallee())
    return direct;
  if (!call->getCallee()->getType()->isFunctionPointerType())
    fail("this kind of call is not followed", call);
  const FunctionDecl *function = functionsAt.lookup(evaluate(call->getCallee()).bits);
  if (!function)
    fail("this calls through a pointer that is no function's", call);
  return function;
}

Value Interpreter::call(const CallExpr *call, Address resultAt) {
  step(call);
  if (const auto *kernel = dyn_cast<CUDAKernelCallExpr>(call)) {
    launch(kernel);
    return {};
  }
  const FunctionDecl *function = calleeOf(call);
  llvm::SmallVector<const Expr *> arguments(call->arguments());
  Address self = 0;
  if (const auto *member = dyn_cast<CXXMemberCallExpr>(call)) {
    const Expr *object = member->getImplicitObjectArgument();
    self = object->getType()->isPointerType() ? evaluate(object).bits : locate(object);
  } else if (isa<CXXOperatorCallExpr>(call) && isa<CXXMethodDecl>(function)) {
    self = locate(arguments.front());
    arguments.erase(arguments.begin());
  }
  if (RuntimeFunction known = function->hasBody() ? nullptr : findRuntimeFunction(function->getNameAsString())) {
    llvm::SmallVector<Value> values;
    for (const Expr *one : arguments)
      values.push_back(one->isGLValue() ? Value{locate(one)} : evaluate(one));
    return known(*this, values, call);
  }
  return callFunction(function, self, arguments, resultAt, call);
}

void Interpreter::construct(Address at, const CXXConstructExpr *made) {
  const CXXConstructorDecl *constructor = made->getConstructor();
  if (constructor->isCopyOrMoveConstructor() && constructor->isTrivial()) {
    memory.copy(at, locate(made->getArg(0)), sizeOf(made->getType()));
    return;
  }
  if (constructor->isTrivial())
    return;
  const FunctionDecl *defined = nullptr;
  if (!constructor->hasBody(defined))
    fail("the constructor of '" + made->getType().getAsString() + "' is not defined here", made);
  Frame frame;
  frame.self = at;
  frame.calledAt = made;
  frame.caller = context;
  for (auto [index, parameter] : llvm::enumerate(defined->parameters()))
    frame.variables[parameter] = argument(parameter, made->getArg(index)).bits;
  frames.push_back(std::move(frame));
  for (const CXXCtorInitializer *one : cast<CXXConstructorDecl>(defined)->inits()) {
    if (!one->isMemberInitializer())
      fail("a class with a base class is not followed", made);
    const Expr *value = one->getInit();
    if (const auto *byDefault = dyn_cast<CXXDefaultInitExpr>(value))
      value = byDefault->getExpr();
    initialize(at + offsetOf(one->getMember(), made), one->getMember()->getType(), value);
  }
  execute(defined->getBody());
  frames.pop_back();
}

void Interpreter::launch(const CUDAKernelCallExpr *call) {
  const FunctionDecl *kernel = call->getDirectCallee();
  if (!kernel)
    fail("a launch through a pointer is not followed", call);
  HostLaunch made;
  made.kernel = kernel->getNameAsString();
  auto blocks = static_cast<int32_t>(evaluate(call->getConfig()->getArg(0)).integer());
  if (blocks < 1 || blocks > 65535)
    fail("the launch of '" + made.kernel + "' has " + std::to_string(blocks) + " blocks; expected 1 to 65535", call);
  made.blocks = static_cast<uint32_t>(blocks);
  HostFailure here = failureAt("", call);
  made.file = here.file;
  made.place = here.place;
  llvm::SmallVector<Address> touched;
  for (auto [index, parameter] : llvm::enumerate(kernel->parameters())) {
    const Expr *given = call->getArg(index);
    QualType type = parameter->getType();
    HostArgument argument;
    argument.name = parameter->getNameAsString();
    argument.bytes = static_cast<unsigned>(sizeOf(type));
    if (type->isRecordType() || type->isReferenceType())
      fail("the kernel's parameter '" + argument.name + "' is neither a pointer nor a number", given);
    Value value = convert(evaluate(given), type);
    if (type->isPointerType()) {
      if (value.bits == 0 || memory.refuse(value.bits, 0) || memory.kind(value.bits) != Memory::Kind::Device)
        fail("the kernel's argument '" + argument.name + "' is no memory of the device", given);
      if (memory.offset(value.bits))
        fail("the kernel's argument '" + argument.name + "' points into the middle of '" + memory.name(value.bits) +
                 "'; only whole buffers are passed on",
             given);
      argument.kind = HostArgument::Kind::Buffer;
      argument.buffer = memory.bufferNumber(value.bits);
      touched.push_back(value.bits);
    } else {
      argument.kind = value.isReal ? HostArgument::Kind::Float : HostArgument::Kind::Integer;
      argument.integer = value.integer();
      argument.real = value.real;
    }
    made.arguments.push_back(std::move(argument));
  }
  for (Address buffer : touched)
    memory.leaveToKernel(buffer);
  launches.push_back(std::move(made));
}

} // namespace pto::harness::host
