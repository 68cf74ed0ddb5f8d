// The body of one function: statements and expressions to operations.
// Private to the importer. Every import* returns null or false after an error, which is then reported.
#pragma once

#include "compiler/dialect/program/OpRecord.h"
#include "compiler/frontend/program/import/Environment.h"
#include "compiler/frontend/program/import/Liveness.h"
#include "compiler/frontend/program/import/ProgramImporter.h"

namespace pto::frontend {

inline llvm::SmallVector<llvm::StringRef, 4> refs(const std::vector<std::string> &names) {
  return {names.begin(), names.end()};
}

/// `2 arguments`.
inline std::string counted(size_t number, llvm::StringRef noun) {
  return std::to_string(number) + " " + noun.str() + (number == 1 ? "" : "s");
}

/// Of a parameter or result as an annotation says it: shape and element type.
mlir::Type plainType(mlir::Type type);

/// How a block ended.
struct BlockEnd {
  const Stmt *yield = nullptr;
  std::vector<std::string> names;
  llvm::SmallVector<mlir::Value, 4> values;
  /// By break or continue.
  bool leaves = false;
  /// By a return, which only a function's body and its outermost scopes may have.
  const Return *returns = nullptr;
};

class BodyImporter {
public:
  /// Adds to `decisions` the branches that it finds to be decided.
  BodyImporter(ProgramImporter &program, ProgramFunction &function, bool strict, Decisions &decisions);

  /// Fills the function's block; false after an error.
  bool run(mlir::Type &returnedTypes);
  /// A constant in a decorator.
  mlir::Attribute constantAttribute(const Expr *expr) { return attribute(expr); }

private:
  // Statements.cpp
  void bindParameters();
  bool finishReturns(SourceRange where, mlir::Type &returnedTypes);
  bool block(Block body, BlockEnd &end);
  bool statements(Block body, BlockEnd &end);
  bool statement(const Stmt *stmt, BlockEnd &end);
  bool assign(Exprs targets, const Expr *value, const Expr *annotation, const Stmt *stmt);
  bool bindTarget(const Expr *target, mlir::Value value, const Expr *source);
  bool augmentedAssign(const AugmentedAssign *stmt);
  bool expressionStatement(const Expr *value);
  bool staticAssert(const Call *call);
  bool functionAttributes(const Call *call);
  void poison(const Stmt *stmt);
  void warnIfLost(llvm::StringRef name, const Expr *value);

  // Annotations.cpp
  mlir::Value annotate(mlir::Value value, const Expr *annotation, llvm::StringRef name);
  mlir::Value merge(mlir::Value value, const ReadType &stated, const Expr *annotation, llvm::StringRef name);

  // HandingOn.cpp
  bool yieldStatement(const Stmt *stmt, const Expr *target, const Call *call, BlockEnd &end);
  bool returnStatement(const Return *stmt);
  bool leave(const Stmt *stmt, BlockEnd &end);
  bool isYield(const Expr *expr) const;

  // Branches.cpp
  bool ifStatement(const If *stmt, BlockEnd &end);
  bool takenBranch(Block body, BlockEnd &end);
  std::optional<bool> decided(const If *stmt);

  // Loops.cpp
  struct Carried;
  bool forStatement(const For *stmt);
  bool whileStatement(const While *stmt);
  bool whileCall(const For *stmt, const Call *call);
  bool whileLoop(const Stmt *stmt, Block body, const Expr *condition, Carried &carried);
  bool loopBounds(const Call *head, llvm::StringRef kind, llvm::SmallVectorImpl<mlir::Value> &bounds);
  bool loopKeywords(const Call *head, llvm::StringRef kind, mlir::DictionaryAttr &keywords, const Expr *&inits);
  bool readTargets(const Expr *target, std::vector<const Name *> &names);
  bool startCarried(const For *stmt, const Expr *inits, llvm::ArrayRef<const Name *> names, Carried &carried);

