// What is proposed for a kernel, and what is said of the synchronization that it has.
#pragma once

#include "base/Place.h"
#include "compiler/sync/TextEdit.h"
#include "llvm/Support/Error.h"
#include "llvm/Support/JSON.h"
#include <string>
#include <vector>

namespace pto::harness {

/// Not a failure: something that could be less.
struct Advice {
  Place place;
  std::string text;
};

struct Proposal {
  std::string failure; ///< why there is none
  Place failurePlace;
  unsigned added = 0, removed = 0; ///< operations
  std::vector<sync::LineEdit> edits;
  std::vector<std::string> additions; ///< in words
  std::vector<Advice> redundant;      ///< what orders nothing
  std::vector<sync::LineEdit> lean;   ///< `edits`, and what is redundant taken out; as edits of the original text
  std::vector<Advice> tooMuch;        ///< barriers of all pipes where a flag would do
};

llvm::json::Value toJSON(const Proposal &proposal);
bool fromJSON(const llvm::json::Value &value, Proposal &proposal, llvm::json::Path path);

} // namespace pto::harness
