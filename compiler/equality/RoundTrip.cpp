// print, parse, compare, print again.
#include "compiler/equality/RoundTrip.h"
#include "compiler/frontend/Kernel.h"
#include "llvm/Support/raw_ostream.h"

using namespace mlir;

namespace pto::compiler {

static std::string printed(ModuleOp module) {
  std::string text;
  llvm::raw_string_ostream stream(text);
  // Without aliases, which take the printer a second walk and which kernels do not have; and without verifying what is
  // verified, or equal to it, each time it is printed.
  module.print(stream, OpPrintingFlags().useLocalScope().assumeVerified());
  return text;
}

static std::string lineOf(StringRef text, unsigned line) {
  for (; line > 1; --line)
    text = text.split('\n').second;
  return text.split('\n').first.str();
}

static Difference unreadable(StringRef text, const std::vector<Diagnostic> &diagnostics) {
  const Diagnostic &first = diagnostics.front();
  return {"printed text, line " + std::to_string(first.line), first.message, "", lineOf(text, first.line)};
}

static Difference unstable(StringRef once, StringRef twice) {
  unsigned line = 1;
  for (; once.split('\n').first == twice.split('\n').first; ++line) {
    once = once.split('\n').second;
    twice = twice.split('\n').second;
  }
  return {"printed text, line " + std::to_string(line), "printed differently the second time",
          once.split('\n').first.str(), twice.split('\n').first.str()};
}

std::optional<Difference> checkRoundTrip(ModuleOp module) {
  std::string once = printed(module);
  std::vector<Diagnostic> diagnostics;
  OwningOpRef<ModuleOp> again = parseKernel(once, "printed", *module->getContext(), diagnostics);
  if (!again)
    return unreadable(once, diagnostics);
  if (std::optional<Difference> difference = compare(module, *again))
    return difference;
  std::string twice = printed(*again);
  if (once != twice)
    return unstable(once, twice);
  return std::nullopt;
}

} // namespace pto::compiler
