// The functions of a program: found, declared, imported when they are first called.
// Private to the importer.
#pragma once

#include "compiler/frontend/program/Import.h"
#include "compiler/frontend/program/import/TypeReader.h"
#include "mlir/IR/Builders.h"

namespace pto::program {

struct ProgramFunction {
  const Function *syntax;
  const Scope *scope;
  /// The decorator's call; null without arguments.
  const Call *decorator;
  bool isMethod;
  prog::FuncOp op;
  std::vector<std::string> parameterNames;
  enum class State { Declared, Running, Done, Broken } state = State::Declared;
};

class ProgramImporter {
public:
  ProgramImporter(const Definition &definition, mlir::MLIRContext &context, Diagnostics &diagnostics);

  mlir::OwningOpRef<mlir::ModuleOp> run();

  /// A method of the program; null if there is none.
  ProgramFunction *method(llvm::StringRef name);
  std::vector<llvm::StringRef> methodNames() const;
  /// A function that stands outside; it becomes part of the program. Null after an error.
  ProgramFunction *external(const Value &value, SourceRange call);
  /// Sees to it that the function's type is known. False after an error.
  bool require(ProgramFunction &function, SourceRange call);

  mlir::MLIRContext &context;
  Diagnostics &diagnostics;
  const Definition &definition;

private:
  ProgramFunction *declare(const Function *syntax, const Scope *scope, const Call *decorator, bool isMethod);
  bool declareProgram();
  bool checkDecorators(Exprs decorators, const Scope &scope);
  void importFunction(ProgramFunction &function);
  bool readDecorator(ProgramFunction &function, std::string &kind, mlir::DictionaryAttr &keywords);

  mlir::OpBuilder builder;
  prog::ProgramOp program;
  std::vector<std::unique_ptr<ProgramFunction>> functions;
  std::vector<ProgramFunction *> running;
  bool strict = false;
};

const Call *decoratorCall(const Function *function, const Scope &scope, llvm::StringRef decorator);

} // namespace pto::program
