// A generic program and a request in, a concrete program out.
// The tree's nodes keep their places in the user's file: what is found wrong with it later is said there.
#pragma once

#include "compiler/specialize/EntryPoint.h"
#include "compiler/specialize/SourceMap.h"

namespace pto::specialize {

struct Specialized {
  /// An import, the symbols, and one class. Its source is the user's file.
  Module module;
  /// The same as text.
  std::string text;
  /// The class, and the function in it that is to be called; empty if several could be meant.
  std::string program, entry;
  /// From the text to the user's file.
  SourceMap map;

  /// What the tree refers to: the user's tree, or the text it was read back from.
  std::vector<std::shared_ptr<const void>> kept;
};

/// Null after an error. Deterministic: the same entry and request give the same text.
std::shared_ptr<const Specialized> specialize(const EntryPoint &entry, const Request &request,
                                              std::vector<Diagnostic> &diagnostics);

/// The whole way from a file's text. `request.file` is its name in messages.
std::shared_ptr<const Specialized> specialize(const Request &request, std::string text,
                                              std::vector<Diagnostic> &diagnostics);

} // namespace pto::specialize
