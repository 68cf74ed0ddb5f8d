// The table of an argument's keys, and what they have to agree on.
#include "harness/case/Arguments.h"
#include "harness/case/DTypeRange.h"
#include "harness/case/Initializers.h"
#include "llvm/ADT/StringMap.h"
#include <cmath>

namespace pto::harness {

using golden::DType;

namespace {

constexpr int64_t mostElements = int64_t(1) << 31;

/// The names that a golden cannot have a parameter of.
constexpr llvm::StringLiteral pythonKeywords[] = {
    "False", "None",     "True",  "and",    "as",   "assert", "async",  "await",    "break",
    "class", "continue", "def",   "del",    "elif", "else",   "except", "finally",  "for",
    "from",  "global",   "if",    "import", "in",   "is",     "lambda", "nonlocal", "not",
    "or",    "pass",     "raise", "return", "try",  "while",  "with",   "yield"};

/// Types that a program's scalars have and no kernel does, and what their values are kept as.
constexpr std::pair<llvm::StringLiteral, DType> scalarsOfPrograms[] = {{"index", DType::I64}, {"i1", DType::U8}};

struct Draft {
  bool isProgram = false;
  /// A type that only scalars of programs have.
  bool isProgramType = false;
  std::optional<std::string> name, dtypeText;
  std::optional<DType> dtype;
  std::optional<Direction> direction;
  const YamlNode *shape = nullptr, *init = nullptr, *expected = nullptr, *value = nullptr, *directionNode = nullptr;
};

void readName(Reader &reader, const YamlNode &node, Draft &draft) {
  draft.name = reader.text(node, "'name' must be text");
  if (!draft.name)
    return;
  if (!isIdentifier(*draft.name))
    reader.fail(node, quote(*draft.name) + " cannot be a parameter of the golden; a name has letters, digits and '_'");
  else if (llvm::is_contained(pythonKeywords, *draft.name))
    reader.fail(node, quote(*draft.name) + " is a keyword of Python and cannot be a parameter of the golden");
}

void readDType(Reader &reader, const YamlNode &node, Draft &draft) {
  draft.dtypeText = reader.text(node, "'dtype' must be text");
  if (!draft.dtypeText)
    return;
  draft.dtype = golden::parseDType(*draft.dtypeText);
  if (draft.dtype)
    return;
  std::vector<llvm::StringRef> known = dtypeNames();
  for (const auto &[name, kept] : scalarsOfPrograms) {
    if (!draft.isProgram)
      break;
    known.push_back(name);
    draft.isProgramType |= name == *draft.dtypeText;
    if (name == *draft.dtypeText)
      draft.dtype = kept;
  }
  if (draft.dtype)
    return;
  std::string hint = didYouMean(*draft.dtypeText, known);
  reader.fail(node, "unknown dtype " + quote(*draft.dtypeText) +
                        (hint.empty() ? "; expected one of " + llvm::join(known, ", ") : hint));
}

struct DirectionName {
  llvm::StringLiteral name;
  Direction direction;
};
constexpr DirectionName directions[] = {{"in", Direction::In}, {"out", Direction::Out}, {"inout", Direction::InOut}};

void readDirection(Reader &reader, const YamlNode &node, Draft &draft) {
  draft.directionNode = &node;
  std::optional<std::string> text = reader.text(node, "'direction' must be text");
  if (!text)
    return;
  for (const DirectionName &known : directions)
    if (known.name == *text)
      draft.direction = known.direction;
  if (!draft.direction)
    reader.fail(node, "'direction' must be in, out or inout, found " + quote(*text));
}

const Key<Draft> keys[] = {
    {"name", YamlNode::Kind::Text, "the golden's parameter of the same name", true, readName},
    {"dtype", YamlNode::Kind::Text, "an element type such as f32", true, readDType},
    {"shape", YamlNode::Kind::List, "a list of positive integers or expressions", false,
     [](Reader &, const YamlNode &node, Draft &draft) { draft.shape = &node; }},
    {"direction", YamlNode::Kind::Text, "in, out or inout", false, readDirection},
    {"init", std::nullopt, "a generator", false,
     [](Reader &, const YamlNode &node, Draft &draft) { draft.init = &node; }},
    {"expected", std::nullopt, "a generator, in place of a golden", false,
     [](Reader &, const YamlNode &node, Draft &draft) { draft.expected = &node; }},
    {"value", YamlNode::Kind::Text, "a number", false,
     [](Reader &, const YamlNode &node, Draft &draft) { draft.value = &node; }},
};

std::optional<std::vector<int64_t>> readShape(Reader &reader, const YamlNode &list) {
  if (list.items.empty()) {
    reader.fail(list, "'shape' must have at least one extent; one element is [1]");
    return std::nullopt;
  }
  std::vector<int64_t> shape;
  int64_t elements = 1;
  bool isTooLarge = false;
  for (const YamlNode *item : list.items) {
    auto value = reader.expression(*item, "an extent of 'shape' must be a positive integer or an expression");
    if (!value)
      continue;
    if (!value->integer || *value->integer < 1) {
      reader.fail(*item, "an extent of 'shape' must be a positive integer, found " + quote(value->text));
      continue;
    }
    isTooLarge |= __builtin_mul_overflow(elements, *value->integer, &elements) || elements > mostElements;
    shape.push_back(*value->integer);
  }
  if (isTooLarge) {
    reader.fail(list, "'shape' has more than " + std::to_string(mostElements) + " elements");
    return std::nullopt;
  }
  return shape.size() == list.items.size() ? std::optional(shape) : std::nullopt;
}

bool readScalar(Reader &reader, const Draft &draft, CaseArgument &argument) {
  const YamlNode &node = *draft.value;
  auto [rival, rivalName] = draft.shape      ? std::pair(draft.shape, "shape")
                            : draft.expected ? std::pair(draft.expected, "expected")
                                             : std::pair(draft.init, "init");
  if (rival) {
    reader.fail(*rival, "an argument with a 'value' is a scalar and has no '" + std::string(rivalName) + "'");
    return false;
  }
  if (argument.direction != Direction::In) {
    reader.fail(*draft.directionNode, "an argument with a 'value' is a scalar, and a scalar is an input");
    return false;
  }
  argument.isScalar = true;
  if (argument.dtypeText == "i1") {
    std::optional<std::string> truth = reader.text(node, "'value' must be true or false");
    if (!truth)
      return false;
    bool isTrue = llvm::StringRef(*truth).equals_insensitive("true");
    if (!isTrue && !llvm::StringRef(*truth).equals_insensitive("false")) {
      reader.fail(node, "'value' must be true or false in i1, found " + quote(*truth));
      return false;
    }
    argument.value = argument.integer = isTrue;
    return true;
  }
  llvm::StringRef what = isFloat(argument.dtype) ? "'value' must be a number" : "'value' must be an integer";
  std::optional<double> number = reader.number(node, what);
  if (!number)
    return false;
  std::string text = *reader.text(node, what);
  std::optional<Integer> integer = parseInteger(text);
  if (!isFloat(argument.dtype) && !integer) {
    reader.fail(node, what.str() + " in " + shortName(argument.dtype).str() + ", found " + quote(text));
    return false;
  }
  if (integer ? !holds(argument.dtype, *integer) : !holds(argument.dtype, *number)) {
    reader.fail(node, quote(text) + " is not a value of " + shortName(argument.dtype).str() + ", whose range is " +
                          describeRange(argument.dtype));
    return false;
  }
  if (vanishes(argument.dtype, *number)) {
    reader.fail(node, quote(text) + " rounds to zero in " + shortName(argument.dtype).str());
    return false;
  }
  argument.value = *number;
  if (integer)
    argument.integer = static_cast<int64_t>(integer->bits());
  return true;
}

bool readBuffer(Reader &reader, const YamlNode &map, const Draft &draft, const std::string &folder,
                CaseArgument &argument) {
  if (!draft.shape) {
    if (!map.findKey("shape") && !map.findKey("value"))
      reader.fail(map, "an argument needs a 'shape', or a 'value' if it is a scalar");
    return false;
  }
  std::optional<std::vector<int64_t>> shape = readShape(reader, *draft.shape);
  if (argument.direction == Direction::Out && draft.init) {
    reader.fail(*draft.init, "an output has no 'init'; it is poisoned before the run ('inout' is read as well)");
    return false;
  }
  if (!shape)
    return false;
  argument.shape = *shape;
  argument.init = defaultInit(argument.dtype);
  if (draft.expected && argument.direction == Direction::In) {
    reader.fail(*draft.expected, "an input has no 'expected': nothing comes out of it");
    return false;
  }
  InitTarget target = {argument.dtype, argument.shape, folder};
  std::optional<golden::Generator> init = argument.init;
  if (draft.init && (init = readInit(reader, *draft.init, target)))
    argument.init = *init;
  if (draft.expected)
    argument.expected = readInit(reader, *draft.expected, target);
  return init && argument.expected.has_value() == (draft.expected != nullptr);
}

std::optional<CaseArgument> readArgument(Reader &reader, const YamlNode &map, const std::string &folder,
                                         bool isProgram) {
  Draft draft;
  draft.isProgram = isProgram;
  readMap<Draft>(reader, map, "an argument", keys, draft);
  CaseArgument argument;
  argument.place = reader.placeOf(map);
  argument.name = draft.name.value_or("");
  argument.dtypeText = draft.dtypeText.value_or("");
  argument.dtype = draft.dtype.value_or(DType::F32);
  argument.direction = draft.direction.value_or(Direction::In);
  // What a type decides is left alone until the type is known.
  if (draft.isProgramType && !draft.value) {
    reader.fail(*map.find("dtype"), quote(argument.dtypeText) + " is a type of scalars: give the argument a 'value'");
    return std::nullopt;
  }
  bool isKnown = draft.name && draft.dtype && draft.direction.has_value() == (draft.directionNode != nullptr);
  if (!draft.dtype) {
    if (draft.shape)
      readShape(reader, *draft.shape);
    return std::nullopt;
  }
  bool isSound = draft.value ? readScalar(reader, draft, argument) : readBuffer(reader, map, draft, folder, argument);
  return isKnown && isSound ? std::optional(std::move(argument)) : std::nullopt;
}

} // namespace

Arguments readArguments(Reader &reader, const YamlNode &list, const std::string &folder, bool isProgram) {
  Arguments result;
  bool hasOutput = false;
  llvm::StringMap<unsigned> firstLines;
  for (const YamlNode *item : list.items) {
    std::optional<CaseArgument> argument;
    if (reader.expect(*item, YamlNode::Kind::Map,
                      "an argument must be a map such as { name: x, dtype: f32, shape: [64] }"))
      argument = readArgument(reader, *item, folder, isProgram);
    if (!argument) {
      result.isComplete = false;
      continue;
    }
    auto [first, isNew] = firstLines.try_emplace(argument->name, argument->place.line);
    if (!isNew)
      reader.fail(*item->find("name"),
                  "duplicate argument " + quote(argument->name) + "; first on line " + std::to_string(first->second));
    hasOutput |= argument->direction != Direction::In;
    result.list.push_back(std::move(*argument));
  }
  if (result.isComplete && !hasOutput)
    reader.fail(list, "no argument is an output: there would be nothing to compare; give one 'direction: out'");
  return result;
}

} // namespace pto::harness
