// judge: the folder's own compare.py says whether the outputs are right. Beside it stands what a comparison bit by bit
// with the files of golden.py gives.
#include "golden/compare/Compare.h"
#include "harness/run/OutputReport.h"
#include "harness/run/stages/Host.h"
#include "harness/run/stages/Stages.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"

using namespace pto;
using namespace pto::harness;
using reports::Blame;
using reports::State;

static std::string pathIn(const Run &run, llvm::StringRef file) {
  return run.host->folder.path() + "/" + run.spec.name + "/" + file.str();
}

/// The argument that has this buffer of the host.
static std::optional<size_t> argumentOf(const Run &run, size_t buffer) {
  for (auto [index, argument] : llvm::enumerate(run.host->program.launches.front().arguments))
    if (argument.kind == HostArgument::Kind::Buffer && argument.buffer == buffer)
      return index;
  return std::nullopt;
}

static bool writeOutput(Run &run, const HostOutput &output, const std::vector<uint8_t> &bytes) {
  std::error_code error;
  llvm::raw_fd_ostream file(pathIn(run, output.file), error);
  if (!error) {
    file.write(reinterpret_cast<const char *>(bytes.data()) + output.offset, output.size);
    file.close();
    error = file.error();
    file.clear_error();
  }
  return !error || run.fail(State::InfraError, Blame::Infrastructure,
                            "the output " + output.file + " cannot be written: " + error.message());
}

namespace {

struct OwnComparison {
  std::string sentence; ///< "v3.bin equals golden_v3.bin"
  std::optional<reports::Output> differing;
};

} // namespace

/// By the name that golden.py gives it: the convention of the layout. It is not what decides.
static OwnComparison compareWithFile(Run &run, const HostOutput &output, Buffer &buffer) {
  std::string file = "golden_" + output.file;
  auto content = llvm::MemoryBuffer::getFile(pathIn(run, file), /*IsText=*/false, /*RequiresNullTerminator=*/false);
  if (!content)
    return {"there is no " + file + " to compare " + output.file + " with", {}};
  golden::Tensor actual = buffer.read();
  llvm::StringRef bytes = (*content)->getBuffer();
  if (output.offset || bytes.size() != actual.bytes.size())
    return {file + " has " + std::to_string(bytes.size()) + " bytes, " + output.file + " " +
                std::to_string(output.size),
            {}};
  buffer.expected.value = {actual.dtype, actual.shape, {bytes.bytes_begin(), bytes.bytes_end()}};
  golden::Comparison comparison = golden::compare(buffer.expected, actual, golden::Bits{});
  if (comparison.passed)
    return {output.file + " equals " + file + " bit by bit", {}};
  return {describeFailure(*buffer.spec, comparison, {}),
          outputReport(*buffer.spec, buffer.expected, actual, comparison)};
}

bool pto::harness::judge(Run &run) {
  std::vector<OwnComparison> own;
  for (const HostOutput &output : run.host->program.outputs) {
    std::optional<size_t> argument = argumentOf(run, output.buffer);
    const std::vector<uint8_t> &bytes =
        argument ? run.buffers[*argument].read().bytes : run.host->program.buffers[output.buffer].bytes;
    if (!writeOutput(run, output, bytes))
      return false;
    if (argument)
      own.push_back(compareWithFile(run, output, run.buffers[*argument]));
  }
  std::optional<ScriptResult> verdict = runScript(run, "compare.py");
  if (!verdict)
    return false;
  bool passes = verdict->status == 0;
  for (OwnComparison &each : own) {
    (passes ? run.result.notes : run.result.details).push_back(std::move(each.sentence));
    if (!passes && each.differing)
      run.result.outputs.push_back(std::move(*each.differing));
  }
  if (passes)
    return true;
  tellWhatWasPrinted(run, *verdict);
  return run.fail(State::FailNumeric, Blame::Kernel, "compare.py ends with status " + std::to_string(verdict->status),
                  caseLocation(Place{run.spec.host->compare}));
}
