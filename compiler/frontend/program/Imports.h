// The files that a program file imports.
// Found beside it, read and parsed; never run.
#pragma once

#include "compiler/frontend/program/Ast.h"
#include "compiler/frontend/program/Source.h"
#include "llvm/ADT/StringMap.h"
#include <deque>

namespace pto::frontend {

struct Module;

struct ImportedFile {
  std::string path;
  Block body;
  /// Where its text is; 0 for the file that was parsed first, which others may import too.
  uint32_t begin = 0;
  /// The first thing that is wrong with its text; empty if nothing is.
  std::string problem;
};

class Imports {
public:
  /// What a module's name, `kernels.add` or `.helpers`, stands for in the file that has the position `from`; null if
  /// there is no such file.
  const ImportedFile *find(const Source &source, uint32_t from, llvm::StringRef module) const;

  /// The folders in which a module without a file was looked for.
  std::string lookedFor(const Source &source, uint32_t from, llvm::StringRef module) const;

  /// Whether the files are on disk as they were read.
  bool areCurrent(const Source &source) const;

private:
  friend class ImportLoader;
  std::deque<ImportedFile> files;
  llvm::StringMap<const ImportedFile *> known;
  llvm::StringMap<std::string> folders;
};

/// Reads what the module's file imports, and what that imports. What is no file beside it is left out: it is an error
/// only where a program uses it.
void loadImports(Module &module);

/// `kernels.add` of `kernels.add.tile_add`, `.` of `.helpers`; empty if a name has one part.
llvm::StringRef moduleOf(llvm::StringRef path);

/// Where a module would be: `kernels/add.py`.
std::string expectedFile(llvm::StringRef module);

} // namespace pto::frontend
