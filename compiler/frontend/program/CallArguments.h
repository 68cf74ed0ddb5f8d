// Which argument of a call goes to which parameter.
// Positional, by keyword or left to its default: every one is accounted for.
#pragma once

#include "compiler/frontend/program/Ast.h"
#include "llvm/ADT/STLFunctionalExtras.h"
#include <string>
#include <vector>

namespace pto::frontend {

/// Without `self`.
llvm::ArrayRef<Parameter> ownParameters(const Function &function);

/// One expression for each parameter, its default where the call has none; null where neither has. What is wrong is
/// reported, if anybody wants to hear it. `other` is a keyword that goes to no parameter.
std::vector<const Expr *> matchArguments(const Call &call, const Function &callee, llvm::StringRef other = {},
                                         llvm::function_ref<void(SourceRange, std::string)> report = {});

/// "'add' takes a, b, c".
std::string describeParameters(const Function &function);

} // namespace pto::frontend
