// pto-program parse, print, list: what is done to each program of a file as it stands.
#include "compiler/equality/RoundTrip.h"
#include "compiler/frontend/program/Export.h"
#include "compiler/frontend/program/Import.h"
#include "compiler/specialize/EntryPoint.h"
#include "compiler/tools/program/Bindings.h"
#include "compiler/tools/program/Commands.h"
#include "compiler/tools/program/ProgramFile.h"
#include "mlir/IR/MLIRContext.h"
#include "mlir/IR/Verifier.h"
#include "llvm/Support/raw_ostream.h"
#include <CLI/CLI.hpp>

namespace pto {

namespace {

struct Selection {
  std::string file, entry;
  Bindings bindings;

  void addTo(CLI::App &command) {
    command.add_option("file", file, "a Python file")->type_name("FILE")->required();
    command.add_option("--entry", entry, "only the program or function of this name")->type_name("NAME");
    bindings.addTo(command);
  }
};

mlir::OwningOpRef<mlir::ModuleOp> import(const frontend::Definition &definition, mlir::MLIRContext &context) {
  std::vector<Diagnostic> diagnostics;
  mlir::OwningOpRef<mlir::ModuleOp> module = frontend::importProgram(definition, context, diagnostics);
  print(diagnostics);
  if (module && mlir::failed(mlir::verify(*module)))
    return {};
  return module;
}

/// What a generic program is without arguments: the functions that it reaches, and what they ask of their arguments.
int checkGeneric(const Selection &selection, llvm::ArrayRef<const frontend::Definition *> found) {
  std::optional<std::string> text = readText(selection.file);
  int exitCode = text ? succeeded : failed;
  for (const frontend::Definition *definition : text ? found : llvm::ArrayRef<const frontend::Definition *>()) {
    std::vector<Diagnostic> diagnostics;
    specialize::Request request;
    request.file = selection.file;
    request.entry = definition->path;
    if (!specialize::EntryPoint::find(request, *text, diagnostics))
      exitCode = failed;
    print(diagnostics);
  }
  return exitCode;
}

/// Runs `each` on every program that is selected, or looks at the generic ones where there is no other; it says whether
/// all is well.
int forEachProgram(const Selection &selection, bool takesGeneric, llvm::function_ref<bool(mlir::ModuleOp)> each) {
  std::optional<frontend::FactoryArguments> arguments = selection.bindings.read();
  if (!arguments)
    return misused;
  std::unique_ptr<ProgramFile> file = ProgramFile::read(selection.file, *arguments);
  if (!file)
    return failed;
  // A slip in a decorator would leave out what it stands on.
  if (std::string problems = file->strangers(selection.entry); !problems.empty()) {
    llvm::errs() << problems;
    return failed;
  }
  auto found = file->entries(selection.entry);
  if (auto generic = file->generic(selection.entry); found.empty() && !generic.empty()) {
    if (takesGeneric && selection.file != "-")
      return checkGeneric(selection, generic);
    llvm::errs() << selection.file << ": '" << generic.front()->path
                 << "' is generic: it becomes a program for given arguments (pto-program specialize)\n";
    return failed;
  }
  if (found.empty()) {
    llvm::errs() << selection.file << ": there is no @pl.program and no @pl.function"
                 << (selection.entry.empty() ? "" : " named ") << selection.entry << '\n';
    return failed;
  }
  int exitCode = succeeded;
  mlir::MLIRContext context(mlir::MLIRContext::Threading::DISABLED);
  for (const frontend::Definition *definition : found) {
    mlir::OwningOpRef<mlir::ModuleOp> module = import(*definition, context);
    if (!module || !each(*module))
      exitCode = failed;
  }
  return exitCode;
}

bool roundTrips(mlir::ModuleOp module) {
  std::optional<equality::Difference> difference = equality::checkRoundTrip(module);
  if (difference)
    llvm::errs() << frontend::programIn(module).getSymName()
                 << ": the program changes when it is printed and read back\n"
                 << difference->message() << '\n';
  return !difference;
}

} // namespace

void addParse(CLI::App &app, int &exitCode) {
  CLI::App &command = *app.add_subcommand("parse", "read and check");
  auto selection = std::make_shared<Selection>();
  auto roundTrip = std::make_shared<bool>(false);
  selection->addTo(command);
  command.add_flag("--roundtrip", *roundTrip, "also print, read back and compare");
  command.callback([=, &exitCode] {
    exitCode =
        forEachProgram(*selection, true, [&](mlir::ModuleOp module) { return !*roundTrip || roundTrips(module); });
  });
}

void addPrint(CLI::App &app, int &exitCode) {
  CLI::App &command = *app.add_subcommand("print", "read, check, print in the fully spelled form");
  auto selection = std::make_shared<Selection>();
  auto asMlir = std::make_shared<bool>(false);
  selection->addTo(command);
  command.add_flag("--mlir", *asMlir, "print the dialect instead");
  command.callback([=, &exitCode] {
    exitCode = forEachProgram(*selection, false, [&](mlir::ModuleOp module) {
      if (*asMlir)
        module.print(llvm::outs());
      else
        llvm::outs() << frontend::exportProgram(frontend::programIn(module));
      return true;
    });
  });
}

void addList(CLI::App &app, int &exitCode) {
  CLI::App &command = *app.add_subcommand("list", "what the file defines");
  auto name = std::make_shared<std::string>();
  auto bindings = std::make_shared<Bindings>();
  command.add_option("file", *name, "a Python file")->type_name("FILE")->required();
  bindings->addTo(command);
  command.callback([=, &exitCode] {
    std::optional<frontend::FactoryArguments> arguments = bindings->read();
    std::unique_ptr<ProgramFile> file = arguments ? ProgramFile::read(*name, *arguments) : nullptr;
    exitCode = !arguments ? misused : file ? succeeded : failed;
    if (file)
      for (const frontend::Definition &definition : file->definitions())
        llvm::outs() << definition.decorator << ' ' << definition.path << '\n';
  });
}

} // namespace pto
