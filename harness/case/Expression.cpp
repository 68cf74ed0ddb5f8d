// A recursive descent that evaluates as it reads.
#include "harness/case/Expression.h"
#include "golden/tensor/DType.h"
#include "harness/case/Diagnostics.h"
#include "harness/case/Numbers.h"
#include "llvm/ADT/StringExtras.h"
#include <algorithm>

namespace pto::harness {

char ExpressionError::ID = 0;

namespace {

constexpr unsigned deepestNesting = 64;

std::optional<int64_t> add(int64_t a, int64_t b) {
  int64_t result;
  return __builtin_add_overflow(a, b, &result) ? std::nullopt : std::optional(result);
}
std::optional<int64_t> subtract(int64_t a, int64_t b) {
  int64_t result;
  return __builtin_sub_overflow(a, b, &result) ? std::nullopt : std::optional(result);
}
std::optional<int64_t> multiply(int64_t a, int64_t b) {
  int64_t result;
  return __builtin_mul_overflow(a, b, &result) ? std::nullopt : std::optional(result);
}
std::optional<int64_t> divide(int64_t a, int64_t b) {
  if (b == 0 || (a == INT64_MIN && b == -1))
    return std::nullopt;
  return a / b - (a % b != 0 && (a < 0) != (b < 0));
}
std::optional<int64_t> remainder(int64_t a, int64_t b) {
  if (b == 0)
    return std::nullopt;
  if (b == -1)
    return 0;
  int64_t rest = a % b;
  return rest != 0 && (rest < 0) != (b < 0) ? rest + b : rest;
}
std::optional<int64_t> ceilDivide(int64_t a, int64_t b) {
  if (b == 0 || (a == INT64_MIN && b == -1))
    return std::nullopt;
  return a / b + (a % b != 0 && (a < 0) == (b < 0));
}
std::optional<int64_t> smaller(int64_t a, int64_t b) {
  return std::min(a, b);
}
std::optional<int64_t> larger(int64_t a, int64_t b) {
  return std::max(a, b);
}

/// What two integers are combined by. Nothing comes out where the result does not fit 64 bits, or the second one
/// is a zero to divide by.
struct Operation {
  llvm::StringLiteral name;
  std::optional<int64_t> (*apply)(int64_t, int64_t);
};
constexpr Operation sums[] = {{"+", add}, {"-", subtract}};
constexpr Operation products[] = {{"*", multiply}, {"/", divide}, {"%", remainder}};
constexpr Operation functions[] = {{"min", smaller}, {"max", larger}, {"ceildiv", ceilDivide}};

struct Member {
  llvm::StringLiteral name;
  BoundValue (*of)(golden::DType type, llvm::StringRef spelling);
};
constexpr int64_t registerBytes = 256;
const Member members[] = {
    {"lanes",
     [](golden::DType t, llvm::StringRef) { return BoundValue::fromInteger(registerBytes / golden::byteSize(t)); }},
    {"bits", [](golden::DType t, llvm::StringRef) { return BoundValue::fromInteger(golden::byteSize(t) * 8); }},
    {"bytes", [](golden::DType t, llvm::StringRef) { return BoundValue::fromInteger(golden::byteSize(t)); }},
    {"mask",
     [](golden::DType t, llvm::StringRef) {
       return BoundValue::fromText(("b" + llvm::Twine(std::min(golden::byteSize(t) * 8, 32u))).str());
     }},
    {"host",
     [](golden::DType t, llvm::StringRef spelling) {
       return BoundValue::fromText(isFloat(t) ? spelling.str() : ("i" + llvm::Twine(golden::byteSize(t) * 8)).str());
     }},
};

class Evaluation {
public:
  Evaluation(llvm::StringRef text, const Bindings &bindings) : text(text), bindings(bindings) {}

  llvm::Expected<BoundValue> whole() {
    BoundValue value = sum(0);
    skipBlanks();
    if (!failure && at < text.size())
      fail(at, "expected an operator or the end of the expression, found " + quote(text.substr(at, 1)));
    if (failure)
      return llvm::make_error<ExpressionError>(failure->offset, failure->message);
    return value;
  }

private:
  struct Failure {
    size_t offset;
    std::string message;
  };

  BoundValue fail(size_t offset, std::string message) {
    if (!failure)
      failure = {offset, std::move(message)};
    return BoundValue::poisoned();
  }

  void skipBlanks() {
    while (at < text.size() && (text[at] == ' ' || text[at] == '\t' || text[at] == '\n'))
      ++at;
  }

  bool consume(llvm::StringRef symbol) {
    skipBlanks();
    if (!text.substr(at).starts_with(symbol))
      return false;
    at += symbol.size();
    return true;
  }

  /// A part of the expression with its place, for what is said about it.
  struct Operand {
    BoundValue value;
    size_t begin, end;
  };

  template <class Parse>
  Operand operand(Parse parse) {
    skipBlanks();
    size_t begin = at;
    BoundValue value = parse();
    return {std::move(value), begin, at};
  }

