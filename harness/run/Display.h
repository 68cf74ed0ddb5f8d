// How paths and lines of files are shown to people.
#pragma once

#include "harness/case/Case.h"
#include "llvm/ADT/StringRef.h"
#include <string>

namespace pto::harness {

/// The one that the process was started in; empty where it cannot be told. Looked up once: each case asks for it.
llvm::StringRef workingFolder();

/// Relative to the working folder if it lies below it.
std::string displayPath(llvm::StringRef path);

/// The text of a line without its end; empty if there is none.
std::string lineOfFile(const std::string &path, unsigned line);

/// Each line that is not blank.
void addLines(std::vector<std::string> &lines, llvm::StringRef text);

/// "cases/a/case.yaml:3:7: error: …" with the line and a caret below it.
std::string describe(Diagnostic diagnostic);

} // namespace pto::harness
