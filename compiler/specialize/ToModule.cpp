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

mlir::OwningOpRef<mlir::ModuleOp> specializeToModule(const Request &request, std::string text,
                                                     mlir::MLIRContext &context, std::vector<Diagnostic> &diagnostics) {
  std::shared_ptr<const Specialized> specialized = specialize(request, std::move(text), diagnostics);
  return specialized ? importSpecialized(*specialized, context, diagnostics) : mlir::OwningOpRef<mlir::ModuleOp>();
}

} // namespace pto::specialize
