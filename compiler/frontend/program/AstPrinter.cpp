// Expressions of the syntax tree to program text.
// Parentheses are put only where the precedence asks for them.
#include "compiler/frontend/program/AstPrinter.h"
#include "compiler/frontend/program/StringLiteral.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include <charconv>
#include <cmath>

namespace pto::frontend {

namespace {

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

} // namespace

std::string print(const Expr *expression) {
  ExprPrinter printer;
  printer.print(expression);
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

} // namespace pto::frontend
