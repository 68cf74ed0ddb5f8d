// The subcommand `pto-program specialize`.
#pragma once

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"

namespace pto {

constexpr llvm::StringLiteral specializeArguments =
    "FILE --entry=NAME --arg=NAME:DTYPE[SHAPE]|NAME=VALUE … [--platform=P] [--strategy=S] [--lines] [--mlir]";

/// The words behind the subcommand's name in, the exit code out.
int runSpecialize(llvm::ArrayRef<llvm::StringRef> words);

} // namespace pto
