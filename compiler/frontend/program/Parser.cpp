// Program text to syntax tree: statements.
// A statement with an error in it is left out, its block included, and parsing goes on after it.
#include "compiler/frontend/program/Parser.h"
#include "compiler/frontend/program/ExpressionParser.h"
#include "llvm/ADT/STLExtras.h"

namespace pto::program {

namespace {

using Statements = llvm::SmallVector<const Stmt *, 16>;

class StatementParser : public ExpressionParser {
public:
  StatementParser(const Source::File &file, llvm::ArrayRef<Token> tokens, Arena &arena, Diagnostics &diagnostics)
      : ExpressionParser(file, tokens, arena, diagnostics) {}

  Block statements() {
    Statements body;
    while (!at(Token::Kind::End)) {
      if (at(Token::Kind::Indent)) {
        fail(rangeOf(ahead(1)), "this line is indented, but nothing before it opens a block");
        recover(true);
      } else {
        statement(body);
      }
    }
    return arena.list<const Stmt *>(body);
  }

private:
  void statement(Statements &into) {
    failed = false;
    Nested level(nesting);
    size_t start = position;
    if (nesting > maximumNesting) {
      fail(rangeOf(current()), "blocks are nested more than " + std::to_string(maximumNesting) + " deep");
    } else if (const Stmt *stmt = compound()) {
      into.push_back(stmt);
    } else if (!failed) {
      simpleLine(into);
    }
    forgetHeights();
    if (failed)
      recover(position > start);
    failed = false;
  }

  /// To the start of the next statement. What is indented below a broken line belongs to it.
  void recover(bool consumed) {
    failed = false;
    if (at(Token::Kind::Dedent) && consumed)
      return;
    while (!at(Token::Kind::Newline) && !at(Token::Kind::End) && !at(Token::Kind::Indent))
      advance();
    if (at(Token::Kind::Newline))
      advance();
    if (!at(Token::Kind::Indent))
      return;
    unsigned depth = 0;
    do {
      depth += at(Token::Kind::Indent);
      depth -= at(Token::Kind::Dedent);
      advance();
    } while (depth != 0 && !at(Token::Kind::End));
  }

  /// Null if no compound statement starts here, or after an error.
  const Stmt *compound() {
    uint32_t first = begin();
    if (at("@"))
      return decorated();
    if (at("def"))
      return function(first, {});
    if (at("class"))
      return classStatement(first, {});
    if (at("if"))
      return ifStatement();
    if (at("for"))
      return forStatement();
    if (at("while"))
      return whileStatement();
    if (at("with"))
      return withStatement();
    if (at("try"))
      return clauses({"try", "except", "else", "finally"});
    if (at("async"))
      return clauses({"async", "else"});
    if (at("match") && startsMatch())
      return clauses({"match"});
    return nullptr;
  }

  /// `match` is a name wherever no block follows its line.
  bool startsMatch() {
    if (ahead(1).kind == Token::Kind::Operator && !ahead(1).is("(") && !ahead(1).is("[") && !ahead(1).is("{"))
      return false;
    size_t i = 1;
    while (ahead(i).kind != Token::Kind::Newline && ahead(i).kind != Token::Kind::End)
      ++i;
    return ahead(i - 1).is(":") && ahead(i + 1).kind == Token::Kind::Indent;
  }

  const Stmt *decorated() {
    uint32_t first = begin();
    llvm::SmallVector<const Expr *, 2> decorators;
    while (accept("@")) {
      const Expr *decorator = expression();
      if (!decorator)
        return nullptr;
      decorators.push_back(decorator);
      if (!at(Token::Kind::Newline))
        return failHere("the end of the line after the decorator");
      advance();
    }
    if (at("def"))
      return function(first, decorators);
    if (at("class"))
      return classStatement(first, decorators);
    if (at("async"))
      return clauses({"async"});
    return failHere("'def' or 'class' after the decorator");
  }

  bool nameAfter(llvm::StringRef keyword, llvm::StringRef &name, SourceRange &range) {
    advance();
    if (!at(Token::Kind::Name) || isKeyword(current().text)) {
      failHere("a name after '" + keyword.str() + "'");
      return false;
    }
    name = current().text;
    range = rangeOf(current());
    advance();
    if (at("["))
      skipBrackets();
    return true;
  }

  const Stmt *function(uint32_t first, Exprs decorators) {
    llvm::StringRef name;
    SourceRange nameRange;
    llvm::SmallVector<Parameter, 8> list;
    if (!nameAfter("def", name, nameRange) || !expect("(", "after the function's name") || !parameters(list))
      return nullptr;
    const Expr *returns = nullptr;
    if (accept("->") && !(returns = expression()))
      return nullptr;
    Statements body;
    if (!block(body, "the function's head"))
      return nullptr;
    return arena.make<Function>(since(first), name, nameRange, arena.list<const Expr *>(decorators),
                                arena.list<Parameter>(list), returns, arena.list<const Stmt *>(body));
  }

