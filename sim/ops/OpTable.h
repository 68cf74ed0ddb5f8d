// What is simulated: for each instruction, for each variant of it and each lane type, the code that executes it.
#pragma once

#include "sim/ops/cube/MatrixProduct.h"
#include "sim/ops/tiles/Reductions.h"
#include "sim/run/Program.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/ADT/StringRef.h"
#include <array>
#include <optional>
#include <string>
#include <vector>

namespace pto::sim {

/// The type of a register's lanes. Signless integers are signed; None is for what does not look at lanes.
enum class LaneType : uint8_t {
  None,
  S8,
  S16,
  S32,
  S64,
  U8,
  U16,
  U32,
  U64,
  F16,
  BF16,
  F32,
  F8E4M3,
  F8E5M2,
  HiF8,
  F4E2M1x2, ///< two in a byte
  F4E1M2x2
};
inline constexpr unsigned laneTypeCount = 17;

/// Filled once, from the declarations in this folder, and only read from then on.
class OpTable {
public:
  /// `op` is the full name ("pto.vlds"), `variant` the token that picks the form ("BRC_B32"), or nothing. An op whose
  /// forms do not agree on the pipe is a mistake that ends the program.
  void add(llvm::StringRef op, llvm::StringRef variant, LaneType lanes, Code code);
  void add(llvm::StringRef op, Code code) { add(op, "", LaneType::None, code); }
  void add(llvm::StringRef op, llvm::StringRef variant, Code code) { add(op, variant, LaneType::None, code); }

  bool has(llvm::StringRef op) const { return ops.contains(op); }

  /// Null where that combination has no meaning here.
  const Code *find(llvm::StringRef op, llvm::StringRef variant, LaneType lanes) const;

  /// Of an op that is in the table.
  Pipe pipe(llvm::StringRef op) const { return ops.find(op)->second.pipe; }

  std::vector<std::string> names() const;
  std::vector<std::string> variants(llvm::StringRef op) const;
  std::vector<LaneType> laneTypes(llvm::StringRef op, llvm::StringRef variant) const;

  /// Of the same build as the lane-wise declarations.
  MultiplyFunction multiply = nullptr;
  /// By operation and the type of its elements; null where that has no meaning here.
  llvm::StringMap<std::array<ReductionFunction, laneTypeCount>> reductions;

private:
  struct Op {
    explicit Op(Pipe pipe) : pipe(pipe) {}
    Pipe pipe;
    llvm::StringMap<std::array<std::optional<Code>, laneTypeCount>> variants;
  };
  llvm::StringMap<Op> ops;
};

/// What a core executes, and what its threads do: the same operation is another instruction there.
struct OpTables {
  OpTable core, threads;
};

/// Every declaration, in the build of them that suits this processor best.
const OpTables &opTables();
inline const OpTable &opTable() {
  return opTables().core;
}

/// The same from the build with that name ("portable", "avx2", "avx512"); null where the processor cannot run it.
const OpTables *opTables(llvm::StringRef build);
inline const OpTable *opTable(llvm::StringRef build) {
  const OpTables *tables = opTables(build);
  return tables ? &tables->core : nullptr;
}

} // namespace pto::sim
