// What a name outside a program is bound to: constants, symbols, names of the language, definitions.
// Programs take such values in as constants; everything else that Python can compute is Unknown, with the reason.
#pragma once

#include "compiler/frontend/program/Ast.h"
#include <memory>
#include <string>
#include <vector>

namespace pto::frontend {

class Scope;
struct Sequence;

struct Value {
  enum class Kind : uint8_t {
    Unknown, // text says why
    None,
    Bool, // integer is 0 or 1
    Integer,
    Float,
    String,     // text
    List,       // sequence
    Tuple,      // sequence
    Symbol,     // text: the symbol of a dynamic dimension, whatever the variable is called
    Path,       // text: a name of the language or of a module, `pl.FP32`, `torch.float32`
    Expression, // expression in home: a call or subscript of the language, `pl.Tensor[[4], pl.FP32]`
    Function,   // function in home
    Class,      // definition in home
    Module      // home: the names of a file; text: its path
  };

  Kind kind = Kind::Unknown;
  int64_t integer = 0;
  double real = 0;
  std::string text;
  std::shared_ptr<const Sequence> sequence;
  const Expr *expression = nullptr;
  const Function *function = nullptr;
  const Class *definition = nullptr;
  const Scope *home = nullptr;

  static Value unknown(std::string reason) { return withText(Kind::Unknown, std::move(reason)); }
  static Value none() { return withKind(Kind::None); }
  static Value boolean(bool value);
  static Value ofInteger(int64_t value);
  static Value ofFloat(double value);
  static Value ofString(std::string value);
  static Value symbol(std::string name) { return withText(Kind::Symbol, std::move(name)); }
  static Value path(std::string dotted) { return withText(Kind::Path, std::move(dotted)); }
  static Value ofExpression(const Expr *expression, const Scope &home);
  static Value list(Kind kind, std::vector<Value> elements);

  bool is(Kind other) const { return kind == other; }
  bool isPath(llvm::StringRef dotted) const { return kind == Kind::Path && text == dotted; }
  bool isNumber() const { return kind == Kind::Bool || kind == Kind::Integer || kind == Kind::Float; }
  bool isSequence() const { return kind == Kind::List || kind == Kind::Tuple; }
  double asFloat() const { return kind == Kind::Float ? real : double(integer); }
  const std::vector<Value> &elements() const;

  /// Python's rules; empty for what has none here.
  std::optional<bool> truth() const;

private:
  static Value withKind(Kind kind);
  static Value withText(Kind kind, std::string text);
};

/// Bounded, because a value can be built from itself over and over.
struct Sequence {
  std::vector<Value> elements;
  size_t weight = 1;
  unsigned depth = 1;
};

bool operator==(const Value &left, const Value &right);

/// As Python would print it: `64`, `[0, 0]`, `pl.FP32`.
std::string print(const Value &value);

/// With its article: `an integer`, `a list`.
llvm::StringRef describe(Value::Kind kind);

Value apply(BinaryOperator op, const Value &left, const Value &right);
Value apply(UnaryOperator op, const Value &operand);
/// len, min, max, abs, sum, round, int, float, bool, list, tuple, range.
Value callBuiltin(llvm::StringRef name, const std::vector<Value> &arguments);
bool isBuiltin(llvm::StringRef name);

} // namespace pto::frontend
