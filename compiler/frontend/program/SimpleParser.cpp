// The parser of assignments, expressions that stand alone, and imports.
// Each is one line; what an import binds is worked out here.
#include "compiler/frontend/program/StatementParser.h"
#include "llvm/ADT/STLExtras.h"

namespace pto::frontend {

std::string StatementParser::dottedName() {
  std::string path;
  while (at(".") || at("..."))
    (path += current().text), advance();
  while (at(Token::Kind::Name) && !isKeyword(current().text)) {
    path += current().text;
    advance();
    if (!at("."))
      break;
    path += '.';
    advance();
  }
  return path;
}

bool StatementParser::boundName(llvm::StringRef &bound) {
  if (!accept("as"))
    return true;
  if (!at(Token::Kind::Name)) {
    failHere("a name after 'as'");
    return false;
  }
  bound = current().text;
  advance();
  return true;
}

const Stmt *StatementParser::import() {
  uint32_t first = begin();
  llvm::SmallVector<ImportedName, 4> names;
  std::string from;
  bool parenthesized = false;
  if (accept("from")) {
    from = dottedName();
    if (from.empty())
      return failHere("a module's name after 'from'");
    if (!expect("import", "after the module's name"))
      return nullptr;
    parenthesized = accept("(");
  } else {
    advance();
  }
  do {
    if (parenthesized && at(")"))
      break;
    if (!from.empty() && accept("*")) {
      names.push_back({arena.text(from), "*"});
      continue;
    }
    std::string path = dottedName();
    if (path.empty())
      return failHere("a name to import");
    // Without `as`, `import a.b` binds the name a, and a.b is then reached through it.
    llvm::StringRef bound = arena.text(from.empty() ? llvm::StringRef(path).split('.').first : path);
    bool isPackage = llvm::StringRef(from).ends_with(".");
    llvm::StringRef reached = arena.text(from.empty() || isPackage ? from + path : from + "." + path);
    llvm::StringRef alias = bound;
    if (!boundName(alias))
      return nullptr;
    if (from.empty() && alias.data() == bound.data())
      reached = bound;
    names.push_back({reached, alias});
  } while (accept(","));
  if (parenthesized && !expect(")", "or ',' in the import"))
    return nullptr;
  return arena.make<Import>(since(first), arena.list<ImportedName>(names), textSince(first));
}

bool StatementParser::isTarget(const Expr *expr) const {
  if (const auto *tuple = llvm::dyn_cast<Tuple>(expr))
    return llvm::all_of(tuple->elements, [&](const Expr *element) { return isTarget(element); });
  if (const auto *list = llvm::dyn_cast<List>(expr))
    return llvm::all_of(list->elements, [&](const Expr *element) { return isTarget(element); });
  if (const auto *opaque = llvm::dyn_cast<OpaqueExpr>(expr))
    return opaque->what == "a starred expression";
  return llvm::isa<Name, Attribute, Subscript>(expr);
}

const Stmt *StatementParser::expressionStatement() {
  uint32_t first = begin();
  const Expr *value = expressionList();
  if (!value)
    return nullptr;
  if ((at(":") || at("=")) && !isTarget(value))
    return fail(value->range, "cannot assign to this");
  if (accept(":")) {
    const Expr *annotation = expression();
    const Expr *assigned = nullptr;
    if (!annotation || (accept("=") && !(assigned = expressionList())))
      return nullptr;
    return arena.make<AnnotatedAssign>(since(first), value, annotation, assigned);
  }
  if (at("=")) {
    llvm::SmallVector<const Expr *, 2> targets;
    while (accept("=")) {
      if (!isTarget(value))
        return fail(value->range, "cannot assign to this");
      targets.push_back(value);
      if (!(value = expressionList()))
        return nullptr;
    }
    return arena.make<Assign>(since(first), arena.list<const Expr *>(targets), value);
  }
  llvm::StringRef text = current().text;
  if (at(Token::Kind::Operator) && text.size() >= 2 && text.ends_with("="))
    if (std::optional<BinaryOperator> op = binaryOperator(text.drop_back()); op && !isComparison(*op)) {
      if (!isTarget(value) || llvm::isa<Tuple, List>(value))
        return fail(value->range, "cannot assign to this");
      advance();
      const Expr *right = expressionList();
      return right ? arena.make<AugmentedAssign>(since(first), *op, value, right) : nullptr;
    }
  return arena.make<ExprStmt>(since(first), value);
}

} // namespace pto::frontend
