// Recognized by their files.
#include "harness/case/HostFolders.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include <variant>

namespace pto::harness {

namespace {

/// What a folder is recognized by, and what it needs.
struct Layout {
  std::vector<llvm::StringRef> marks; ///< it is of this layout where all are there
  std::vector<llvm::StringRef> needed;
  llvm::StringRef golden, cases, summary;
  std::vector<llvm::StringRef> conventions; ///< that its scripts take for granted
};

} // namespace

static const Layout layouts[] = {
    {{"kernel.pto", "golden.py"},
     {"compare.py", "main.cpp"},
     "golden.py",
     "",
     "kernel of the public layout, judged by its own compare.py",
     {}},
    {{"cases.py", "gen_data.py"},
     {"compare.py", "main.cpp"},
     "gen_data.py",
     "cases.py",
     "kernel of the public tile suite, judged by its own compare.py",
     {"pads=finite", "masks=packed", "row-operands=first", "saturation=by-type"}},
};

/// The only .pto of a folder; how many there are, where that is not one.
static std::variant<std::string, size_t> findKernel(const std::string &folder) {
  std::vector<std::string> found;
  std::error_code error;
  for (llvm::sys::fs::directory_iterator it(folder, error), end; it != end && !error; it.increment(error))
    if (llvm::StringRef(it->path()).ends_with(".pto"))
      found.push_back(it->path());
  if (found.size() == 1)
    return found.front();
  return found.size();
}

std::optional<llvm::Expected<Case>> readHostFolder(const std::string &name, const std::string &folder) {
  auto path = [&](llvm::StringRef file) { return folder + "/" + file.str(); };
  auto exists = [&](llvm::StringRef file) { return llvm::sys::fs::exists(path(file)); };
  const Layout *layout = llvm::find_if(layouts, [&](const Layout &each) { return llvm::all_of(each.marks, exists); });
  if (layout == std::end(layouts))
    return std::nullopt;
  auto refuse = [&](llvm::StringRef file, const llvm::Twine &message) {
    return llvm::make_error<PlacedError>(Place{path(file)}, message.str());
  };
  std::string missing;
  for (llvm::StringRef file : layout->needed)
    if (!exists(file))
      missing += (missing.empty() ? "" : " and ") + file.str();
  if (!missing.empty())
    return refuse(layout->golden, "this folder has a " + layout->marks[0] + " and a " + layout->marks[1] + ", but no " +
                                      missing + "; a folder without a case.yaml needs them all");
  std::variant<std::string, size_t> kernel = findKernel(folder);
  if (const size_t *count = std::get_if<size_t>(&kernel))
    return refuse(layout->golden,
                  "this folder has " + llvm::Twine(*count) + " .pto files; expected one, with the kernels");

  Case spec;
  spec.name = name;
  spec.folder = folder;
  spec.summary = layout->summary.str();
  spec.kernelFile = std::get<std::string>(kernel);
  auto text = llvm::MemoryBuffer::getFile(spec.kernelFile);
  if (!text)
    return llvm::make_error<PlacedError>(Place{spec.kernelFile}, "cannot be read: " + text.getError().message());
  spec.kernelText = (*text)->getBuffer().str();
  spec.host = HostFolder{{path("main.cpp")}, path(layout->golden), path("compare.py"), {}, {}, {}};
  if (exists("launch.cpp"))
    spec.host->sources.push_back(path("launch.cpp"));
  for (llvm::StringRef convention : layout->conventions)
    spec.conventions.set(convention);
  if (!layout->cases.empty())
    spec.host->cases = path(layout->cases);
  spec.place = Place{path("main.cpp")};
  return spec;
}

std::string HostFolder::goldenOf(llvm::StringRef output) const {
  if (cases.empty())
    return "golden_" + output.str();
  // "f32/output.bin" goes with "f32/golden.bin".
  size_t name = output.rfind("output");
  return name == llvm::StringRef::npos ? output.str()
                                       : (output.take_front(name) + "golden" + output.substr(name + 6)).str();
}

} // namespace pto::harness
