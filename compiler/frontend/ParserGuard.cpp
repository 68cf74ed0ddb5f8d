// Reads as much of MLIR's syntax as tells uses of values from definitions, and regions apart.
//
// The dialects that a kernel may use are a closed set (compiler/dialect/Registry.h), and so are the operations of
// theirs that name the arguments of a region outside of it.
#include "compiler/frontend/ParserGuard.h"
#include "compiler/frontend/Tokens.h"
#include "compiler/frontend/ValueNames.h"
#include "llvm/ADT/STLExtras.h"

using llvm::SmallVector;
using llvm::StringRef;

namespace pto::frontend {
namespace {

// An affine expression is the one thing that nests without brackets; a number takes quadratic time to read.
constexpr size_t maxAffineLength = 1000, maxNumberLength = 1000;

class Guard {
public:
  explicit Guard(StringRef text) : tokens(text), after(tokens.next()), statements(1) {}

  SmallVector<Remark, 2> run() {
    while (!isOver && remarks.empty() && names.broken().empty()) {
      advance();
      step();
    }
    return remarks.empty() ? SmallVector<Remark, 2>(names.broken()) : std::move(remarks);
  }

private:
  // Where an operation names the arguments of its next region.
  enum class Header { None, Function, FirstList };
  enum class Bracket : char { Brace, Angle, Other, Arguments, Label };

  struct Result {
    StringRef name;
    unsigned count;
  };

  // The operation that is being read, in the region that is being read.
  struct Statement {
    Header header = Header::None;
    SmallVector<Result, 2> results;      // defined when the operation is complete
    SmallVector<StringRef, 4> arguments; // defined when its region opens
  };

  void advance() {
    before = token;
    token = after;
    after = tokens.next();
  }

  void step() {
    if (affineStart && token.text.begin() - affineStart > static_cast<ptrdiff_t>(maxAffineLength))
      return refuse(StringRef(affineStart + maxAffineLength + 1, 0), "an affine expression goes on for more than " +
                                                                         std::to_string(maxAffineLength) +
                                                                         " characters here");
    switch (token.kind) {
    case TokenKind::End:
    case TokenKind::Unknown:
      complete();
      isOver = true;
      return;
    case TokenKind::Number:
      if (token.text.size() > maxNumberLength)
        refuse(token.text, "a number of " + std::to_string(token.text.size()) + " digits");
      return;
    case TokenKind::Punctuation:
      return seeBracket();
    case TokenKind::Word:
      return seeWord();
    case TokenKind::String:
      return isInStatement() && after.is("(") ? beginOperation(Header::None) : void();
    case TokenKind::Block:
      return seeBlock();
    case TokenKind::Value:
      return openAngles == 0 ? seeValue() : void();
    case TokenKind::Alias:
    case TokenKind::Symbol:
      return;
    }
  }

  void seeBracket() {
    switch (token.text.front()) {
    case '(':
      return open(roleOfList());
    case '[':
      return open(Bracket::Other);
    case '<':
      return token.text == "<" ? open(Bracket::Angle) : void();
    case '{':
      return openBrace();
    case ')':
    case ']':
      return close(false);
    case '}':
      return close(true);
    case '>':
      if (token.text == ">" && !brackets.empty() && brackets.back() == Bracket::Angle)
        pop();
      return;
    }
  }

  void open(Bracket bracket) {
    brackets.push_back(bracket);
    openAngles += bracket == Bracket::Angle ? 1 : 0;
    if (bracket == Bracket::Angle && (before.is("affine_map") || before.is("affine_set")) && !affineStart) {
      affineStart = before.text.begin();
      affineDepth = brackets.size();
    }
    if (brackets.size() > maxNesting)
      refuse(token.text, "brackets nest more than " + std::to_string(maxNesting) + " levels deep here");
  }

  void pop() {
    openAngles -= brackets.back() == Bracket::Angle ? 1 : 0;
    brackets.pop_back();
    if (brackets.size() < affineDepth)
      affineStart = nullptr;
  }

  void openBrace() {
    bool isRegion = isInStatement() && !before.is("attributes");
    names.openRegion();
    if (isRegion) {
      for (StringRef argument : statements.back().arguments)
        names.define(argument);
      statements.back().arguments.clear();
      statements.back().header = Header::None;
    }
    open(Bracket::Brace);
    statements.emplace_back();
  }

