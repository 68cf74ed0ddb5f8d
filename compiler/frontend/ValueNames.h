// The names of a text's values, by MLIR's rules for them.
//
// A value may be used before its definition where that follows in the same region or in one around the use. MLIR
// takes a later definition in any other region as well, and leaves it to the verifier to object. Until then the use
// points into a region that the next parse error frees, and an operation that is half read may hold a value that is
// gone: such a text must not reach the parser.
#pragma once

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/ADT/StringRef.h"
#include <optional>
#include <string>
#include <vector>

namespace pto::frontend {

struct Remark {
  llvm::StringRef where; // in the text
  std::string what;
};

class ValueNames {
public:
  ValueNames();

  void openRegion();
  void closeRegion();
  // Names are given as they stand in the text, with the sigil.
  void define(llvm::StringRef name, unsigned results = 1);
  void use(llvm::StringRef name);
  // A #7 after a name, where it is used or defined.
  void number(llvm::StringRef name, llvm::StringRef number);

  // The first broken rule and its notes; empty as long as all are kept.
  llvm::ArrayRef<Remark> broken() const { return remarks; }

private:
  struct Name {
    std::optional<unsigned> region; // that defines it, where one does here
    unsigned results = 1;
    llvm::StringRef definition;
    std::optional<unsigned> usedIn; // the region of the first use that waits for a definition
    llvm::StringRef firstUse;
  };
  struct Region {
    unsigned around; // itself where none is
    bool isOpen = true;
  };

  unsigned openAround(unsigned region);

  llvm::StringMap<Name> names;
  std::vector<Region> regions;
  unsigned current = 0;
  llvm::SmallVector<llvm::SmallVector<Name *, 8>> definedIn; // the open regions, outermost first
  size_t slots = 0;
  llvm::SmallVector<Remark, 2> redefinition, remarks;
};

} // namespace pto::frontend
