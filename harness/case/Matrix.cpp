// Reads the axes, then counts through their combinations as an odometer does: the last axis turns fastest.
#include "harness/case/Matrix.h"
#include "harness/case/Expression.h"
#include "harness/case/Placeholders.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/ADT/StringSet.h"

namespace pto::harness {

bool checkBoundName(const YamlFile &file, const YamlNode &name, Diagnostics &problems) {
  if (!isIdentifier(name.text))
    problems.add(file.placeOf(name),
                 quote(name.text) + " cannot be used in an expression; a name has letters, digits and '_'");
  else if (isFunctionName(name.text))
    problems.add(file.placeOf(name), quote(name.text) + " is a function of the expressions; choose another name");
  else
    return true;
  return false;
}

std::string Point::label(llvm::function_ref<bool(llvm::StringRef axis)> leavesOut) const {
  std::string text;
  for (const auto &[axis, value] : coordinates)
    if (!leavesOut(axis))
      text += (text.empty() ? "@" : ",") + axis.str() + "=" + value;
  return text;
}

bool isPlainName(llvm::StringRef text) {
  return !text.empty() &&
         llvm::all_of(text, [](char c) { return llvm::isAlnum(c) || llvm::StringRef("_.+-").contains(c); });
}

namespace {

// Each one is tried on each point.
constexpr size_t mostExclusions = 1'000;

using Pairs = std::vector<std::pair<llvm::StringRef, llvm::StringRef>>;

struct AxisValue {
  llvm::StringRef label;
  Pairs bound;
};
struct Axis {
  llvm::StringRef name;
  std::vector<AxisValue> values;
};
struct Selection {
  const YamlNode *node;
  Pairs bound;
};

class MatrixReader {
public:
  MatrixReader(const YamlFile &file, Diagnostics &problems) : file(file), problems(problems) {}

  std::optional<Matrix> read(const YamlNode &matrix) {
    if (matrix.kind != YamlNode::Kind::Map) {
      fail(matrix, "'matrix' must be a map of axes, found " + describe(matrix.kind).str());
      return std::nullopt;
    }
    for (const YamlNode::Entry &entry : matrix.entries)
      if (entry.key->text != "include" && entry.key->text != "exclude")
        readAxis(*entry.key, *entry.value);
    if (axes.empty() && isSound)
      fail(matrix, "the matrix has no axis: expected at least one name with a list of values");
    if (!isSound)
      return std::nullopt;
    exclusions = readSelections(matrix.find("exclude"), "exclude");
    inclusions = readSelections(matrix.find("include"), "include");
    if (isSound)
      checkSize(matrix);
    if (isSound)
      combine();
    if (isSound)
      include();
    if (isSound && points.empty())
      fail(matrix, "every point of the matrix is excluded");
    return isSound ? std::optional(Matrix{std::move(points), std::move(binders)}) : std::nullopt;
  }

private:
  void fail(const YamlNode &node, std::string message) {
    problems.add(file.placeOf(node), std::move(message));
    isSound = false;
  }

  /// The text of a value, which has to be there to the letter: nothing is bound yet.
  std::optional<llvm::StringRef> valueOf(const YamlNode &node, llvm::StringRef name) {
    if (node.kind != YamlNode::Kind::Text) {
      fail(node, "a value of " + quote(name) + " must be text or a number, found " + describe(node.kind).str());
      return std::nullopt;
    }
    if (hasPlaceholder(node.text)) {
      fail(node, "a value of the matrix cannot hold a placeholder: nothing is bound here yet; a 'let' can");
      return std::nullopt;
    }
    llvm::StringRef text = node.text;
    text.consume_back("\n");
    return text;
  }

  /// The pairs of a map; a name that is bound twice at one point is a problem of whoever calls.
  Pairs readPairs(const YamlNode &map) {
    Pairs pairs;
    for (const YamlNode::Entry &entry : map.entries)
      if (std::optional<llvm::StringRef> value = valueOf(*entry.value, entry.key->text))
        pairs.emplace_back(entry.key->text, *value);
    return pairs;
  }

