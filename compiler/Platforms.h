// The machines that programs are compiled for, by name.
// For all who let one be chosen; what is known of them stands in passes/Platform.cpp.
#pragma once

#include "llvm/ADT/StringRef.h"

namespace pto {

constexpr llvm::StringLiteral allPlatforms[] = {"a2a3", "a2a3sim", "a5", "a5sim"};
/// Where nobody says which.
constexpr llvm::StringLiteral defaultPlatform = allPlatforms[0];

} // namespace pto
