// The function or program that a request names, in its file.
// Found and outlined once; then specialized for as many requests as there are.
#pragma once

#include "compiler/specialize/Outline.h"
#include "compiler/specialize/Request.h"
#include <memory>

namespace pto::specialize {

class EntryPoint {
public:
  /// Null after an error. Of the arguments, only those matter here that bind the parameters of functions around the
  /// entry, which build it.
  static std::shared_ptr<const EntryPoint> find(const Request &request, llvm::StringRef text,
                                                std::vector<Diagnostic> &diagnostics);

  const Module &module() const { return *file; }
  const Definition &definition() const { return outlined->entry(); }
  const Outline &outline() const { return *outlined; }
  bool isProgram() const { return definition().kind == Definition::Kind::Program; }
  bool isWrittenOut() const { return isProgram() || definition().kind == Definition::Kind::Function; }
  /// A `@pl.function` that stands alone is, if it is given arguments.
  bool isSpecializedFor(const Request &request) const {
    return !isProgram() && (!isWrittenOut() || !request.arguments.empty());
  }
  /// The function to call: the entry itself, or the method that the request or the program's form names; null if
  /// several could be meant.
  const FunctionOutline *function() const { return called; }
  /// The parameters of the functions around the entry.
  const std::set<std::string> &builderParameters() const { return builders; }

private:
  std::unique_ptr<const Module> file;
  std::unique_ptr<ModuleScope> scope;
  std::optional<Outline> outlined;
  const FunctionOutline *called = nullptr;
  std::set<std::string> builders;

  friend class EntryFinder;
};

/// An error of the request itself, which is nowhere in the file's text.
void reportRequest(Diagnostics &diagnostics, const Source &source, std::string message);

/// The parameters of a generic entry as the request binds them, defaults included; empty after an error. Of a
/// program, whose parameters have their types already, none; the arguments are checked against them.
std::optional<std::vector<BoundParameter>> bindRequest(const EntryPoint &entry, const Request &request,
                                                       Diagnostics &diagnostics);

} // namespace pto::specialize
