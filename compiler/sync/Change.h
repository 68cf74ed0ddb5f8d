// Synchronization that is taken out of a kernel or put in: in its module, to see what it does, and in its text.
#pragma once

#include "base/Addition.h"
#include "compiler/sync/TextEdit.h"
#include "mlir/IR/BuiltinOps.h"
#include "mlir/IR/OwningOpRef.h"
#include "llvm/Support/Error.h"
#include <map>

namespace pto::sync {

/// A statement by its line and its number among those that begin there. Other than a column, it is the same at all
/// points of a kernel with placeholders.
struct Anchor {
  unsigned line = 0, number = 0;
  auto operator<=>(const Anchor &) const = default;
};

struct NewLine {
  std::string text;
  Anchor at;
  bool isAfter;
};

struct Change {
  std::vector<Anchor> removed;
  std::vector<NewLine> added; ///< those at one place are in their order
};

/// A kernel that was parsed from its text, and is not changed.
class Original {
public:
  /// Both are to live on. An error where the kernel's locations are not those of its text.
  static llvm::Expected<Original> of(mlir::ModuleOp module, llvm::StringRef text, llvm::StringRef file);

  /// Nothing where no statement begins there.
  std::optional<Anchor> anchorOf(const Place &place) const;
  mlir::Operation *at(Anchor anchor) const;
  /// Whether two statements stand in one block, the first one first.
  bool isBefore(Anchor first, Anchor second) const;

  /// A copy of the module. An error where it has no such statement.
  llvm::Expected<mlir::OwningOpRef<mlir::ModuleOp>> with(const Change &change) const;
  /// The same of the text. All other text stays as it is.
  std::vector<LineEdit> edits(const Change &change) const;

private:
  struct Statement {
    mlir::Operation *op;
    size_t begin, end; ///< in the text
  };
  const Statement *find(Anchor anchor) const;

  mlir::ModuleOp module;
  llvm::StringRef text;
  std::map<unsigned, std::map<unsigned, Statement>> byLine; ///< and column of what MLIR calls their location
};

} // namespace pto::sync
