// The table of generators: how each is written, and what it asks of the type.
#include "harness/case/Initializers.h"
#include "harness/case/DTypeRange.h"
#include "harness/case/SourceFile.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"
#include <cmath>

namespace pto::harness {

using namespace golden;

namespace {

std::string nameText(DType type) {
  return shortName(type).str();
}

int64_t countOf(const InitTarget &target) {
  int64_t count = 1;
  for (int64_t extent : target.shape)
    count *= extent;
  return count;
}

bool expectPair(Reader &reader, const YamlNode &node, const std::string &what) {
  if (node.kind == YamlNode::Kind::List && node.items.size() == 2)
    return true;
  reader.fail(node, what + ", found " +
                        (node.kind == YamlNode::Kind::List ? "a list of " + std::to_string(node.items.size())
                                                           : describe(node.kind).str()));
  return false;
}

bool rejectIntegerType(Reader &reader, const YamlNode &node, DType type, llvm::StringRef generator) {
  if (isFloat(type))
    return false;
  reader.fail(node, quote(generator) + " makes fractions, which " + nameText(type) +
                        " cannot hold; use 'integers: [lo, hi]'");
  return true;
}

/// A number that the type can hold.
std::optional<double> elementValue(Reader &reader, const YamlNode &node, DType type, llvm::StringRef what) {
  std::optional<double> value = reader.number(node, what);
  if (!value)
    return std::nullopt;
  std::string text = *reader.text(node, what);
  std::optional<Integer> integer = parseInteger(text);
  if (integer ? !holds(type, *integer) : !holds(type, *value))
    reader.fail(node, quote(text) + " is not a value of " + nameText(type) + ", whose range is " + describeRange(type));
  else if (vanishes(type, *value))
    reader.fail(node, quote(text) + " rounds to zero in " + nameText(type));
  else if (integer && !isFloat(type) && !integer->exactAsDouble())
    reader.fail(node, quote(text) + " cannot be generated to the last digit; an integer beyond 2^53 needs a file");
  else
    return value;
  return std::nullopt;
}

std::optional<Generator> readUniform(Reader &reader, const YamlNode &node, const InitTarget &target) {
  if (!expectPair(reader, node, "'uniform' must be [lo, hi]") ||
      rejectIntegerType(reader, node, target.dtype, "uniform"))
    return std::nullopt;
  auto low = elementValue(reader, *node.items[0], target.dtype, "'lo' of 'uniform' must be a number");
  auto high = elementValue(reader, *node.items[1], target.dtype, "'hi' of 'uniform' must be a number");
  if (!low || !high)
    return std::nullopt;
  if (std::isfinite(*low) && std::isfinite(*high) && *low <= *high)
    return Uniform{*low, *high};
  reader.fail(node, "'uniform' must be two finite numbers, the lower one first");
  return std::nullopt;
}

std::optional<Generator> readNormal(Reader &reader, const YamlNode &node, const InitTarget &target) {
  if (!expectPair(reader, node, "'normal' must be [mean, std]") ||
      rejectIntegerType(reader, node, target.dtype, "normal"))
    return std::nullopt;
  auto mean = elementValue(reader, *node.items[0], target.dtype, "'mean' of 'normal' must be a number");
  auto deviation = elementValue(reader, *node.items[1], target.dtype, "'std' of 'normal' must be a number");
  if (!mean || !deviation)
    return std::nullopt;
  if (std::isfinite(*mean) && std::isfinite(*deviation) && *deviation >= 0)
    return Normal{*mean, *deviation};
  reader.fail(node, "'normal' must be a finite mean and a finite standard deviation that is not negative");
  return std::nullopt;
}

std::optional<int64_t> integerBound(Reader &reader, const YamlNode &node, DType type, llvm::StringRef what) {
  std::optional<Integer> value = reader.integer(node, what);
  if (!value)
    return std::nullopt;
  std::optional<int64_t> result = value->asSigned();
  if (result && holds(type, *value))
    return result;
  reader.fail(node, quote(value->text()) +
                        (result ? " is not a value of " + nameText(type) + ", whose range is " + describeRange(type)
                                : " is too large: 'integers' reaches from -2^63 to 2^63 - 1"));
  return std::nullopt;
}

std::optional<Generator> readIntegers(Reader &reader, const YamlNode &node, const InitTarget &target) {
  if (!expectPair(reader, node, "'integers' must be [lo, hi]"))
    return std::nullopt;
  auto low = integerBound(reader, *node.items[0], target.dtype, "'lo' of 'integers' must be an integer");
  auto high = integerBound(reader, *node.items[1], target.dtype, "'hi' of 'integers' must be an integer");
  if (!low || !high)
    return std::nullopt;
  if (*low <= *high)
    return Integers{*low, *high};
  reader.fail(node, "'integers' must have the lower end first");
  return std::nullopt;
}

std::optional<Generator> readRamp(Reader &reader, const YamlNode &node, const InitTarget &target) {
  if (!expectPair(reader, node, "'ramp' must be [start, step]"))
    return std::nullopt;
  auto start = elementValue(reader, *node.items[0], target.dtype, "'start' of 'ramp' must be a number");
  // A step may point down in an unsigned type.
  auto step = reader.number(*node.items[1], "'step' of 'ramp' must be a number");
  if (!start || !step)
    return std::nullopt;
  if (!std::isfinite(*start) || !std::isfinite(*step) || (!isFloat(target.dtype) && std::trunc(*step) != *step)) {
    reader.fail(node, isFloat(target.dtype) ? "'ramp' must be two finite numbers"
                                            : "'ramp' in " + nameText(target.dtype) + " must have an integer step");
    return std::nullopt;
  }
  return Ramp{*start, *step};
}

std::optional<Generator> readConstant(Reader &reader, const YamlNode &node, const InitTarget &target) {
  if (auto value = elementValue(reader, node, target.dtype, "'constant' must be a number"))
    return Constant{*value};
  return std::nullopt;
}

std::optional<Generator> readValues(Reader &reader, const YamlNode &node, const InitTarget &target) {
  if (node.kind != YamlNode::Kind::List || node.items.empty()) {
    reader.fail(node, "'values' must be a list of at least one number, found " +
                          (node.kind == YamlNode::Kind::List ? "an empty one" : describe(node.kind).str()));
    return std::nullopt;
  }
  Values values;
  for (const YamlNode *item : node.items)
    if (auto value = elementValue(reader, *item, target.dtype, "a value of 'values' must be a number"))
      values.values.push_back(*value);
  return values.values.size() == node.items.size() ? std::optional<Generator>(std::move(values)) : std::nullopt;
}

std::optional<Generator> readFile(Reader &reader, const YamlNode &node, const InitTarget &target) {
  std::optional<std::string> text = reader.text(node, "'file' must be a path");
  if (!text)
    return std::nullopt;
  llvm::SmallString<256> path(*text);
  llvm::sys::fs::make_absolute(target.folder, path);
  std::string file = path.str().str();
  if (std::string why = whyNotReadable(file); !why.empty()) {
    reader.fail(node, "the data file " + quote(*text) + " " + why);
    return std::nullopt;
  }
  uint64_t size = 0, expected = static_cast<uint64_t>(countOf(target)) * golden::byteSize(target.dtype);
  llvm::sys::fs::file_size(file, size);
  if (size == expected)
    return FromFile{file};
  reader.fail(node, "the data file " + quote(*text) + " has " + std::to_string(size) + " bytes; this argument takes " +
                        std::to_string(expected));
  return std::nullopt;
}

std::optional<Generator> readPermutation(Reader &reader, const YamlNode &node, const InitTarget &target) {
  uint64_t last = countOf(target) - 1;
  if (last <= largestExactRun(target.dtype))
    return Permutation{};
  reader.fail(node, "a permutation of 0 … " + std::to_string(last) + " has values that " + nameText(target.dtype) +
                        " cannot tell apart; it holds every integer up to " +
                        std::to_string(largestExactRun(target.dtype)));
  return std::nullopt;
}

std::optional<Generator> readAllPatterns(Reader &reader, const YamlNode &node, const InitTarget &target) {
  if (golden::byteSize(target.dtype) <= 2)
    return AllPatterns{};
  reader.fail(node, "'all-patterns' is for types of 8 or 16 bits; " + nameText(target.dtype) + " has " +
                        std::to_string(golden::byteSize(target.dtype) * 8) + ": use 'specials' or 'boundaries'");
  return std::nullopt;
}

struct Form {
  llvm::StringLiteral name;
  llvm::StringLiteral parameters; ///< empty: the name stands alone
  std::optional<Generator> (*read)(Reader &, const YamlNode &, const InitTarget &);
};
const Form forms[] = {
    {"uniform", "[lo, hi]", readUniform},
    {"normal", "[mean, std]", readNormal},
    {"integers", "[lo, hi]", readIntegers},
    {"ramp", "[start, step]", readRamp},
    {"constant", "value", readConstant},
    {"values", "[value, …]", readValues},
    {"file", "path", readFile},
    {"specials", "",
     [](Reader &, const YamlNode &, const InitTarget &) { return std::optional<Generator>(Specials{}); }},
    {"boundaries", "",
     [](Reader &, const YamlNode &, const InitTarget &) { return std::optional<Generator>(Boundaries{}); }},
    {"permutation", "", readPermutation},
    {"all-patterns", "", readAllPatterns},
};

} // namespace

Generator defaultInit(DType dtype) {
  if (isFloat(dtype))
    return Uniform{-1, 1};
  return isUnsigned(dtype) ? Integers{0, 16} : Integers{-8, 8};
}

std::optional<Generator> readInit(Reader &reader, const YamlNode &node, const InitTarget &target) {
  bool isMap = node.kind == YamlNode::Kind::Map;
  if (isMap && node.entries.size() != 1) {
    reader.fail(node, "'init' must be one generator, found a map of " + std::to_string(node.entries.size()) + " keys");
    return std::nullopt;
  }
  const YamlNode &nameNode = isMap ? *node.entries.front().key : node;
  std::optional<std::string> name = reader.text(nameNode, "'init' must be a generator");
  if (!name)
    return std::nullopt;
  std::vector<llvm::StringRef> known;
  for (const Form &form : forms) {
    known.push_back(form.name);
    if (form.name != *name)
      continue;
    if (isMap && form.parameters.empty()) {
      reader.fail(nameNode, quote(form.name) + " takes no parameters: write 'init: " + form.name.str() + "'");
      return std::nullopt;
    }
    if (!isMap && !form.parameters.empty()) {
      reader.fail(nameNode, quote(form.name) + " needs parameters: write 'init: { " + form.name.str() + ": " +
                                form.parameters.str() + " }'");
      return std::nullopt;
    }
    return form.read(reader, isMap ? *node.entries.front().value : node, target);
  }
  std::string hint = didYouMean(*name, known);
  reader.fail(nameNode, "unknown generator " + quote(*name) +
                            (hint.empty() ? "; expected one of " + llvm::join(known, ", ") : hint));
  return std::nullopt;
}

} // namespace pto::harness
