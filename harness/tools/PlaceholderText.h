// A kernel with placeholders, for tools that read one kernel and know no matrix: the text of its case's first point.
#pragma once

#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Error.h"
#include <string>

namespace pto::harness {

struct PlaceholderText {
  std::string text;
  std::string caseName; ///< the point whose values were taken; empty where the text has no placeholder
};

/// `file` names the kernel, and `text` is what it holds, or will when an editor saves it. Lines stay where they are. An
/// error where the text has placeholders and no case.yaml beside the file names it.
llvm::Expected<PlaceholderText> withoutPlaceholders(llvm::StringRef file, llvm::StringRef text);

} // namespace pto::harness