  bool parameters(llvm::SmallVectorImpl<Parameter> &list) {
    auto kind = Parameter::Kind::Ordinary;
    while (!at(")")) {
      Parameter parameter;
      uint32_t first = begin();
      if (accept("/")) {
        if (!accept(","))
          break;
        continue;
      }
      bool star = accept("*");
      bool map = !star && accept("**");
      if (star)
        kind = Parameter::Kind::KeywordOnly;
      if (star && accept(","))
        continue;
      parameter.kind = star ? Parameter::Kind::List : map ? Parameter::Kind::Map : kind;
      if (!at(Token::Kind::Name) || isKeyword(current().text)) {
        failHere("a parameter's name");
        return false;
      }
      parameter.name = current().text;
      advance();
      if (accept(":") && !(parameter.annotation = expression()))
        return false;
      if (accept("=") && !(parameter.defaultValue = expression()))
        return false;
      parameter.range = since(first);
      list.push_back(parameter);
      if (!accept(","))
        break;
    }
    return expect(")", "or ',' in the parameters");
  }

  const Stmt *classStatement(uint32_t first, Exprs decorators) {
    llvm::StringRef name;
    SourceRange nameRange;
    if (!nameAfter("class", name, nameRange))
      return nullptr;
    llvm::SmallVector<const Expr *, 2> bases;
    if (accept("(")) {
      while (!at(")")) {
        if (at(Token::Kind::Name) && ahead(1).is("=")) {
          advance();
          advance();
        }
        accept("*") || accept("**");
        const Expr *base = expression();
        if (!base)
          return nullptr;
        bases.push_back(base);
        if (!accept(","))
          break;
      }
      if (!expect(")", "or ',' in the base classes"))
        return nullptr;
    }
    Statements body;
    if (!block(body, "the class's head"))
      return nullptr;
    return arena.make<Class>(since(first), name, nameRange, arena.list<const Expr *>(decorators),
                             arena.list<const Expr *>(bases), arena.list<const Stmt *>(body));
  }

  const Stmt *ifStatement() {
    Nested level(nesting);
    if (nesting > maximumNesting)
      return fail(rangeOf(current()), "there are more than " + std::to_string(maximumNesting) + " branches here");
    uint32_t first = begin();
    advance();
    const Expr *condition = expression();
    Statements then, otherwise;
    if (!condition || !block(then, "the condition"))
      return nullptr;
    if (at("elif")) {
      const Stmt *next = ifStatement();
      if (!next)
        return nullptr;
      otherwise.push_back(next);
    } else if (!elseBlock(otherwise)) {
      return nullptr;
    }
    return arena.make<If>(since(first), condition, arena.list<const Stmt *>(then), arena.list<const Stmt *>(otherwise));
  }

  bool elseBlock(Statements &into) { return !accept("else") || block(into, "'else'"); }

  const Stmt *forStatement() {
    uint32_t first = begin();
    advance();
    const Expr *target = targetList();
    if (!target || !expect("in", "after the loop's variables"))
      return nullptr;
    const Expr *iterable = expressionList();
    Statements body, otherwise;
    if (!iterable || !block(body, "the loop's head") || !elseBlock(otherwise))
      return nullptr;
    return arena.make<For>(since(first), target, iterable, arena.list<const Stmt *>(body),
                           arena.list<const Stmt *>(otherwise));
  }

  const Stmt *whileStatement() {
    uint32_t first = begin();
    advance();
    const Expr *condition = expression();
    Statements body, otherwise;
    if (!condition || !block(body, "the loop's head") || !elseBlock(otherwise))
      return nullptr;
    return arena.make<While>(since(first), condition, arena.list<const Stmt *>(body),
                             arena.list<const Stmt *>(otherwise));
  }

  /// Parentheses that hold all the items, as opposed to those that start the first one.
  bool itemsAreParenthesized() const {
    if (!at("("))
      return false;
    unsigned depth = 0;
    bool hasTarget = false;
    for (size_t i = 0;; ++i) {
      const Token &token = ahead(i);
      if (token.kind == Token::Kind::End)
        return false;
      if (token.is("(") || token.is("[") || token.is("{"))
        ++depth;
      hasTarget |= depth == 1 && token.is("as");
      if ((token.is(")") || token.is("]") || token.is("}")) && --depth == 0)
        return ahead(i + 1).is(":") && (hasTarget || ahead(i - 1).is(","));
    }
  }

  const Stmt *withStatement() {
    uint32_t first = begin();
    advance();
    bool parenthesized = itemsAreParenthesized();
    if (parenthesized)
      advance();
    llvm::SmallVector<WithItem, 2> items;
    do {
      if (parenthesized && at(")"))
        break;
      WithItem item = {expression(), nullptr};
      if (!item.context || (accept("as") && !(item.target = expression())))
        return nullptr;
      items.push_back(item);
    } while (accept(","));
    if (parenthesized && !expect(")", "or ',' in the with statement"))
      return nullptr;
    Statements body;
    if (!block(body, "the with statement's head"))
      return nullptr;
    return arena.make<With>(since(first), arena.list<WithItem>(items), arena.list<const Stmt *>(body));
  }

