// load: of a folder without a case.yaml. Its script makes the data in a copy of the folder, and its host program is
// followed with them: what it launches over which bytes, and where the outputs go.
#include "harness/host/HostReader.h"
#include "harness/run/Display.h"
#include "harness/run/WholeFile.h"
#include "harness/run/stages/Host.h"
#include "harness/run/stages/Stages.h"
#include "llvm/ADT/ScopeExit.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"
#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

using namespace pto;
using namespace pto::harness;
using reports::Blame;
using reports::State;

static bool makeData(Run &run) {
  llvm::StringRef name = llvm::sys::path::filename(run.spec.host->golden);
  std::optional<ScriptResult> script = runScript(run, name);
  if (!script)
    return false;
  if (script->status == 0)
    return true;
  tellWhatWasPrinted(run, *script);
  return run.fail(State::InfraError, Blame::Case, (name + " ends with status " + llvm::Twine(script->status)).str(),
                  caseLocation(Place{run.spec.host->golden}));
}

/// Of a folder with many cases, whichever of them comes first, on whatever worker. The others wait, and have the same
/// error.
static bool makeDataOnce(Run &run) {
  std::string state = run.host->copy->path() + "/.data-state";
  int lock = open(run.host->copy->path().c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  auto release = llvm::make_scope_exit([&] { close(lock); });
  flock(lock, LOCK_EX);
  auto known = llvm::MemoryBuffer::getFile(state);
  if (!known) {
    bool isMade = makeData(run);
    std::string text = isMade ? "" : run.result.message + "\n" + llvm::join(run.result.details, "\n");
    if (std::error_code error = writeWholeFile(state, text))
      return run.fail(State::InfraError, Blame::Infrastructure, state + " cannot be written: " + error.message());
    return isMade;
  }
  auto [message, details] = (*known)->getBuffer().split('\n');
  if (message.empty())
    return true;
  addLines(run.result.details, details);
  return run.fail(State::InfraError, Blame::Case, message.str(), caseLocation(Place{run.spec.host->golden}));
}

static bool followHost(Run &run) {
  llvm::Expected<HostProgram> program =
      followHostProgram(run.spec.host->sources, run.spec.host->told(), pathIn(*run.host->copy, run.spec));
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
  std::string forCase =
      run.spec.host->caseName.empty() ? "" : " for '" + run.spec.host->caseName + "', a case of cases.py";
  if (run.host->program.launches.empty())
    return run.fail(State::InfraError, Blame::Case, "the host program launches no kernel" + forCase,
                    caseLocation(run.spec.place));
  if (run.host->program.outputs.empty())
    return run.fail(State::InfraError, Blame::Case,
                    "the host program writes no file with what a kernel leaves" + forCase,
                    caseLocation(run.spec.place));
  return true;
}

bool pto::harness::load(Run &run) {
  const HostFolder &folder = *run.spec.host;
  if (!run.workshop.settings.allowPython)
    return run.fail(State::InfraError, Blame::Case,
                    ("this folder has no case.yaml: its " + llvm::sys::path::filename(folder.golden) +
                     " makes the data and its compare.py judges, and both run only with --allow-python")
                        .str(),
                    caseLocation(Place{folder.golden}));
  run.host.emplace();
  run.host->copy = folder.copy;
  if (!folder.copy) {
    llvm::Expected<ScratchFolder> made = copyFolder(run.spec);
    if (!made)
      return run.fail(State::InfraError, Blame::Infrastructure, llvm::toString(made.takeError()));
    run.host->copy = std::make_shared<const ScratchFolder>(std::move(*made));
  }
  return (folder.copy ? makeDataOnce(run) : makeData(run)) && followHost(run);
}
