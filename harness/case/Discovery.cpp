// Finds the cases below a root, looking only into folders that a wanted case can be in.
#include "harness/case/CaseFile.h"
#include "harness/case/Diagnostics.h"
#include "harness/case/Glob.h"
#include "harness/case/HostFolders.h"
#include "harness/case/PointNames.h"
#include "harness/case/SourceFile.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/ConvertUTF.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"
#include <set>

namespace pto::harness {

namespace {

namespace fs = llvm::sys::fs;

bool isUtf8(llvm::StringRef text) {
  const auto *start = reinterpret_cast<const llvm::UTF8 *>(text.begin());
  return llvm::isLegalUTF8String(&start, reinterpret_cast<const llvm::UTF8 *>(text.end()));
}

class Discovery {
public:
  Discovery(const std::string &root, const std::vector<std::string> &patterns, SplitFolder split)
      : root(root), split(split) {
    for (const std::string &pattern : patterns)
      globs.emplace_back(pattern);
  }

  CaseSet run() {
    fs::file_status status;
    if (std::error_code error = fs::status(root, status)) {
      bool isMissing = error == std::errc::no_such_file_or_directory;
      fail("", root, "the cases root " + (isMissing ? "does not exist" : "cannot be accessed: " + error.message()));
    } else if (status.type() != fs::file_type::directory_file) {
      fail("", root, "the cases root is not a directory");
    } else {
      visit("", root);
      followLinks();
      for (const Folder &family : families)
        readCase(family.name, family.path);
    }
    tellLookalikes();
    llvm::sort(set.cases, [](const Case &a, const Case &b) { return a.name < b.name; });
    rejectTwins();
    llvm::stable_sort(set.broken, [](const auto &a, const auto &b) { return a.name < b.name; });
    return std::move(set);
  }

private:
  /// Two case files may give points the same name.
  void rejectTwins() {
    std::string name, file;
    llvm::erase_if(set.cases, [&](const Case &spec) {
      if (spec.name == name) {
        fail(name, spec.place.file, "another case has the same name: see " + file);
        return true;
      }
      std::tie(name, file) = std::tie(spec.name, spec.place.file);
      return false;
    });
  }

  void fail(const std::string &name, const std::string &path, std::string message) {
    set.broken.push_back({name, {{Place{path}, std::move(message)}}});
  }

  bool isWanted(llvm::function_ref<bool(const Glob &)> accepts) const {
    return globs.empty() || llvm::any_of(globs, accepts);
  }
  bool isWantedCase(const std::string &name) const {
    return isWanted([&](const Glob &glob) { return glob.matchesCase(name); });
  }

  /// A folder that can be reached by several names, through links, is walked once for the same wishes.
  bool isNew(const std::string &name, fs::UniqueID identity) {
    std::vector<std::string> rest;
    for (const Glob &glob : globs)
      rest.push_back(glob.restBelow(name));
    return walked.emplace(std::make_pair(identity.getDevice(), identity.getFile()), std::move(rest)).second;
  }

  struct Folder {
    std::string name, path;
    bool operator<(const Folder &other) const { return name < other.name; }
  };

  void visit(const std::string &name, const std::string &path) {
    fs::UniqueID identity;
    if (std::error_code error = fs::getUniqueID(path, identity))
      return fail(name, path, "the folder cannot be accessed: " + error.message());
    if (!isNew(name, identity))
      return;
    std::vector<Folder> folders;
    std::optional<std::string> caseFile;
    std::vector<std::string> strays;
    std::error_code error;
    for (fs::directory_iterator it(path, error, /*follow_symlinks=*/false), end; it != end && !error;
         it.increment(error))
      classify(name, *it, folders, caseFile, strays);
    if (error)
      fail(name, path, "the folder cannot be listed: " + error.message());
    if (caseFile)
      readCase(name, *caseFile);
    else if (!name.empty() && !strays.empty())
      readFolderWithoutCaseFile(name, path, strays);
    llvm::sort(folders);
    for (const Folder &folder : folders)
      visit(folder.name, folder.path);
  }

  /// After the folders that are there under their own names.
  void followLinks() {
    while (!links.empty()) {
      std::vector<Folder> now;
      std::swap(now, links);
      llvm::sort(now);
      for (const Folder &link : now) {
        if (leadsBack(link))
          fail(link.name, link.path, "this symbolic link points to a folder that contains it");
        else
          visit(link.name, link.path);
      }
    }
  }

  bool leadsBack(const Folder &link) const {
    fs::UniqueID target, ancestor;
    if (fs::getUniqueID(link.path, target))
      return false;
    llvm::StringRef path = link.path;
    while (path.size() > root.size()) {
      path = llvm::sys::path::parent_path(path);
      if (!fs::getUniqueID(path, ancestor) && ancestor == target)
        return true;
    }
    return false;
  }

