// What a run of a kernel has to say, as an editor shows it: at the operations that it is about, with what mends it.
#pragma once

#include "harness/case/Case.h"
#include "reports/Result.h"
#include "llvm/Support/JSON.h"

namespace pto::harness {

/// One fault, from its place to the end of the line, as the protocol has it.
enum class RemarkSeverity { Error = 1, Warning, Information };
llvm::json::Object remarkAt(const Place &place, llvm::StringRef message,
                            RemarkSeverity severity = RemarkSeverity::Error);

/// A line that comes before another one, counted from 0.
struct InsertedLine {
  unsigned before;
  std::string text;
};

/// What a finding advises to add, as lines of the text that it is about; nothing where that has no such lines.
std::vector<InsertedLine> insertionsOf(llvm::ArrayRef<AddedLine> edit, llvm::StringRef text);

/// Objects with a `diagnostic` and, where there is one, a `fix`: its `title`, and `edits` of the text. Nothing of a
/// text that does not parse or verify, which the language server tells by itself.
llvm::json::Array remarksOf(const Case &spec, const reports::Result &result);

} // namespace pto::harness
