// pto-program compile: from a file to the program that code is generated from.
#pragma once

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"

namespace pto {

/// Gets the words behind the subcommand and returns the exit code.
int runCompile(llvm::ArrayRef<llvm::StringRef> words);

constexpr llvm::StringLiteral compileArguments =
    "FILE -o DIR [--entry E] [--arg NAME:TYPE|NAME=VALUE]... [--strategy S] [--platform P] [--dump-passes DIR]";

} // namespace pto
