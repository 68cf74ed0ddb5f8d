// A text file that a case is made of, checked before anything reads it: regular, of bounded size, UTF-8.
#pragma once

#include "base/Diagnostic.h"

namespace pto::harness {

/// Takes the error apart; every error of this folder is a PlacedError.
Diagnostic toDiagnostic(llvm::Error error);

constexpr uint64_t largestFile = 4 << 20;

/// Why a path cannot be read as a file: "does not exist", "is a directory, not a file" … Empty where it can.
std::string whyNotReadable(const std::string &path);

/// The text of a file, without a byte order mark.
llvm::Expected<std::string> readText(const std::string &path);

} // namespace pto::harness
