// Lines to add to a kernel, so that what nothing orders is ordered.
#pragma once

#include "base/Place.h"
#include <optional>
#include <vector>

namespace pto {

struct AddedLine {
  std::string text;      ///< "pto.set_flag[\"PIPE_V\", \"PIPE_MTE3\", \"EVENT_ID0\"]"
  Place at;              ///< of the statement that it goes before …
  bool isAfter = false;  ///< … or after
  std::string statement; ///< "the vecscope at line 9"
};

/// A flag, by the names of its pipes.
struct FlagName {
  std::string source, destination;
  unsigned event = 0;

  bool operator==(const FlagName &) const = default;
};

/// A flag's two sides, or a barrier. In the order in which they stand.
struct Addition {
  std::vector<AddedLine> lines;
  bool isForAllPipes = false;        ///< it orders more than what was asked for
  std::optional<FlagName> flag = {}; ///< of two lines: see `nameFlag`
};

/// Makes the two lines the sides of that flag.
inline void nameFlag(Addition &addition, FlagName flag) {
  std::string name =
      "[\"" + flag.source + "\", \"" + flag.destination + "\", \"EVENT_ID" + std::to_string(flag.event) + "\"]";
  addition.lines[0].text = "pto.set_flag" + name;
  addition.lines[1].text = "pto.wait_flag" + name;
  addition.flag = std::move(flag);
}

/// "add `…` after the vecscope at line 9 and `…` before the pto.mte_ub_gm at line 12"
inline std::string describe(const Addition &addition) {
  std::string text;
  for (size_t i = 0; i < addition.lines.size(); ++i) {
    const AddedLine &line = addition.lines[i];
    const AddedLine *next = i + 1 < addition.lines.size() ? &addition.lines[i + 1] : nullptr;
    bool isWithNext = next && next->isAfter == line.isAfter && next->statement == line.statement;
    text += (i ? " and `" : "add `") + line.text + "`";
    if (!isWithNext)
      text += (line.isAfter ? " after " : " before ") + line.statement;
  }
  return text;
}

} // namespace pto