  void checkLabel(const YamlNode &node, llvm::StringRef label, llvm::StringRef axis) {
    if (!isPlainName(label))
      fail(node, quote(label) +
                     " cannot name a point: expected letters, digits, '_', '.', '+' or '-'; for other "
                     "values give a map whose first value is a name, as in '- { " +
                     axis.str() + ": NAME, value: … }'");
  }

  void readAxis(const YamlNode &key, const YamlNode &list) {
    isSound &= checkBoundName(file, key, problems);
    if (!isSound)
      return;
    if (list.kind != YamlNode::Kind::List || list.items.empty())
      return fail(list, "the axis " + quote(key.text) + " must be a list of at least one value, found " +
                            (list.kind == YamlNode::Kind::List ? "an empty one" : describe(list.kind).str()));
    Axis axis{key.text, {}};
    llvm::StringSet<> labels;
    size_t own = binders.size();
    binders.push_back({&key, {key.text}});
    for (const YamlNode *item : list.items) {
      AxisValue value;
      if (item->kind == YamlNode::Kind::Map) {
        for (const YamlNode::Entry &entry : item->entries)
          isSound &= checkBoundName(file, *entry.key, problems);
        value.bound = readPairs(*item);
        if (value.bound.empty()) {
          if (item->entries.empty())
            fail(*item, "this entry of " + quote(key.text) + " binds nothing");
          continue;
        }
        value.label = value.bound.front().second;
        noteNames(*item, own);
        if (!llvm::is_contained(llvm::make_first_range(value.bound), key.text))
          value.bound.emplace_back(key.text, value.label);
      } else if (std::optional<llvm::StringRef> text = valueOf(*item, key.text)) {
        value = {*text, {{key.text, *text}}};
      } else {
        continue;
      }
      checkLabel(*item, value.label, key.text);
      if (!labels.insert(value.label).second)
        fail(*item, "duplicate value " + quote(value.label) + " of " + quote(key.text));
      for (auto [name, text] : value.bound) {
        auto [owner, isNew] = owners.try_emplace(name, key.text);
        if (!isNew && owner->second != key.text)
          fail(*item, quote(name) + " is bound by two axes: " + quote(owner->second) + " and " + quote(key.text));
        else if (isNew)
          names.push_back(name);
      }
      axis.values.push_back(std::move(value));
    }
    axes.push_back(std::move(axis));
  }

  /// The first name of an entry is there to name the point, and the axis counts as read with any of them.
  void noteNames(const YamlNode &entryMap, size_t axis) {
    for (const YamlNode::Entry &entry : entryMap.entries) {
      llvm::StringRef name = entry.key->text;
      if (llvm::is_contained(binders[axis].names, name))
        continue;
      binders[axis].names.push_back(name);
      if (&entry != &entryMap.entries.front())
        binders.push_back({entry.key, {name}});
    }
  }

  std::vector<Selection> readSelections(const YamlNode *list, llvm::StringRef what) {
    std::vector<Selection> selections;
    if (!list)
      return selections;
    if (list->kind != YamlNode::Kind::List) {
      fail(*list, quote(what) + " must be a list of maps, found " + describe(list->kind).str());
      return selections;
    }
    for (const YamlNode *item : list->items) {
      if (item->kind != YamlNode::Kind::Map || item->entries.empty()) {
        fail(*item, "an entry of " + quote(what) + " must be a map of names to values, found " +
                        (item->kind == YamlNode::Kind::Map ? "an empty one" : describe(item->kind).str()));
        continue;
      }
      for (const YamlNode::Entry &entry : item->entries)
        if (!llvm::is_contained(names, entry.key->text))
          fail(*entry.key, quote(entry.key->text) + " is not bound by any axis" + didYouMean(entry.key->text, names));
      selections.push_back({item, readPairs(*item)});
    }
    return selections;
  }

