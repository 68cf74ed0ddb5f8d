// A small recursive descent: or binds loosest, then and, then not.
#include "harness/cli/Keyword.h"
#include "llvm/ADT/StringExtras.h"

using namespace pto::harness;

struct Keyword::Node {
  enum class Kind { Word, Not, And, Or } kind;
  std::string word;
  std::shared_ptr<const Node> left, right;
};

namespace {

using Node = Keyword::Node;
using NodePointer = std::shared_ptr<const Node>;

class Parser {
public:
  explicit Parser(llvm::StringRef text) : text(text) { advance(); }

  llvm::Expected<NodePointer> parse() {
    NodePointer node = either();
    if (problem.empty() && !token.empty())
      fail(token == ")" ? "this ')' has no matching '('" : "expected 'and' or 'or'");
    if (problem.empty())
      return node;
    return llvm::createStringError(problem + " at column " + std::to_string(column + 1) + "\n  " + text.str() + "\n  " +
                                   std::string(column, ' ') + "^");
  }

private:
  static constexpr unsigned deepest = 200;

  void advance() {
    size_t start = text.find_first_not_of(" \t\n", end);
    start = std::min(start, text.size());
    end = start;
    if (start < text.size() && (text[start] == '(' || text[start] == ')'))
      ++end;
    else
      end = std::min(text.find_first_of(" \t\n()", start), text.size());
    token = text.slice(start, end);
  }
  void fail(const char *what) {
    if (!problem.empty())
      return;
    problem = what;
    column = token.empty() ? text.size() : token.data() - text.data();
  }
  bool take(llvm::StringRef word) {
    if (token != word || !problem.empty())
      return false;
    advance();
    return true;
  }

  NodePointer either() {
    NodePointer left = both();
    while (take("or"))
      left = std::make_shared<Node>(Node{Node::Kind::Or, "", left, both()});
    return left;
  }
  NodePointer both() {
    NodePointer left = unary();
    while (take("and"))
      left = std::make_shared<Node>(Node{Node::Kind::And, "", left, unary()});
    return left;
  }
  NodePointer unary() {
    if (++depth > deepest)
      fail("nested too deeply");
    NodePointer node;
    if (!problem.empty()) {
    } else if (take("not")) {
      node = std::make_shared<Node>(Node{Node::Kind::Not, "", unary(), nullptr});
    } else if (take("(")) {
      node = either();
      if (!take(")"))
        fail("expected ')'");
    } else if (token.empty() || token == ")" || token == "and" || token == "or") {
      fail("expected a word");
    } else {
      node = std::make_shared<Node>(Node{Node::Kind::Word, token.str(), nullptr, nullptr});
      advance();
    }
    --depth;
    return node;
  }

  llvm::StringRef text, token;
  size_t end = 0, column = 0;
  unsigned depth = 0;
  std::string problem;
};

bool holds(const Node &node, llvm::StringRef name) {
  switch (node.kind) {
  case Node::Kind::Word:
    return name.contains_insensitive(node.word);
  case Node::Kind::Not:
    return !holds(*node.left, name);
  case Node::Kind::And:
    return holds(*node.left, name) && holds(*node.right, name);
  case Node::Kind::Or:
    return holds(*node.left, name) || holds(*node.right, name);
  }
  llvm_unreachable("every kind is handled");
}

} // namespace

llvm::Expected<Keyword> Keyword::parse(llvm::StringRef text) {
  llvm::Expected<NodePointer> node = Parser(text).parse();
  if (!node)
    return node.takeError();
  Keyword keyword;
  keyword.root = *node;
  return keyword;
}

bool Keyword::matches(llvm::StringRef name) const {
  return holds(*root, name);
}
