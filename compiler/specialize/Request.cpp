// What a generic program is specialized for.
// Arguments are read as a person types them on a command line.
#include "compiler/specialize/Request.h"
#include "compiler/frontend/program/Diagnostics.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

namespace pto::specialize {

namespace {

constexpr llvm::StringLiteral forms = "write NAME:DTYPE[SHAPE], NAME=VALUE or NAME:DTYPE=VALUE";

bool isIdentifier(llvm::StringRef text) {
  return !text.empty() && !llvm::isDigit(text.front()) &&
         llvm::all_of(text, [](char c) { return llvm::isAlnum(c) || c == '_'; });
}

llvm::Error malformed(llvm::StringRef argument, const std::string &why) {
  return llvm::createStringError("argument '" + argument.str() + "': " + why);
}

llvm::Expected<Value> parseValue(llvm::StringRef argument, llvm::StringRef text) {
  if (text == "True" || text == "False")
    return Value::boolean(text == "True");
  int64_t integer = 0;
  if (!text.getAsInteger(0, integer))
    return Value::ofInteger(integer);
  if (llvm::all_of(text.ltrim("+-"), llvm::isDigit) && !text.empty())
    return malformed(argument, text.str() + " does not fit in 64 bits");
  double real = 0;
  bool isNumber = text.find_first_of("0123456789") != llvm::StringRef::npos || text.ends_with("inf") || text == "nan";
  if (isNumber && text.find_first_of(" \t") == llvm::StringRef::npos && !text.getAsDouble(real))
    return Value::ofFloat(real);
  return malformed(argument, "'" + text.str() + "' is not a value; expected an integer, a float, True or False");
}

llvm::Expected<Shape> parseShape(llvm::StringRef argument, llvm::StringRef text) {
  Shape shape;
  llvm::SmallVector<llvm::StringRef> parts;
  text.split(parts, ',');
  for (llvm::StringRef part : parts) {
    part = part.trim();
    int64_t size = 0;
    if (isIdentifier(part))
      shape.push_back(Dimension::of(part.str()));
    else if (!part.getAsInteger(10, size) && size > 0)
      shape.push_back(Dimension::of(size));
    else
      return malformed(argument,
                       "'" + part.str() + "' is not a dimension; expected a positive integer or the name of a symbol");
  }
  return shape;
}

} // namespace

llvm::ArrayRef<llvm::StringRef> platforms() {
  static const std::vector<llvm::StringRef> all(std::begin(allPlatforms), std::end(allPlatforms));
  return all;
}

llvm::Expected<Argument> parseArgument(llvm::StringRef text) {
  llvm::StringRef head = text.take_until([](char c) { return c == '='; });
  bool hasValue = head.size() < text.size();
  llvm::StringRef valueText = hasValue ? text.drop_front(head.size() + 1).trim() : llvm::StringRef();
  auto [nameText, typeText] = head.split(':');
  llvm::StringRef name = nameText.trim();
  bool hasType = head.contains(':');
  if (!isIdentifier(name))
    return malformed(text, "'" + name.str() + "' is not a name; " + forms.str());
  if (!hasType && !hasValue)
    return malformed(text, "neither a type nor a value; " + forms.str());

  std::optional<prog::DType> dtype;
  llvm::StringRef shapeText = typeText.trim();
  llvm::StringRef dtypeText = shapeText.take_until([](char c) { return c == '['; });
  if (hasType) {
    dtype = prog::dtypeSpelled(dtypeText.trim());
    if (!dtype)
      return malformed(text, "unknown dtype '" + dtypeText.trim().str() + "'" +
                                 didYouMean(dtypeText.trim(), prog::dtypeSpellings()));
  }
  bool hasShape = dtypeText.size() < shapeText.size();
  if (hasShape && hasValue)
    return malformed(text, "a tensor has no value here; " + forms.str());
  if (hasValue) {
    llvm::Expected<Value> value = parseValue(text, valueText);
    if (!value)
      return value.takeError();
    std::string reason;
    if (dtype && !convertScalar(*value, *dtype, reason))
      return malformed(text, reason);
    return Argument{name.str(), {dtype, std::nullopt}, *value};
  }
  shapeText = shapeText.drop_front(dtypeText.size());
  if (!hasShape || !shapeText.ends_with("]"))
    return malformed(text, "a tensor needs a shape, as in " + name.str() + ":" + dtypeText.trim().str() + "[128,128]");
  llvm::Expected<Shape> shape = parseShape(text, shapeText.drop_front().drop_back());
  if (!shape)
    return shape.takeError();
  return Argument{name.str(), {dtype, std::move(*shape)}};
}

} // namespace pto::specialize
