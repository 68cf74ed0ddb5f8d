// What the variables of a function are worth at one point of it.
// A block that is imported is taken back by what it changed: a program with many blocks has many variables.
#pragma once

#include "compiler/dialect/program/DType.h"
#include "compiler/frontend/program/Value.h"
#include "mlir/IR/Value.h"
#include "llvm/ADT/StringMap.h"
#include <deque>
#include <vector>

namespace pto::frontend {

/// What is known of a variable's value before the program runs.
struct KnownValue {
  Value value;
  /// That it has in the program; empty for what is no scalar.
  std::optional<prog::DType> dtype;
  /// It came from the arguments or from around the function, not from a constant in its text: what is computed from it
  /// is computed on import.
  bool isConstant;
};

struct Variable {
  /// Null also for a constant that no operation stands for.
  mlir::Value value;
  const KnownValue *known = nullptr;
  /// Why it has no value here although it is assigned somewhere: `in one branch only`. Text that stays.
  llvm::StringRef lost;
  /// Its assignment went wrong: nothing more is said about it.
  bool isBroken = false;

  bool isAssigned() const { return value || known || !lost.empty() || isBroken; }
};

class Environment {
public:
  using Mark = size_t;
  using Changes = llvm::StringMap<Variable>;

  /// One without value where nothing has been assigned.
  Variable operator[](llvm::StringRef name) const { return variables.lookup(name); }
  mlir::Value valueOf(llvm::StringRef name) const { return variables.lookup(name).value; }

  void bind(llvm::StringRef name, mlir::Value value) { set(name, {value, nullptr, {}, false}); }
  /// `value` is null for a constant that no operation stands for.
  void bind(llvm::StringRef name, mlir::Value value, KnownValue known) {
    set(name, {value, &knownValues.emplace_back(std::move(known)), {}, false});
  }
  void lose(llvm::StringRef name, llvm::StringRef why) {
    set(name, {{}, nullptr, why, variables.lookup(name).isBroken});
  }
  void poison(llvm::StringRef name) { set(name, {{}, nullptr, variables.lookup(name).lost, true}); }

  /// The variables that have a value.
  std::vector<llvm::StringRef> names() const {
    std::vector<llvm::StringRef> names;
    for (const auto &entry : variables)
      if (entry.getValue().value || entry.getValue().known)
        names.push_back(entry.getKey());
    return names;
  }

  Mark mark() const { return journal.size(); }
  /// All is again as it was at the mark. Returns what the variables were that have changed since.
  Changes rollBack(Mark mark) {
    Changes changes;
    for (; journal.size() > mark; journal.pop_back()) {
      auto &[name, before] = journal.back();
      auto entry = variables.find(name);
      changes.try_emplace(name, entry->getValue());
      entry->getValue() = before;
    }
    return changes;
  }

private:
  void set(llvm::StringRef name, Variable variable) {
    auto entry = variables.try_emplace(name).first;
    journal.emplace_back(entry->getKey(), entry->getValue());
    entry->getValue() = variable;
  }

  llvm::StringMap<Variable> variables;
  std::deque<KnownValue> knownValues;
  /// What each change changed; the names are those of the map, whose entries stay where they are.
  std::vector<std::pair<llvm::StringRef, Variable>> journal;
};

} // namespace pto::frontend
