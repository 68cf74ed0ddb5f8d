// From a verified kernel to a flat program. The decoder owns the numbering of registers and the refusals; what a
// particular operation becomes is in the tables of the families.
#pragma once

#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/IR/Operation.h"
#include "mlir/IR/Value.h"
#include "mlir/Interfaces/FunctionInterfaces.h"
#include "sim/decode/Types.h"
#include "sim/ops/OpTable.h"
#include "sim/run/Program.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/ADT/Twine.h"
#include <map>
#include <utility>

namespace pto::sim {

/// One end of a pipe between the cores of a cluster, as its function initializes it.
struct PipeEnd {
  uint32_t slotBytes, slots, localSlots;
  std::optional<uint32_t> toVector = {}, toCube = {}; ///< registers: where slots lie in the memory of who pops
  std::optional<uint32_t> gm = {};                    ///< a register: where they lie on their way
  uint64_t toCubeInGm = 0;                            ///< byte of the first slot to the cube core
  /// The first signal of each direction says that a slot is full, the next one that it is free.
  unsigned semaphoresToVector = 0, semaphoresToCube = 0;
  uint32_t pushed = 0, popped = 0; ///< registers that count
};

class Decoder {
public:
  explicit Decoder(mlir::func::FuncOp kernel, const Conventions &conventions = {});

  llvm::Expected<ProgramPtr> decode();

  const Arch &arch() const { return *program->arch; }
  const Conventions conventions;

  // Registers. Every SSA value has its own, the first of which is its slot, except where it only renames another value.
  uint32_t slot(mlir::Value value);
  uint32_t newSlot(mlir::Type type);
  uint32_t newScalar() { return newScalars(1); }
  uint32_t newScalars(unsigned count) { return std::exchange(program->scalarCount, program->scalarCount + count); }
  uint32_t newWide() { return program->wideCount++; }
  /// A scalar register with that value.
  uint32_t constant(uint64_t bits);
  void bind(mlir::Value value, uint32_t slot) { slots[value] = slot; }
  /// Values of a function that is decoded again get new registers.
  void forget(mlir::Region &region);
  void presetScalar(mlir::Value value, uint64_t bits);

  // Instructions.
  /// Appends one; its operands and results are still to be filled in.
  Instruction &emit(mlir::Operation *op, const Code &code);
  /// Appends one whose registers are the operation's operands and results in order; null where there is no code.
  Instruction *emitPlain(mlir::Operation *op, const Code *code) {
    return emitWith(op, code, op->getOperands(), op->getResults());
  }
  /// The same with those operands and results that have a register in the instruction; the rest is carried.
  Instruction *emitWith(mlir::Operation *op, const Code *code, mlir::ValueRange operands, mlir::ValueRange results);
  /// The table's code for an operation, or null after a refusal that says what is simulated instead.
  const Code *lookUp(mlir::Operation *op, llvm::StringRef variant = "", LaneType lanes = LaneType::None);
  /// What an instruction carries, where that is too large for it.
  template <class T>
  const T *keep(T payload) {
    auto kept = std::make_shared<const T>(std::move(payload));
    program->payloads.push_back(kept);
    return kept.get();
  }
  size_t position() const { return program->code.size(); }
  Instruction &at(size_t position) { return program->code[position]; }
  // What was emitted since then belongs to the operation.
  void noteLoop(size_t begin, mlir::Operation *loop) { note(program->loops, begin, loop); }
  void noteScope(size_t begin, mlir::Operation *scope) { note(program->scopes, begin, scope); }
  void noteBranch(size_t begin, mlir::Operation *branch) { note(program->branches, begin, branch); }
  void noteCall(size_t begin, mlir::Operation *call) { note(program->calls, begin, call); }

  /// Room in a core's memory that nothing else of the kernel has; its address.
  uint64_t allocate(MemorySpace space, uint64_t bytes);

  /// Bits of CTRL that the kernel starts without.
  void clearControl(uint64_t bits) { program->controlAtStart &= ~bits; }
  /// Whether the kernel leaves it to the assembler to order its operations on tiles: it has no flag, and nothing like
  /// it.
  bool ordersTiles();
  /// What is decoded there is for cores of that kind only: the others jump over it.
  void decodeForKind(mlir::Operation *op, CoreKind kind, llvm::function_ref<void()> body);
  /// Whether the kernel says which cores it is for.
  bool hasKind() const;
  void noteSection(CoreKind kind) { hasSection[unsigned(kind)] = true; }
  /// A tile there is work for the cores that have that memory.
  void noteTile(MemorySpace space);

