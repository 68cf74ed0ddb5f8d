// Finding the case of a kernel, and its first point.
#include "harness/tools/PlaceholderText.h"
#include "harness/case/Case.h"
#include "harness/case/CaseFile.h"
#include "harness/case/Placeholders.h"
#include "harness/run/Display.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"

using namespace pto::harness;
namespace sys = llvm::sys;

llvm::Expected<PlaceholderText> pto::harness::withoutPlaceholders(llvm::StringRef file, llvm::StringRef text) {
  if (!hasPlaceholder(text))
    return PlaceholderText{text.str(), ""};
  llvm::SmallString<256> folder(file);
  sys::fs::make_absolute(folder);
  sys::path::remove_filename(folder);
  std::string caseFile = (folder + "/case.yaml").str();
  std::string missing = displayPath(file) + " has placeholders, which a case.yaml beside it gives values; ";
  if (!sys::fs::exists(caseFile))
    return llvm::createStringError(llvm::inconvertibleErrorCode(), missing + "there is none");
  std::string name = sys::path::filename(sys::path::parent_path(caseFile)).str();
  // The text as an editor has it stands in for the file's.
  UnsavedKernel unsaved{file.str(), text.str()};
  CaseSet set = readCasePoints(
      caseFile, name, [](llvm::StringRef) { return true; }, &unsaved);
  for (const Case &point : set.cases)
    if (sys::fs::equivalent(point.kernelFile, file))
      return PlaceholderText{point.kernelText, point.name};
  if (!set.broken.empty())
    return llvm::createStringError(llvm::inconvertibleErrorCode(), describe(set.broken.front().errors.front()));
  return llvm::createStringError(llvm::inconvertibleErrorCode(), missing + "this one names another kernel");
}
