// The list of kinds, and making the mutants of a kernel.
#include "compiler/dialect/Places.h"
#include "compiler/frontend/Kernel.h"
#include "compiler/mutate/Mutator.h"

using namespace mlir;

namespace pto::mutate {

llvm::ArrayRef<MutationKind> mutationKinds() {
  static constexpr MutationKind kinds[] = {
      {"drop", "leave out one synchronization operation", true, dropSync},
      {"drop-pair", "leave out both sides of a flag, a buffer id or a signal", true, dropSyncPair},
      {"retarget", "another event, buffer id, pipe or kind of barrier", true, retargetSync},
      {"move", "set or give back earlier, wait or take later", true, moveSync},
      {"swap", "exchange two synchronization operations that follow each other", true, swapSync},
      {"address", "an address or an offset, by an element or a block", false, shiftAddress},
      {"burst", "the length, the number, a stride or a loop of a transfer", false, changeBurst},
      {"mask", "the pattern of a predicate, or its number of lanes", false, flipMask},
      {"operation", "another operation of the same form, another rounding, comparison, distribution", false,
       changeOperation},
      {"constant", "an integer by one, a float by its last bit and by a 64th", false, changeConstant},
  };
  return kinds;
}

static std::string print(ModuleOp module, bool withLocations) {
  std::string text;
  llvm::raw_string_ostream stream(text);
  OpPrintingFlags flags;
  if (withLocations)
    flags.enableDebugInfo();
  module.print(stream, flags.useLocalScope().assumeVerified());
  return text;
}

std::string printPlain(ModuleOp module) {
  return print(module, /*withLocations=*/false);
}

Mutator::Mutator(ModuleOp module, func::FuncOp entry)
    : module(module), ops(sync::executedBy(entry)), texts({printPlain(module)}) {}

void Mutator::change(Operation *place, const llvm::Twine &what, llvm::function_ref<void(const Copy &copy)> change) {
  Copy copy(module);
  change(copy);
  Mutant mutant{kind, what.str(), placeOf(place->getLoc()), {}, {}, {}};
  std::vector<Diagnostic> diagnostics;
  if (frontend::verifyKernel(*copy.module, diagnostics)) {
    mutant.text = print(*copy.module, /*withLocations=*/true);
    mutant.plainText = printPlain(*copy.module);
    if (!texts.insert(mutant.plainText).second)
      return;
  } else {
    mutant.refusal = diagnostics.empty() ? "is not valid" : diagnostics.front().message;
  }
  // Two changes of one operation are never told in the same words.
  for (unsigned n = 2; !told.insert({place, mutant.change}).second; ++n)
    mutant.change = (what + " (" + llvm::Twine(n) + ")").str();
  mutants.push_back(std::move(mutant));
}

std::vector<Mutant> mutantsOf(ModuleOp module, func::FuncOp entry, llvm::ArrayRef<const MutationKind *> kinds) {
  Mutator mutator(module, entry);
  for (const MutationKind *kind : kinds) {
    mutator.kind = kind;
    kind->mutate(mutator);
  }
  return std::move(mutator.mutants);
}

} // namespace pto::mutate
