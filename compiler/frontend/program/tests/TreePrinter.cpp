// Statements of the syntax tree to program text.
// A line that would be too long is broken where a list of parameters allows it.
#include "compiler/frontend/program/tests/TreePrinter.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

namespace pto::frontend {

namespace {

constexpr size_t lineLength = 110;

class StmtPrinter {
public:
  std::string out;

  void block(Block statements, unsigned indent) {
    for (const Stmt *stmt : statements)
      statement(stmt, indent);
    if (statements.empty())
      line(indent, "pass");
  }

  void statement(const Stmt *stmt, unsigned indent) {
    switch (stmt->kind) {
    case Stmt::Kind::Expression:
      return line(indent, list(llvm::cast<ExprStmt>(stmt)->value));
    case Stmt::Kind::Assign: {
      const auto *assign = llvm::cast<Assign>(stmt);
      std::string text;
      for (const Expr *target : assign->targets)
        text += list(target) + " = ";
      return line(indent, text + list(assign->value));
    }
    case Stmt::Kind::AnnotatedAssign: {
      const auto *assign = llvm::cast<AnnotatedAssign>(stmt);
      std::string text = print(assign->target) + ": " + print(assign->annotation);
      return line(indent, assign->value ? text + " = " + list(assign->value) : text);
    }
    case Stmt::Kind::AugmentedAssign: {
      const auto *assign = llvm::cast<AugmentedAssign>(stmt);
      return line(indent, print(assign->target) + " " + spelling(assign->op).str() + "= " + list(assign->value));
    }
    case Stmt::Kind::For: {
      const auto *loop = llvm::cast<For>(stmt);
      line(indent, "for " + list(loop->target) + " in " + list(loop->iterable) + ":");
      block(loop->body, indent + 1);
      return otherwise(loop->otherwise, indent);
    }
    case Stmt::Kind::While: {
      const auto *loop = llvm::cast<While>(stmt);
      line(indent, "while " + print(loop->condition) + ":");
      block(loop->body, indent + 1);
      return otherwise(loop->otherwise, indent);
    }
    case Stmt::Kind::If:
      return branch(llvm::cast<If>(stmt), indent);
    case Stmt::Kind::With: {
      const auto *with = llvm::cast<With>(stmt);
      std::string text;
      for (const WithItem &item : with->items) {
        text += (text.empty() ? "with " : ", ") + print(item.context);
        if (item.target)
          text += " as " + print(item.target);
      }
      line(indent, text + ":");
      return block(with->body, indent + 1);
    }
    case Stmt::Kind::Return: {
      const auto *value = llvm::cast<Return>(stmt)->value;
      return line(indent, value ? "return " + list(value) : "return");
    }
    case Stmt::Kind::Break:
      return line(indent, "break");
    case Stmt::Kind::Continue:
      return line(indent, "continue");
    case Stmt::Kind::Pass:
      return line(indent, "pass");
    case Stmt::Kind::Function:
      return function(llvm::cast<Function>(stmt), indent);
    case Stmt::Kind::Class: {
      const auto *definition = llvm::cast<Class>(stmt);
      decorators(definition->decorators, indent);
      std::string text = "class " + definition->name.str();
      if (!definition->bases.empty())
        text +=
            "(" + llvm::join(llvm::map_range(definition->bases, [](const Expr *e) { return print(e); }), ", ") + ")";
      line(indent, text + ":");
      return block(definition->body, indent + 1);
    }
    case Stmt::Kind::Import:
      return line(indent, llvm::cast<Import>(stmt)->text.str());
    case Stmt::Kind::Opaque: {
      const auto *opaque = llvm::cast<OpaqueStmt>(stmt);
      for (const OpaqueClause &clause : opaque->clauses) {
        bool isMatchSubject = opaque->what == "match" && clause.text.starts_with("match");
        bool isCase = opaque->what == "match" && !isMatchSubject;
        bool hasBlock = opaque->clauses.size() > 1 || !clause.body.empty() || isMatchSubject;
        line(indent + isCase, clause.text.str() + (hasBlock ? ":" : ""));
        if (hasBlock && !isMatchSubject)
          block(clause.body, indent + 1 + isCase);
      }
      return;
    }
    }
  }

private:
  static std::string print(const Expr *expr) { return frontend::print(expr); }
  /// Where commas need no parentheses.
  static std::string list(const Expr *expr) {
    std::string text = print(expr);
    return llvm::isa<Tuple>(expr) && !elementsOf(expr).empty() ? text.substr(1, text.size() - 2) : text;
  }

  void line(unsigned indent, const std::string &text) { ((out += std::string(indent * 4, ' ')) += text) += '\n'; }

  void otherwise(Block statements, unsigned indent) {
    if (statements.empty())
      return;
    line(indent, "else:");
    block(statements, indent + 1);
  }

  void branch(const If *stmt, unsigned indent) {
    for (llvm::StringRef word = "if ";; word = "elif ") {
      line(indent, word.str() + print(stmt->condition) + ":");
      block(stmt->then, indent + 1);
      const auto *next = stmt->otherwise.size() == 1 ? llvm::dyn_cast<If>(stmt->otherwise.front()) : nullptr;
      if (!next)
        break;
      stmt = next;
    }
    otherwise(stmt->otherwise, indent);
  }

  void decorators(Exprs list, unsigned indent) {
    for (const Expr *decorator : list)
      line(indent, "@" + print(decorator));
  }

  static std::string parameter(const Parameter &parameter) {
    std::string text = parameter.kind == Parameter::Kind::List  ? "*"
                       : parameter.kind == Parameter::Kind::Map ? "**"
                                                                : "";
    text += parameter.name;
    if (parameter.annotation)
      text += ": " + print(parameter.annotation);
    if (parameter.defaultValue)
      text += (parameter.annotation ? " = " : "=") + print(parameter.defaultValue);
    return text;
  }

  void function(const Function *definition, unsigned indent) {
    decorators(definition->decorators, indent);
    llvm::SmallVector<std::string, 8> list;
    bool listSeen = false;
    for (const Parameter &each : definition->parameters) {
      if (each.kind == Parameter::Kind::KeywordOnly && !listSeen)
        list.push_back("*");
      listSeen |= each.kind == Parameter::Kind::KeywordOnly || each.kind == Parameter::Kind::List;
      list.push_back(parameter(each));
    }
    std::string head = "def " + definition->name.str() + "(";
    std::string tail = definition->returns ? ") -> " + print(definition->returns) + ":" : "):";
    std::string joined = llvm::join(list, ", ");
    if (indent * 4 + head.size() + joined.size() + tail.size() <= lineLength) {
      line(indent, head + joined + tail);
    } else {
      line(indent, head);
      for (const std::string &each : list)
        line(indent + 1, each + ",");
      line(indent, tail);
    }
    block(definition->body, indent + 1);
  }
};

} // namespace

std::string print(const Stmt *statement) {
  StmtPrinter printer;
  printer.statement(statement, 0);
  return std::move(printer.out);
}

std::string print(Block statements) {
  StmtPrinter printer;
  for (const Stmt *stmt : statements)
    printer.statement(stmt, 0);
  return std::move(printer.out);
}

} // namespace pto::frontend
