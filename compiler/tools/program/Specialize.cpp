// pto-program specialize: prints the concrete program; beside each line, if asked, the line of the file it came from.
#include "compiler/specialize/Cache.h"
#include "compiler/specialize/Specializer.h"
#include "compiler/tools/program/Commands.h"
#include "compiler/tools/program/ProgramFile.h"
#include "compiler/tools/program/RequestOptions.h"
#include "mlir/IR/MLIRContext.h"
#include "llvm/Support/Format.h"
#include "llvm/Support/raw_ostream.h"
#include <CLI/CLI.hpp>

namespace pto {

namespace {

struct Options {
  RequestOptions request;
  /// Where programs are kept; empty: nowhere.
  std::string cacheFolder;
  bool withLines = false, asMlir = false;
};

void printWithLines(const specialize::Specialized &specialized, llvm::StringRef file) {
  frontend::Source printed("", specialized.text);
  std::vector<unsigned> lines = specialized.map.lines(specialized.text, file);
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

int run(const Options &options) {
  std::optional<specialize::Request> request = options.request.read();
  if (!request)
    return misused;
  std::optional<std::string> text = readText(request->file);
  if (!text)
    return failed;
  std::vector<Diagnostic> diagnostics;
  mlir::MLIRContext context(mlir::MLIRContext::Threading::DISABLED);
  specialize::Cache cache(options.cacheFolder);
  if (options.asMlir) {
    auto module = specialize::specializeToModule(*request, *text, context, diagnostics, &cache);
    print(diagnostics);
    if (module)
      module->print(llvm::outs());
    return module ? succeeded : failed;
  }
  auto specialized = cache.specialize(*request, *text, context, diagnostics);
  print(diagnostics);
  if (!specialized)
    return failed;
  if (options.withLines)
    printWithLines(*specialized, request->file);
  else
    llvm::outs() << specialized->text;
  return succeeded;
}

} // namespace

void addSpecialize(CLI::App &app, int &exitCode) {
  CLI::App &command = *app.add_subcommand("specialize", "the concrete program of a generic one, for these arguments");
  auto options = std::make_shared<Options>();
  options->request.addTo(command);
  command
      .add_option("--cache-dir", options->cacheFolder, "keep programs there, and take them from there; safe to share")
      ->type_name("DIR");
  command.add_flag("--lines", options->withLines, "with the line of the file that each line came from");
  command.add_flag("--mlir", options->asMlir, "print the dialect instead");
  command.callback([=, &exitCode] { exitCode = run(*options); });
}

} // namespace pto
