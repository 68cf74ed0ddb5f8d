// load: of a folder without a case.yaml. Its golden.py makes the data in a copy of the folder, and its host program is
// followed with them: what it launches over which bytes, and where the outputs go.
#include "harness/host/HostReader.h"
#include "harness/run/stages/Host.h"
#include "harness/run/stages/Stages.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"

using namespace pto;
using namespace pto::harness;
using reports::Blame;
using reports::State;
namespace fs = llvm::sys::fs;

/// Files of a folder, not of those below it; of `suffix`, or all.
static std::error_code copyFiles(const std::string &from, const std::string &to, llvm::StringRef suffix) {
  if (std::error_code error = fs::create_directories(to))
    return error;
  std::error_code error;
  for (fs::directory_iterator it(from, error), end; it != end && !error; it.increment(error)) {
    if (it->type() != fs::file_type::regular_file || !llvm::StringRef(it->path()).ends_with(suffix))
      continue;
    if ((error = fs::copy_file(it->path(), to + "/" + llvm::sys::path::filename(it->path()).str())))
      return error;
  }
  return error;
}

/// With the modules that its scripts may share with others: those of the folders above it.
static std::error_code copyFolder(const Case &spec, const std::string &to) {
  llvm::StringRef root = spec.folder, name = spec.name;
  root.consume_back(name);
  if (std::error_code error = copyFiles(root.str(), to, ".py"))
    return error;
  for (size_t slash = name.find('/'); slash != llvm::StringRef::npos; slash = name.find('/', slash + 1)) {
    std::string above = name.take_front(slash).str();
    if (std::error_code error = copyFiles((root + above).str(), to + "/" + above, ".py"))
      return error;
  }
  return copyFiles(spec.folder, to + "/" + spec.name, "");
}

static bool makeData(Run &run) {
  std::optional<ScriptResult> script = runScript(run, "golden.py");
  if (!script)
    return false;
  if (script->status == 0)
    return true;
  tellWhatWasPrinted(run, *script);
  return run.fail(State::InfraError, Blame::Case, "golden.py ends with status " + std::to_string(script->status),
                  caseLocation(Place{run.spec.host->golden}));
}

static bool followHost(Run &run) {
  llvm::Expected<HostProgram> program =
      followHostProgram(run.spec.host->sources, run.host->folder.path() + "/" + run.spec.name);
  if (!program) {
    llvm::handleAllErrors(
        program.takeError(),
        [&](const PlacedError &error) {
          run.fail(State::InfraError, Blame::Case, error.message, hostLocation(run, error.place));
        },
        [&](const llvm::ErrorInfoBase &other) { run.fail(State::InfraError, Blame::Infrastructure, other.message()); });
    return false;
  }
  run.host->program = std::move(*program);
  llvm::append_range(run.result.notes, run.host->program.notes);
  if (run.host->program.launches.empty())
    return run.fail(State::InfraError, Blame::Case, "the host program launches no kernel",
                    caseLocation(run.spec.place));
  if (run.host->program.outputs.empty())
    return run.fail(State::InfraError, Blame::Case, "the host program writes no file with what a kernel leaves",
                    caseLocation(run.spec.place));
  return true;
}

bool pto::harness::load(Run &run) {
  if (!run.workshop.settings.allowPython)
    return run.fail(
        State::InfraError, Blame::Case,
        "this folder has no case.yaml: its golden.py makes the data and its compare.py judges, and both run "
        "only with --allow-python",
        caseLocation(Place{run.spec.host->golden}));
  llvm::Expected<ScratchFolder> folder = ScratchFolder::make();
  if (!folder)
    return run.fail(State::InfraError, Blame::Infrastructure, llvm::toString(folder.takeError()));
  run.host.emplace();
  run.host->folder = std::move(*folder);
  if (std::error_code error = copyFolder(run.spec, run.host->folder.path()))
    return run.fail(State::InfraError, Blame::Infrastructure, "the folder cannot be copied: " + error.message());
  return makeData(run) && followHost(run);
}
