// What a kernel may do wrong though its numbers are right: the checks of a run, by the names that cases and the command
// line allow them by.
#pragma once

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"
#include <optional>
#include <vector>

namespace pto {

enum class Check : uint8_t {
  ReadAfterWrite,
  WriteAfterRead,
  WriteAfterWrite,
  MissingMemBar,
  BlockRace,
  BufferId,
  ThreadRace,
  LaneRace
};

struct CheckInfo {
  llvm::StringLiteral name, meaning;
};
inline constexpr CheckInfo allChecks[] = {
    {"read-after-write", "a pipe reads what another one writes, and nothing makes it wait"},
    {"write-after-read", "a pipe overwrites what another one reads, and nothing makes it wait"},
    {"write-after-write", "two transfers or pipes write the same bytes, and nothing orders them"},
    {"missing-mem-bar", "a vector scope stores and loads the same bytes of UB without a mem_bar"},
    {"block-race", "two blocks of a launch access the same bytes of global memory, and one writes"},
    {"buffer-id", "a buffer id is taken twice, given back untaken, or kept"},
    {"thread-race", "threads of two warps access the same bytes with no barrier in between, and one changes them"},
    {"lane-race", "lanes of one instruction store different values at one address, and it is not said which one stays"},
};

inline llvm::StringRef name(Check check) {
  return allChecks[unsigned(check)].name;
}

inline std::vector<llvm::StringRef> checkNames() {
  std::vector<llvm::StringRef> names;
  for (const CheckInfo &info : allChecks)
    names.push_back(info.name);
  return names;
}

inline std::optional<Check> parseCheck(llvm::StringRef name) {
  for (unsigned i = 0; i < std::size(allChecks); ++i)
    if (allChecks[i].name == name)
      return Check(i);
  return std::nullopt;
}

} // namespace pto
