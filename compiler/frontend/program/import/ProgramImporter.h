// The functions of a program: found, declared, imported when they are first called.
// Private to the importer.
#pragma once

#include "compiler/frontend/program/Generic.h"
#include "compiler/frontend/program/Import.h"
#include "compiler/frontend/program/import/TypeReader.h"
#include "mlir/IR/Builders.h"

namespace pto::frontend {

/// What a parameter of a generic function is in this program. A scalar without a value is one at run time.
struct Bound {
  mlir::Type type;
  std::optional<Value> value;
};

struct ProgramFunction {
  const Function *syntax;
  const Scope *scope;
  /// The decorator's call; null without arguments.
  const Call *decorator;
  bool isMethod;
  prog::FuncOp op;
  std::vector<std::string> parameterNames;
  /// Null for one that is written out.
  const GenericFunction *generic = nullptr;
  std::vector<Bound> bound = {};
  /// The call that a generic one was made for.
  SourceRange site = {};
  enum class State { Declared, Running, Done, Broken } state = State::Declared;
};

class ProgramImporter {
public:
  ProgramImporter(const Definition &definition, mlir::MLIRContext &context, Diagnostics &diagnostics,
                  const Specialization *specialization = nullptr)
      : context(context), diagnostics(diagnostics), definition(definition), specialization(specialization),
        builder(&context) {}

  mlir::OwningOpRef<mlir::ModuleOp> run();

  /// A method of the program; null if there is none.
  ProgramFunction *method(llvm::StringRef name);
  std::vector<llvm::StringRef> methodNames() const;
  /// A function that stands outside; it becomes part of the program. Null after an error.
  ProgramFunction *external(const Value &value, SourceRange call);
  /// Sees to it that the function's type is known. False after an error.
  bool require(ProgramFunction &function, SourceRange call);

  // GenericFunctions.cpp
  /// The generic function that is called; null if it is none, or the program is not generic.
  const GenericFunction *generic(const Function *function) const {
    return specialization ? specialization->find(function) : nullptr;
  }
  /// The one instance of a generic function, imported. Null after an error: a call that disagrees with an earlier one
  /// is one.
  ProgramFunction *instantiate(const GenericFunction &function, std::vector<Bound> bound, SourceRange site);
  bool isGeneric() const { return specialization; }

  mlir::MLIRContext &context;
  Diagnostics &diagnostics;
  const Definition &definition;

private:
  ProgramFunction *declare(const Function *syntax, const Scope *scope, const Call *decorator, bool isMethod);
  bool declareProgram();
  bool checkDecorators(Exprs decorators, Decorated decorated, const Scope &scope);
  void importFunction(ProgramFunction &function);
  bool readDecorator(ProgramFunction &function, std::string &kind, mlir::DictionaryAttr &keywords);
  bool create(ProgramFunction &function, llvm::ArrayRef<mlir::Type> inputs, llvm::ArrayRef<mlir::Type> results,
              llvm::ArrayRef<llvm::StringRef> directions);
  ProgramFunction *declareGeneric(const GenericFunction &generic, std::vector<Bound> bound, SourceRange site);
  bool genericKind(const GenericFunction &function, std::string &kind);
  bool takeAtRunTime(ProgramFunction &known, llvm::ArrayRef<Bound> bound);
  bool checkAgreement(const ProgramFunction &known, llvm::ArrayRef<Bound> bound, SourceRange site);
  bool importEntry();

  const Specialization *specialization;
  mlir::OpBuilder builder;
  prog::ProgramOp program;
  std::vector<std::unique_ptr<ProgramFunction>> functions;
  std::vector<ProgramFunction *> running;
  bool strict = false;
};

const Call *decoratorCall(const Function *function, const Scope &scope, llvm::StringRef decorator);

} // namespace pto::frontend
