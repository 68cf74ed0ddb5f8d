// Program text to syntax tree.
// All of Python's statements and expressions are read, so that a file may hold ordinary Python around its programs.
#pragma once

#include "compiler/frontend/program/Ast.h"
#include "compiler/frontend/program/Diagnostics.h"
#include "compiler/frontend/program/Imports.h"
#include <memory>

namespace pto::frontend {

/// A file, its tree, and the files that it imports. Movable; the tree's addresses stay.
struct Module {
  std::unique_ptr<Source> source;
  std::unique_ptr<Arena> arena;
  Block body;
  Imports imports;
};

/// A statement with an error in it is left out, and reported; parsing goes on after it. Never recurses deeper than
/// maximumNesting, and no tree that comes out is deeper. Files that it imports are looked for beside `fileName`; what
/// is wrong with them is said where a program uses them.
Module parse(std::string fileName, std::string text, std::vector<Diagnostic> &diagnostics);

/// One file, without those that it imports.
Block parseFile(const Source::File &file, Arena &arena, Diagnostics &diagnostics);

constexpr unsigned maximumNesting = 200;

} // namespace pto::frontend