  // Pipes between the cores of a cluster.
  /// By the kind of core at that end, and the pipe's number.
  std::map<std::pair<CoreKind, int32_t>, PipeEnd> pipes;
  /// The signals of a pipe, of which it has so many: the first one. Nothing where there are no more.
  std::optional<unsigned> pipeSemaphores(int32_t pipe, unsigned count);
  /// Where the memory lies that a function reserves for its peers.
  llvm::DenseMap<mlir::Operation *, uint64_t> reserved;
  /// Whether both vector cores have a part of some tile.
  bool splitsPipes = false;

  /// Where the forms that the kernel uses are noted; null: nowhere.
  std::set<OpForm> *used = nullptr;

  // Structure.
  /// The operations of a block but for its terminator.
  void decodeBody(mlir::Block &block);
  struct Copy {
    uint32_t from, to;
    bool wide;
    mlir::Type type;
  };
  /// All at once: no copy sees what another one wrote.
  void emitCopies(mlir::Operation *op, mlir::ValueRange from, llvm::ArrayRef<uint32_t> to);
  /// The vector scope that is being decoded, or null.
  mlir::Operation *scope = nullptr;
  /// Functions being inlined, outermost first.
  llvm::SmallVector<mlir::Operation *> callers;

  // Threads.
  /// What a function of theirs becomes: its number among the program's entries. It is decoded after the kernel.
  uint32_t entryOf(mlir::FunctionOpInterface function);
  /// The one that is being decoded, whose registers are a warp's; null in the kernel.
  ThreadEntry *entry = nullptr;

  // Refusals are collected; the same words are reported once, with the first place and the number of places.
  void refuse(mlir::Operation *op, const llvm::Twine &why);

private:
  void note(std::vector<Span> &spans, size_t begin, mlir::Operation *op);
  void decodeOperation(mlir::Operation *op);
  mlir::func::FuncOp peer();
  void readTarget();
  void readParticipants();
  void readParameters();
  void decodeEntries();
  llvm::Error refusals() const;

  mlir::func::FuncOp kernel;
  std::map<int32_t, unsigned> semaphoresOfPipes;
  unsigned nextSemaphore = 0;
  std::optional<bool> isUnordered;
  std::array<bool, 2> hasTiles{};   ///< in memories of each kind of core
  std::array<bool, 2> hasSection{}; ///< of each kind of core
  ProgramPtr program;
  llvm::DenseMap<mlir::Value, uint32_t> slots;
  llvm::StringMap<uint32_t> nameIndex;
  llvm::DenseMap<uint64_t, uint32_t> constants;         ///< their registers
  llvm::SmallVector<mlir::FunctionOpInterface> entries; ///< of threads, that the kernel launches
  unsigned depth = 0;                                   ///< of nested regions
  size_t decoded = 0;                                   ///< operations, inlined ones each time
  struct Refusal {
    std::string words;
    Place first;
    unsigned count;
  };
  std::vector<Refusal> refused;
  llvm::StringMap<size_t> refusedIndex;
};

/// What an operation becomes; every operation with a meaning here that is not plainly looked up has one.
using DecodeFunction = void (*)(Decoder &, mlir::Operation *);
using DecodeTable = llvm::StringMap<DecodeFunction>;
void addControlFlow(DecodeTable &table);
void addMemoryOps(DecodeTable &table);
void addCubeOps(DecodeTable &table);
void addElementOps(DecodeTable &table);
void addScalarOps(DecodeTable &table);
void addVectorOps(DecodeTable &table);
void addLaunches(DecodeTable &table);
void addThreadOps(DecodeTable &table);
void addTileOps(DecodeTable &table);
/// The most registers that a vector scope needs at once.
struct RegisterNeed {
  unsigned vectors, predicates;
};
RegisterNeed registersOf(mlir::Operation *scope);
void decodeCall(Decoder &decoder, mlir::Operation *op);
/// A func.call of a SIMT entry, which pto.store_vfsimt_info says the threads of.
void decodeConfiguredLaunch(Decoder &decoder, mlir::Operation *call, mlir::FunctionOpInterface entry);

} // namespace pto::sim