  void close(bool isBrace) {
    while (!brackets.empty() && brackets.back() == Bracket::Angle)
      pop();
    if (brackets.empty() || (brackets.back() == Bracket::Brace) != isBrace) {
      isOver = true; // as far as the parser gets
      return;
    }
    pop();
    if (!isBrace)
      return;
    complete();
    statements.pop_back();
    names.closeRegion();
  }

  Bracket roleOfList() {
    Statement &statement = statements.back();
    if (!isInStatement() || before.is(TokenKind::Block))
      return isLabel && before.is(TokenKind::Block) ? Bracket::Label : Bracket::Other;
    if (statement.header == Header::Function)
      return Bracket::Arguments;
    if (statement.header != Header::FirstList)
      return Bracket::Other;
    statement.header = Header::None;
    return Bracket::Arguments;
  }

  void seeWord() {
    if (!isInStatement())
      return;
    // Inside of a function, func.func can be written as func.
    if (token.text == "func.func" || (token.text == "func" && !before.is("=") && !after.is("=")))
      return beginOperation(Header::Function);
    if (token.text == "scf.parallel" || token.text == "scf.forall")
      return beginOperation(Header::FirstList);
    if (token.text.contains('.') || token.text == "module")
      beginOperation(Header::None);
  }

  void beginOperation(Header header) {
    if (!before.is("="))
      complete();
    statements.back().header = header;
  }

  // What the operation defines is known from here on.
  void complete() {
    Statement &statement = statements.back();
    for (const Result &result : statement.results)
      names.define(result.name, result.count);
    statement.results.clear();
    statement.arguments.clear();
    statement.header = Header::None;
  }

  void seeBlock() {
    isLabel = isInStatement() && !before.is(",") && !before.is("cf.br");
    if (isLabel)
      complete();
  }

  void seeValue() {
    if (after.is(TokenKind::Alias) && after.text.front() == '#')
      names.number(token.text, after.text);
    Bracket around = brackets.empty() ? Bracket::Brace : brackets.back();
    if (around == Bracket::Label)
      return names.define(token.text);
    if (around == Bracket::Arguments || (around == Bracket::Other && after.is("=")) ||
        (around == Bracket::Brace && before.is("scf.for")))
      return statements.back().arguments.push_back(token.text);
    if (around == Bracket::Brace && !before.is(",") && readResults())
      return;
    names.use(token.text);
  }

  // %a, %b:2 =
  bool readResults() {
    SmallVector<Result, 2> results;
    Tokens ahead = tokens;
    Token name = token, next = after;
    while (name.is(TokenKind::Value)) {
      results.push_back({name.text, 1});
      if (next.is(":")) {
        if (ahead.next().text.getAsInteger(10, results.back().count))
          return false;
        next = ahead.next();
      }
      if (next.is("=")) {
        complete();
        statements.back().results = std::move(results);
        tokens = ahead;
        token = next;
        after = tokens.next();
        return true;
      }
      if (!next.is(","))
        return false;
      name = ahead.next();
      next = ahead.next();
    }
    return false;
  }

  bool isInStatement() const { return brackets.empty() || brackets.back() == Bracket::Brace; }

  void refuse(StringRef where, std::string what) { remarks.push_back({where, std::move(what)}); }

  Tokens tokens;
  Token before, token, after;
  SmallVector<Bracket> brackets;
  SmallVector<Statement> statements; // one for each open brace, and one for the file
  ValueNames names;
  const char *affineStart = nullptr;
  size_t affineDepth = 0;
  unsigned openAngles = 0;
  bool isLabel = false, isOver = false;
  SmallVector<Remark, 2> remarks;
};

} // namespace

std::vector<Diagnostic> refusedByGuard(StringRef text, StringRef file) {
  SmallVector<Remark, 2> remarks;
  if (size_t nul = text.find('\0'); nul != StringRef::npos)
    remarks.push_back({text.substr(nul, 1), "a NUL byte here; a kernel is text"});
  else
    remarks = Guard(text).run();
  std::vector<Diagnostic> diagnostics;
  for (const Remark &remark : remarks)
    diagnostics.push_back(
        {placeIn(text, file, remark.where), remark.what, diagnostics.empty() ? Severity::Error : Severity::Note});
  return diagnostics;
}

} // namespace pto::frontend
