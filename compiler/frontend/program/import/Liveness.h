// Which variables are still needed after a statement, and which a block assigns.
// Decides what a loop has to carry and what a branch has to hand on.
#pragma once

#include "compiler/frontend/program/Ast.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/SetVector.h"
#include "llvm/ADT/StringSet.h"

namespace pto::program {

using NameSet = llvm::StringSet<>;
using NameList = llvm::SetVector<llvm::StringRef>;

/// In the order of their first assignment, nested blocks included. Variables of loops are not among them.
NameList assignedNames(Block body);
inline NameList assignedNames(const Stmt *stmt) {
  return assignedNames(Block(stmt));
}

class Liveness {
public:
  /// Of the body of one function.
  explicit Liveness(Block body);

  /// Needed after this loop, branch or with statement.
  bool isLiveAfter(const Stmt *stmt, llvm::StringRef name) const;
  /// Read in a round of this loop before the round has assigned it.
  bool isReadFirst(const Stmt *loop, llvm::StringRef name) const;

private:
  struct Loop {
    const NameSet *after;
    NameSet again;
  };

  NameSet before(Block body, NameSet live);
  NameSet before(const Stmt *stmt, NameSet live);
  NameSet beforeLoop(const Stmt *stmt, const NameSet &after, Block body, Block otherwise,
                     llvm::function_ref<void(NameSet &)> head);

  std::vector<Loop *> loops;
  llvm::DenseMap<const Stmt *, NameSet> after, entry;
};

} // namespace pto::program
