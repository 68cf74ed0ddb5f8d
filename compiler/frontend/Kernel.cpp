// Parsing and verifying a kernel's file, and finding the entry in it.
#include "compiler/frontend/Kernel.h"
#include "compiler/dialect/Forms.h"
#include "compiler/dialect/KnownAttributes.h"
#include "compiler/dialect/Places.h"
#include "compiler/frontend/Nesting.h"
#include "compiler/frontend/ParserGuard.h"
#include "compiler/frontend/Tokens.h"
#include "mlir/IR/Verifier.h"
#include "mlir/Parser/Parser.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/SourceMgr.h"

using namespace mlir;

namespace pto::frontend {

// The name of the operation that a place of the text is in.
static StringRef operationAround(StringRef text, const Place &place) {
  const char *end = lineOf(text, place.line).substr(0, place.column - 1).end();
  StringRef operation;
  Tokens tokens(text);
  for (Token token = tokens.next(); token.kind != TokenKind::End && token.text.begin() < end; token = tokens.next())
    if (token.is(TokenKind::Word) && token.text.contains('.'))
      operation = token.text;
  return operation;
}

// MLIR's parser says which token it wants next, and not what for.
static void noteForm(StringRef text, StringRef file, std::vector<Diagnostic> &diagnostics) {
  const Diagnostic &error = diagnostics.back();
  StringRef message = error.message;
  if (message.consume_front("custom op '"))
    message = message.split("' ").second;
  const Place &place = error.place;
  if (error.severity == Severity::Note || !place.line || !place.column || !message.starts_with("expected "))
    return;
  StringRef operation = operationAround(text, place);
  StringRef form = ir::formOf(operation);
  if (form.empty())
    return;
  diagnostics.push_back({placeIn(text, file, operation), "its form is: " + form.str(), Severity::Note});
}

static OwningOpRef<ModuleOp> parse(StringRef text, StringRef file, MLIRContext &context,
                                   std::vector<Diagnostic> &diagnostics) {
  DiagnosticCollector collector(context, diagnostics);
  context.allowUnregisteredDialects();
  llvm::SourceMgr sources;
  sources.AddNewSourceBuffer(llvm::MemoryBuffer::getMemBufferCopy(text, file), llvm::SMLoc());
  size_t before = diagnostics.size();
  auto module = parseSourceFile<ModuleOp>(sources, ParserConfig(&context, /*verifyAfterParse=*/false));
  if (!module && diagnostics.size() == before)
    diagnostics.push_back({{file.str()}, "is not MLIR text"});
  return module;
}

OwningOpRef<ModuleOp> parsePrinted(StringRef text, MLIRContext &context, std::vector<Diagnostic> &diagnostics) {
  return parse(text, "printed", context, diagnostics);
}

OwningOpRef<ModuleOp> parseKernel(StringRef text, StringRef file, MLIRContext &context,
                                  std::vector<Diagnostic> &diagnostics) {
  if (std::vector<Diagnostic> refused = refusedByGuard(text, file); !refused.empty()) {
    llvm::append_range(diagnostics, std::move(refused));
    return nullptr;
  }
  OwningOpRef<ModuleOp> module = parse(text, file, context, diagnostics);
  if (!module)
    noteForm(text, file, diagnostics);
  if (Operation *tooDeep = module ? findTooDeepIn(*module, maxNesting) : nullptr) {
    // Its own location may be what nests, and finding the line in it would go as deep.
    std::string what = "an attribute, a type or a location of " + tooDeep->getName().getStringRef().str() +
                       " nests more than " + std::to_string(maxNesting) + " levels deep";
    diagnostics.push_back({{file.str()}, std::move(what)});
    return nullptr;
  }
  return module;
}

bool verifyKernel(ModuleOp module, std::vector<Diagnostic> &diagnostics) {
  DiagnosticCollector collector(*module->getContext(), diagnostics);
  if (failed(verify(module)))
    return false;
  // The dialect checks what carries one of its attributes; here every module and function is part of a kernel.
  bool isKnown = true;
  module.walk([&](Operation *op) {
    if (isa<ModuleOp, func::FuncOp>(op))
      isKnown &= succeeded(ir::verifyNoStrayAttributes(op));
  });
  return isKnown;
}

static llvm::Error error(const llvm::Twine &message) {
  return llvm::createStringError(llvm::inconvertibleErrorCode(), message);
}

static std::string nameAndPlace(func::FuncOp function) {
  std::string where = toString(placeOf(function.getLoc()));
  return where + (where.empty() ? "@" : ": @") + function.getSymName().str();
}

static std::string listed(ArrayRef<func::FuncOp> functions) {
  std::string list;
  for (func::FuncOp function : functions)
    list += "\n  " + nameAndPlace(function);
  return list;
}

static bool isMarkedAsKernel(func::FuncOp function) {
  return llvm::any_of(ArrayRef<StringRef>{"pto.kernel", "pto.aicore", "pto.entry"},
                      [&](StringRef mark) { return function->hasAttr(mark); });
}

constexpr StringLiteral howToMark = "attributes {pto.kernel}";

/// Says itself which kind of core it is for.
static bool isOfOneCore(func::FuncOp function) {
  return function->hasAttr("pto.kernel_kind");
}

static llvm::Expected<func::FuncOp> onlyOne(ArrayRef<func::FuncOp> defined) {
  if (defined.empty())
    return error("the file defines no function; expected a func.func with a body");
  if (defined.size() == 1)
    return defined.front();
  SmallVector<func::FuncOp> marked = llvm::to_vector(llvm::make_filter_range(defined, isMarkedAsKernel));
  if (marked.size() == 1)
    return marked.front();
  // The two halves of a mixed kernel, one for each kind of core, are launched together by the name of either.
  if (marked.empty() && defined.size() == 2 && llvm::all_of(defined, isOfOneCore) &&
      llvm::all_equal(llvm::map_range(defined, [](func::FuncOp one) { return one.getFunctionType(); })))
    return defined.front();
  return error("the file defines " + llvm::Twine(defined.size()) + " functions, " + llvm::Twine(marked.size()) +
               " of them marked pto.kernel, pto.aicore or pto.entry; mark one with " + howToMark +
               ", or name the entry:" + listed(defined));
}

// A name can be that of a helper by mistake: where a file has several functions, a kernel says that it is one.
static llvm::Expected<func::FuncOp> markedWhereItHasTo(func::FuncOp entry, ArrayRef<func::FuncOp> defined) {
  bool isAlone = llvm::all_of(defined, [&](func::FuncOp other) { return other == entry || other.isPrivate(); });
  if (isAlone || isMarkedAsKernel(entry) || isOfOneCore(entry))
    return entry;
  return error("@" + entry.getSymName() + " is not marked as a kernel, and the file defines " +
               llvm::Twine(defined.size()) + " functions; mark it with " + howToMark +
               ", or name another:" + listed(defined));
}

llvm::Expected<func::FuncOp> selectEntry(ModuleOp module, StringRef name) {
  SmallVector<func::FuncOp> defined, declared;
  module.walk([&](func::FuncOp function) {
    // Without the name of a symbol a function is not valid, but this may run before the verifier.
    if (function->getAttrOfType<StringAttr>("sym_name"))
      (function.isDeclaration() ? declared : defined).push_back(function);
  });
  auto isNamed = [&](func::FuncOp function) { return function.getSymName() == name; };
  if (name.empty()) {
    if (defined.empty() && !declared.empty())
      return error("the file only declares functions; expected one with a body:" + listed(declared));
    return onlyOne(defined);
  }
  SmallVector<func::FuncOp> found = llvm::to_vector(llvm::make_filter_range(defined, isNamed));
  if (found.size() == 1)
    return markedWhereItHasTo(found.front(), defined);
  if (found.size() > 1)
    return error("the file defines @" + name + " " + llvm::Twine(found.size()) +
                 " times; expected once:" + listed(found));
  SmallVector<func::FuncOp> onlyDeclared = llvm::to_vector(llvm::make_filter_range(declared, isNamed));
  if (!onlyDeclared.empty())
    return error("@" + name + " is declared but has no body:" + listed(onlyDeclared));
  if (defined.empty())
    return error("no function @" + name + ": the file defines none");
  return error("no function @" + name + "; the file defines:" + listed(defined));
}

} // namespace pto::frontend
