// The names and types of the arguments are the kernel's; their sizes and directions are what it touches when it runs
// over large buffers of zeros.
#include "harness/import/Init.h"
#include "compiler/dialect/Places.h"
#include "compiler/dialect/Types.h"
#include "compiler/frontend/Kernel.h"
#include "golden/tensor/DType.h"
#include "harness/run/Display.h"
#include "harness/run/Run.h"
#include "harness/run/WholeFile.h"
#include "reports/Summary.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"

using namespace pto;
using namespace pto::harness;

static llvm::Error fail(const llvm::Twine &message) {
  return llvm::createStringError(llvm::inconvertibleErrorCode(), message);
}

namespace {

struct Draft {
  std::string name, dtype;
  bool isBuffer = false;
  uint64_t elements = 0; ///< 0: not known
  llvm::StringRef direction = "in";
};

class FirstCase {
public:
  FirstCase(const Options &options, std::string text)
      : options(options), text(std::move(text)), workshop(options.settings) {}

  llvm::Expected<std::string> write();

private:
  llvm::Expected<mlir::func::FuncOp> readEntry();
  llvm::Error readArguments(mlir::func::FuncOp entry);
  void measure(mlir::func::FuncOp entry);
  std::string nameOf(mlir::BlockArgument argument) const;
  std::string golden() const;

  const Options &options;
  const std::string text;
  Workshop workshop;
  mlir::OwningOpRef<mlir::ModuleOp> module;
  std::vector<Draft> arguments;
  std::string unknown; ///< why no sizes are known
};

} // namespace

llvm::Expected<mlir::func::FuncOp> FirstCase::readEntry() {
  std::vector<Diagnostic> diagnostics;
  module = frontend::parseKernel(text, displayPath(options.initKernel), workshop.context, diagnostics);
  if (!module || !frontend::verifyKernel(*module, diagnostics))
    return fail(diagnostics.empty() ? "the kernel is not valid" : toString(diagnostics.front()));
  return frontend::selectEntry(*module, options.initEntry);
}

/// As the text has it, where that can be a parameter of the golden.
std::string FirstCase::nameOf(mlir::BlockArgument argument) const {
  Place place = placeOf(argument.getLoc());
  llvm::StringRef line = lineOf(text, place.line).drop_front(place.column ? place.column - 1 : 0);
  auto isLetter = [](char c) { return llvm::isAlnum(c) || c == '_'; };
  llvm::StringRef name = line.consume_front("%") ? line.take_while(isLetter) : "";
  return name.empty() || llvm::isDigit(name.front()) ? "arg" + std::to_string(argument.getArgNumber()) : name.str();
}

llvm::Error FirstCase::readArguments(mlir::func::FuncOp entry) {
  for (mlir::BlockArgument argument : entry.getArguments()) {
    Draft draft;
    draft.name = nameOf(argument);
    draft.isBuffer = mlir::isa<ir::PtrType>(argument.getType());
    for (std::string &host : frontend::hostTypesOf(argument.getType()))
      if (draft.dtype.empty() && golden::parseDType(host))
        draft.dtype = std::move(host);
    if (draft.dtype.empty())
      return fail("the argument '" + draft.name + "' has a type that a case has no data of");
    arguments.push_back(std::move(draft));
  }
  return llvm::Error::success();
}

void FirstCase::measure(mlir::func::FuncOp entry) {
  constexpr size_t room = 16 << 20;
  Trouble refusal;
  std::unique_ptr<Executable> kernel = workshop.target->prepare(entry, options.settings.conventions, refusal);
  if (!kernel) {
    unknown = llvm::StringRef(refusal.message).split('\n').first.str();
    return;
  }
  std::vector<std::vector<uint8_t>> memories;
  memories.reserve(arguments.size());
  Launch launch;
  launch.instructionBudget = options.settings.instructionBudget;
  for (const Draft &draft : arguments) {
    LaunchArgument &argument = launch.arguments.emplace_back();
    argument.name = draft.name;
    argument.isScalar = !draft.isBuffer;
    argument.scalar = 1;
    if (draft.isBuffer)
      argument.buffer = memories.emplace_back(room);
  }
  std::optional<Trouble> trouble;
  std::vector<Extent> extents = kernel->measure(launch, trouble);
  if (trouble)
    unknown = "over zeros, with 16 MiB for each argument and every scalar 1, the kernel fails: " + trouble->message;
  for (auto [draft, extent] : llvm::zip(arguments, extents)) {
    if (!draft.isBuffer)
      continue;
    unsigned width = golden::byteSize(*golden::parseDType(draft.dtype));
    draft.elements = (std::max(extent.read, extent.written) + width - 1) / width;
    draft.direction = !extent.written ? "in" : extent.read ? "inout" : "out";
  }
}

