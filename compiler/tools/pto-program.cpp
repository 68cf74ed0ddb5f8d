// pto-program: programs on the command line. Reads them, prints them, checks that printing loses nothing.
// A subcommand is a row of the table; it gets the words behind its name and returns the exit code.
#include "compiler/equality/ProgramEquality.h"
#include "compiler/frontend/program/Export.h"
#include "compiler/frontend/program/Import.h"
#include "compiler/tools/CompileCommand.h"
#include "compiler/tools/SpecializeCommand.h"
#include "mlir/IR/MLIRContext.h"
#include "mlir/IR/Verifier.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/raw_ostream.h"

namespace {

using namespace pto;
using Words = llvm::ArrayRef<llvm::StringRef>;

constexpr int failed = 1, usage = 2;

/// A file, its tree and the names around its programs.
struct Input {
  program::Module module;
  std::unique_ptr<program::ModuleScope> scope;
};

void report(const std::vector<program::Diagnostic> &diagnostics) {
  for (const program::Diagnostic &diagnostic : diagnostics)
    llvm::errs() << diagnostic.render();
}

/// `build.rows=16`: a parameter of a function that builds programs. A word is an integer, a float, or a dtype.
bool bind(llvm::StringRef word, program::FactoryArguments &arguments) {
  auto [name, text] = word.split('=');
  auto [function, parameter] = name.rsplit('.');
  int64_t integer;
  double real;
  if (function.empty() || parameter.empty() || text.empty())
    return false;
  arguments[function][parameter] = !text.getAsInteger(10, integer)     ? program::Value::ofInteger(integer)
                                   : !text.getAsDouble(real)           ? program::Value::ofFloat(real)
                                   : text == "True" || text == "False" ? program::Value::boolean(text == "True")
                                                                       : program::Value::path("pl." + text.str());
  return true;
}

std::optional<Input> read(llvm::StringRef file, const program::FactoryArguments &arguments = {}) {
  auto buffer = llvm::MemoryBuffer::getFileOrSTDIN(file);
  if (!buffer) {
    llvm::errs() << "cannot read " << file << ": " << buffer.getError().message() << '\n';
    return std::nullopt;
  }
  std::vector<program::Diagnostic> diagnostics;
  Input input;
  input.module = program::parse(file.str(), (*buffer)->getBuffer().str(), diagnostics);
  report(diagnostics);
  if (!diagnostics.empty())
    return std::nullopt;
  input.scope = std::make_unique<program::ModuleScope>(input.module, arguments);
  return input;
}

/// Programs, and the functions that stand alone if there are none.
std::vector<const program::Definition *> entries(const program::ModuleScope &scope, llvm::StringRef name) {
  std::vector<const program::Definition *> programs, functions;
  for (const program::Definition &definition : scope.definitions()) {
    if (!name.empty() && definition.name != name && definition.path != name)
      continue;
    if (definition.kind == program::Definition::Kind::Program)
      programs.push_back(&definition);
    else if (definition.kind == program::Definition::Kind::Function)
      functions.push_back(&definition);
  }
  return programs.empty() ? functions : programs;
}

mlir::OwningOpRef<mlir::ModuleOp> import(const program::Definition &definition, mlir::MLIRContext &context) {
  std::vector<program::Diagnostic> diagnostics;
  mlir::OwningOpRef<mlir::ModuleOp> module = program::importProgram(definition, context, diagnostics);
  report(diagnostics);
  if (module && mlir::failed(mlir::verify(*module)))
    return {};
  return module;
}

bool roundTrips(prog::ProgramOp original, mlir::MLIRContext &context) {
  std::string text = program::exportProgram(original);
  std::vector<program::Diagnostic> diagnostics;
  program::Module module = program::parse(original.getSymName().str() + ".printed", text, diagnostics);
  program::ModuleScope scope(module);
  mlir::OwningOpRef<mlir::ModuleOp> again;
  if (diagnostics.empty() && scope.definitions().size() == 1)
    again = program::importProgram(scope.definitions().front(), context, diagnostics);
  if (!again) {
    report(diagnostics);
    llvm::errs() << "the printed program cannot be read back:\n" << text;
    return false;
  }
  prog::ProgramOp copy = program::programIn(*again);
  compiler::ProgramEqualityOptions strict;
  strict.memrefs = true;
  if (auto difference = compiler::compare(original, copy, strict)) {
    llvm::errs() << "the program changes when it is printed and read back\n"
                 << difference->summary() << "\nbefore:\n"
                 << difference->left << "after:\n"
                 << difference->right;
    return false;
  }
  if (compiler::structuralHash(original) != compiler::structuralHash(copy)) {
    llvm::errs() << "equal programs with different hashes\n";
    return false;
  }
  if (program::exportProgram(copy) != text) {
    llvm::errs() << "the program prints differently when it is read back:\n"
                 << text << "then:\n"
                 << program::exportProgram(copy);
    return false;
  }
  return true;
}

/// Runs `each` on every program of the file that the words name.
template <typename Each>
int forEachProgram(Words words, llvm::StringRef flag, Each each) {
  llvm::StringRef file, entry;
  program::FactoryArguments arguments;
  bool flagged = false;
  for (llvm::StringRef word : words) {
    if (!flag.empty() && word == flag)
      flagged = true;
    else if (word.starts_with("--entry="))
      entry = word.drop_front(llvm::StringRef("--entry=").size());
    else if (llvm::StringRef binding = word; binding.consume_front("--bind=")) {
      if (!bind(binding, arguments))
        return llvm::errs() << "expected --bind=function.parameter=value, found " << word << '\n', usage;
    } else if (word.starts_with("-") && word != "-")
      return llvm::errs() << "unknown option " << word << '\n', usage;
    else if (file.empty())
      file = word;
    else
      return llvm::errs() << "one file at a time: " << file << " or " << word << '\n', usage;
  }
  if (file.empty())
    return llvm::errs() << "which file?\n", usage;
  std::optional<Input> input = read(file, arguments);
  if (!input)
    return failed;
  auto found = entries(*input->scope, entry);
  if (found.empty()) {
    llvm::errs() << file << ": there is no @pl.program and no @pl.function" << (entry.empty() ? "" : " named ") << entry
                 << '\n';
    return failed;
  }
  unsigned bad = 0;
  mlir::MLIRContext context(mlir::MLIRContext::Threading::DISABLED);
  for (const program::Definition *definition : found) {
    mlir::OwningOpRef<mlir::ModuleOp> module = import(*definition, context);
    bad += !module || !each(*definition, *module, flagged, context);
  }
  return bad ? failed : 0;
}

int parse(Words words) {
  return forEachProgram(
      words, "--roundtrip",
      [](const program::Definition &, mlir::ModuleOp module, bool roundTrip, mlir::MLIRContext &context) {
        return !roundTrip || roundTrips(program::programIn(module), context);
      });
}

int print(Words words) {
  return forEachProgram(words, "--mlir",
                        [](const program::Definition &, mlir::ModuleOp module, bool asMlir, mlir::MLIRContext &) {
                          if (asMlir)
                            module.print(llvm::outs());
                          else
                            llvm::outs() << program::exportProgram(program::programIn(module));
                          return true;
                        });
}

int list(Words words) {
  std::optional<Input> input = words.size() == 1 ? read(words.front()) : std::nullopt;
  if (!input)
    return words.size() == 1 ? failed : usage;
  for (const program::Definition &definition : input->scope->definitions())
    llvm::outs() << definition.decorator << ' ' << definition.path << '\n';
  return 0;
}

struct Subcommand {
  llvm::StringLiteral name, arguments, summary;
  int (*run)(Words);
};

constexpr Subcommand subcommands[] = {
    {"parse", "FILE [--roundtrip] [--entry=NAME] [--bind=FUNCTION.PARAMETER=VALUE]",
     "read, check; with --roundtrip also print and read back", parse},
    {"print", "FILE [--mlir] [--entry=NAME] [--bind=…]", "read, check, print in the fully spelled form", print},
    {"list", "FILE", "what the file defines", list},
    {"specialize", specializeArguments, "the concrete program of a generic one", runSpecialize},
    {"compile", compileArguments, "specialize where needed, run the passes, write the program that comes out",
     runCompile},
};

} // namespace

int main(int argc, char **argv) {
  llvm::SmallVector<llvm::StringRef, 8> words(argv + 1, argv + argc);
  for (const Subcommand &subcommand : subcommands)
    if (!words.empty() && words.front() == subcommand.name)
      return subcommand.run(Words(words).drop_front());
  llvm::errs() << "usage:\n";
  for (const Subcommand &subcommand : subcommands)
    llvm::errs() << "  pto-program " << subcommand.name << ' ' << subcommand.arguments << "\n      "
                 << subcommand.summary << '\n';
  return usage;
}
