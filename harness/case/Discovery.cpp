// Finds the cases below a root, looking only into folders that a wanted case can be in.
#include "harness/case/CaseFile.h"
#include "harness/case/Diagnostics.h"
#include "harness/case/Glob.h"
#include "harness/case/SourceFile.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/ConvertUTF.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"

namespace pto::harness {

namespace {

namespace fs = llvm::sys::fs;

bool isUtf8(llvm::StringRef text) {
  const auto *start = reinterpret_cast<const llvm::UTF8 *>(text.begin());
  return llvm::isLegalUTF8String(&start, reinterpret_cast<const llvm::UTF8 *>(text.end()));
}

class Discovery {
public:
  Discovery(const std::string &root, const std::vector<std::string> &patterns) : root(root) {
    for (const std::string &pattern : patterns)
      globs.emplace_back(pattern);
  }

  CaseSet run() {
    fs::file_status status;
    if (std::error_code error = fs::status(root, status)) {
      bool isMissing = error == std::errc::no_such_file_or_directory;
      fail("", root, "the cases root " + (isMissing ? "does not exist" : "cannot be looked at: " + error.message()));
    } else if (status.type() != fs::file_type::directory_file) {
      fail("", root, "the cases root is not a directory");
    } else {
      visit("", root);
    }
    llvm::sort(set.cases, [](const Case &a, const Case &b) { return a.name < b.name; });
    llvm::stable_sort(set.broken, [](const auto &a, const auto &b) { return a.name < b.name; });
    return std::move(set);
  }

private:
  void fail(const std::string &name, const std::string &path, std::string message) {
    set.broken.push_back({name, {{Place{path}, std::move(message)}}});
  }

  bool isWanted(llvm::function_ref<bool(const Glob &)> accepts) const {
    return globs.empty() || llvm::any_of(globs, accepts);
  }

  void visit(const std::string &name, const std::string &path) {
    fs::UniqueID identity;
    if (std::error_code error = fs::getUniqueID(path, identity))
      return fail(name, path, "the folder cannot be looked at: " + error.message());
    if (llvm::is_contained(ancestors, identity))
      return fail(name, path, "this symbolic link leads back to a folder it stands in");
    ancestors.push_back(identity);

    std::vector<std::pair<std::string, std::string>> folders; // name, path
    std::optional<std::string> caseFile;
    std::error_code error;
    for (fs::directory_iterator it(path, error), end; it != end && !error; it.increment(error))
      classify(name, *it, folders, caseFile);
    if (error)
      fail(name, path, "the folder cannot be listed: " + error.message());
    if (caseFile)
      readCase(name, *caseFile);
    llvm::sort(folders);
    for (const auto &[folderName, folderPath] : folders)
      visit(folderName, folderPath);
    ancestors.pop_back();
  }

  void classify(const std::string &name, const fs::directory_entry &entry,
                std::vector<std::pair<std::string, std::string>> &folders, std::optional<std::string> &caseFile) {
    llvm::StringRef base = llvm::sys::path::filename(entry.path());
    if (base == "case.yaml") {
      caseFile = entry.path();
      return;
    }
    if (base.starts_with(".") || entry.type() == fs::file_type::regular_file)
      return;
    std::string childName = name.empty() ? base.str() : name + "/" + base.str();
    if (!isWanted([&](const Glob &glob) { return glob.matchesCase(childName) || glob.reachesBelow(childName); }))
      return;
    fs::file_type type = entry.type();
    if (type != fs::file_type::directory_file) {
      fs::file_status status;
      if (fs::status(entry.path(), status) == std::errc::too_many_symbolic_link_levels)
        return fail(childName, entry.path(), "this symbolic link leads back to itself");
      type = status.type();
    }
    if (type == fs::file_type::directory_file)
      folders.emplace_back(childName, entry.path());
  }

  void readCase(const std::string &name, const std::string &file) {
    if (!name.empty() && !isWanted([&](const Glob &glob) { return glob.matchesCase(name); }))
      return;
    if (name.empty())
      return fail(name, file,
                  "a case is named by its folder below the cases root, and this one stands in the root "
                  "itself; move it into a folder, or give the folder above as the root");
    if (name.find('@') != std::string::npos || !isUtf8(name))
      return fail(name, file, "the name of a case's folder must be UTF-8 without '@', which begins a point");
    CaseSet found = readCasePoints(file, name, [&](llvm::StringRef point) {
      return isWanted([&](const Glob &glob) { return glob.matches(point); });
    });
    llvm::move(found.cases, std::back_inserter(set.cases));
    llvm::move(found.broken, std::back_inserter(set.broken));
  }

  std::string root;
  std::vector<Glob> globs;
  std::vector<fs::UniqueID> ancestors;
  CaseSet set;
};

} // namespace

CaseSet discover(const std::string &root, const std::vector<std::string> &globs) {
  return Discovery(root, globs).run();
}

} // namespace pto::harness
