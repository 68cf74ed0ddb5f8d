// Converting text to the type that is wanted, or saying what was found instead.
#include "harness/case/Reader.h"
#include "harness/case/Expression.h"
#include "harness/case/Placeholders.h"

namespace pto::harness {

bool Reader::expect(const YamlNode &node, YamlNode::Kind kind, llvm::StringRef what) {
  if (node.kind == kind)
    return true;
  fail(node, what.str() + ", found " + describe(node.kind).str());
  return false;
}

std::optional<std::string> Reader::text(const YamlNode &node, llvm::StringRef what) {
  if (!expect(node, YamlNode::Kind::Text, what))
    return std::nullopt;
  if (!hasPlaceholder(node.text))
    return node.text;
  std::vector<TextTemplate::Problem> found;
  std::optional<std::string> result = TextTemplate(node.text).instantiate(bindings, found);
  for (TextTemplate::Problem &problem : found)
    problems.add(file.placeOf(node, problem.offset), std::move(problem.message));
  return result;
}

std::optional<Integer> Reader::integer(const YamlNode &node, llvm::StringRef what) {
  std::optional<std::string> text = this->text(node, what);
  if (!text)
    return std::nullopt;
  std::optional<Integer> value = parseInteger(*text);
  if (!value)
    fail(node, what.str() + ", found " + quote(*text));
  return value;
}

std::optional<uint64_t> Reader::integerIn(const YamlNode &node, llvm::StringRef what, uint64_t low, uint64_t high) {
  std::optional<Integer> value = integer(node, what);
  if (!value)
    return std::nullopt;
  std::optional<uint64_t> result = value->asUnsigned();
  if (result && *result >= low && *result <= high)
    return result;
  fail(node, what.str() + ", found " + value->text());
  return std::nullopt;
}

std::optional<double> Reader::number(const YamlNode &node, llvm::StringRef what) {
  std::optional<std::string> text = this->text(node, what);
  if (!text)
    return std::nullopt;
  std::optional<double> value = parseNumber(*text);
  if (!value)
    fail(node, what.str() + ", found " + quote(*text));
  return value;
}

std::optional<bool> Reader::boolean(const YamlNode &node, llvm::StringRef what) {
  std::optional<std::string> text = this->text(node, what);
  if (!text)
    return std::nullopt;
  if (*text == "true" || *text == "false")
    return *text == "true";
  fail(node, what.str() + ", found " + quote(*text));
  return std::nullopt;
}

std::optional<BoundValue> Reader::expression(const YamlNode &node, llvm::StringRef what) {
  std::optional<std::string> text = this->text(node, what);
  if (!text)
    return std::nullopt;
  llvm::Expected<BoundValue> value = evaluate(*text, bindings);
  if (value)
    return value->isPoisoned ? std::nullopt : std::optional(*value);
  llvm::handleAllErrors(value.takeError(), [&](ExpressionError &error) {
    // Once placeholders are replaced, a character of the text has no place in the file any more.
    problems.add(hasPlaceholder(node.text) ? file.placeOf(node) : file.placeOf(node, error.offset),
                 std::move(error.message));
  });
  return std::nullopt;
}

} // namespace pto::harness
