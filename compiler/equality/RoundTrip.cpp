// print, parse, compare, print again.
#include "compiler/equality/RoundTrip.h"
#include "compiler/equality/Kinds.h"
#include "compiler/frontend/Kernel.h"
#include "compiler/frontend/program/Export.h"
#include "compiler/frontend/program/Import.h"
#include "llvm/Support/raw_ostream.h"

using namespace mlir;

namespace pto::equality {

namespace {

/// A way to write a module down and to read it back.
struct Notation {
  std::string (*print)(ModuleOp module);
  /// Null for text that cannot be read; `unreadable` says why.
  OwningOpRef<ModuleOp> (*read)(const std::string &text, ModuleOp original, Difference &unreadable);
  /// Whether to look for equal modules with different hashes, too.
  bool checksHash;
};

std::string printKernel(ModuleOp module) {
  std::string text;
  llvm::raw_string_ostream stream(text);
  // The printer writes a few characters at a time.
  stream.SetBufferSize(BUFSIZ);
  // Without aliases, which take the printer a second walk and which kernels do not have; and without verifying what is
  // verified, or equal to it, each time it is printed.
  module.print(stream, OpPrintingFlags().useLocalScope().assumeVerified());
  stream.flush();
  return text;
}

OwningOpRef<ModuleOp> readKernel(const std::string &text, ModuleOp original, Difference &unreadable) {
  std::vector<Diagnostic> diagnostics;
  OwningOpRef<ModuleOp> module = frontend::parsePrinted(text, *original.getContext(), diagnostics);
  if (!module)
    unreadable = {"printed text, line " + std::to_string(diagnostics.front().place.line), diagnostics.front().message,
                  "", lineOf(text, diagnostics.front().place.line).str()};
  return module;
}

std::string printProgram(ModuleOp module) {
  return frontend::exportProgram(programOf(module));
}

OwningOpRef<ModuleOp> readProgram(const std::string &text, ModuleOp original, Difference &unreadable) {
  std::vector<Diagnostic> diagnostics;
  frontend::Module parsed = frontend::parse(programOf(original).getSymName().str() + ".printed", text, diagnostics);
  frontend::ModuleScope scope(parsed);
  OwningOpRef<ModuleOp> module;
  if (diagnostics.empty() && scope.definitions().size() == 1)
    module = frontend::importProgram(scope.definitions().front(), *original.getContext(), diagnostics);
  if (!module)
    unreadable = {"printed text", "it cannot be read back", text,
                  diagnostics.empty() ? "it defines " + std::to_string(scope.definitions().size()) + " programs"
                                      : render(diagnostics.front())};
  return module;
}

constexpr Notation kernels = {printKernel, readKernel, false}, programs = {printProgram, readProgram, true};

Difference unstable(StringRef once, StringRef twice) {
  size_t same = std::mismatch(once.begin(), once.end(), twice.begin(), twice.end()).first - once.begin();
  unsigned line = lineColumnAt(once, same).line;
  return {"printed text, line " + std::to_string(line), "printed differently the second time", lineOf(once, line).str(),
          lineOf(twice, line).str()};
}

} // namespace

std::optional<Difference> checkRoundTrip(ModuleOp module, std::string text) {
  const Notation &notation = programOf(module) ? programs : kernels;
  if (text.empty())
    text = notation.print(module);
  Difference unreadable;
  OwningOpRef<ModuleOp> again = notation.read(text, module, unreadable);
  if (!again)
    return unreadable;
  if (std::optional<Difference> difference = compare(module, *again, {/*memrefs=*/true}))
    return difference;
  std::string twice = notation.print(*again);
  if (notation.checksHash && structuralHash(module) != structuralHash(*again))
    return Difference{"printed text", "equal programs have different hashes", text, twice};
  if (text != twice)
    return unstable(text, twice);
  return std::nullopt;
}

} // namespace pto::equality
