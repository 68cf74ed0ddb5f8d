// What the tests of programs share: text in, programs out.
#pragma once

#include "compiler/frontend/program/Export.h"
#include "compiler/frontend/program/Import.h"
#include "mlir/IR/MLIRContext.h"
#include "mlir/IR/Verifier.h"
#include <memory>

namespace pto::frontend::tests {

/// A file, and its programs imported. Diagnostics are kept; a verifier's complaint counts as an error.
struct Reading {
  explicit Reading(mlir::MLIRContext &context, std::string text, const FactoryArguments &arguments = {},
                   std::string file = "test.py")
      : module(parse(std::move(file), std::move(text), diagnostics)), scope(module, arguments) {
    if (!diagnostics.empty())
      return;
    bool hasPrograms = llvm::any_of(
        scope.definitions(), [](const Definition &definition) { return definition.kind == Definition::Kind::Program; });
    for (const Definition &definition : scope.definitions()) {
      bool wanted = definition.kind == Definition::Kind::Program ||
                    (!hasPrograms && definition.kind == Definition::Kind::Function);
      if (!wanted)
        continue;
      auto imported = importProgram(definition, context, diagnostics);
      if (imported && mlir::failed(mlir::verify(*imported)))
        diagnostics.push_back({{"test.py"}, "the verifier refuses the program"});
      modules.push_back(std::move(imported));
    }
  }

  std::vector<Diagnostic> diagnostics;
  Module module;
  ModuleScope scope;
  std::vector<mlir::OwningOpRef<mlir::ModuleOp>> modules;

  prog::ProgramOp program(size_t index = 0) {
    return index < modules.size() && modules[index] ? programIn(*modules[index]) : prog::ProgramOp();
  }
  std::string printed(size_t index = 0) { return program(index) ? exportProgram(program(index)) : errors(); }
  std::string errors() const {
    std::string all;
    for (const Diagnostic &diagnostic : diagnostics)
      all += render(diagnostic);
    return all;
  }
};

/// The body of one kernel; lines are indented as they are in a function.
inline std::string kernel(const std::string &body, const std::string &kind = "InCore") {
  std::string text = "import pypto.language as pl\n"
                     "M = pl.dynamic(\"M\")\n"
                     "N = 64\n"
                     "@pl.program\n"
                     "class P:\n"
                     "    @pl.function(type=pl.FunctionType." +
                     kind +
                     ")\n"
                     "    def k(self, a: pl.Tensor[[64, 64], pl.FP32], d: pl.Tensor[[M, 64], pl.FP32], "
                     "n: pl.Scalar[pl.INDEX], flag: pl.Scalar[pl.BOOL], "
                     "out: pl.Out[pl.Tensor[[64, 64], pl.FP32]]):\n";
  llvm::SmallVector<llvm::StringRef, 16> lines;
  llvm::StringRef(body).rtrim('\n').split(lines, '\n');
  for (llvm::StringRef line : lines)
    text += "        " + line.str() + "\n";
  return text;
}

} // namespace pto::frontend::tests