  BoundValue combine(const Operation &operation, size_t place, const Operand &left, const Operand &right) {
    for (const Operand *side : {&left, &right})
      if (!side->value.integer && !side->value.isPoisoned)
        return fail(side->begin, quote(text.slice(side->begin, side->end).rtrim()) + " holds " +
                                     quote(side->value.text) + ", not an integer");
    if (left.value.isPoisoned || right.value.isPoisoned)
      return BoundValue::poisoned();
    if (std::optional<int64_t> result = operation.apply(*left.value.integer, *right.value.integer))
      return BoundValue::fromInteger(*result);
    // Only a division fails for a zero.
    if (*right.value.integer == 0)
      return fail(place, quote(operation.name) + " divides by zero");
    return fail(place, "the result of " + quote(operation.name) + " does not fit 64 bits");
  }

  /// Left-associative operators over operands that bind tighter.
  template <class Parse>
  BoundValue chain(llvm::ArrayRef<Operation> operations, Parse parse) {
    Operand left = operand(parse);
    while (!failure) {
      skipBlanks();
      size_t place = at;
      const Operation *found = llvm::find_if(operations, [&](const Operation &o) { return consume(o.name); });
      if (found == operations.end())
        break;
      Operand right = operand(parse);
      if (failure)
        break;
      left.value = combine(*found, place, left, right);
      left.end = at;
    }
    return left.value;
  }

  BoundValue sum(unsigned depth) {
    return chain(sums, [&] { return chain(products, [&] { return unit(depth); }); });
  }

  BoundValue unit(unsigned depth) {
    skipBlanks();
    size_t start = at;
    if (depth == deepestNesting)
      return fail(at, "the expression is nested deeper than " + std::to_string(deepestNesting) + " levels");
    if (consume("(")) {
      BoundValue inner = sum(depth + 1);
      if (!failure && !consume(")"))
        return fail(at, "expected ')' for the '(' of this expression");
      return inner;
    }
    if (consume("-")) {
      Operand negated = operand([&] { return unit(depth + 1); });
      return failure ? BoundValue::poisoned() : combine(sums[1], start, {BoundValue::fromInteger(0), at, at}, negated);
    }
    llvm::StringRef word = text.substr(at).take_while([](char c) { return llvm::isAlnum(c) || c == '_'; });
    at += word.size();
    if (word.empty())
      return fail(start, start == text.size()
                             ? "the expression ends where a value is expected"
                             : "expected a name, an integer or '(', found " + quote(text.substr(start, 1)));
    if (llvm::isDigit(word[0])) {
      std::optional<Integer> literal = parseInteger(word);
      std::optional<int64_t> value = literal ? literal->asSigned() : std::nullopt;
      return value ? BoundValue::fromInteger(*value) : fail(start, quote(word) + " is not an integer of 64 bits");
    }
    for (const Operation &function : functions)
      if (function.name == word)
        return call(function, start, depth);
    return named(word, start);
  }

  BoundValue call(const Operation &function, size_t start, unsigned depth) {
    if (!consume("("))
      return fail(at, "expected '(' after " + quote(function.name));
    Operand left = operand([&] { return sum(depth + 1); });
    if (!failure && !consume(","))
      return fail(at, quote(function.name) + " takes two values: expected ','");
    Operand right = operand([&] { return sum(depth + 1); });
    if (!failure && !consume(")"))
      return fail(at, quote(function.name) + " takes two values: expected ')'");
    return failure ? BoundValue::poisoned() : combine(function, start, left, right);
  }

  BoundValue named(llvm::StringRef name, size_t start) {
    const BoundValue *bound = bindings.read(name);
    if (!bound) {
      std::vector<llvm::StringRef> known = bindings.names();
      if (known.empty())
        return fail(start, quote(name) + " is not bound: no matrix and no earlier let binds a name");
      std::string hint = didYouMean(name, known);
      return fail(start,
                  quote(name) + " is not bound" + (hint.empty() ? "; bound are " + llvm::join(known, ", ") : hint));
    }
    if (!consume("."))
      return *bound;
    skipBlanks();
    size_t memberAt = at;
    llvm::StringRef memberName = text.substr(at).take_while([](char c) { return llvm::isAlnum(c) || c == '_'; });
    at += memberName.size();
    const Member *member = llvm::find_if(members, [&](const Member &m) { return m.name == memberName; });
    if (member == std::end(members)) {
      std::vector<llvm::StringRef> known;
      for (const Member &m : members)
        known.push_back(m.name);
      std::string hint = didYouMean(memberName, known);
      return fail(memberAt, "a dtype has no member " + quote(memberName) +
                                (hint.empty() ? "; it has " + llvm::join(known, ", ") : hint));
    }
    if (bound->isPoisoned)
      return *bound;
    std::optional<golden::DType> type = golden::parseDType(bound->text);
    if (!type)
      return fail(start, quote(name) + " holds " + quote(bound->text) + ", which is not a dtype and has no members");
    return member->of(*type, bound->text);
  }

  llvm::StringRef text;
  const Bindings &bindings;
  size_t at = 0;
  std::optional<Failure> failure;
};

} // namespace

llvm::Expected<BoundValue> evaluate(llvm::StringRef expression, const Bindings &bindings) {
  return Evaluation(expression, bindings).whole();
}

bool isFunctionName(llvm::StringRef name) {
  return llvm::any_of(functions, [&](const Operation &function) { return function.name == name; });
}

} // namespace pto::harness
