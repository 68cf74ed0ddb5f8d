// judge: the folder's own compare.py says whether the outputs are right. Beside it stands what a comparison bit by bit
// with the files that its other script made gives.
#include "golden/compare/Compare.h"
#include "harness/run/OutputReport.h"
#include "harness/run/WholeFile.h"
#include "harness/run/stages/Host.h"
#include "harness/run/stages/Stages.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"
#include <cstring>

using namespace pto;
using namespace pto::harness;
using reports::Blame;
using reports::State;

static std::vector<uint8_t> contentOf(Run &run, const HostOutput &output) {
  std::vector<uint8_t> content = output.bytes;
  for (const HostOutput::Part &part : output.parts) {
    // What a kernel leaves is one of its arguments.
    std::vector<uint8_t> left = run.buffers[run.host->arguments.at(part.buffer)].read().bytes;
    std::memcpy(content.data() + part.at, left.data() + part.offset, part.size);
  }
  return content;
}

static bool writeOutput(Run &run, const HostOutput &output, const std::vector<uint8_t> &bytes) {
  std::string file = pathIn(*run.host->copy, run.spec, output.file);
  std::error_code error = llvm::sys::fs::create_directories(llvm::sys::path::parent_path(file));
  if (!error)
    error = writeWholeFile(file, asText(bytes));
  return !error || run.fail(State::InfraError, Blame::Infrastructure,
                            "the output " + output.file + " cannot be written: " + error.message());
}

namespace {

struct OwnComparison {
  std::string sentence; ///< "v3.bin equals golden_v3.bin"
  std::optional<reports::Output> differing;
};

} // namespace

/// By the name that it has by the convention of the layout. It is not what decides.
static OwnComparison compareWithFile(Run &run, const HostOutput &output, const std::vector<uint8_t> &bytes) {
  std::string file = run.spec.host->goldenOf(output.file);
  auto content = llvm::MemoryBuffer::getFile(pathIn(*run.host->copy, run.spec, file), /*IsText=*/false,
                                             /*RequiresNullTerminator=*/false);
  if (!content)
    return {"there is no " + file + " to compare " + output.file + " with", {}};
  llvm::StringRef expected = (*content)->getBuffer();
  if (expected.size() != bytes.size())
    return {file + " has " + std::to_string(expected.size()) + " bytes, " + output.file + " " +
                std::to_string(bytes.size()),
            {}};
  if (expected == asText(bytes))
    return {output.file + " equals " + file + " bit by bit", {}};
  Buffer &buffer = run.buffers[run.host->arguments.at(output.parts.front().buffer)];
  golden::Tensor actual = buffer.read();
  if (output.parts.size() > 1 || actual.bytes.size() != bytes.size())
    return {output.file + " differs from " + file, {}};
  buffer.expected.value = {actual.dtype, actual.shape, {expected.bytes_begin(), expected.bytes_end()}};
  golden::Comparison comparison = golden::compare(buffer.expected, actual, golden::Bits{});
  return {describeFailure(*buffer.spec, comparison, {}),
          outputReport(*buffer.spec, buffer.expected, actual, comparison)};
}

namespace {

struct Judgement {
  ScriptResult script;
  std::vector<OwnComparison> own; ///< of each output
};

} // namespace

/// Nothing where that ended the run.
static std::optional<Judgement> judgeOutputs(Run &run) {
  std::vector<OwnComparison> own;
  for (const HostOutput &output : run.host->program.outputs) {
    std::vector<uint8_t> bytes = contentOf(run, output);
    if (!writeOutput(run, output, bytes))
      return std::nullopt;
    own.push_back(compareWithFile(run, output, bytes));
  }
  std::optional<ScriptResult> script = runScript(run, "compare.py", run.spec.host->told());
  if (!script)
    return std::nullopt;
  return Judgement{std::move(*script), std::move(own)};
}

static std::string statusOf(const ScriptResult &script) {
  return "compare.py ends with status " + std::to_string(script.status);
}

bool pto::harness::judge(Run &run) {
  std::optional<Judgement> judgement = judgeOutputs(run);
  if (!judgement)
    return false;
  bool passes = judgement->script.status == 0;
  for (OwnComparison &each : judgement->own) {
    (passes ? run.result.notes : run.result.details).push_back(std::move(each.sentence));
    if (!passes && each.differing)
      run.result.outputs.push_back(std::move(*each.differing));
  }
  if (passes)
    return true;
  tellWhatWasPrinted(run, judgement->script);
  return run.fail(State::FailNumeric, Blame::Kernel, statusOf(judgement->script),
                  caseLocation(Place{run.spec.host->compare}));
}

void pto::harness::tellJudgement(Run &run) {
  reports::Result found = run.result;
  std::optional<Judgement> judgement = judgeOutputs(run);
  run.result = std::move(found);
  if (judgement)
    run.result.details.push_back("whatever the checks found, " + statusOf(judgement->script));
}
