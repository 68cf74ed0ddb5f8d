// Programs from text, for tests.
#pragma once

#include "compiler/equality/Equality.h"
#include "compiler/frontend/program/Export.h"
#include "compiler/frontend/program/Import.h"
#include "compiler/passes/Pipeline.h"
#include "mlir/IR/MLIRContext.h"

namespace pto::passes::tests {

/// The programs of one text, in one context.
class Programs {
public:
  explicit Programs(llvm::StringRef text, std::string file = "test.py") {
    std::vector<Diagnostic> diagnostics;
    module = frontend::parse(std::move(file), text.str(), diagnostics);
    scope = std::make_unique<frontend::ModuleScope>(module);
    keep(diagnostics);
  }

  /// Null, with `problems`, if it is none.
  mlir::OwningOpRef<mlir::ModuleOp> import(llvm::StringRef name) {
    const frontend::Definition *definition = scope->find(name);
    if (!definition) {
      problems += "there is no program " + name.str();
      return {};
    }
    std::vector<Diagnostic> diagnostics;
    auto imported = frontend::importProgram(*definition, context, diagnostics);
    keep(diagnostics);
    return imported;
  }

  mlir::MLIRContext context{mlir::MLIRContext::Threading::DISABLED};
  std::string problems;

private:
  void keep(const std::vector<Diagnostic> &diagnostics) {
    for (const Diagnostic &diagnostic : diagnostics)
      problems += render(diagnostic);
  }

  frontend::Module module;
  std::unique_ptr<frontend::ModuleScope> scope;
};

inline std::string printed(mlir::ModuleOp module) {
  return frontend::exportProgram(frontend::programIn(module));
}

/// Empty if they are the same, allocations included.
inline std::string difference(mlir::ModuleOp left, mlir::ModuleOp right) {
  equality::ProgramEqualityOptions strict;
  strict.memrefs = true;
  auto found = equality::compare(frontend::programIn(left), frontend::programIn(right), strict);
  return found ? found->summary() + "\nfound\n" + found->left + "\nexpected\n" + found->right : "";
}

} // namespace pto::passes::tests
