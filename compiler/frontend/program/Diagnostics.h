// What is wrong with a program, found at ranges of its text.
#pragma once

#include "base/Diagnostic.h"
#include "base/NearestName.h"
#include "compiler/frontend/program/Source.h"

namespace pto::frontend {

class Diagnostics {
public:
  explicit Diagnostics(const Source &source) : source(&source) {}

  void error(SourceRange where, std::string message) { add(Severity::Error, where, std::move(message)); }
  /// An argument of a request does not fit what stands there.
  void contradiction(SourceRange where, llvm::StringRef argument, std::string message) {
    add(Severity::Error, where, std::move(message)).argument = argument.str();
  }
  void warning(SourceRange where, std::string message) { add(Severity::Warning, where, std::move(message)); }

  /// All but the first `count`: what was tried came to nothing.
  void takeBack(size_t count);
  /// From now on positions are in this source: functions of one program can come from several files.
  void enter(const Source &other) { source = &other; }

  bool hasErrors() const { return errors != 0; }
  unsigned errorCount() const { return errors; }
  const std::vector<Diagnostic> &all() const { return list; }
  std::string render() const;

private:
  Diagnostic &add(Severity severity, SourceRange where, std::string message);

  const Source *source;
  std::vector<Diagnostic> list;
  unsigned errors = 0;
};

} // namespace pto::frontend
