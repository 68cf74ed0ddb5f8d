// Everything that is wrong with one point of a case, in the order of finding. The same error is kept once.
#pragma once

#include "base/NearestName.h"
#include "harness/case/Case.h"
#include "llvm/ADT/StringRef.h"
#include <set>

namespace pto::harness {

class Diagnostics {
public:
  void add(Place place, std::string message);
  bool empty() const { return errors.empty(); }
  /// Sorted by place, which is the order a reader fixes them in.
  std::vector<Diagnostic> take();

private:
  std::vector<Diagnostic> errors;
  std::set<std::pair<Place, std::string>> seen;
};

/// 'text', on one line and cut to a readable length, for a message.
std::string quote(llvm::StringRef text);

} // namespace pto::harness