  // Carried.cpp
  bool loopBody(const Stmt *stmt, Block body, Carried &carried, mlir::Region &region, llvm::StringRef variable,
                mlir::Location location, const Expr *condition, mlir::Region *conditionRegion);
  void finishFresh(Carried &carried, mlir::Region &region, mlir::Location location);
  void addImplicitlyCarried(const Stmt *stmt, Block body, Carried &carried);
  mlir::Value writtenTensor(Block body, llvm::StringRef name) const;
  void bindResults(Block body, const Carried &carried, mlir::ValueRange results);

  // Scopes.cpp
  struct ScopeHead;
  bool withStatement(const With *stmt, BlockEnd &end);
  bool scopeLoop(const For *stmt, const Call *call, llvm::StringRef kind);
  bool scopeAround(const Stmt *stmt, const ScopeHead &head, BlockEnd &end,
                   llvm::function_ref<bool(BlockEnd &)> importBody);
  bool readScopeHead(const Call *call, ScopeHead &head);

  // Extras.cpp
  /// Values that are no arguments, by what they are for: the tasks to wait for, the number of cores.
  struct Extras {
    llvm::SmallVector<mlir::Value, 4> values;
    llvm::SmallVector<llvm::StringRef, 4> names;
    llvm::SmallVector<mlir::NamedAttribute, 4> keywords;
  };
  static bool isExtra(llvm::StringRef name);
  bool addExtra(const Keyword &keyword, Extras &extras);
  bool callWithExtras(const Call *call, bool submits, llvm::SmallVectorImpl<mlir::Value> &results,
                      const Expr *annotation);

  // Expressions.cpp
  mlir::Value expression(const Expr *expr);
  mlir::Value name(const Name *name);
  /// Of the type that such a constant has if it is written bare, unless `dtype` says another.
  mlir::Value constant(const Value &value, const Expr *where, std::optional<prog::DType> dtype = std::nullopt);
  mlir::Value binary(const Binary *binary);
  mlir::Value unary(const Unary *unary);
  mlir::Value makeBinary(llvm::StringRef kind, mlir::Value left, mlir::Value right, const Expr *where);
  mlir::Value sequence(Exprs elements, const Expr *where);
  mlir::Value integer(int64_t value, SourceRange where);
  /// Elements of a list, in which a number is a bare one whatever its type.
  bool indices(Exprs elements, llvm::SmallVectorImpl<mlir::Value> &values);

  // Constants.cpp
  /// True if the expression can be evaluated without any of the function's variables.
  bool isClosed(const Expr *expr) const;
  /// `pl.FP32.get_byte()`
  bool isSizeOfElement(const Call *call) const;
  /// The same, and a constant can stand for it: what is of another type than a bare number is not computed with.
  bool isFoldable(const Expr *expr) const;
  /// Does something take part that is not written here: a parameter's value, a shape, a name from outside?
  bool comesFromOutside(const Expr *expr) const;
  /// What a closed expression is worth. `withWritten` also takes constants of the function's own text.
  Value evaluated(const Expr *expr, bool withWritten = false) const;
  std::optional<Value> localValue(const Expr *expr, bool withWritten) const;
  std::optional<Value> shapeOf(const Attribute *access) const;
  std::optional<KnownValue> knownValue(const Expr *target, const Expr *value) const;
  std::optional<prog::Dim> localDim(const Expr *expr) const;
  std::optional<bool> assignConstants(const Expr *target, const Expr *value);
  void remember(const Expr *target, const Expr *value);
  mlir::Value shapeAttribute(const Attribute *access);
  mlir::Value dimension(prog::Dim dim, const Expr *where);

  // Subscripts.cpp
  mlir::Value subscript(const Subscript *access);
  bool storePart(const Subscript *target, mlir::Value value);
  mlir::Value slice(mlir::Value base, Exprs indices, const Subscript *access, bool drops = false);

  // Attributes.cpp
  mlir::Attribute attribute(const Expr *expr);
  mlir::Attribute attribute(const Value &value, const Expr *where);

