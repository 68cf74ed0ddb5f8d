// What the tests of the specializer share: a request from a line of text, and a specialization or its errors.
#pragma once

#include "compiler/specialize/Specializer.h"
#include "mlir/IR/MLIRContext.h"
#include "llvm/ADT/StringExtras.h"
#include <gtest/gtest.h>

namespace pto::specialize {

/// `a:f32[4,4] n=2`: as on a command line.
inline Request makeRequest(const std::string &entry, llvm::StringRef arguments) {
  Request request;
  request.file = "program.py";
  request.entry = entry;
  llvm::SmallVector<llvm::StringRef> parts;
  arguments.split(parts, ' ', -1, false);
  for (llvm::StringRef part : parts) {
    llvm::Expected<Argument> argument = parseArgument(part);
    if (argument)
      request.arguments.push_back(std::move(*argument));
    else
      ADD_FAILURE() << llvm::toString(argument.takeError());
  }
  return request;
}

/// Text with each run of spaces and ends of lines as one space.
inline std::string flat(llvm::StringRef text) {
  llvm::SmallVector<llvm::StringRef> words;
  text.split(words, ' ', -1, false);
  std::string joined;
  for (llvm::StringRef word : words)
    for (llvm::StringRef part = word; !part.empty();) {
      auto [first, rest] = part.split('\n');
      if (!first.empty())
        joined += (joined.empty() ? "" : " ") + first.str();
      part = rest;
    }
  return joined;
}

struct Outcome {
  std::shared_ptr<const Specialized> program;
  std::string errors;

  std::string text() const { return program ? program->text : errors; }
};

inline Outcome run(const std::string &text, const std::string &entry, llvm::StringRef arguments) {
  std::vector<Diagnostic> diagnostics;
  Outcome outcome;
  Request request = makeRequest(entry, arguments);
  mlir::MLIRContext context(mlir::MLIRContext::Threading::DISABLED);
  if (auto found = EntryPoint::find(request, "import pypto.language as pl\n" + text, diagnostics))
    if (auto module = specialize(*found, request, context, diagnostics))
      outcome.program = print(*module, *found);
  for (const Diagnostic &diagnostic : diagnostics)
    outcome.errors += render(diagnostic);
  return outcome;
}

} // namespace pto::specialize