/// One that says what is missing, at its line, when it is run.
std::string FirstCase::golden() const {
  std::string inputs, outputs, returned;
  for (const Draft &draft : arguments) {
    bool comesOut = draft.direction != "in";
    if (draft.direction != "out")
      inputs += (inputs.empty() ? "" : ", ") + draft.name;
    if (!comesOut)
      continue;
    outputs += (outputs.empty() ? "" : " and ") + draft.name;
    returned += (returned.empty() ? "" : ", ") +
                ("torch.zeros([" + std::to_string(std::max<uint64_t>(draft.elements, 1)) + "])");
  }
  return "  def golden(" + inputs + "):\n      assert False, \"say here what " + outputs +
         " has to hold\"\n      return " + returned + "\n";
}

llvm::Expected<std::string> FirstCase::write() {
  llvm::Expected<mlir::func::FuncOp> entry = readEntry();
  if (!entry)
    return entry.takeError();
  if (llvm::Error error = readArguments(*entry))
    return error;
  if (arguments.empty())
    return fail("@" + entry->getSymName() + " has no arguments: nothing comes out of it that a case can check");
  measure(*entry);
  if (!unknown.empty())
    llvm::errs() << "warning: the sizes and directions have to be set by hand: " << unknown << '\n';
  std::string made;
  llvm::raw_string_ostream os(made);
  os << "summary: " << entry->getSymName() << "\n"
     << "kernel: { source: " << llvm::sys::path::filename(options.initKernel) << ", entry: " << entry->getSymName()
     << " }\n";
  if (!unknown.empty())
    os << "# Sizes and directions have to be set: " << llvm::StringRef(unknown).split('\n').first << ".\n";
  else if (llvm::any_of(arguments, [](const Draft &draft) { return !draft.isBuffer; }))
    os << "# The sizes are those that the kernel touches where every scalar is 1.\n";
  os << "args:\n";
  for (const Draft &draft : arguments) {
    os << "  - { name: " << draft.name << ", dtype: " << draft.dtype;
    if (!draft.isBuffer)
      os << ", value: 1 }\n";
    else
      os << ", shape: [" << std::max<uint64_t>(draft.elements, 1) << "]"
         << (draft.direction == "in" ? "" : ", direction: " + draft.direction.str())
         << (draft.elements ? " }\n" : " } # nothing touched it\n");
  }
  os << "golden: |\n" << golden();
  return os.str();
}

int pto::harness::initCase(const Options &options) {
  auto refuse = [](const llvm::Twine &message) {
    llvm::errs() << "error: " << message << '\n';
    return reports::exit_code::setUpError;
  };
  if (llvm::sys::fs::exists(options.initKernel) && !llvm::sys::fs::is_regular_file(options.initKernel))
    return refuse(options.initKernel + ": expected a file, found " +
                  (llvm::sys::fs::is_directory(options.initKernel) ? "a folder" : "something that is none"));
  auto text = llvm::MemoryBuffer::getFile(options.initKernel);
  if (!text)
    return refuse(options.initKernel + ": " + text.getError().message());
  llvm::SmallString<256> path(llvm::sys::path::parent_path(options.initKernel));
  llvm::sys::path::append(path, "case.yaml");
  if (llvm::sys::fs::exists(path))
    return refuse(path + " is there already; remove it to have it written anew");
  llvm::Expected<std::string> made = FirstCase(options, (*text)->getBuffer().str()).write();
  if (!made) {
    std::string message = llvm::toString(made.takeError()), file = displayPath(options.initKernel);
    return refuse((llvm::StringRef(message).starts_with(file) ? "" : file + ": ") + message);
  }
  if (std::error_code error = writeWholeFile(path, *made))
    return refuse(path + " cannot be written: " + error.message());
  llvm::outs() << "wrote " << path << "; say in its golden what has to come out, then run it\n";
  return 0;
}
