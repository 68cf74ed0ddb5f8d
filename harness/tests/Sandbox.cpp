// A folder with one small case in it, and the real run_validation to run over it.
#include "harness/tests/Sandbox.h"
#include "llvm/Support/MemoryBuffer.h"
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>
#include <sys/wait.h>

using namespace pto;
using namespace pto::harness::testing;
namespace fs = std::filesystem;

// Two inputs, one output, a tail mask: enough to break in every way.
static constexpr const char *sampleCase = R"(summary: adds two vectors of 100 elements
kernel: { source: kernel.pto, entry: add_kernel }
args:
  - { name: a, dtype: f32, shape: [100], init: { uniform: [1, 2] } }
  - { name: b, dtype: f32, shape: [100], init: { uniform: [5, 9] } }
  - { name: out, dtype: f32, shape: [100], direction: out }
golden: |
  def golden(a, b):
      return a - b
compare: bits
)";

static constexpr const char *sampleKernel =
    R"(module attributes {pto.target_arch = "a5", pto.kernel_kind = #pto.kernel_kind<vector>} {
  func.func @add_kernel(%a: !pto.ptr<f32, gm>, %b: !pto.ptr<f32, gm>, %out: !pto.ptr<f32, gm>) attributes {pto.kernel} {
    %c0 = arith.constant 0 : index
    %c64 = arith.constant 64 : index
    %c128 = arith.constant 128 : index
    %n = arith.constant 100 : i32
    %z = arith.constant 0 : i64
    %one = arith.constant 1 : i64
    %len = arith.constant 400 : i64
    %ub1 = arith.constant 1024 : i64
    %ub2 = arith.constant 2048 : i64
    %ua = pto.castptr %z : i64 -> !pto.ptr<f32, ub>
    %ubb = pto.castptr %ub1 : i64 -> !pto.ptr<f32, ub>
    %uo = pto.castptr %ub2 : i64 -> !pto.ptr<f32, ub>
    pto.mte_gm_ub %a, %ua, %z, %len nburst(%one, %len, %len) : !pto.ptr<f32, gm>, !pto.ptr<f32, ub>, i64, i64, i64, i64, i64
    pto.mte_gm_ub %b, %ubb, %z, %len nburst(%one, %len, %len) : !pto.ptr<f32, gm>, !pto.ptr<f32, ub>, i64, i64, i64, i64, i64
    pto.set_flag["PIPE_MTE2", "PIPE_V", "EVENT_ID0"]
    pto.wait_flag["PIPE_MTE2", "PIPE_V", "EVENT_ID0"]
    pto.vecscope {
      %end = scf.for %i = %c0 to %c128 step %c64 iter_args(%left = %n) -> (i32) {
        %mask, %next = pto.plt_b32 %left : i32 -> !pto.mask<b32>, i32
        %va = pto.vlds %ua[%i] : !pto.ptr<f32, ub> -> !pto.vreg<64xf32>
        %vb = pto.vlds %ubb[%i] : !pto.ptr<f32, ub> -> !pto.vreg<64xf32>
        %sum = pto.vsub %va, %vb, %mask : !pto.vreg<64xf32>, !pto.vreg<64xf32>, !pto.mask<b32> -> !pto.vreg<64xf32>
        pto.vsts %sum, %uo[%i], %mask : !pto.vreg<64xf32>, !pto.ptr<f32, ub>, !pto.mask<b32>
        scf.yield %next : i32
      }
    }
    pto.set_flag["PIPE_V", "PIPE_MTE3", "EVENT_ID0"]
    pto.wait_flag["PIPE_V", "PIPE_MTE3", "EVENT_ID0"]
    pto.mte_ub_gm %uo, %out, %len nburst(%one, %len, %len) : !pto.ptr<f32, ub>, !pto.ptr<f32, gm>, i64, i64, i64, i64
    pto.barrier #pto.pipe<PIPE_ALL>
    return
  }
}
)";

static std::string readFile(const std::string &path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

std::vector<std::string> pto::harness::testing::stagesOf(const reports::Result &result) {
  std::vector<std::string> names;
  for (const reports::Result::StageTime &stage : result.stages)
    names.push_back(stage.stage);
  return names;
}

Sandbox::Sandbox() {
  std::string pattern = (fs::temp_directory_path() / "pto-sandbox-XXXXXX").string();
  root = mkdtemp(pattern.data());
  fs::create_directories(caseFolder());
  write("case.yaml", sampleCase);
  write("kernel.pto", sampleKernel);
}

Sandbox::~Sandbox() {
  std::error_code ignored;
  fs::remove_all(root, ignored);
}

void Sandbox::write(const std::string &file, const std::string &content) {
  std::string path = caseFolder() + "/" + file;
  fs::create_directories(fs::path(path).parent_path());
  std::ofstream(path, std::ios::binary) << content;
}

std::string Sandbox::read(const std::string &file) const {
  return readFile(root + "/" + file);
}

void Sandbox::apply(const Edit &edit) {
  if (edit.find.empty())
    return write(edit.file, edit.replace);
  std::string text = readFile(caseFolder() + "/" + edit.file);
  size_t at = text.find(edit.find);
  ASSERT_NE(at, std::string::npos) << "the sample's " << edit.file << " has no '" << edit.find << "'";
  ASSERT_EQ(text.find(edit.find, at + 1), std::string::npos) << "'" << edit.find << "' is found twice in " << edit.file;
  write(edit.file, text.replace(at, edit.find.size(), edit.replace));
}

/// A shell's command that runs the tool; `around` is typed before it.
static std::string commandOf(const std::string &arguments, const std::string &around = "") {
  // The references are few and the same: kept for all sandboxes of a test program.
  static const std::string cache =
      (fs::temp_directory_path() / ("pto-sandbox-cache-" + std::to_string(getpid()))).string();
  return "PTO_CACHE_DIR='" + cache + "' TERM=dumb " + around + " '" PTO_BINARY_DIR "/bin/run_validation' " + arguments +
         " > log.txt 2>&1";
}

Outcome Sandbox::run(const std::string &arguments) {
  return type(commandOf(arguments, "timeout 60"));
}

Outcome Sandbox::runUntil(const std::string &awaited, const std::string &signal, const std::string &arguments) {
  std::string result = "grep -qs '\"case\":\"" + awaited + "\"' out/results.jsonl";
  return type(commandOf(arguments) + " & until " + result + " || ! kill -0 $!; do sleep 0.02; done; kill -" + signal +
              " $!; wait $!");
}

Outcome Sandbox::type(const std::string &line) {
  std::string command = "cd '" + root + "'; " + line;
  int status = std::system(command.c_str());
  Outcome outcome;
  outcome.exitCode = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  outcome.text = readFile(root + "/log.txt");
  // A command that is refused writes nothing.
  std::string results = root + "/out/results.jsonl";
  if (!fs::exists(results))
    return outcome;
  reports::JsonLines lines = llvm::cantFail(reports::readJsonLines(results));
  for (const reports::JsonLines::BadLine &bad : lines.badLines)
    ADD_FAILURE() << results << ":" << bad.line << ": " << bad.message;
  outcome.header = std::move(lines.run);
  outcome.results = std::move(lines.results);
  outcome.end = std::move(lines.end);
  return outcome;
}
