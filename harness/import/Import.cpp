// A folder's script makes its data, its host program says where they go; both become a case.yaml and files beside it.
#include "harness/import/Import.h"
#include "harness/cli/Selection.h"
#include "harness/run/Display.h"
#include "harness/run/Run.h"
#include "harness/run/WholeFile.h"
#include "reports/Summary.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"

using namespace pto;
using namespace pto::harness;
namespace fs = llvm::sys::fs;

static llvm::Error fail(const llvm::Twine &message) {
  return llvm::createStringError(llvm::inconvertibleErrorCode(), message);
}

static llvm::Error writeFile(const std::string &path, llvm::StringRef content) {
  std::error_code error = writeWholeFile(path, content);
  return error ? fail(path + " cannot be written: " + error.message()) : llvm::Error::success();
}

/// As far as a launch: a folder has no arguments before its host is followed and its kernel read.
static llvm::Error load(Run &run) {
  for (const Stage &stage : stages()) {
    if (stage.name == "run")
      break;
    if (stage.appliesTo(run.spec) && !stage.advance(run)) {
      std::string at = run.result.location ? displayPath(run.result.location->file) + ":" +
                                                 std::to_string(run.result.location->line) + ": "
                                           : "";
      return fail(at + run.result.message);
    }
  }
  return run.launches.size() == 1
             ? llvm::Error::success()
             : fail("the host launches " + llvm::Twine(run.launches.size()) + " kernels, and a case.yaml has one");
}

namespace {

/// The case.yaml and the data of one folder.
class Imported {
public:
  Imported(Run &run, std::string folder) : run(run), folder(std::move(folder)) {}

  llvm::Error write() {
    if (std::error_code error = fs::create_directories(folder))
      return fail(folder + " cannot be made: " + error.message());
    std::string text;
    llvm::raw_string_ostream os(text);
    os << "summary: " << run.launches.front().entry.getSymName() << ", imported with the data of its "
       << llvm::sys::path::filename(run.spec.host->golden) << "\n"
       << "kernel: { source: kernel.pto, entry: " << run.launches.front().entry.getSymName() << " }\nargs:\n";
    for (const Buffer &buffer : run.buffers)
      if (llvm::Error error = writeArgument(buffer, os))
        return error;
    if (run.launches.front().blocks != 1)
      os << "blocks: " << run.launches.front().blocks << '\n';
    os << "# Every output is compared exactly. What compare.py allows can be said with `compare`: docs/numerics.md.\n";
    if (llvm::Error error = writeFile(folder + "/kernel.pto", run.spec.kernelText))
      return error;
    return writeFile(folder + "/case.yaml", os.str());
  }

private:
  llvm::Error writeArgument(const Buffer &buffer, llvm::raw_ostream &os) {
    const CaseArgument &argument = *buffer.spec;
    os << "  - { name: " << argument.name << ", dtype: " << argument.dtypeText;
    if (argument.isScalar) {
      os << ", value: ";
      golden::isFloat(argument.dtype) ? os << llvm::formatv("{0}", argument.value) : os << argument.integer;
      os << " }\n";
      return llvm::Error::success();
    }
    os << ", shape: [" << argument.shape.front() << "]";
    const HostOutput *output = outputOf(buffer);
    bool isFilled = argument.direction == Direction::InOut;
    if (!output && !isFilled)
      return fail("'" + argument.name + "' is neither filled nor read back by the host: a case.yaml cannot say that");
    os << ", direction: " << (output ? isFilled ? "inout" : "out" : "in");
    if (isFilled) {
      os << ", init: { file: " << argument.name << ".bin }";
      if (llvm::Error error = writeFile(folder + "/" + argument.name + ".bin", asText(buffer.initial.bytes)))
        return error;
    }
    if (output) {
      os << ", expected: { file: " << argument.name << ".expected.bin }";
      if (llvm::Error error = writeExpected(buffer, *output))
        return error;
    }
    os << " }\n";
    return llvm::Error::success();
  }

  const HostOutput *outputOf(const Buffer &buffer) const {
    for (const HostOutput &output : run.host->program.outputs)
      if (&run.buffers[run.host->arguments.at(output.parts.front().buffer)] == &buffer)
        return &output;
    return nullptr;
  }

  llvm::Error writeExpected(const Buffer &buffer, const HostOutput &output) {
    std::string file = run.spec.host->goldenOf(output.file);
    auto content = llvm::MemoryBuffer::getFile(pathIn(*run.host->copy, run.spec, file), false, false);
    size_t size = buffer.initial.bytes.empty() ? output.bytes.size() : buffer.initial.bytes.size();
    if (!content)
      return fail(llvm::sys::path::filename(run.spec.host->golden) + " makes no " + file + ", so what '" +
                  buffer.spec->name + "' has to hold is not known");
    if (output.parts.size() > 1 || output.parts.front().offset || (*content)->getBufferSize() != size)
      return fail(file + " has " + llvm::Twine((*content)->getBufferSize()) + " bytes, and '" + buffer.spec->name +
                  "' " + llvm::Twine(size));
    return writeFile(folder + "/" + buffer.spec->name + ".expected.bin", (*content)->getBuffer());
  }

  Run &run;
  std::string folder;
};

} // namespace

static llvm::Error importOne(const Case &spec, const Options &options, Workshop &workshop) {
  std::string folder = options.importFolder + "/" + spec.name;
  if (!spec.host)
    return fail("has a case.yaml already");
  if (fs::exists(folder + "/case.yaml"))
    return fail(folder + "/case.yaml is there already");
  Run run(spec, workshop);
  if (llvm::Error error = load(run))
    return error;
  return Imported(run, folder).write();
}

int pto::harness::importFolders(const Options &options) {
  llvm::Expected<CaseSet> selected = select(options);
  if (!selected)
    return reportUnselected(selected.takeError());
  bool whole = reportBroken(*selected);
  Workshop workshop(options.settings);
  for (const Case &spec : selected->cases) {
    if (llvm::Error error = importOne(spec, options, workshop)) {
      llvm::errs() << "error: " << spec.name << ": " << llvm::toString(std::move(error)) << '\n';
      whole = false;
    } else {
      llvm::outs() << "imported " << options.importFolder << '/' << spec.name << '\n';
    }
  }
  return whole ? 0 : reports::exit_code::setUpError;
}