  void classify(const std::string &name, const fs::directory_entry &entry, std::vector<Folder> &folders,
                std::optional<std::string> &caseFile, std::vector<std::string> &strays) {
    llvm::StringRef base = llvm::sys::path::filename(entry.path());
    if (base == "case.yaml") {
      caseFile = entry.path();
      return;
    }
    if (base.starts_with("."))
      return;
    if (entry.type() == fs::file_type::regular_file) {
      if (base.ends_with(".pto") || base == "cases.py" || isNearlyCaseFile(base))
        strays.push_back(entry.path());
      return;
    }
    std::string childName = name.empty() ? base.str() : name + "/" + base.str();
    if (!isWanted([&](const Glob &glob) { return glob.matchesCase(childName) || glob.reachesBelow(childName); })) {
      // The case in it may give its points the names that are wanted.
      std::string file = entry.path() + "/case.yaml";
      if (entry.type() == fs::file_type::directory_file && fs::exists(file))
        families.push_back({childName, file});
      return;
    }
    fs::file_type type = entry.type();
    if (type == fs::file_type::directory_file) {
      folders.push_back({childName, entry.path()});
      return;
    }
    fs::file_status status;
    if (fs::status(entry.path(), status) == std::errc::too_many_symbolic_link_levels)
      fail(childName, entry.path(), "this symbolic link points to itself");
    else if (status.type() == fs::file_type::directory_file)
      links.push_back({childName, entry.path()});
  }

  void readFolderWithoutCaseFile(const std::string &name, const std::string &path,
                                 const std::vector<std::string> &strays) {
    bool isMany = split && llvm::any_of(strays, isListOfCases);
    if (!isWantedCase(name) && !(isMany && isWanted([&](const Glob &glob) { return glob.reachesBelow(name); })))
      return;
    std::optional<llvm::Expected<Case>> found = readHostFolder(name, path);
    if (!found)
      llvm::copy_if(strays, std::back_inserter(withoutCaseFile),
                    [](const std::string &file) { return !isListOfCases(file); });
    else if (!*found)
      addBroken(name, found->takeError());
    else if (!isMany)
      set.cases.push_back(std::move(**found));
    else if (llvm::Expected<std::vector<Case>> cases = split(**found))
      llvm::copy_if(*cases, std::back_inserter(set.cases), [&](const Case &spec) {
        return isWanted([&](const Glob &glob) { return glob.matches(spec.name) || glob.matches(spec.inFolder); });
      });
    else
      addBroken(name, cases.takeError());
  }

  void addBroken(const std::string &name, llvm::Error error) {
    std::vector<Diagnostic> &errors = set.broken.emplace_back(CaseSet::Broken{name, {}}).errors;
    llvm::handleAllErrors(std::move(error), [&](const PlacedError &each) {
      errors.push_back({each.place, each.message});
    });
  }

  static bool isListOfCases(llvm::StringRef file) { return llvm::sys::path::filename(file) == "cases.py"; }

  static bool isNearlyCaseFile(llvm::StringRef base) {
    return base.equals_insensitive("case.yml") || base.equals_insensitive("case.yaml") || base == "cases.yaml" ||
           base == "case.json" || base == "case.yaml.txt";
  }

  /// A kernel that a case elsewhere names is no stray, nor is one that a misnamed case file would name.
  void tellLookalikes() {
    if (withoutCaseFile.empty())
      return;
    std::set<fs::UniqueID> kernels;
    fs::UniqueID identity;
    for (const Case &spec : set.cases)
      if (!fs::getUniqueID(spec.kernelFile, identity))
        kernels.insert(identity);
    std::set<llvm::StringRef> told;
    auto tell = [&](const std::string &file, const char *message) {
      if (!fs::getUniqueID(file, identity) && !kernels.count(identity) &&
          told.insert(llvm::sys::path::parent_path(file)).second)
        set.lookalikes.push_back({Place{file}, message});
    };
    llvm::sort(withoutCaseFile);
    for (const std::string &file : withoutCaseFile)
      if (!llvm::StringRef(file).ends_with(".pto"))
        tell(file, "a case file is called case.yaml; this one is not read");
    for (const std::string &file : withoutCaseFile)
      if (llvm::StringRef(file).ends_with(".pto"))
        tell(file, "there is no case.yaml beside this kernel, so nothing runs it");
  }

  void readCase(const std::string &name, const std::string &file) {
    if (!name.empty() && !isWantedCase(name) && !namesItsPoints(file))
      return;
    if (name.empty())
      return fail(name, file,
                  "a case is named by its folder below the cases root, and this one is in the root "
                  "itself; move it into a folder, or use the folder above as the root");
    if (name.find('@') != std::string::npos || !isUtf8(name))
      return fail(name, file, "the name of a case's folder must be UTF-8 without '@', which begins a point");
    CaseSet found = readCasePoints(file, name, [&](llvm::StringRef point) {
      return isWanted([&](const Glob &glob) { return glob.matches(point); });
    });
    llvm::move(found.cases, std::back_inserter(set.cases));
    llvm::move(found.broken, std::back_inserter(set.broken));
  }

  std::string root;
  SplitFolder split;
  std::vector<Glob> globs;
  std::vector<Folder> links;    ///< still to be followed
  std::vector<Folder> families; ///< case files whose folders are not wanted
  std::set<std::pair<std::pair<uint64_t, uint64_t>, std::vector<std::string>>> walked;
  std::vector<std::string> withoutCaseFile; ///< files that want a case.yaml beside them
  CaseSet set;
};

} // namespace

CaseSet discover(const std::string &root, const std::vector<std::string> &globs, SplitFolder split) {
  return Discovery(root, globs, split).run();
}

} // namespace pto::harness
