// Telling names from paths, and finding the cases root that a path lies below.
#include "harness/cli/CasePath.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"

using namespace pto::harness;
namespace sys = llvm::sys;

bool Wanted::matches(const Case &spec) const {
  if (!kernel.empty() && !sys::fs::equivalent(kernel, spec.kernelFile))
    return false;
  return glob.empty() || harness::matches(glob, spec);
}

bool Wanted::matchesBroken(llvm::StringRef name) const {
  return glob.empty() || harness::matches(llvm::StringRef(glob).split('@').first, name);
}

static std::string absolute(llvm::StringRef path) {
  llvm::SmallString<256> result(path);
  sys::fs::make_absolute(result);
  sys::path::remove_dots(result, /*remove_dot_dot=*/true);
  return result.str().str();
}

static std::string real(llvm::StringRef path) {
  llvm::SmallString<256> result;
  return sys::fs::real_path(path, result) ? std::string() : result.str().str();
}

/// The name of a folder below a root; nothing where it lies elsewhere, empty for the root itself.
static std::optional<std::string> nameBelow(llvm::StringRef folder, llvm::StringRef root) {
  if (folder == root)
    return "";
  if (!root.empty() && folder.consume_front(root) && folder.consume_front("/"))
    return folder.str();
  return std::nullopt;
}

/// Of a path that does not lie below the cases root: the nearest folder called `cases` around it, else the folder
/// above a case, else the folder itself.
static std::string rootAround(const std::string &folder) {
  for (llvm::StringRef above = folder; !above.empty() && above != "/"; above = sys::path::parent_path(above))
    if (sys::path::filename(above) == "cases")
      return above.str();
  return sys::fs::exists(folder + "/case.yaml") ? sys::path::parent_path(folder).str() : folder;
}

/// A path may end in '@' and a point; folders above it may have an '@' too.
static size_t findPoint(llvm::StringRef typed) {
  if (sys::fs::exists(typed))
    return typed.size();
  for (size_t at = typed.find('@'); at != llvm::StringRef::npos; at = typed.find('@', at + 1))
    if (at > 0 && sys::fs::exists(typed.take_front(at)))
      return at;
  return llvm::StringRef::npos;
}

static std::optional<Wanted> asPath(llvm::StringRef typed, const std::string &root) {
  size_t at = findPoint(typed);
  if (at == llvm::StringRef::npos)
    return std::nullopt;
  std::string folder = absolute(typed.take_front(at));
  Wanted wanted{typed.str(), root, "", ""};
  if (!sys::fs::is_directory(folder)) {
    if (sys::path::filename(folder) != "case.yaml")
      wanted.kernel = folder;
    folder = sys::path::parent_path(folder).str();
  }
  std::optional<std::string> name = nameBelow(folder, absolute(root));
  if (!name)
    name = nameBelow(real(folder), real(root));
  if (!name) {
    wanted.root = rootAround(folder);
    name = nameBelow(folder, wanted.root);
  }
  // A kernel that is used from other folders is looked for everywhere.
  if (wanted.kernel.empty() || sys::fs::exists(folder + "/case.yaml"))
    wanted.glob = *name + typed.substr(at).str();
  return wanted;
}

Wanted pto::harness::resolve(llvm::StringRef typed, const std::string &root) {
  bool isExplicit =
      typed.starts_with("./") || typed.starts_with("../") || typed.starts_with("/") || typed == "." || typed == "..";
  llvm::StringRef folders = typed.split('@').first.rtrim('/');
  bool isName = !isExplicit && !folders.empty() && sys::fs::is_directory(root + "/" + folders);
  if (!isName)
    if (std::optional<Wanted> path = asPath(typed, root))
      return *path;
  // A name below the root, though no folder is called so: the points of a family.
  llvm::StringRef below = typed;
  if (!below.consume_front(root) || !below.consume_front("/"))
    below = typed;
  return {typed.str(), root, below.str(), ""};
}
