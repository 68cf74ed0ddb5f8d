// Follows a host program, as Clang understands it, over a memory of its own. What the runtime does with devices, files
// and streams is in Runtime.cpp; what is not known there, or not understood here, ends it with the place.
#pragma once

#include "harness/host/plugin/Memory.h"
#include "clang/AST/Decl.h"
#include "clang/AST/Expr.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/Stmt.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/StringMap.h"

namespace pto::harness::host {

/// An integer, a pointer or a float.
struct Value {
  uint64_t bits = 0;
  double real = 0;
  bool isReal = false;

  int64_t integer() const { return isReal ? static_cast<int64_t>(real) : static_cast<int64_t>(bits); }
  bool truth() const { return isReal ? real != 0 : bits != 0; }
};

class Interpreter {
public:
  /// `data`: where the program's files are.
  Interpreter(llvm::StringRef data) : dataFolder(data.str()) {}

  /// Functions of all sources find each other by their names.
  void declare(clang::ASTContext &context);
  bool hasMain() const { return functions.contains("main"); }
  /// With these arguments after the program's name, which a `main` without parameters is not told.
  void runMain(llvm::ArrayRef<std::string> arguments);
  HostProgram take();

  // For the runtime.
  Memory memory;
  /// Throws a HostFailure at a place in the program's sources. Clang is built without exceptions, but none of its
  /// frames lies between here and where it is caught.
  [[noreturn]] void fail(std::string message, const clang::Stmt *at) const;
  /// The call returns that it failed; whether that is the end is the program's to say.
  void note(std::string message, const clang::Stmt *at);
  const uint8_t *readBytes(Address at, size_t size, const clang::Stmt *where);
  uint8_t *writeBytes(Address at, size_t size, const clang::Stmt *where);
  std::string readText(Address at, const clang::Stmt *where);
  /// The name of a file in the program's folder, which it may not lead out of.
  std::string fileName(llvm::StringRef file, const clang::Stmt *where) const;
  std::string dataPath(llvm::StringRef file) const { return dataFolder + "/" + file.str(); }
  std::vector<HostOutput> outputs;

private:
  HostFailure failureAt(std::string message, const clang::Stmt *at) const;
  /// "; before that, …"
  std::string lastNote() const;

  enum class Flow { Next, Break, Continue, Return };
  struct Frame {
    llvm::DenseMap<const clang::ValueDecl *, Address> variables;
    Address self = 0;
    Value result;
    Address resultAt = 0; ///< where a result that is an object goes
    const clang::Stmt *calledAt = nullptr;
    const clang::ASTContext *caller = nullptr;
  };

  // Statements.
  Flow execute(const clang::Stmt *statement);
  Flow executeLoop(const clang::Stmt *condition, const clang::Stmt *step, const clang::Stmt *body);
  Flow executeSwitch(const clang::SwitchStmt *statement);
  void declareVariable(const clang::VarDecl *variable);
  bool holds(const clang::Expr *condition) { return evaluate(condition).truth(); }

  // Expressions.
  Value evaluate(const clang::Expr *expression);
  Value evaluateCast(const clang::CastExpr *cast);
  Value evaluateBinary(const clang::BinaryOperator *binary);
  Value evaluateUnary(const clang::UnaryOperator *unary);
  Value compute(clang::BinaryOperatorKind kind, Value left, Value right, clang::QualType type,
                const clang::BinaryOperator *at);
  Address locate(const clang::Expr *expression);
  void initialize(Address at, clang::QualType type, const clang::Expr *value);
  void initializeList(Address at, clang::QualType type, const clang::InitListExpr *list);
  Value load(Address at, clang::QualType type, const clang::Stmt *where);
  void store(Address at, clang::QualType type, Value value, const clang::Stmt *where);
  Value convert(Value value, clang::QualType type) const;

  // Calls.
  Value call(const clang::CallExpr *call, Address resultAt = 0);
  Value callFunction(const clang::FunctionDecl *function, Address self, llvm::ArrayRef<const clang::Expr *> arguments,
                     Address resultAt, const clang::Stmt *where);
  Value enter(const clang::FunctionDecl *defined, Frame frame);
  const clang::FunctionDecl *calleeOf(const clang::CallExpr *call);
  void construct(Address at, const clang::CXXConstructExpr *made);
  void launch(const clang::CUDAKernelCallExpr *call);
  Value argument(const clang::ParmVarDecl *parameter, const clang::Expr *value);

  Address addressOf(const clang::ValueDecl *variable, const clang::Stmt *where);
  Address addressOf(const clang::FunctionDecl *function);
  Address temporary(clang::QualType type);
  /// Where a member is in an object of its class.
  uint64_t offsetOf(const clang::FieldDecl *field, const clang::Stmt *where) const;
  size_t sizeOf(clang::QualType type) const;
  void step(const clang::Stmt *at);

  std::string dataFolder;
  clang::ASTContext *context = nullptr;
  llvm::StringMap<const clang::FunctionDecl *> functions; ///< with a body, by name
  llvm::DenseMap<const clang::ValueDecl *, Address> globals;
  llvm::DenseMap<const clang::StringLiteral *, Address> texts;
  llvm::DenseMap<const clang::FunctionDecl *, Address> functionPlaces; ///< of those that a pointer was made to, …
  llvm::DenseMap<Address, const clang::FunctionDecl *> functionsAt;    ///< … and the way back
  std::vector<Frame> frames;
  std::vector<HostLaunch> launches;
  std::vector<std::string> notes;
  uint64_t steps = 0;
};

/// A function of the host runtime: what is known of it here.
using RuntimeFunction = Value (*)(Interpreter &host, llvm::ArrayRef<Value> arguments, const clang::CallExpr *call);
/// Null where it is not known.
RuntimeFunction findRuntimeFunction(llvm::StringRef name);

} // namespace pto::harness::host
