// compare and allow, of all outputs or by their names.
#include "harness/case/OutputKeys.h"
#include "harness/case/Modes.h"
#include "harness/case/Reason.h"
#include "llvm/ADT/StringExtras.h"

namespace pto::harness {

namespace {

using Allowances = std::map<golden::Vacuity, Allowance>;

template <golden::Vacuity kind>
void readAllowance(Reader &reader, const YamlNode &node, Allowances &allowances) {
  if (std::optional<std::string> reason = readReason(reader, node, nameOf(kind)))
    allowances[kind] = {*reason, reader.placeOf(node)};
}

const Key<Allowances> allowKeys[] = {
    {"zero", YamlNode::Kind::Text, "the reason, as text", false, readAllowance<golden::Vacuity::Zero>},
    {"unchanged", YamlNode::Kind::Text, "the reason, as text", false, readAllowance<golden::Vacuity::Unchanged>},
    {"nan", YamlNode::Kind::Text, "the reason, as text", false, readAllowance<golden::Vacuity::NaN>},
    {"loose", YamlNode::Kind::Text, "the reason, as text", false, readAllowance<golden::Vacuity::Loose>},
};

bool isMode(const YamlNode &node) {
  bool isMap = node.kind == YamlNode::Kind::Map && node.entries.size() == 1;
  return isModeName(isMap ? node.entries.front().key->text : node.text);
}

class Outputs {
public:
  Outputs(Reader &reader, Arguments &arguments) : reader(reader), isComplete(arguments.isComplete) {
    for (CaseArgument &argument : arguments.list)
      if (argument.direction != Direction::In) {
        all.push_back(&argument);
        names.push_back(argument.name);
      }
  }

  void compare(const YamlNode &node) {
    // A name that is no output's is a misspelt one where a mode follows it, and a misspelt mode where none does.
    auto namesOutput = [&](const YamlNode::Entry &entry) {
      return llvm::is_contained(names, entry.key->text) ||
             (!isModeName(entry.key->text) && (!isComplete || isMode(*entry.value)));
    };
    forEach(node, namesOutput, [&](const YamlNode &value, llvm::ArrayRef<CaseArgument *> outputs) {
      if (std::optional<ModeChoice> choice = readMode(reader, value))
        for (CaseArgument *output : outputs)
          if (checkMode(reader, *choice, output->name, output->dtype))
            output->compare = choice->mode;
    });
  }

  void allow(const YamlNode &node) {
    auto namesOutput = [&](const YamlNode::Entry &entry) {
      return llvm::is_contained(names, entry.key->text) || entry.value->kind == YamlNode::Kind::Map;
    };
    forEach(node, namesOutput, [&](const YamlNode &value, llvm::ArrayRef<CaseArgument *> outputs) {
      Allowances allowances;
      if (reader.expect(value, YamlNode::Kind::Map, "'allow' of an output must be a map, as { zero: REASON }"))
        readMap<Allowances>(reader, value, "'allow'", allowKeys, allowances);
      for (CaseArgument *output : outputs)
        output->allow.insert(allowances.begin(), allowances.end());
    });
  }

  void allowZero(const Place &place) {
    for (CaseArgument *output : all)
      output->allow.emplace(golden::Vacuity::Zero, Allowance{"allow-zero", place});
  }

private:
  /// Hands on the value for all outputs, or for each that the map names.
  void forEach(const YamlNode &node, llvm::function_ref<bool(const YamlNode::Entry &)> namesOutput,
               llvm::function_ref<void(const YamlNode &, llvm::ArrayRef<CaseArgument *>)> read) {
    if (node.kind != YamlNode::Kind::Map || llvm::none_of(node.entries, namesOutput))
      return read(node, all);
    for (const YamlNode::Entry &entry : node.entries) {
      const auto *output = llvm::find(names, entry.key->text);
      if (output != names.end())
        read(*entry.value, all[output - names.begin()]);
      else
        read(*entry.value, {});
      if (output == names.end() && isComplete)
        reader.fail(*entry.key, quote(entry.key->text) + " is not an output of the case; " +
                                    (names.size() == 1 ? "its output is " : "its outputs are ") +
                                    llvm::join(names, ", "));
    }
  }

  Reader &reader;
  bool isComplete; ///< else there may be more of them
  std::vector<CaseArgument *> all;
  llvm::SmallVector<llvm::StringRef> names;
};

} // namespace

std::string nameOfAllowance(const CaseArgument &output, golden::Vacuity kind) {
  return output.name + ": " + nameOf(kind).str();
}

void readOutputKeys(Reader &reader, const CaseDraft &draft, Arguments &arguments) {
  for (CaseArgument &argument : arguments.list)
    argument.compare = defaultMode(argument.dtype);
  Outputs outputs(reader, arguments);
  if (draft.compare)
    outputs.compare(*draft.compare);
  if (draft.allow)
    outputs.allow(*draft.allow);
  if (draft.allowsZero)
    outputs.allowZero(*draft.allowsZero);
}

} // namespace pto::harness
