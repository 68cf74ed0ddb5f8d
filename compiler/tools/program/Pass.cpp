// pto-program pass: some passes, in the order in which they are named, over one program.
// What a pass needs and no pass before it establishes, the program is taken to have already.
#include "compiler/frontend/program/Export.h"
#include "compiler/frontend/program/Import.h"
#include "compiler/passes/Pipeline.h"
#include "compiler/specialize/Specializer.h"
#include "compiler/tools/program/Commands.h"
#include "compiler/tools/program/ProgramFile.h"
#include "compiler/tools/program/RequestOptions.h"
#include "mlir/IR/MLIRContext.h"
#include "mlir/IR/Verifier.h"
#include "llvm/Support/raw_ostream.h"
#include <CLI/CLI.hpp>

namespace pto {

namespace {

struct Options {
  /// The passes, and behind them the file.
  std::vector<std::string> words;
  RequestOptions request;
  bool verifiesEach = false, printsAfter = false;
};

int run(Options options) {
  options.request.setFile(options.words.back());
  llvm::SmallVector<llvm::StringRef, 8> names(options.words.begin(), std::prev(options.words.end()));
  for (llvm::StringRef name : names)
    if (!passes::passNamed(name)) {
      llvm::errs() << "error: there is no pass '" << name << "'" << didYouMean(name, passes::passNames()) << '\n';
      return misused;
    }
  std::optional<specialize::Request> request = options.request.read();
  if (!request)
    return misused;
  mlir::MLIRContext context(mlir::MLIRContext::Threading::DISABLED);
  mlir::OwningOpRef<mlir::ModuleOp> module = readModule(*request, context);
  if (!module)
    return failed;

  passes::PipelineOptions pipeline;
  pipeline.platform = request->platform;
  pipeline.held = passes::lackedBy(names);
  pipeline.verifyEach = pipeline.roundTripEach = options.verifiesEach;
  pipeline.printAfter = options.printsAfter ? &llvm::outs() : nullptr;
  if (llvm::Error error = passes::runPasses(*module, names, pipeline)) {
    llvm::errs() << llvm::toString(std::move(error)) << '\n';
    return failed;
  }
  if (mlir::failed(mlir::verify(*module)))
    return failed;
  if (!options.printsAfter)
    llvm::outs() << frontend::exportProgram(frontend::programIn(*module));
  return succeeded;
}

} // namespace

void addPass(CLI::App &app, int &exitCode) {
  CLI::App &command = *app.add_subcommand("pass", "run these passes, print the resulting program");
  auto options = std::make_shared<Options>();
  command.add_option("words", options->words, "passes, in their order, and a Python file")
      ->type_name("NAME… FILE")
      ->required()
      ->expected(2, CLI::detail::expected_max_vector_size);
  options->request.addTo(command, /*takesFile=*/false);
  command.add_flag("--verify-each", options->verifiesEach,
                   "after each pass: check operations, types and properties; print, read back and compare");
  command.add_flag("--print-after", options->printsAfter, "print the program after each pass");
  command.callback([=, &exitCode] { exitCode = run(*options); });
}

} // namespace pto
