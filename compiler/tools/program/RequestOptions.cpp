// The options that say which program is meant, and for which arguments and machine.
#include "compiler/tools/program/RequestOptions.h"
#include "compiler/passes/Passes.h"
#include "compiler/specialize/Specializer.h"
#include "compiler/tools/program/ProgramFile.h"
#include "llvm/Support/raw_ostream.h"
#include <CLI/CLI.hpp>

namespace pto {

static std::vector<std::string> platformChoices() {
  std::vector<std::string> choices;
  for (llvm::StringRef name : specialize::platforms())
    choices.push_back(name.str());
  return choices;
}

static std::vector<std::string> strategyChoices() {
  std::vector<std::string> choices;
  for (const passes::Strategy &strategy : passes::allStrategies())
    choices.push_back(strategy.name.str());
  return choices;
}

void RequestOptions::addTo(CLI::App &command, bool takesFile) {
  if (takesFile)
    command.add_option("file", request.file, "a Python file")->type_name("FILE")->required();
  command
      .add_option("--entry", request.entry,
                  "the @pl.jit function, the program or one of its functions; default: the "
                  "only one there is")
      ->type_name("NAME");
  command
      .add_option("--arg", arguments,
                  "an argument: x:fp32[64,128], n:INT32=4, alpha=0.5; a name in place of a number is a dynamic "
                  "dimension; repeatable")
      ->type_name("NAME:TYPE|NAME=VALUE")
      ->allow_extra_args(false);
  bindings.addTo(command);
  command.add_option("--platform", request.platform, "the machine")
      ->check(CLI::IsMember(platformChoices()))
      ->capture_default_str();
  command.add_option("--strategy", request.strategy, "the list of passes")
      ->check(CLI::IsMember(strategyChoices()))
      ->capture_default_str();
}

std::optional<specialize::Request> RequestOptions::read() const {
  specialize::Request result = request;
  for (const std::string &text : arguments) {
    llvm::Expected<specialize::Argument> argument = specialize::parseArgument(text);
    if (!argument) {
      llvm::errs() << "error: " << llvm::toString(argument.takeError()) << '\n';
      return std::nullopt;
    }
    result.arguments.push_back(std::move(*argument));
  }
  std::optional<frontend::FactoryArguments> bound = bindings.read();
  if (!bound)
    return std::nullopt;
  for (const auto &function : *bound)
    for (const auto &parameter : function.second)
      result.arguments.push_back({(function.first() + "." + parameter.first()).str(), {}, parameter.second});
  return result;
}

mlir::OwningOpRef<mlir::ModuleOp> readModule(const specialize::Request &request, mlir::MLIRContext &context) {
  std::optional<std::string> text = readText(request.file);
  if (!text)
    return {};
  std::vector<Diagnostic> diagnostics;
  mlir::OwningOpRef<mlir::ModuleOp> module = specialize::specializeToModule(request, *text, context, diagnostics);
  print(diagnostics);
  return module;
}

} // namespace pto
