// Rewrites one function: its expressions, its statements, its signature.
// Generic functions become methods of the program; concrete ones keep their form and only take their constants in.
#pragma once

#include "compiler/specialize/Session.h"
#include "compiler/specialize/ShapeRules.h"

namespace pto::specialize {

enum class RewriteMode : uint8_t { Generic, Concrete };

class FunctionRewriter {
public:
  FunctionRewriter(Session &session, const FunctionOutline &function, RewriteMode mode)
      : session(session), function(function), mode(mode), diagnostics(session.diagnostics) {}

  /// Fills in the method and the type that it returns.
  void run(Instance &instance);
  /// The same function with constants in place of the names around it.
  const Function *fold();

private:
  /// What a local name is bound to at this point.
  struct Binding {
    Type type;
    std::optional<Value> value;
    bool derived = false;
    /// Its uses are written as its value, and it is not assigned.
    bool inlined = false;
    const Expr *symbolic = nullptr;
  };
  using Environment = llvm::StringMap<Binding>;
  using Statements = std::vector<const Stmt *>;

  // RewriteExpression.cpp. In an index, a number is a bare one whatever its type.
  Term rewrite(const Expr *expr, bool isIndex = false);
  const Expr *expression(const Expr *expr, bool isIndex = false);
  const Expr *finish(const Term &term);
  Term fromValue(const Expr *original, const Value &value, const Dtype *dtype, bool isIndex);
  Term name(const Name *name, bool isIndex);
  Term outerName(const Name *name, bool isIndex);
  /// An expression that has other names around it: an alias of a type, for one.
  Term rewriteIn(const Scope &scope, const Expr *expr, bool isIndex);
  Term attribute(const Attribute *attribute);
  Term sequence(const Expr *expr, Exprs elements, bool isIndex);
  Term unary(const Unary *unary, bool isIndex);
  Term binary(const Binary *binary, bool isIndex);
  Term conditional(const Conditional *conditional, bool isIndex);

  // RewriteSubscript.cpp
  Term subscript(const Subscript *subscript, bool isIndex);
  Term annotationTerm(const Subscript *subscript, llvm::StringRef path);
  Term element(const Expr *original, const Term &base, const Term &index, bool isIndex);
  const Expr *slice(const Expr *index);
  Type sliced(const Type &base, const Expr *index);
  Dimension extent(const Slice *slice, const Dimension &whole);
  Dimension dimensionOf(const Term &term);
  Term shapeTerm(const Expr *original, const Type &type);

  // RewriteCall.cpp
  Term call(const Call *call, bool isIndex);
  Term operation(const Call *call, llvm::StringRef path);
  Term plainCall(const Call *call);
  Term builtin(const Call *call, llvm::StringRef name, bool isIndex);
  Term dependency(const Call *call, const FunctionOutline &callee);
  struct CallArgument;
  std::optional<BoundParameter> bindTensor(const CallArgument &argument, std::map<std::string, Dimension> &symbols);
  std::optional<BoundParameter> bindScalar(const CallArgument &argument, const Expr *&written);
  std::optional<BoundParameter> bindArgument(const FunctionOutline &callee, size_t index, const Expr *expr,
                                             const Expr *&written, std::map<std::string, Dimension> &symbols,
                                             SourceRange site);
  Type inCaller(const Type &type, const std::map<std::string, Dimension> &symbols);

  // RewriteStatement.cpp
  void block(Block statements, Statements &out);
  void statement(const Stmt *stmt, Statements &out);
  void exprStatement(const ExprStmt *stmt, Statements &out);
  void staticAssert(const Call *call);
  void assign(const Assign *stmt, Statements &out);
  bool assignElements(const Assign *stmt, Statements &out);
  bool unpack(const Assign *stmt, const Term &value, Statements &out);
  void annotatedAssign(const AnnotatedAssign *stmt, Statements &out);
  void bindTarget(const Expr *target, const Term &term);
  void bindName(llvm::StringRef name, const Term &term, bool inlined);
  bool canInline(const Name *target, const Term &term) const;
  const Expr *target(const Expr *target);

  // RewriteControl.cpp
  void forLoop(const For *stmt, Statements &out);
  void branch(const If *stmt, Statements &out);
  void chosenBranch(Block statements, Statements &out);
  void merge(const Environment &other);
  void returnStatement(const Return *stmt, Statements &out);

  // FunctionRewriter.cpp
  void bindParameters(const Instance &instance, Statements &prologue);
  llvm::ArrayRef<Parameter> parameters(const Instance &instance);
  llvm::ArrayRef<const Expr *> decorators();
  const Expr *returnAnnotation(const Instance &instance);
  std::string functionKind() const;
  void error(SourceRange where, std::string message) { diagnostics.error(where, std::move(message)); }

  Session &session;
  const FunctionOutline &function;
  RewriteMode mode;
  Diagnostics &diagnostics;
  Environment environment;
  /// Of all return statements; empty without one that returns something.
  std::optional<Type> returned;
  SourceRange returnSite;
};

} // namespace pto::specialize
