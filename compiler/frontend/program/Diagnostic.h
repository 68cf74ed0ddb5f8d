// What is wrong with a program, where, and what to do about it.
// Collected, never thrown and never printed by those who find it.
#pragma once

#include "base/NearestName.h"
#include "compiler/frontend/program/Source.h"
#include "llvm/ADT/ArrayRef.h"
#include <string>
#include <vector>

namespace pto::program {

enum class Severity { Error, Warning };

struct Diagnostic {
  Severity severity = Severity::Error;
  std::string file;
  LineColumn start;
  std::string message;
  /// The line of text and the carets below it; empty where there is no text to show.
  std::string excerpt;
  /// The argument of a request that does not fit the program; the place is what it contradicts.
  std::string argument;

  /// `file:line:column: error: message`, then the excerpt.
  std::string render() const;
};

class Diagnostics {
public:
  explicit Diagnostics(const Source &source) : source(&source) {}

  void error(SourceRange where, std::string message) { add(Severity::Error, where, std::move(message)); }
  /// An argument of a request does not fit what stands there.
  void contradiction(SourceRange where, llvm::StringRef argument, std::string message) {
    add(Severity::Error, where, std::move(message)).argument = argument.str();
  }
  void warning(SourceRange where, std::string message) { add(Severity::Warning, where, std::move(message)); }

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

} // namespace pto::program
