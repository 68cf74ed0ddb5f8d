// Program text to syntax tree.
// Tokens first, then statements; then the files that they import.
#include "compiler/frontend/program/Parser.h"
#include "compiler/frontend/program/StatementParser.h"

namespace pto::frontend {

Block parseFile(const Source::File &file, Arena &arena, Diagnostics &diagnostics) {
  std::vector<Token> tokens = tokenize(file, diagnostics);
  // What the tokens before a broken one would say about it is only noise.
  if (diagnostics.hasErrors())
    return {};
  return StatementParser(file, tokens, arena, diagnostics).statements();
}

Module parse(std::string fileName, std::string text, std::vector<Diagnostic> &diagnostics) {
  Module module;
  bool tooLong = text.size() > Source::maximumSize;
  module.source = std::make_unique<Source>(std::move(fileName), tooLong ? std::string() : std::move(text));
  module.arena = std::make_unique<Arena>();
  Diagnostics found(*module.source);
  if (tooLong) {
    found.error({}, "this file is larger than 1 GiB");
  } else {
    module.body = parseFile(module.source->file(), *module.arena, found);
  }
  diagnostics.insert(diagnostics.end(), found.all().begin(), found.all().end());
  loadImports(module);
  return module;
}

} // namespace pto::frontend
