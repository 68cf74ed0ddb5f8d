// MLIR words its errors in one place each, so that a text is enough to know one by.
#include "compiler/dialect/Explanation.h"
#include "base/NearestName.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/IR/Diagnostics.h"
#include "mlir/IR/DialectRegistry.h"
#include "mlir/IR/MLIRContext.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/Regex.h"

using namespace mlir;

namespace pto::ir {
namespace {

// The operation that an error of the parser does not know; empty for every other error.
std::string unknownOperation(StringRef message) {
  static constexpr StringLiteral patterns[] = {
      "^custom op '([^']+)' is unknown \\(tried '([^']+)' as well\\)$",
      "^custom op '([^']+)' is unknown$",
      "^Dialect `[^']*' not found for custom op '([^']+)' ",
  };
  for (StringRef pattern : patterns) {
    SmallVector<StringRef, 3> groups;
    if (llvm::Regex(pattern).match(message, &groups))
      return groups[1].str();
  }
  return "";
}

// The whole names of the operations of all dialects in use. No other is loaded now: that registers handlers, and one of
// them is running.
SmallVector<StringRef> knownOperations(MLIRContext &context) {
  return llvm::map_to_vector(context.getRegisteredOperations(),
                             [](RegisteredOperationName name) { return name.getStringRef(); });
}

// A name may lack its dialect, as in vadd or retrun.
StringRef meantBy(StringRef unknown, ArrayRef<StringRef> known) {
  if (unknown.contains('.'))
    return nearest(unknown, known);
  auto bare = [](StringRef name) { return name.split('.').second; };
  SmallVector<StringRef> bareNames = llvm::map_to_vector(known, bare);
  StringRef meant = llvm::is_contained(bareNames, unknown) ? unknown : nearest(unknown, bareNames);
  const auto *whole = llvm::find_if(known, [&](StringRef name) { return !meant.empty() && bare(name) == meant; });
  return whole == known.end() ? StringRef() : *whole;
}

} // namespace

void explain(Diagnostic &diagnostic) {
  if (diagnostic.getSeverity() != DiagnosticSeverity::Error)
    return;
  std::string unknown = unknownOperation(diagnostic.str());
  if (unknown.empty())
    return;
  StringRef meant = meantBy(unknown, knownOperations(*diagnostic.getLocation().getContext()));
  std::string note = ("did you mean '" + meant + "'?").str();
  // More than one handler may ask for an explanation.
  bool isExplained = llvm::any_of(diagnostic.getNotes(), [&](Diagnostic &known) { return known.str() == note; });
  if (!meant.empty() && !isExplained)
    diagnostic.attachNote() << note;
}

void registerExplanations(DialectRegistry &registry) {
  // Every kernel is a func.func, so that its dialect is loaded when a tool's own handlers are in place.
  registry.addExtension(+[](MLIRContext *context, func::FuncDialect *) {
    context->getDiagEngine().registerHandler([](Diagnostic &diagnostic) {
      explain(diagnostic);
      return failure(); // for the next handler
    });
  });
}

} // namespace pto::ir
