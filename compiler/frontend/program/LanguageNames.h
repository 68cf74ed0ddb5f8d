// The names of the language, however a file has come by them.
// The public package exports most of them from several modules; a program knows each by one path, `pl.tile.load`.
#pragma once

#include "compiler/frontend/program/Value.h"

namespace pto::frontend {

/// What a dotted name stands for: a path of the language in its one spelling, a number that the language has a name
/// for, or the path as it is.
Value nameOfLanguage(llvm::StringRef path);

/// Is this a module of the language's package, or something in one?
bool isOfLanguage(llvm::StringRef path);

} // namespace pto::frontend
