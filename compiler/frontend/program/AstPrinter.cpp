// Syntax tree to program text.
// Parentheses are put only where the precedence asks for them.
#include "compiler/frontend/program/AstPrinter.h"
#include "compiler/frontend/program/StringLiteral.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include <charconv>
#include <cmath>

namespace pto::program {

namespace {

constexpr size_t lineLength = 110;

class ExprPrinter {
public:
  std::string out;

  void print(const Expr *expr, Precedence loosest = ConditionalPrecedence) {
    bool parenthesize = precedenceOf(expr) < loosest;
    if (parenthesize)
      out += '(';
    visit(expr);
    if (parenthesize)
      out += ')';
  }

  /// Where commas need no parentheses: the right side of an assignment, return, for.
  void printList(const Expr *expr) {
    const auto *tuple = llvm::dyn_cast<Tuple>(expr);
    if (!tuple || tuple->elements.empty())
      return print(expr);
    elements(tuple->elements);
    if (tuple->elements.size() == 1)
      out += ',';
  }

private:
  static Precedence precedenceOf(const Expr *expr) {
    if (const auto *binary = llvm::dyn_cast<Binary>(expr))
      return precedence(binary->op);
    if (const auto *unary = llvm::dyn_cast<Unary>(expr))
      return precedence(unary->op);
    if (const auto *opaque = llvm::dyn_cast<OpaqueExpr>(expr))
      return isBracketed(opaque->text) ? AtomPrecedence : ConditionalPrecedence;
    return llvm::isa<Conditional>(expr) ? ConditionalPrecedence : AtomPrecedence;
  }

  static bool isBracketed(llvm::StringRef text) {
    return text.starts_with("(") || text.starts_with("[") || text.starts_with("{");
  }

  void elements(Exprs list) {
    llvm::interleave(
        list, [&](const Expr *e) { print(e); }, [&] { out += ", "; });
  }

  void visit(const Expr *expr) {
    switch (expr->kind) {
    case Expr::Kind::Name:
      out += llvm::cast<Name>(expr)->id;
      return;
    case Expr::Kind::Attribute: {
      const auto *attribute = llvm::cast<Attribute>(expr);
      base(attribute->base);
      (out += '.') += attribute->name;
      return;
    }
    case Expr::Kind::Call:
      return call(llvm::cast<Call>(expr));
    case Expr::Kind::Subscript: {
      const auto *subscript = llvm::cast<Subscript>(expr);
      base(subscript->base);
      out += '[';
      printList(subscript->index);
      out += ']';
      return;
    }
    case Expr::Kind::Slice: {
      const auto *slice = llvm::cast<Slice>(expr);
      if (slice->lower)
        print(slice->lower);
      out += ':';
      if (slice->upper)
        print(slice->upper);
      if (slice->step) {
        out += ':';
        print(slice->step);
      }
      return;
    }
    case Expr::Kind::Tuple:
      out += '(';
      elements(llvm::cast<Tuple>(expr)->elements);
      out += llvm::cast<Tuple>(expr)->elements.size() == 1 ? ",)" : ")";
      return;
    case Expr::Kind::List:
      out += '[';
      elements(llvm::cast<List>(expr)->elements);
      out += ']';
      return;
    case Expr::Kind::Dict:
      out += '{';
      llvm::interleave(
          llvm::cast<Dict>(expr)->entries,
          [&](const DictEntry &entry) {
            print(entry.key);
            out += ": ";
            print(entry.value);
          },
          [&] { out += ", "; });
      out += '}';
      return;
    case Expr::Kind::Number:
      return number(llvm::cast<Number>(expr));
    case Expr::Kind::String: {
      const auto *string = llvm::cast<String>(expr);
      out += string->text.empty() ? writeStringLiteral(string->value) : string->text.str();
      return;
    }
    case Expr::Kind::Constant: {
      constexpr llvm::StringLiteral spellings[] = {"None", "False", "True", "..."};
      out += spellings[static_cast<size_t>(llvm::cast<Constant>(expr)->value)];
      return;
    }
    case Expr::Kind::Unary: {
      const auto *unary = llvm::cast<Unary>(expr);
      out += spelling(unary->op);
      if (unary->op == UnaryOperator::Not)
        out += ' ';
      print(unary->operand, precedence(unary->op));
      return;
    }
    case Expr::Kind::Binary:
      return binary(llvm::cast<Binary>(expr));
    case Expr::Kind::Conditional: {
      const auto *conditional = llvm::cast<Conditional>(expr);
      print(conditional->then, OrPrecedence);
      out += " if ";
      print(conditional->condition, OrPrecedence);
      out += " else ";
      print(conditional->otherwise);
      return;
    }
    case Expr::Kind::Opaque:
      return opaque(llvm::cast<OpaqueExpr>(expr)->text);
    }
  }

  /// Text of several lines needs the brackets that were around it.
  void opaque(llvm::StringRef text) {
    bool wrap = text.contains('\n') && !isBracketed(text) && !text.contains("\"\"\"") && !text.contains("'''");
    ((out += wrap ? "(" : "") += text) += wrap ? ")" : "";
  }

  /// `1.real` is not Python.
  void base(const Expr *expr) {
    bool isNumber = llvm::isa<Number>(expr);
    out += isNumber ? "(" : "";
    print(expr, AtomPrecedence);
    out += isNumber ? ")" : "";
  }

  void call(const Call *call) {
    base(call->callee);
    out += '(';
    elements(call->arguments);
    if (!call->arguments.empty() && !call->keywords.empty())
      out += ", ";
    llvm::interleave(
        call->keywords,
        [&](const Keyword &keyword) {
          (out += keyword.name) += '=';
          print(keyword.value);
        },
        [&] { out += ", "; });
    out += ')';
  }

  void number(const Number *number) {
    if (!number->text.empty())
      out += number->text;
    else
      out += number->isFloat ? printFloat(number->real) : std::to_string(number->integer.value_or(0));
  }

  void binary(const Binary *binary) {
    auto own = precedence(binary->op);
    auto tighter = static_cast<Precedence>(own + 1);
    bool toTheRight = binary->op == BinaryOperator::Pow;
    // A comparison beside a comparison would be a chain.
    print(binary->left, toTheRight || isComparison(binary->op) ? tighter : own);
    ((out += ' ') += spelling(binary->op)) += ' ';
    print(binary->right, toTheRight ? SignPrecedence : tighter);
  }
};

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
  static std::string print(const Expr *expr) { return program::print(expr); }
  static std::string list(const Expr *expr) {
    ExprPrinter printer;
    printer.printList(expr);
    return std::move(printer.out);
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

std::string print(const Expr *expression) {
  ExprPrinter printer;
  printer.print(expression);
  return std::move(printer.out);
}

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

std::string printFloat(double value) {
  if (std::isnan(value))
    return "float(\"nan\")";
  if (std::isinf(value))
    return value < 0 ? "float(\"-inf\")" : "float(\"inf\")";
  char buffer[32];
  auto [end, error] = std::to_chars(buffer, buffer + sizeof buffer, value);
  llvm::StringRef text(buffer, static_cast<size_t>(end - buffer));
  return text.find_first_of(".e") == llvm::StringRef::npos ? text.str() + ".0" : text.str();
}

} // namespace pto::program