  // Calls.cpp
  /// Several for a function with several results.
  bool call(const Call *call, llvm::SmallVectorImpl<mlir::Value> &results, const Expr *annotation = nullptr);
  mlir::Value oneOf(const Call *call, const Expr *annotation = nullptr);
  bool functionCall(ProgramFunction &function, const Call *call, llvm::SmallVectorImpl<mlir::Value> &results);
  bool inlineCall(const Value &callee, const Call *call, llvm::SmallVectorImpl<mlir::Value> &results);
  bool bindInlined(const Function &callee, const Scope &home, const Call *call, Environment &inner);
  std::optional<std::vector<const Expr *>> arguments(const Call *call, const Function &callee,
                                                     llvm::StringRef other = {});

  // GenericCalls.cpp
  struct GenericArgument;
  bool genericCall(const GenericFunction &callee, const Call *call, llvm::SmallVectorImpl<mlir::Value> &results);
  std::optional<Bound> bindTensor(const GenericArgument &argument, llvm::StringMap<prog::Dim> &symbols);
  std::optional<Bound> bindScalar(GenericArgument &argument);

  // CallDirections.cpp
  mlir::ArrayAttr callDirections(const ProgramFunction &callee, const Expr *attributes);

  // Operations.cpp
  bool operation(llvm::StringRef name, const Call *call, llvm::SmallVectorImpl<mlir::Value> &results,
                 const Expr *annotation);
  bool apply(const prog::OpRecord &operation, llvm::MutableArrayRef<prog::Argument> arguments,
             llvm::SmallVectorImpl<mlir::NamedAttribute> &keywords, const Expr *where,
             llvm::ArrayRef<const Expr *> sources, llvm::SmallVectorImpl<mlir::Value> &results, const Expr *annotation);
  bool takeValidShape(const prog::OpRecord &operation, llvm::MutableArrayRef<prog::Argument> arguments,
                      const ReadType &stated, mlir::Type &type);
  bool argument(const prog::Parameter &parameter, const Expr *expr, prog::Argument &argument);
  mlir::Attribute keyword(const prog::Parameter &parameter, const Expr *expr);
  mlir::Value scalarCall(llvm::StringRef name, const Call *call);
  mlir::Value typedConstant(const Call *call);

  mlir::Value fail(SourceRange where, std::string message);
  mlir::Location locate(SourceRange where, llvm::StringRef name = {});
  std::string text(const Expr *expr) const;
  bool isLanguageCall(const Expr *expr, llvm::StringRef path) const;
  TypeReader typeReader();
  std::vector<llvm::StringRef> visibleNames() const;

  ProgramImporter &program;
  ProgramFunction &function;
  /// Of the function, or of the function that is being inlined; null if it is not generic.
  const GenericFunction *generic;
  Decisions *decisions;
  Diagnostics &diagnostics;
  mlir::MLIRContext &context;
  mlir::OpBuilder builder;
  const Scope *scope;
  Environment environment;
  /// Of the function, or of the function that is being inlined.
  std::unique_ptr<Liveness> liveness;
  struct Loop {
    llvm::StringRef kind;
    std::vector<std::string> names;
    /// So many of them, the last ones, start from nothing; and which of those had nothing where the loop was left.
    size_t freshCount = 0;
    NameSet missing = {};
  };
  std::vector<Loop> loops;
  llvm::StringSet<> outParameters;
  /// What has been imported of the call that is being bound: an argument is imported once.
  llvm::DenseMap<const Expr *, mlir::Value> known;
  /// How the vector lanes share out what they work on, inside pl.split_aiv.
  std::optional<int64_t> laneSplit;
  unsigned inlineDepth = 0;
  /// Inside a list, an index or a loop's bounds.
  bool takesIndices = false;
  unsigned blockDepth = 0;
  /// What the blocks around assign, innermost last: strict_ssa forbids two assignments in one block.
  std::vector<NameSet> assignedHere;
  bool strict;
  llvm::SmallVector<mlir::Value, 4> returned;
};

} // namespace pto::frontend
