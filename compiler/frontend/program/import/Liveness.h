// Which variables are still needed after a statement, and which a block assigns.
// Decides what a loop has to carry and what a branch has to hand on.
#pragma once

#include "compiler/frontend/program/Ast.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/SetVector.h"
#include "llvm/ADT/StringSet.h"

namespace pto::frontend {

using NameSet = llvm::StringSet<>;
using NameList = llvm::SetVector<llvm::StringRef>;

/// Branches of which it is known before the program runs which side is taken, and whether that is the first.
using Decisions = llvm::DenseMap<const If *, bool>;

class Liveness {
public:
  /// Of the body of one function. A side that is never taken needs nothing and assigns nothing.
  Liveness(Block body, Decisions decisions);

  /// What statements assign, in the order of their first assignment, nested blocks included. Variables of loops are
  /// not among them.
  NameList assigned(Block body) const;
  NameList assigned(const Stmt *stmt) const { return assigned(Block(stmt)); }

  /// Needed after this loop, branch or with statement.
  bool isLiveAfter(const Stmt *stmt, llvm::StringRef name) const;
  /// Read in a round of this loop before the round has assigned it.
  bool isReadFirst(const Stmt *loop, llvm::StringRef name) const;

private:
  struct Loop {
    const NameSet *after;
    NameSet again;
  };

  void collectAssigned(Block body, NameList &names) const;
  NameSet before(Block body, NameSet live);
  NameSet before(const Stmt *stmt, NameSet live);
  NameSet beforeLoop(const Stmt *stmt, const NameSet &after, Block body, Block otherwise,
                     llvm::function_ref<void(NameSet &)> head);

  Decisions decisions;
  std::vector<Loop *> loops;
  llvm::DenseMap<const Stmt *, NameSet> after, entry;
};

} // namespace pto::frontend
