// A generic program and a request in, a concrete program out.
// A program that is written out already has nothing to be specialized: it is imported.
#include "compiler/specialize/Specializer.h"
#include "compiler/frontend/program/Import.h"
#include "compiler/specialize/Cache.h"
#include "llvm/Support/thread.h"

namespace pto::specialize {

namespace {

/// A function is imported inside the expression that calls it: deep expressions in a long chain of calls take more
/// stack than a thread has by default.
void onEnoughStack(size_t functions, llvm::function_ref<void()> work) {
  constexpr size_t fewFunctions = 4;
  constexpr unsigned enough = 256u << 20;
  if (functions <= fewFunctions)
    return work();
  llvm::thread thread(std::optional<unsigned>(enough), work);
  thread.join();
}

} // namespace

mlir::OwningOpRef<mlir::ModuleOp> specialize(const EntryPoint &entry, const Request &request,
                                             mlir::MLIRContext &context, std::vector<Diagnostic> &diagnostics) {
  Diagnostics found(*entry.module().source);
  std::optional<std::vector<BoundParameter>> bound = bindRequest(entry, request, found);
  mlir::OwningOpRef<mlir::ModuleOp> module;
  if (bound && entry.isSpecializedFor(request)) {
    const Outline &outline = entry.outline();
    auto find = [&](const Function *function) -> const GenericFunction * { return outline.find(function); };
    Specialization specialization{*entry.function(), *bound, find};
    onEnoughStack(outline.functions().size(), [&] { module = importGeneric(specialization, context, found); });
  }
  diagnostics.insert(diagnostics.end(), found.all().begin(), found.all().end());
  return bound && !entry.isSpecializedFor(request) ? importProgram(entry.definition(), context, diagnostics)
                                                   : std::move(module);
}

std::shared_ptr<const Specialized> print(mlir::ModuleOp module, const EntryPoint &entry) {
  auto printed = std::make_shared<Specialized>();
  std::vector<TextMark> marks;
  prog::ProgramOp program = programIn(module);
  printed->text = exportProgram(program, &marks);
  printed->program = program.getSymName().str();
  if (entry.function())
    printed->entry = entry.function()->name().str();
  printed->map = SourceMap(printed->text, marks, entry.outline());
  return printed;
}

mlir::OwningOpRef<mlir::ModuleOp> specializeToModule(const Request &request, llvm::StringRef text,
                                                     mlir::MLIRContext &context, std::vector<Diagnostic> &diagnostics,
                                                     Cache *cache) {
  std::shared_ptr<const EntryPoint> entry =
      cache ? cache->entryPoint(request, text, diagnostics) : EntryPoint::find(request, text, diagnostics);
  return entry ? specialize(*entry, request, context, diagnostics) : mlir::OwningOpRef<mlir::ModuleOp>();
}

} // namespace pto::specialize
