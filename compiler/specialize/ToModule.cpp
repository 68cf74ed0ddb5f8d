// A generic program and a request in, the program's IR out.
// The specialized tree is a module like any other: its names are its own import, symbols and functions.
#include "compiler/specialize/ToModule.h"
#include "compiler/frontend/program/Import.h"

namespace pto::specialize {

mlir::OwningOpRef<mlir::ModuleOp> importSpecialized(const Specialized &specialized, mlir::MLIRContext &context,
                                                    std::vector<Diagnostic> &diagnostics) {
  ModuleScope scope(specialized.module);
  return importProgram(*scope.find(specialized.program), context, diagnostics);
}

/// A plain `@pl.function`, which stands alone and has its types already.
static const Definition *plainFunction(const ModuleScope &scope, llvm::StringRef entry) {
  const Definition *found = scope.find(entry);
  return found && found->kind == Definition::Kind::Function ? found : nullptr;
}

mlir::OwningOpRef<mlir::ModuleOp> specializeToModule(const Request &request, std::string text,
                                                     mlir::MLIRContext &context, std::vector<Diagnostic> &diagnostics,
                                                     Cache *cache) {
  if (request.arguments.empty()) {
    std::vector<Diagnostic> found;
    Module module = parse(request.file, text, found);
    ModuleScope scope(module);
    if (const Definition *function = plainFunction(scope, request.entry); function && found.empty())
      return importProgram(*function, context, diagnostics);
  }
  std::shared_ptr<const Specialized> specialized =
      cache ? cache->specialize(request, text, diagnostics) : specialize(request, std::move(text), diagnostics);
  return specialized ? importSpecialized(*specialized, context, diagnostics) : mlir::OwningOpRef<mlir::ModuleOp>();
}

} // namespace pto::specialize
