// What a call does with each of its arguments.
// The callee's signature says what it may do with a parameter; the call, what this one submission depends on.
#pragma once

#include "mlir/IR/Types.h"
#include <string>
#include <vector>

namespace pto::prog {

/// `output_existing` for `OutputExisting`; empty if there is no such direction.
llvm::StringRef wordOfCallDirection(llvm::StringRef direction);
/// The other way round.
llvm::StringRef callDirectionNamed(llvm::StringRef word);
std::vector<llvm::StringRef> callDirectionWords();

/// Are arguments of this type tracked as memory? All others are handed over by value.
bool isTracked(mlir::Type type);

/// Why a call cannot have this direction for an argument of this type and a parameter that is `in`, `out` or `inout`.
/// Empty if it can.
std::string callDirectionProblem(llvm::StringRef direction, mlir::Type type, llvm::StringRef parameter);

} // namespace pto::prog
