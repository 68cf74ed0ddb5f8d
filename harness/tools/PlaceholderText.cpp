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

static std::string caseFileOf(llvm::StringRef kernel) {
  llvm::SmallString<256> folder(kernel);
  sys::fs::make_absolute(folder);
  sys::path::remove_filename(folder);
  return (folder + "/case.yaml").str();
}

CaseSet pto::harness::casesOfKernel(llvm::StringRef file, llvm::StringRef text) {
  std::string caseFile = caseFileOf(file);
  if (!sys::fs::exists(caseFile))
    return {};
  std::string name = sys::path::filename(sys::path::parent_path(caseFile)).str();
  UnsavedKernel unsaved{file.str(), text.str()};
  CaseSet set = readCasePoints(
      caseFile, name, [](llvm::StringRef) { return true; }, &unsaved);
  llvm::erase_if(set.cases, [&](const Case &point) { return !sys::fs::equivalent(point.kernelFile, file); });
  return set;
}

llvm::Expected<PlaceholderText> pto::harness::withoutPlaceholders(llvm::StringRef file, llvm::StringRef text) {
  if (!hasPlaceholder(text))
    return PlaceholderText{text.str(), ""};
  std::string missing = displayPath(file) + " has placeholders, which a case.yaml beside it gives values; ";
  if (!sys::fs::exists(caseFileOf(file)))
    return llvm::createStringError(llvm::inconvertibleErrorCode(), missing + "there is none");
  CaseSet set = casesOfKernel(file, text);
  if (!set.cases.empty())
    return PlaceholderText{set.cases.front().kernelText, set.cases.front().name};
  if (!set.broken.empty())
    return llvm::createStringError(llvm::inconvertibleErrorCode(), describe(set.broken.front().errors.front()));
  return llvm::createStringError(llvm::inconvertibleErrorCode(), missing + "this one names another kernel");
}
