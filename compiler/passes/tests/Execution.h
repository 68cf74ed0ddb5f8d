// Executes a function along one way through its loops and branches, without numbers: every place remembers which value
// was written into it last, and pipes run as freely as their flags and barriers let them.
// Knows nothing of lifetimes, clocks or plans: it is what they are held against.
#pragma once

#include "compiler/dialect/program/Ops.h"
#include <map>
#include <random>
#include <set>
#include <string>

namespace pto::passes::tests {

class Execution {
public:
  /// Which way to go is drawn from the seed; no loop has more than three rounds.
  Execution(prog::FuncOp function, uint64_t seed, bool checksSync);

  /// The first thing that went wrong: a value was overwritten while it was needed, a flag was missing. Empty if
  /// nothing.
  const std::string &problem() const { return first; }

private:
  using Content = unsigned;
  enum class End : uint8_t { Yield, Break, Continue };
  /// Instructions of each pipe that are known to be done.
  using Done = std::map<std::string, unsigned>;

  End run(mlir::Block &block, llvm::SmallVectorImpl<Content> &handed);
  void run(prog::BuiltinOp op);
  void loop(mlir::Operation *op, mlir::Region &body, unsigned firstInit, bool hasVariable);
  void sync(prog::BuiltinOp op, llvm::StringRef kind);
  void touch(const std::string &pipe, mlir::Operation *op, const std::string &place, bool isWrite);

  void read(mlir::Operation *op, mlir::Value value);
  void write(mlir::Value value);
  llvm::SmallVector<Content, 4> contentsOf(mlir::ValueRange values);
  void set(mlir::ValueRange values, llvm::ArrayRef<Content> contents);
  void fail(mlir::Operation *op, const std::string &what);

  struct Touch {
    std::string pipe;
    unsigned instruction;
    bool isWrite;
  };
  struct Flag {
    Done done;
    bool isSet = false;
    /// When it was waited for last.
    unsigned waited = 0;
  };

  std::mt19937_64 random;
  bool checksSync;
  unsigned next = 0;
  llvm::DenseMap<mlir::Value, Content> values;
  std::map<std::string, Content> places;
  std::map<std::string, unsigned> issued;
  std::map<std::string, Done> known;
  std::map<std::string, Flag> flags;
  std::map<std::string, std::vector<Touch>> touches;
  std::string first;
};

} // namespace pto::passes::tests
