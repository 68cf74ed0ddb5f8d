// pto-program compile: from a file to the program that code is generated from.
// A generic entry is specialized for the arguments first. What comes out is DIR/<Program>.py, fully spelled.
#include "compiler/tools/CompileCommand.h"
#include "compiler/frontend/program/Export.h"
#include "compiler/frontend/program/Import.h"
#include "compiler/passes/Pipeline.h"
#include "compiler/specialize/ToModule.h"
#include "mlir/IR/MLIRContext.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/raw_ostream.h"

namespace pto {

namespace {

constexpr int failed = 1, usage = 2;

struct CompileOptions {
  specialize::Request request;
  std::string outputFolder, dumpFolder;
};

int misused(const llvm::Twine &message) {
  llvm::errs() << message << "\nusage: pto-program compile " << compileArguments << '\n';
  return usage;
}

/// Nonzero after an error, which is then printed.
int read(llvm::ArrayRef<llvm::StringRef> words, CompileOptions &options) {
  llvm::StringMap<std::string *> values = {{"-o", &options.outputFolder},
                                           {"--entry", &options.request.entry},
                                           {"--strategy", &options.request.strategy},
                                           {"--platform", &options.request.platform},
                                           {"--dump-passes", &options.dumpFolder}};
  options.request.platform = "a2a3";
  for (size_t i = 0; i < words.size(); ++i) {
    auto [option, value] = words[i].split('=');
    bool isInline = words[i].contains('=');
    if (!words[i].starts_with("-") || words[i] == "-") {
      if (!options.request.file.empty())
        return misused("one file at a time: " + options.request.file + " or " + words[i]);
      options.request.file = words[i].str();
      continue;
    }
    auto known = values.find(option);
    if (known == values.end() && option != "--arg")
      return misused("unknown option " + option);
    if (!isInline && ++i == words.size())
      return misused(option + " needs a value");
    if (!isInline)
      value = words[i];
    if (option != "--arg") {
      *known->second = value.str();
      continue;
    }
    auto argument = specialize::parseArgument(value);
    if (!argument)
      return misused(llvm::toString(argument.takeError()));
    options.request.arguments.push_back(std::move(*argument));
  }
  if (options.request.file.empty())
    return misused("which file?");
  if (options.outputFolder.empty())
    return misused("where to? -o DIR");
  return 0;
}

using Module = mlir::OwningOpRef<mlir::ModuleOp>;

/// A plain @pl.function has its types already, and needs no arguments.
const program::Definition *plainFunction(const program::ModuleScope &scope, llvm::StringRef entry) {
  for (const program::Definition &each : scope.definitions())
    if (each.kind == program::Definition::Kind::Function && (each.name == entry || each.path == entry))
      return &each;
  return nullptr;
}

Module import(const CompileOptions &options, llvm::StringRef text, mlir::MLIRContext &context) {
  std::vector<program::Diagnostic> diagnostics;
  Module module;
  const specialize::Request &request = options.request;
  if (request.arguments.empty() && !request.entry.empty()) {
    program::Module syntax = program::parse(request.file, text.str(), diagnostics);
    program::ModuleScope scope(syntax);
    if (const program::Definition *function = plainFunction(scope, request.entry))
      module = program::importProgram(*function, context, diagnostics);
  }
  if (!module && diagnostics.empty())
    module = specialize::specializeToModule(request, text.str(), context, diagnostics);
  for (const program::Diagnostic &diagnostic : diagnostics)
    llvm::errs() << diagnostic.render();
  return module;
}

int report(llvm::Error error) {
  llvm::errs() << llvm::toString(std::move(error)) << '\n';
  return failed;
}

} // namespace

int runCompile(llvm::ArrayRef<llvm::StringRef> words) {
  CompileOptions options;
  if (int problem = read(words, options))
    return problem;
  auto buffer = llvm::MemoryBuffer::getFileOrSTDIN(options.request.file);
  if (!buffer) {
    llvm::errs() << "cannot read " << options.request.file << ": " << buffer.getError().message() << '\n';
    return failed;
  }
  mlir::MLIRContext context(mlir::MLIRContext::Threading::DISABLED);
  Module module = import(options, (*buffer)->getBuffer(), context);
  if (!module)
    return failed;
  passes::PipelineOptions pipeline;
  pipeline.platform = options.request.platform;
  pipeline.dumpFolder = options.dumpFolder;
  if (llvm::Error error = passes::runPipeline(*module, options.request.strategy, pipeline))
    return report(std::move(error));
  if (std::error_code code = llvm::sys::fs::create_directories(options.outputFolder))
    return report(llvm::createStringError(code, "cannot make the folder " + options.outputFolder));
  prog::ProgramOp program = program::programIn(*module);
  llvm::SmallString<128> path(options.outputFolder);
  llvm::sys::path::append(path, program.getSymName() + ".py");
  if (llvm::Error error = llvm::writeToOutput(path, [&](llvm::raw_ostream &stream) {
        stream << program::exportProgram(program);
        return llvm::Error::success();
      }))
    return report(std::move(error));
  llvm::outs() << path << '\n';
  return 0;
}

} // namespace pto
