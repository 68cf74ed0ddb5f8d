// compare: outputs against references, and a search for elements that were never written.
#include "golden/compare/Compare.h"
#include "harness/run/OutputReport.h"
#include "harness/run/stages/Launch.h"
#include "harness/run/stages/Stages.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/xxhash.h"
#include <algorithm>

using namespace pto;
using namespace pto::harness;
using reports::Blame;
using reports::State;

/// Elements that hold the poison after a run with one poison, and again after a run with the other.
static std::vector<int64_t> confirmUnwritten(Run &run, size_t argument) {
  std::vector<int64_t> suspects = run.buffers[argument].findUnwritten();
  if (suspects.empty())
    return suspects;
  std::vector<int64_t> again = secondLaunch(run).buffers[argument].findUnwritten(), confirmed;
  std::set_intersection(suspects.begin(), suspects.end(), again.begin(), again.end(), std::back_inserter(confirmed));
  return confirmed;
}

/// The line of the kernel that wrote an element. Watching is slower than running: a long kernel is not run again, so
/// that its verdict is not lost to the time limit.
static std::optional<reports::Location> writerOf(Run &run, size_t argument, int64_t element) {
  constexpr uint64_t instructionLimit = 5'000'000;
  if (run.result.instructions > instructionLimit)
    return std::nullopt;
  std::vector<Buffer> again = run.buffers;
  uint64_t width = golden::byteSize(run.spec.args[argument].dtype);
  std::optional<Place> found =
      run.executable->findWriter(launchOver(run, again, Poison::First), {argument, uint64_t(element) * width, width});
  return found ? std::optional(sourceLocation(run.spec, *found)) : std::nullopt;
}

/// The poison in what was never written is nothing to compare.
static golden::Comparison compareWritten(const golden::Reference &reference, const golden::Tensor &actual,
                                         llvm::ArrayRef<int64_t> unwritten, const golden::CompareMode &mode) {
  if (unwritten.empty())
    return golden::compare(reference, actual, mode);
  golden::Tensor written = actual;
  for (int64_t element : unwritten)
    written.setBitsAt(element, reference.value.bitsAt(element));
  return golden::compare(reference, written, mode);
}

bool pto::harness::compare(Run &run) {
  std::vector<std::string> failures;
  uint64_t digest = 0;
  for (auto [index, buffer] : llvm::enumerate(run.buffers)) {
    if (!buffer.comesOut())
      continue;
    const CaseArgument &argument = *buffer.spec;
    golden::Tensor actual = buffer.read();
    digest = digest * 0x9E3779B97F4A7C15ull + llvm::xxh3_64bits(actual.bytes);
    std::vector<int64_t> unwritten = confirmUnwritten(run, index);
    golden::Comparison comparison = compareWritten(buffer.expected, actual, unwritten, argument.compare);
    if (comparison.passed && unwritten.empty())
      continue;
    run.result.outputs.push_back(outputReport(argument, buffer.expected, actual, comparison));
    run.result.outputs.back().unwritten = static_cast<int64_t>(unwritten.size());
    if (!comparison.worst.empty())
      run.result.outputs.back().writer = writerOf(run, index, comparison.worst.front().index);
    failures.push_back(describeFailure(argument, comparison, unwritten));
  }
  run.result.digest = llvm::utohexstr(digest, /*LowerCase=*/true);
  if (failures.empty())
    return true;
  run.result.details.insert(run.result.details.end(), failures.begin() + 1, failures.end());
  return run.fail(State::FailNumeric, Blame::Kernel, failures.front());
}