  /// `words` are the first words of the statement and of its further clauses. Heads are not understood, bodies are.
  const Stmt *clauses(llvm::ArrayRef<llvm::StringRef> words) {
    uint32_t first = begin();
    llvm::StringRef what = current().text;
    llvm::SmallVector<OpaqueClause, 4> list;
    do {
      uint32_t head = begin();
      advance();
      skipTo({":"});
      llvm::StringRef text = textSince(head);
      if (what == "match") {
        list.push_back({text, {}});
        if (!cases(list))
          return nullptr;
        break;
      }
      Statements body;
      if (!block(body, "'" + what.str() + "'"))
        return nullptr;
      list.push_back({text, arena.list<const Stmt *>(body)});
    } while (llvm::any_of(words.drop_front(), [&](llvm::StringRef word) { return at(word); }));
    return arena.make<OpaqueStmt>(since(first), what, arena.list<OpaqueClause>(list));
  }

  bool cases(llvm::SmallVectorImpl<OpaqueClause> &list) {
    if (!accept(":") || !at(Token::Kind::Newline))
      return failHere("':' after the match's subject"), false;
    advance();
    if (!at(Token::Kind::Indent))
      return failHere("an indented block"), false;
    advance();
    while (!at(Token::Kind::Dedent) && !at(Token::Kind::End)) {
      uint32_t head = begin();
      advance();
      skipTo({":"});
      llvm::StringRef text = textSince(head);
      Statements body;
      if (!block(body, "the case"))
        return false;
      list.push_back({text, arena.list<const Stmt *>(body)});
    }
    if (at(Token::Kind::Dedent))
      advance();
    return true;
  }

  bool block(Statements &into, const std::string &opener) {
    if (!expect(":", "after " + opener))
      return false;
    if (!at(Token::Kind::Newline)) {
      simpleLine(into);
      return !failed;
    }
    advance();
    if (!at(Token::Kind::Indent)) {
      failHere("an indented block after " + opener);
      return false;
    }
    advance();
    while (!at(Token::Kind::Dedent) && !at(Token::Kind::End)) {
      if (at(Token::Kind::Indent)) {
        fail(rangeOf(ahead(1)), "this line is indented more than its block");
        recover(true);
      } else {
        statement(into);
      }
    }
    if (at(Token::Kind::Dedent))
      advance();
    return true;
  }

  void simpleLine(Statements &into) {
    do {
      if (atEndOfLine())
        break;
      const Stmt *stmt = simple();
      if (!stmt)
        return;
      into.push_back(stmt);
    } while (accept(";"));
    if (!atEndOfLine())
      failHere("the end of the statement");
    else if (at(Token::Kind::Newline))
      advance();
  }

  const Stmt *simple() {
    uint32_t first = begin();
    if (accept("pass"))
      return arena.make<Pass>(since(first));
    if (accept("break"))
      return arena.make<Break>(since(first));
    if (accept("continue"))
      return arena.make<Continue>(since(first));
    if (accept("return")) {
      const Expr *value = atEndOfLine() || at(";") ? nullptr : expressionList();
      return failed ? nullptr : arena.make<Return>(since(first), value);
    }
    if (at("import") || at("from"))
      return import();
    for (llvm::StringRef word : {"global", "nonlocal", "del", "raise", "assert"})
      if (at(word))
        return opaqueLine(word);
    if (at("type") && ahead(1).kind == Token::Kind::Name && !isKeyword(ahead(1).text))
      return opaqueLine("type");
    return expressionStatement();
  }

  const Stmt *opaqueLine(llvm::StringRef what) {
    uint32_t first = begin();
    skipTo({";"});
    OpaqueClause clause = {textSince(first), {}};
    return arena.make<OpaqueStmt>(since(first), what, arena.list<OpaqueClause>(clause));
  }

  std::string dottedName() {
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

  /// After `as`; or the name itself.
  bool boundName(llvm::StringRef &bound) {
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

  const Stmt *import() {
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

  bool isTarget(const Expr *expr) const {
    if (const auto *tuple = llvm::dyn_cast<Tuple>(expr))
      return llvm::all_of(tuple->elements, [&](const Expr *element) { return isTarget(element); });
    if (const auto *list = llvm::dyn_cast<List>(expr))
      return llvm::all_of(list->elements, [&](const Expr *element) { return isTarget(element); });
    if (const auto *opaque = llvm::dyn_cast<OpaqueExpr>(expr))
      return opaque->what == "a starred expression";
    return llvm::isa<Name, Attribute, Subscript>(expr);
  }

  const Stmt *expressionStatement() {
    uint32_t first = begin();
    const Expr *value = expressionList();
    if (!value)
      return nullptr;
    if ((at(":") || at("=")) && !isTarget(value))
      return fail(value->range, "nothing can be assigned to this");
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
          return fail(value->range, "nothing can be assigned to this");
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
          return fail(value->range, "nothing can be assigned to this");
        advance();
        const Expr *right = expressionList();
        return right ? arena.make<AugmentedAssign>(since(first), *op, value, right) : nullptr;
      }
    return arena.make<ExprStmt>(since(first), value);
  }
};

} // namespace

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

} // namespace pto::program
