// What a file defines for PTO: classes and functions with a decorator of the language.
// `pl.jit` has several spellings, one for each level of kernel.
#include "compiler/frontend/program/Definitions.h"
#include "compiler/frontend/program/AstPrinter.h"
#include "compiler/frontend/program/Diagnostics.h"
#include "compiler/frontend/program/ModuleScope.h"

namespace pto::frontend {

namespace {

struct Decorator {
  llvm::StringLiteral path;
  Definition::Kind kind;
};

constexpr Decorator decorators[] = {
    {"pl.program", Definition::Kind::Program}, {"pl.function", Definition::Kind::Function},
    {"pl.inline", Definition::Kind::Inline},   {"pl.jit", Definition::Kind::Jit},
    {"pl.jit.incore", Definition::Kind::Jit},  {"pl.jit.inline", Definition::Kind::Jit},
    {"pl.jit.opaque", Definition::Kind::Jit},  {"pl.jit.host", Definition::Kind::Jit},
    {"pl.jit.extern", Definition::Kind::Jit},
};

} // namespace

std::optional<Definition::Kind> definitionKind(llvm::StringRef decorator) {
  for (const Decorator &each : decorators)
    if (each.path == decorator)
      return each.kind;
  return std::nullopt;
}

std::string decoratorProblem(const Expr *decorator, Decorated decorated, const Scope &scope) {
  const auto *call = llvm::dyn_cast<Call>(decorator);
  const Expr *name = call ? call->callee : decorator;
  std::string path = resolvePath(name, scope);
  std::string written = print(name);
  if (std::optional<Definition::Kind> kind = definitionKind(path)) {
    if (fits(*kind, decorated))
      return {};
    bool isClass = decorated == Decorated::Class;
    return "'@" + written + "' is for " + (isClass ? "functions" : "classes") + ", and this is a " +
           (isClass ? "class" : "function");
  }
  std::string unknown = "unknown decorator '@" + written + "'";
  const Expr *root = name;
  while (const auto *attribute = llvm::dyn_cast<Attribute>(root))
    root = attribute->base;
  const auto *first = llvm::dyn_cast<Name>(root);
  if (first && !scope.find(first->id)) {
    if (std::string why = whyUndefined(first->id, scope); !why.empty())
      return unknown + ": '" + first->id.str() + "' is not defined" + why;
  } else if (Value value = evaluate(name, scope); value.is(Value::Kind::Unknown)) {
    return unknown + ", which is " + value.text;
  }
  if (!path.empty() && path != written && !llvm::StringRef(path).starts_with("pl."))
    return unknown + ", which is '" + path + "' here; the language is 'pypto.language'";
  // However it was imported, the slip is in what stands there: `pl.jti`, `jti`.
  std::vector<llvm::StringRef> known;
  for (const Decorator &each : decorators)
    known.push_back(each.path.drop_front(llvm::StringRef(written).contains('.') ? 0 : 3));
  return unknown + didYouMean(written, known);
}

} // namespace pto::frontend
