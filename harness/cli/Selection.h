// Which cases a command line selects.
#pragma once

#include "harness/case/Case.h"
#include "harness/cli/Options.h"
#include "llvm/Support/Error.h"
#include <set>
#include <string>

namespace pto::harness {

/// Why no cases are selected, and the exit code of that.
class SelectionError : public llvm::ErrorInfo<SelectionError> {
public:
  static char ID;
  SelectionError(std::string message, int exitCode) : exitCode(exitCode), text(std::move(message)) {}
  void log(llvm::raw_ostream &os) const override { os << text; }
  std::error_code convertToErrorCode() const override { return llvm::inconvertibleErrorCode(); }

  const int exitCode;
  const std::string text;
};

/// Says it on stderr; its exit code.
int reportUnselected(llvm::Error error);
/// Says on stderr what is wrong with the cases; false if one of them was needed.
bool reportBroken(const CaseSet &set);

/// Reads the cases and keeps what the options of selection leave, in the order they are to run in. An error where a
/// name or pattern matches nothing, or nothing is left: it says which, and what is nearest to it.
llvm::Expected<CaseSet> select(const Options &options);

/// Reads again the cases of these names, without points, as the options select them; of no names: all. Nothing has to
/// match any more: files come and go while they are watched.
CaseSet selectAgain(const Options &options, const std::set<std::string> &names);

} // namespace pto::harness
