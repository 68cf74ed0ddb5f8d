// Reading .git.
#include "harness/cli/Checkout.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"

namespace fs = llvm::sys::fs;
namespace path = llvm::sys::path;
using Path = llvm::SmallString<256>;

static std::string readFile(const llvm::Twine &file) {
  auto buffer = llvm::MemoryBuffer::getFile(file);
  return buffer ? (*buffer)->getBuffer().trim().str() : "";
}

static Path joined(llvm::StringRef folder, llvm::StringRef name) {
  Path result(folder);
  path::is_absolute(name) ? result.assign(name) : path::append(result, name);
  return result;
}

/// The .git folder of the checkout: in a linked one, .git is a file that says where it is.
static Path gitFolderAround(llvm::StringRef place) {
  Path real;
  if (fs::real_path(place, real))
    return {};
  for (llvm::StringRef folder = real; !folder.empty(); folder = path::parent_path(folder)) {
    Path git = joined(folder, ".git");
    if (fs::is_directory(git))
      return git;
    std::string link = fs::is_regular_file(git) ? readFile(git) : "";
    llvm::StringRef target = link;
    if (target.consume_front("gitdir: "))
      return joined(folder, target);
  }
  return {};
}

static std::string commitOfBranch(llvm::StringRef gitFolder, llvm::StringRef branch) {
  std::string common = readFile(joined(gitFolder, "commondir"));
  Path shared = common.empty() ? Path(gitFolder) : joined(gitFolder, common);
  for (llvm::StringRef folder : {gitFolder, shared.str()})
    if (std::string commit = readFile(joined(folder, branch)); !commit.empty())
      return commit;
  std::string packed = readFile(joined(shared, "packed-refs"));
  for (llvm::StringRef line : llvm::split(packed, '\n')) {
    auto [commit, name] = line.split(' ');
    if (name == branch)
      return commit.str();
  }
  return {};
}

std::string pto::harness::commitOf(llvm::StringRef place) {
  Path git = gitFolderAround(place);
  if (git.empty())
    return {};
  std::string head = readFile(joined(git, "HEAD"));
  llvm::StringRef branch = head;
  std::string commit = branch.consume_front("ref: ") ? commitOfBranch(git, branch) : head;
  return llvm::all_of(commit, llvm::isHexDigit) ? commit : "";
}