  void checkSize(const YamlNode &matrix) {
    uint64_t count = inclusions.size();
    uint64_t combinations = 1;
    for (const Axis &axis : axes)
      combinations = std::min<uint64_t>(combinations * axis.values.size(), UINT32_MAX);
    if (count + combinations > mostPoints)
      fail(matrix, "the matrix has more than " + std::to_string(mostPoints) + " points");
    if (exclusions.size() > mostExclusions)
      fail(matrix, "the matrix has more than " + std::to_string(mostExclusions) + " exclusions");
  }

  static bool selects(const Selection &selection, const Bindings &bindings) {
    return llvm::all_of(selection.bound, [&](const auto &pair) {
      const BoundValue *value = bindings.find(pair.first);
      return value && value->text == pair.second;
    });
  }

  void combine() {
    std::vector<size_t> wheels(axes.size(), 0);
    std::vector<bool> useful(exclusions.size(), false);
    for (bool isTurning = true; isTurning;) {
      Point point;
      for (auto [axis, wheel] : llvm::zip_equal(axes, wheels)) {
        const AxisValue &value = axis.values[wheel];
        point.coordinates.emplace_back(axis.name, value.label.str());
        for (auto [name, text] : value.bound)
          point.bindings.bind(name.str(), BoundValue::fromText(text));
      }
      const YamlNode *excludedBy = nullptr;
      for (size_t i = 0; i < exclusions.size(); ++i)
        if (selects(exclusions[i], point.bindings)) {
          useful[i] = true;
          excludedBy = exclusions[i].node;
        }
      if (excludedBy)
        excluded.try_emplace(point.label(), excludedBy);
      else
        keep(std::move(point), nullptr);
      isTurning = false;
      for (size_t i = axes.size(); i-- > 0 && !isTurning;) {
        wheels[i] = (wheels[i] + 1) % axes[i].values.size();
        isTurning = wheels[i] != 0;
      }
    }
    for (size_t i = 0; i < exclusions.size(); ++i)
      if (!useful[i])
        fail(*exclusions[i].node, "this excludes no point of the matrix");
  }

  void include() {
    for (const Selection &selection : inclusions) {
      Point point;
      for (auto [name, text] : selection.bound)
        point.bindings.bind(name.str(), BoundValue::fromText(text));
      for (const Axis &axis : axes) {
        const BoundValue *value = point.bindings.find(axis.name);
        if (!value) {
          fail(*selection.node, "this point has no value for " + quote(axis.name));
          continue;
        }
        checkLabel(*selection.node, value->text, axis.name);
        point.coordinates.emplace_back(axis.name, value->text);
      }
      keep(std::move(point), selection.node);
    }
  }

  void keep(Point point, const YamlNode *included) {
    std::string label = point.label();
    if (auto exclusion = excluded.find(label); exclusion != excluded.end())
      fail(*included, "this includes the point " + quote(label) + ", which line " +
                          std::to_string(exclusion->second->line) + " excludes; remove one of the two");
    else if (labels.insert(label).second)
      points.push_back(std::move(point));
    else if (included)
      fail(*included, "the matrix already has the point " + quote(label));
  }

  const YamlFile &file;
  Diagnostics &problems;
  bool isSound = true;
  std::vector<Axis> axes;
  std::vector<Binder> binders;
  std::vector<llvm::StringRef> names;      ///< all that are bound, in order
  llvm::StringMap<llvm::StringRef> owners; ///< the axis that binds a name
  std::vector<Selection> exclusions, inclusions;
  llvm::StringSet<> labels;
  llvm::StringMap<const YamlNode *> excluded; ///< labels, by what excludes them
  std::vector<Point> points;
};

} // namespace

std::optional<Matrix> expandMatrix(const YamlFile &file, const YamlNode *matrix, Diagnostics &problems) {
  if (!matrix)
    return Matrix{std::vector<Point>(1), {}};
  return MatrixReader(file, problems).read(*matrix);
}

} // namespace pto::harness
