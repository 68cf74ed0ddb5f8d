// A file with programs, as the subcommands read it. What is wrong with it is printed here.
#pragma once

#include "compiler/frontend/program/ModuleScope.h"
#include <memory>

namespace pto {

/// The file's text, or nothing, which has been said then; `-` is standard input.
std::optional<std::string> readText(const std::string &file);

void print(const std::vector<Diagnostic> &diagnostics);

/// A file, its tree and the names around its programs.
class ProgramFile {
public:
  /// Nothing after an error, which has been said then.
  static std::unique_ptr<ProgramFile> read(const std::string &file, const frontend::FactoryArguments &arguments = {});

  const std::vector<frontend::Definition> &definitions() const { return scope->definitions(); }
  /// The programs, or the functions that stand alone if there are none; those of that name, if one is given.
  std::vector<const frontend::Definition *> entries(llvm::StringRef name) const;
  /// What is made for given arguments: the @pl.jit functions, or all generic ones if there is none.
  std::vector<const frontend::Definition *> generic(llvm::StringRef name) const;
  /// Errors for what has a decorator that only looks like one of the language, or is of that name; empty if all is
  /// well.
  std::string strangers(llvm::StringRef name) const;

private:
  frontend::Module module;
  std::unique_ptr<frontend::ModuleScope> scope;
};

} // namespace pto
