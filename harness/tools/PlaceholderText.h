// A kernel with placeholders, for tools that read one kernel and know no matrix: the text of its case's first point.
#pragma once

#include "harness/case/Case.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Error.h"
#include <string>

namespace pto::harness {

struct PlaceholderText {
  std::string text;
  std::string caseName; ///< the point whose values were taken; empty where the text has no placeholder
};

/// The points of the case in a kernel's folder that run it, with what its file will hold when an editor saves it. Empty
/// where there is no case file.
CaseSet casesOfKernel(llvm::StringRef file, llvm::StringRef text);

/// `file` names the kernel, and `text` is what it holds, or will when an editor saves it. Lines stay where they are. An
/// error where the text has placeholders and no case.yaml beside the file names it.
llvm::Expected<PlaceholderText> withoutPlaceholders(llvm::StringRef file, llvm::StringRef text);

} // namespace pto::harness
