// The table of comparison modes: how each is written, and which types it is defined for.
#include "harness/case/Modes.h"
#include "llvm/ADT/StringExtras.h"
#include <cmath>

namespace pto::harness {

using namespace golden;

namespace {

bool anyType(DType) {
  return true;
}
bool floats(DType type) {
  return isFloat(type);
}
bool torchFloats(DType type) {
  return isFloat(type) && golden::byteSize(type) > 1;
}
bool ascendFloats(DType type) {
  return isFloat(type) && type != DType::F64;
}

template <class Mode>
std::optional<CompareMode> plain(Reader &, const YamlNode &) {
  return Mode{};
}

std::optional<CompareMode> readUlp(Reader &reader, const YamlNode &node) {
  if (auto n = reader.integerIn(node, "'ulp' must be an integer of at least 0", 0, INT64_MAX))
    return Ulp{*n};
  return std::nullopt;
}

std::optional<double> tolerance(Reader &reader, const YamlNode &node, llvm::StringRef what) {
  std::optional<double> value = reader.number(node, what);
  if (!value || (std::isfinite(*value) && *value >= 0))
    return value;
  reader.fail(node, what.str());
  return std::nullopt;
}

struct CloseDraft {
  std::optional<double> absolute, relative;
};
const Key<CloseDraft> closeKeys[] = {
    {"atol", YamlNode::Kind::Text, "a number of at least 0", true,
     [](Reader &reader, const YamlNode &node, CloseDraft &draft) {
       draft.absolute = tolerance(reader, node, "'atol' must be a finite number of at least 0");
     }},
    {"rtol", YamlNode::Kind::Text, "a number of at least 0", true,
     [](Reader &reader, const YamlNode &node, CloseDraft &draft) {
       draft.relative = tolerance(reader, node, "'rtol' must be a finite number of at least 0");
     }},
};

std::optional<CompareMode> readClose(Reader &reader, const YamlNode &node) {
  if (!reader.expect(node, YamlNode::Kind::Map, "'close' must be { atol: a, rtol: r }"))
    return std::nullopt;
  CloseDraft draft;
  readMap<CloseDraft>(reader, node, "'close'", closeKeys, draft);
  if (!draft.absolute || !draft.relative)
    return std::nullopt;
  return Close{*draft.absolute, *draft.relative};
}

struct DotDraft {
  std::optional<uint64_t> terms;
};
const Key<DotDraft> dotKeys[] = {
    {"ksb", YamlNode::Kind::Text, "an integer of at least 1", true,
     [](Reader &reader, const YamlNode &node, DotDraft &draft) {
       draft.terms = reader.integerIn(node, "'ksb' must be an integer of at least 1", 1, INT64_MAX);
     }},
};

std::optional<CompareMode> readDot(Reader &reader, const YamlNode &node) {
  if (!reader.expect(node, YamlNode::Kind::Map, "'dot' must be { ksb: n }"))
    return std::nullopt;
  DotDraft draft;
  readMap<DotDraft>(reader, node, "'dot'", dotKeys, draft);
  if (!draft.terms)
    return std::nullopt;
  return Dot{static_cast<int64_t>(*draft.terms)};
}

std::optional<CompareMode> readProduct(Reader &reader, const YamlNode &node) {
  if (auto n = reader.integerIn(node, "'product' must be an integer of at least 1", 1, INT64_MAX))
    return Product{static_cast<int64_t>(*n)};
  return std::nullopt;
}

struct AbsErrorDraft {
  std::optional<std::string> bound;
  Place place;
};
const Key<AbsErrorDraft> absErrorKeys[] = {
    {"bound", YamlNode::Kind::Text, "an expression over the inputs, or a number", true,
     [](Reader &reader, const YamlNode &node, AbsErrorDraft &draft) {
       draft.bound = reader.text(node, "'bound' must be an expression");
       draft.place = reader.placeOf(node);
       if (draft.bound && llvm::StringRef(*draft.bound).trim().empty()) {
         reader.fail(node, "'bound' is empty: expected an expression over the inputs, or a number");
         draft.bound.reset();
       }
     }},
};

std::optional<CompareMode> readAbsError(Reader &reader, const YamlNode &node) {
  if (!reader.expect(node, YamlNode::Kind::Map, "'abs_error' must be { bound: EXPRESSION }"))
    return std::nullopt;
  AbsErrorDraft draft;
  readMap<AbsErrorDraft>(reader, node, "'abs_error'", absErrorKeys, draft);
  if (!draft.bound)
    return std::nullopt;
  return AbsError{*draft.bound, draft.place};
}

struct Form {
  llvm::StringLiteral name;
  llvm::StringLiteral parameters; ///< empty: the name stands alone
  bool (*accepts)(DType);
  llvm::StringLiteral types;
  std::optional<CompareMode> (*read)(Reader &, const YamlNode &);
};
const Form forms[] = {
    {"bits", "", anyType, "every type", plain<Bits>},
    {"ulp", "n", anyType, "every type", readUlp},
    {"close", "{ atol: a, rtol: r }", anyType, "every type", readClose},
    {"torch", "", torchFloats, "f16, bf16, f32 and f64", plain<TorchClose>},
    {"dot", "{ ksb: n }", floats, "floats", readDot},
    {"product", "n", floats, "floats", readProduct},
    {"abs_error", "{ bound: EXPRESSION }", floats, "floats", readAbsError},
    {"ascend", "", ascendFloats, "f16, bf16, f32, f8e4m3 and f8e5m2", plain<Ascend>},
};

} // namespace

bool isModeName(llvm::StringRef name) {
  return llvm::any_of(forms, [&](const Form &form) { return form.name == name; });
}

CompareMode defaultMode(DType dtype) {
  if (isFloat(dtype))
    return Ulp{0};
  return Bits{};
}

std::optional<ModeChoice> readMode(Reader &reader, const YamlNode &node) {
  bool isMap = node.kind == YamlNode::Kind::Map;
  if (isMap && node.entries.size() != 1) {
    reader.fail(node, "a comparison is one mode, found a map of " + std::to_string(node.entries.size()) + " keys");
    return std::nullopt;
  }
  const YamlNode &nameNode = isMap ? *node.entries.front().key : node;
  std::optional<std::string> name = reader.text(nameNode, "a comparison must be a mode");
  if (!name)
    return std::nullopt;
  std::vector<llvm::StringRef> known;
  for (const Form &form : forms) {
    known.push_back(form.name);
    if (form.name != *name)
      continue;
    if (isMap == form.parameters.empty()) {
      reader.fail(nameNode, quote(form.name) + (isMap ? " takes no parameters: write '" + form.name.str() + "'"
                                                      : " needs parameters: write '{ " + form.name.str() + ": " +
                                                            form.parameters.str() + " }'"));
      return std::nullopt;
    }
    std::optional<CompareMode> mode = form.read(reader, isMap ? *node.entries.front().value : node);
    if (!mode)
      return std::nullopt;
    return ModeChoice{*mode, form.name, &nameNode};
  }
  std::string hint = didYouMean(*name, known);
  reader.fail(nameNode, "unknown comparison " + quote(*name) +
                            (hint.empty() ? "; expected one of " + llvm::join(known, ", ") : hint));
  return std::nullopt;
}

bool checkMode(Reader &reader, const ModeChoice &choice, llvm::StringRef output, DType dtype) {
  for (const Form &form : forms)
    if (form.name == choice.name && !form.accepts(dtype)) {
      reader.fail(*choice.node, quote(form.name) + " compares " + form.types.str() + "; the output " + quote(output) +
                                    " is " + shortName(dtype).str());
      return false;
    }
  return true;
}

} // namespace pto::harness
