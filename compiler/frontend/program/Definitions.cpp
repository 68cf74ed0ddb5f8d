// What a file defines for PTO: classes and functions with a decorator of the language.
// `pl.jit` has several spellings, one for each level of kernel.
#include "compiler/frontend/program/Definitions.h"

namespace pto::program {

std::optional<Definition::Kind> definitionKind(llvm::StringRef decorator) {
  if (decorator == "pl.program")
    return Definition::Kind::Program;
  if (decorator == "pl.function")
    return Definition::Kind::Function;
  if (decorator == "pl.inline")
    return Definition::Kind::Inline;
  if (decorator == "pl.jit" || decorator.starts_with("pl.jit."))
    return Definition::Kind::Jit;
  return std::nullopt;
}

} // namespace pto::program
