// Loads and stores at addresses that are not aligned. A stream goes on from one instruction to the next, and what it
// has of the block where it stands is in its align state, which is a wide register here.
#include "sim/memory/Port.h"
#include "sim/ops/Declarations.h"
#include "sim/ops/OpTable.h"
#include "sim/ops/Pointers.h"
#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/MathExtras.h"

namespace pto::sim {

namespace {

/// What an align state holds. All zero, as init_align makes it, is a stream of stores that has not begun.
struct Stream {
  enum class Kind : uint64_t { Fresh, Store, Load };
  Kind kind;
  int64_t point;        ///< where it goes on
  int64_t begin, count; ///< of the bytes that it has, all of one block
  uint8_t bytes[blockBytes];

  static Stream in(const uint8_t *align) {
    Stream stream;
    std::memcpy(&stream, align, sizeof(stream));
    return stream;
  }
  void putInto(uint8_t *align) const {
    std::memset(align, 0, registerBytes);
    std::memcpy(align, this, sizeof(*this));
  }
};

int64_t blockOf(int64_t address) {
  return address & ~int64_t(blockBytes - 1);
}

Range ubBytes(int64_t address, int64_t bytes) {
  return {.space = MemorySpace::Ub, .base = uint64_t(address), .bytes = bytes, .isTail = true};
}

const Instruction *wrongStream(Core &core, const Instruction &at, const Stream &stream, Stream::Kind wanted,
                               int64_t address) {
  if (stream.kind != wanted)
    return core.fault(at, Fault::Kind::Illegal,
                      wanted == Stream::Kind::Load
                          ? "has an align state that is not from pto.vldas or pto.vldus"
                          : "has an align state from a load; a stream of stores begins with pto.init_align");
  return core.fault(
      at, Fault::Kind::Illegal,
      llvm::formatv("is at ub+{0:x}, but the stream of its align state goes on at ub+{1:x}", address, stream.point));
}

// Loads. vldas: operand base; result the state, with the block that the address is in.
struct OpenLoad {
  template <class P>
  static const Instruction *run(Core &core, const Instruction &at) {
    int64_t address = int64_t(core.scalar(at.operand[0])), block = blockOf(address);
    const uint8_t *from = Port<P>(core, at).read(ubBytes(block, blockBytes));
    if (!from)
      return nullptr;
    Stream stream{Stream::Kind::Load, address, block, blockBytes, {}};
    std::memcpy(stream.bytes, from, blockBytes);
    stream.putInto(core.wide(at.result[0]));
    return &at + 1;
  }
};

// vldus: operands base, state; results 256 bytes from the base, and the state behind them.
struct LoadOn {
  template <class P>
  static const Instruction *run(Core &core, const Instruction &at) {
    int64_t address = int64_t(core.scalar(at.operand[0]));
    Stream stream = Stream::in(core.wide(at.operand[1]));
    if (stream.kind != Stream::Kind::Load || stream.point != address)
      return wrongStream(core, at, stream, Stream::Kind::Load, address);
    // The state has what is left of the block at the address; all that follows is read now, in whole blocks.
    int64_t known = stream.count ? stream.begin + stream.count - address : 0;
    int64_t end = address + int64_t(registerBytes), lastBlock = blockOf(end);
    int64_t readEnd = int64_t(llvm::alignTo(uint64_t(end), blockBytes));
    const uint8_t *from = Port<P>(core, at).read(ubBytes(address + known, readEnd - address - known));
    if (!from)
      return nullptr;
    uint8_t *to = core.wide(at.result[0]);
    std::memcpy(to, stream.bytes + (stream.count - known), size_t(known));
    std::memcpy(to + known, from, registerBytes - size_t(known));
    Stream next{Stream::Kind::Load, end, lastBlock, readEnd - lastBlock, {}};
    std::memcpy(next.bytes, from + (lastBlock - address - known), size_t(next.count));
    next.putInto(core.wide(at.result[1]));
    return &at + 1;
  }
};

// Stores. Blocks that are full are written at once; what is left of them is for the next store, or for a flush.
// `advances` says whether the stream then goes on behind these bytes or, as vstur can, at the same place.
template <class P>
const Instruction *storeOn(Core &core, const Instruction &at, uint32_t alignIn, uint32_t alignOut, int64_t address,
                           const uint8_t *bytes, int64_t count, bool advances = true) {
  Stream stream = Stream::in(core.wide(alignIn));
  if (stream.kind == Stream::Kind::Fresh)
    stream = {Stream::Kind::Store, address, address, 0, {}};
  if (stream.kind != Stream::Kind::Store || stream.point != address)
    return wrongStream(core, at, stream, Stream::Kind::Store, address);
  if (count < 0 || count > int64_t(registerBytes))
    return core.fault(at, Fault::Kind::Illegal,
                      llvm::formatv("stores {0} bytes; a register has {1}", count, registerBytes));
  int64_t begin = stream.count ? stream.begin : address, end = address + count;
  uint8_t image[blockBytes + registerBytes];
  std::memcpy(image, stream.bytes, size_t(stream.count));
  std::memcpy(image + (address - begin), bytes, size_t(count));
  int64_t written = std::max<int64_t>(blockOf(end) - begin, 0);
  if (written > 0) {
    uint8_t *to = Port<P>(core, at).write(ubBytes(begin, written));
    if (!to)
      return nullptr;
    std::memcpy(to, image, size_t(written));
  }
  Stream next{Stream::Kind::Store, advances ? end : address, begin + written, end - begin - written, {}};
  std::memcpy(next.bytes, image + written, size_t(next.count));
  next.putInto(core.wide(alignOut));
  return &at + 1;
}

template <class P>
const Instruction *flush(Core &core, const Instruction &at, int64_t address) {
  Stream stream = Stream::in(core.wide(at.operand[0]));
  if (stream.kind == Stream::Kind::Fresh)
    return &at + 1;
  if (stream.kind != Stream::Kind::Store || stream.point != address)
    return wrongStream(core, at, stream, Stream::Kind::Store, address);
  if (stream.count == 0)
    return &at + 1;
  uint8_t *to = Port<P>(core, at).write(ubBytes(stream.begin, stream.count));
  if (!to)
    return nullptr;
  std::memcpy(to, stream.bytes, size_t(stream.count));
  return &at + 1;
}

int64_t elements(const Core &core, const Instruction &at, uint32_t slot) {
  return at.carried<PointerStep>().distance(uint64_t(int64_t(int32_t(core.scalar(slot)))));
}

// vstus: operands state, elements, value, base; result the state.
struct StoreCounted {
  template <class P>
  static const Instruction *run(Core &core, const Instruction &at) {
    return storeOn<P>(core, at, at.operand[0], at.result[0], int64_t(core.scalar(at.operand[3])),
                      core.wide(at.operand[2]), elements(core, at, at.operand[1]));
  }
};

// vstas: operands state, base, elements to the end of the stream.
struct FlushCounted {
  template <class P>
  static const Instruction *run(Core &core, const Instruction &at) {
    return flush<P>(core, at, localAddress(core.scalar(at.operand[1]), elements(core, at, at.operand[2])));
  }
};

int64_t behindSqueezed(const Core &core, uint32_t base) {
  return localAddress(core.scalar(base), int64_t(core.vector.streamOffset));
}

// vstur: operands state, value, base; result the state. Stores as much as the last vsqz kept, AR behind the base.
template <bool Advances>
struct StoreSqueezed {
  template <class P>
  static const Instruction *run(Core &core, const Instruction &at) {
    VectorState &state = core.vector;
    if (state.isSqueezeStored)
      return core.fault(at, Fault::Kind::Illegal,
                        "stores what a pto.vsqz kept, and there is none since the last pto.vstur");
    const Instruction *next = storeOn<P>(core, at, at.operand[0], at.result[0], behindSqueezed(core, at.operand[2]),
                                         core.wide(at.operand[1]), state.squeezedBytes, Advances);
    state.isSqueezeStored = true;
    if (Advances)
      state.streamOffset += state.squeezedBytes;
    return next;
  }
};

// vstar: operands state, base.
struct FlushSqueezed {
  template <class P>
  static const Instruction *run(Core &core, const Instruction &at) {
    return flush<P>(core, at, behindSqueezed(core, at.operand[1]));
  }
};

// pstu: operands state, predicate, base; results the state and the moved base. One bit for each lane, lowest first.
template <size_t LaneBytes>
struct StorePredicate {
  template <class P>
  static const Instruction *run(Core &core, const Instruction &at) {
    constexpr int64_t bytes = registerBytes / LaneBytes / 8;
    int64_t base = int64_t(core.scalar(at.operand[2]));
    if (base % bytes != 0)
      return core.fault(at, Fault::Kind::Misaligned,
                        llvm::formatv("accesses ub+{0:x}, which is not a multiple of {1} bytes", base, bytes));
    const uint8_t *predicate = core.wide(at.operand[1]);
    uint8_t packed[bytes] = {};
    for (size_t lane = 0; lane < registerBytes / LaneBytes; ++lane)
      packed[lane / 8] = uint8_t(packed[lane / 8] | predicate[lane * LaneBytes] << lane % 8);
    core.scalar(at.result[1]) = uint64_t(base + bytes);
    return storeOn<P>(core, at, at.operand[0], at.result[0], base, packed, bytes);
  }
};

const Instruction *initAlign(Core &core, const Instruction &at) {
  std::memset(core.wide(at.result[0]), 0, registerBytes);
  return &at + 1;
}

const Instruction *clearStreamOffset(Core &core, const Instruction &at) {
  core.vector.streamOffset = 0;
  return &at + 1;
}

} // namespace

void declareStreams(OpTable &table) {
  table.add("pto.vldas", Code::accessing<OpenLoad>(Pipe::V));
  table.add("pto.vldus", Code::accessing<LoadOn>(Pipe::V));
  table.add("pto.init_align", Code(Pipe::V, initAlign));
  table.add("pto.vstus", Code::accessing<StoreCounted>(Pipe::V).handingOn());
  table.add("pto.vstas", Code::accessing<FlushCounted>(Pipe::V));
  table.add("pto.vstur", "POST_UPDATE", Code::accessing<StoreSqueezed<true>>(Pipe::V).handingOn());
  table.add("pto.vstur", "NO_POST_UPDATE", Code::accessing<StoreSqueezed<false>>(Pipe::V).handingOn());
  table.add("pto.vstar", Code::accessing<FlushSqueezed>(Pipe::V));
  table.add("pto.pstu", "b16", Code::accessing<StorePredicate<2>>(Pipe::V).handingOn());
  table.add("pto.pstu", "b32", Code::accessing<StorePredicate<4>>(Pipe::V).handingOn());
  table.add("pto.sprclr", Code(Pipe::V, clearStreamOffset));
}

} // namespace pto::sim
