// The simulator as the rest of the world sees it: a verified kernel goes in, a flat program comes out, a program
// and its arguments run.
#pragma once

#include "base/Addition.h"
#include "base/Check.h"
#include "base/Conventions.h"
#include "base/Diagnostic.h"
#include "base/Order.h"
#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"
#include <cstdint>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace mlir {
class Operation;
}

namespace pto::sim {

/// A decoded kernel. Immutable: it can run many times and from several threads.
struct Program;
struct ProgramDeleter {
  void operator()(Program *program) const;
};
using ProgramPtr = std::unique_ptr<Program, ProgramDeleter>;

/// `kernel` is a verified `func.func`. Everything that cannot be simulated is refused here, by name, all of it
/// in one error (several PlacedErrors are joined), before anything runs.
llvm::Expected<ProgramPtr> decode(mlir::Operation *kernel, const Conventions &conventions = {});

/// How many instructions the flat program has.
size_t instructionCount(const Program &program);

/// One kernel argument: a buffer in global memory, or a scalar as raw bits.
struct Argument {
  std::string name;
  llvm::MutableArrayRef<uint8_t> buffer; ///< empty data pointer: a scalar
  uint64_t scalar = 0;
  bool isScalar = false;
};

struct LaunchOptions {
  uint32_t blockDim = 1;
  uint64_t instructionBudget = 200'000'000; ///< for all blocks together; DMA counts by bursts and bytes
  Order order = {};                         ///< any other than the program's is not checked
  bool checked = true; ///< also check alignment and order, warn of reads of bytes nothing wrote, note reads
};

/// What stopped a run.
struct Fault {
  enum class Kind {
    OutOfBounds,
    Misaligned,
    Deadlock,
    Budget,
    DivideByZero,
    Illegal,
    NotSimulated ///< a mode that the kernel may set, but that has no meaning here
  };
  Kind kind;
  std::string message; ///< "pto.vsts writes 256 bytes at ub+0x3ff80, past the end of ub (262144 bytes)"
  Place location;
};

/// What the machine lets pass in program order, and may not let pass on another day.
struct Finding {
  Check check;
  std::string message = {};
  Place location = {};
  /// Another finding is about what was read between the two: what mends that one mends this.
  bool isConsequence = false;
  std::vector<std::string> details = {}; ///< what to add, and at which turn of its loops it happened
  /// Where it is about two instructions: how many had been executed when each of them was.
  uint64_t earlier = 0, later = 0;
  std::vector<AddedLine> edit = {};    ///< the first of the details, where it says lines to add
  std::vector<Addition> remedies = {}; ///< each of them may mend it
};
/// How a run ended.
struct RunReport {
  std::optional<Fault> fault;
  uint64_t instructionsExecuted = 0;
  std::vector<std::string> warnings; ///< flags left set, reads of bytes never written …
  std::vector<std::string> notes;    ///< what the kernel prints
  struct Read {
    size_t argument;
    Place location; ///< of the first instruction that read it
  };
  std::vector<Read> reads;       ///< of buffer arguments, by a checked run
  std::vector<Finding> findings; ///< of a checked run
};

RunReport run(const Program &program, llvm::ArrayRef<Argument> arguments, const LaunchOptions &options);

/// Some bytes of a buffer argument.
struct ArgumentBytes {
  size_t argument;
  uint64_t offset, count;
};

/// The instruction that gave these bytes the value they have at the end: the store into UB, where DMA only carried it
/// out. Runs the program again, over copies of `arguments` as they were before the first run; nothing if nobody
/// changed the bytes.
std::optional<Place> findWriter(const Program &program, llvm::ArrayRef<Argument> arguments,
                                const LaunchOptions &options, ArgumentBytes bytes);

/// How far into a buffer argument a run comes: one past the last byte that it reads or writes, 0 for none.
struct Extent {
  uint64_t read = 0, written = 0;
};

struct Measured {
  std::vector<Extent> extents; ///< of each argument, as far as the kernel ran
  std::optional<Fault> fault;  ///< what ended it too early
};
Measured measure(const Program &program, llvm::ArrayRef<Argument> arguments, const LaunchOptions &options);

/// A form of an operation: what picks it ("BRC_B32", "f16 R"), and the lanes it works on; either may be empty.
struct OpForm {
  std::string op, form, lanes;
  auto operator<=>(const OpForm &) const = default;
};

/// An operation with a meaning, by its full name ("pto.vadd", "arith.addi", "scf.for").
struct SimulatedOp {
  std::string name;
  std::string pipe; ///< empty: it is no instruction of its own
  bool inKernels = false, inThreads = false;
  std::vector<OpForm> forms;
};
std::vector<SimulatedOp> simulatedOps(); ///< sorted

/// The forms that a verified kernel uses, and all of its operations, without a form.
std::set<OpForm> usedForms(mlir::Operation *kernel);

/// All lanes that registers can have.
std::vector<std::string> laneNames();

/// Why an operation has no meaning, or a form of it, or lanes of a form; empty where nobody has said.
llvm::StringRef whyNotSimulated(const OpForm &form);

} // namespace pto::sim
