// The subcommand `pto-program specialize`.
// Prints the concrete program; beside each line, if asked, the line of the file that it came from.
#include "compiler/tools/SpecializeCommand.h"
#include "compiler/specialize/ToModule.h"
#include "mlir/IR/MLIRContext.h"
#include "llvm/Support/Format.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/raw_ostream.h"

namespace pto {

namespace {

constexpr int failed = 1, usage = 2;

struct Command {
  specialize::Request request;
  bool lines = false, mlir = false;
};

int refuse(const std::string &message) {
  llvm::errs() << message << "\nusage: pto-program specialize " << specializeArguments << '\n';
  return usage;
}

/// The value of an option, behind `=` or as the next word; empty if this is another option.
std::optional<llvm::StringRef> valueOf(llvm::StringRef name, llvm::ArrayRef<llvm::StringRef> &words) {
  llvm::StringRef word = words.front();
  if (!word.consume_front(name))
    return std::nullopt;
  if (word.consume_front("="))
    return word;
  if (!word.empty() || words.size() < 2)
    return std::nullopt;
  words = words.drop_front();
  return words.front();
}

/// Zero, or the exit code.
int readWords(llvm::ArrayRef<llvm::StringRef> words, Command &command) {
  specialize::Request &request = command.request;
  for (; !words.empty(); words = words.drop_front()) {
    llvm::StringRef word = words.front();
    if (auto entry = valueOf("--entry", words)) {
      request.entry = entry->str();
    } else if (auto platform = valueOf("--platform", words)) {
      request.platform = platform->str();
    } else if (auto strategy = valueOf("--strategy", words)) {
      request.strategy = strategy->str();
    } else if (auto text = valueOf("--arg", words)) {
      llvm::Expected<specialize::Argument> argument = specialize::parseArgument(*text);
      if (!argument)
        return refuse(llvm::toString(argument.takeError()));
      request.arguments.push_back(std::move(*argument));
    } else if (word == "--lines") {
      command.lines = true;
    } else if (word == "--mlir") {
      command.mlir = true;
    } else if (word.starts_with("-") && word != "-") {
      return refuse("unknown option, or one without its value: " + word.str());
    } else if (request.file.empty()) {
      request.file = word.str();
    } else {
      return refuse("one file at a time: " + request.file + " or " + word.str());
    }
  }
  return request.file.empty() ? refuse("which file?") : 0;
}

void report(const std::vector<program::Diagnostic> &diagnostics) {
  for (const program::Diagnostic &diagnostic : diagnostics)
    llvm::errs() << diagnostic.render();
}

void printWithLines(const specialize::Specialized &specialized) {
  program::Source printed("", specialized.text);
  std::vector<unsigned> lines = specialized.map.lines(printed, *specialized.module.source);
  for (unsigned line = 1; line < lines.size(); ++line) {
    if (line + 1 == lines.size() && printed.line(line).empty())
      break;
    if (lines[line])
      llvm::outs() << llvm::format("%5u  ", lines[line]);
    else
      llvm::outs().indent(7);
    llvm::outs() << printed.line(line) << '\n';
  }
}

} // namespace

int runSpecialize(llvm::ArrayRef<llvm::StringRef> words) {
  Command command;
  if (int code = readWords(words, command))
    return code;
  auto buffer = llvm::MemoryBuffer::getFileOrSTDIN(command.request.file);
  if (!buffer) {
    llvm::errs() << "cannot read " << command.request.file << ": " << buffer.getError().message() << '\n';
    return failed;
  }
  std::vector<program::Diagnostic> diagnostics;
  auto specialized = specialize::specialize(command.request, (*buffer)->getBuffer().str(), diagnostics);
  mlir::MLIRContext context(mlir::MLIRContext::Threading::DISABLED);
  mlir::OwningOpRef<mlir::ModuleOp> module;
  if (specialized)
    module = specialize::importSpecialized(*specialized, context, diagnostics);
  report(diagnostics);
  if (!module)
    return failed;
  if (command.mlir)
    module->print(llvm::outs());
  else if (command.lines)
    printWithLines(*specialized);
  else
    llvm::outs() << specialized->text;
  return 0;
}

} // namespace pto
