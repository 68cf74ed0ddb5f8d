// pto-program compile: from a file to the program that code is generated from.
// A generic entry is specialized for the arguments first. What comes out is DIR/<Program>.py, fully spelled.
#include "compiler/frontend/program/Export.h"
#include "compiler/frontend/program/Import.h"
#include "compiler/passes/Pipeline.h"
#include "compiler/specialize/Specializer.h"
#include "compiler/tools/program/Commands.h"
#include "compiler/tools/program/ProgramFile.h"
#include "compiler/tools/program/RequestOptions.h"
#include "mlir/IR/MLIRContext.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/raw_ostream.h"
#include <CLI/CLI.hpp>

namespace pto {

namespace {

struct Options {
  RequestOptions request;
  std::string outputFolder, dumpFolder;
};

llvm::Error write(prog::ProgramOp program, llvm::StringRef path) {
  return llvm::writeToOutput(path, [&](llvm::raw_ostream &stream) {
    stream << frontend::exportProgram(program);
    return llvm::Error::success();
  });
}

int report(llvm::Error error) {
  llvm::errs() << llvm::toString(std::move(error)) << '\n';
  return failed;
}

int run(const Options &options) {
  std::optional<specialize::Request> request = options.request.read();
  if (!request)
    return misused;
  mlir::MLIRContext context(mlir::MLIRContext::Threading::DISABLED);
  mlir::OwningOpRef<mlir::ModuleOp> module = readModule(*request, context);
  if (!module)
    return failed;

  passes::PipelineOptions pipeline;
  pipeline.platform = request->platform;
  pipeline.dumpFolder = options.dumpFolder;
  if (llvm::Error error = passes::runPipeline(*module, request->strategy, pipeline))
    return report(std::move(error));
  if (std::error_code code = llvm::sys::fs::create_directories(options.outputFolder))
    return report(llvm::createStringError(code, "cannot make the folder " + options.outputFolder));
  prog::ProgramOp program = frontend::programIn(*module);
  llvm::SmallString<128> path(options.outputFolder);
  llvm::sys::path::append(path, program.getSymName() + ".py");
  if (llvm::Error error = write(program, path))
    return report(std::move(error));
  llvm::outs() << path << '\n';
  return succeeded;
}

} // namespace

void addCompile(CLI::App &app, int &exitCode) {
  CLI::App &command =
      *app.add_subcommand("compile", "specialize where needed, run the passes, write the resulting program");
  auto options = std::make_shared<Options>();
  options->request.addTo(command);
  command.add_option("-o,--out", options->outputFolder, "where the program goes")->type_name("DIR")->required();
  command.add_option("--dump-passes", options->dumpFolder, "the program after each pass, as NN_after_Pass.py")
      ->type_name("DIR");
  command.callback([=, &exitCode] { exitCode = run(*options); });
}

} // namespace pto
