// pto-program parse, print, list: what is done to each program of a file as it stands.
#include "compiler/equality/RoundTrip.h"
#include "compiler/frontend/program/Export.h"
#include "compiler/frontend/program/Import.h"
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
  std::vector<std::string> bindings;

  void addTo(CLI::App &command) {
    command.add_option("file", file, "a Python file")->type_name("FILE")->required();
    command.add_option("--entry", entry, "only the program or function of this name")->type_name("NAME");
    command
        .add_option("--bind", bindings,
                    "a parameter of a function that builds programs: an int, a float, a dtype; "
                    "repeatable")
        ->type_name("FUNCTION.PARAMETER=VALUE")
        ->allow_extra_args(false);
  }
};

/// `build.rows=16`.
bool bindParameter(llvm::StringRef word, frontend::FactoryArguments &arguments) {
  auto [name, text] = word.split('=');
  auto [function, parameter] = name.rsplit('.');
  int64_t integer;
  double real;
  if (function.empty() || parameter.empty() || text.empty())
    return false;
  arguments[function][parameter] = !text.getAsInteger(10, integer)     ? frontend::Value::ofInteger(integer)
                                   : !text.getAsDouble(real)           ? frontend::Value::ofFloat(real)
                                   : text == "True" || text == "False" ? frontend::Value::boolean(text == "True")
                                                                       : frontend::Value::path("pl." + text.str());
  return true;
}

mlir::OwningOpRef<mlir::ModuleOp> import(const frontend::Definition &definition, mlir::MLIRContext &context) {
  std::vector<Diagnostic> diagnostics;
  mlir::OwningOpRef<mlir::ModuleOp> module = frontend::importProgram(definition, context, diagnostics);
  print(diagnostics);
  if (module && mlir::failed(mlir::verify(*module)))
    return {};
  return module;
}

/// Runs `each` on every program that is selected; it says whether all is well.
int forEachProgram(const Selection &selection, llvm::function_ref<bool(mlir::ModuleOp)> each) {
  frontend::FactoryArguments arguments;
  for (const std::string &binding : selection.bindings)
    if (!bindParameter(binding, arguments)) {
      llvm::errs() << "error: expected --bind FUNCTION.PARAMETER=VALUE, found " << binding << '\n';
      return misused;
    }
  std::unique_ptr<ProgramFile> file = ProgramFile::read(selection.file, arguments);
  if (!file)
    return failed;
  // A slip in a decorator would leave out what it stands on.
  if (std::string problems = file->strangers(selection.entry); !problems.empty()) {
    llvm::errs() << problems;
    return failed;
  }
  auto found = file->entries(selection.entry);
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
    exitCode = forEachProgram(*selection, [&](mlir::ModuleOp module) { return !*roundTrip || roundTrips(module); });
  });
}

void addPrint(CLI::App &app, int &exitCode) {
  CLI::App &command = *app.add_subcommand("print", "read, check, print in the fully spelled form");
  auto selection = std::make_shared<Selection>();
  auto asMlir = std::make_shared<bool>(false);
  selection->addTo(command);
  command.add_flag("--mlir", *asMlir, "print the dialect instead");
  command.callback([=, &exitCode] {
    exitCode = forEachProgram(*selection, [&](mlir::ModuleOp module) {
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
  command.add_option("file", *name, "a Python file")->type_name("FILE")->required();
  command.callback([=, &exitCode] {
    std::unique_ptr<ProgramFile> file = ProgramFile::read(*name);
    exitCode = file ? succeeded : failed;
    if (file)
      for (const frontend::Definition &definition : file->definitions())
        llvm::outs() << definition.decorator << ' ' << definition.path << '\n';
  });
}

} // namespace pto
