// Operations on tiles and views: which of the instructions in ops/tiles each becomes, and on which pipe.
#include "compiler/dialect/Ops.h"
#include "compiler/dialect/tile/Elementwise.h"
#include "compiler/dialect/tile/Matrix.h"
#include "compiler/dialect/tile/Move.h"
#include "compiler/dialect/tile/Reduce.h"
#include "compiler/dialect/tile/View.h"
#include "sim/decode/Decoder.h"
#include "sim/ops/Conversions.h"
#include "sim/ops/tiles/Elementwise.h"
#include "sim/ops/tiles/Tiles.h"
#include "sim/run/Control.h"

using namespace mlir;

namespace pto::sim {

namespace {

// Registers of views and tiles.

TileOperand operandOf(Decoder &decoder, Operation *op, Value value) {
  std::optional<TileForm> form = tileForm(value.getType());
  if (!form)
    decoder.refuse(op, "values of type " + text(value.getType()) + " are not simulated");
  return {decoder.slot(value), form.value_or(TileForm())};
}

void emitCopy(Decoder &decoder, Operation *op, uint32_t from, uint32_t to) {
  Instruction &copy = decoder.emit(op, control::copyScalar);
  copy.operand[0] = from;
  copy.result[0] = to;
}

void decodeAlloc(Decoder &decoder, Operation *op) {
  auto alloc = cast<ir::AllocTileOp>(op);
  auto type = cast<ir::TileBufType>(alloc.getResult().getType());
  TileOperand tile = operandOf(decoder, op, alloc.getResult());
  decoder.noteTile(tile.form.space);
  auto set = [&](TileRegister which, Value value, int64_t known) {
    emitCopy(decoder, op, value ? decoder.slot(value) : decoder.constant(uint64_t(known)), tile.at(which));
  };
  set(TileRegister::Base, alloc.getAddr(),
      alloc.getAddr() ? 0 : int64_t(decoder.allocate(tile.form.space, uint64_t(type.getBytes()))));
  set(TileRegister::Rows, {}, type.getRows());
  set(TileRegister::Columns, {}, type.getColumns());
  set(TileRegister::ValidRows, alloc.getValidRow(), type.getValidRows());
  set(TileRegister::ValidColumns, alloc.getValidCol(), type.getValidColumns());
}

template <class Values>
llvm::SmallVector<uint32_t, viewRank> slotsOf(Decoder &decoder, Values values) {
  llvm::SmallVector<uint32_t, viewRank> slots;
  for (Value value : values)
    slots.push_back(decoder.slot(value));
  return slots;
}

void emitView(Decoder &decoder, Operation *op, const Code &code, ViewForm form) {
  if (form.sizes.size() > viewRank)
    return decoder.refuse(op, "views of " + llvm::Twine(form.sizes.size()) +
                                  " dimensions are not simulated; views have at most 5");
  decoder.emit(op, code).carry(decoder.keep(std::move(form)));
}

void decodeMakeView(Decoder &decoder, Operation *op) {
  auto view = cast<ir::MakeTensorViewOp>(op);
  ViewForm form{decoder.slot(view.getResult()), decoder.slot(view.getPointer()), slotsOf(decoder, view.getShape()),
                slotsOf(decoder, view.getStrides())};
  std::optional<ir::TensorLayout> layout = view.getLayout();
  form.infersOrder = !layout;
  switch (layout.value_or(ir::TensorLayout::Nd)) {
  case ir::TensorLayout::Nd:
    break;
  case ir::TensorLayout::Dn:
    form.order = ViewOrder::DN;
    break;
  case ir::TensorLayout::Nz:
    form.order = ViewOrder::NZ;
    break;
  default:
    return decoder.refuse(op, "views in the order " + ir::stringifyTensorLayout(*layout) + " are not simulated");
  }
  emitView(decoder, op, tiles::makeView, std::move(form));
}

void decodePartition(Decoder &decoder, Operation *op) {
  auto part = cast<ir::PartitionViewOp>(op);
  ViewForm form{decoder.slot(part.getResult()), decoder.slot(part.getView()), slotsOf(decoder, part.getSizes()),
                slotsOf(decoder, part.getOffsets())};
  form.elementBytes = ir::bytesOf(cast<ir::PartitionTensorViewType>(part.getResult().getType()).getElementType());
  emitView(decoder, op, tiles::takePart, std::move(form));
}

template <class Op>
void decodeSubview(Decoder &decoder, Operation *op) {
  auto part = cast<Op>(op);
  auto type = cast<ir::TileBufType>(part.getResult().getType());
  TileOperand whole = operandOf(decoder, op, part.getTile());
  auto valid = [&](unsigned index, int64_t known) {
    return part.getValid().empty() ? decoder.constant(uint64_t(known)) : decoder.slot(part.getValid()[index]);
  };
  decoder.emit(op, tiles::subview)
      .carry(decoder.keep(SubviewForm{decoder.slot(part.getResult()), whole.slot, decoder.slot(part.getOffsets()[0]),
                                      decoder.slot(part.getOffsets()[1]), valid(0, type.getValidRows()),
                                      valid(1, type.getValidColumns()), whole.form}));
}

void decodeSetValid(Decoder &decoder, Operation *op) {
  auto set = cast<ir::SetValidShapeOp>(op);
  TileOperand tile = operandOf(decoder, op, set.getTile());
  emitCopy(decoder, op, decoder.slot(set.getValidRow()), tile.at(TileRegister::ValidRows));
  emitCopy(decoder, op, decoder.slot(set.getValidCol()), tile.at(TileRegister::ValidColumns));
}

void decodeGetValid(Decoder &decoder, Operation *op) {
  auto get = cast<ir::GetValidShapeOp>(op);
  TileOperand tile = operandOf(decoder, op, get.getTile());
  emitCopy(decoder, op, tile.at(TileRegister::ValidRows), decoder.slot(get.getValidRow()));
  emitCopy(decoder, op, tile.at(TileRegister::ValidColumns), decoder.slot(get.getValidCol()));
}

// The same bytes, seen in another way.
void decodeReshape(Decoder &decoder, Operation *op) {
  TileOperand from = operandOf(decoder, op, op->getOperand(0)), to = operandOf(decoder, op, op->getResult(0));
  auto type = cast<ir::TileBufType>(op->getResult(0).getType());
  auto set = [&](TileRegister which, int64_t known) {
    emitCopy(decoder, op, ShapedType::isDynamic(known) ? from.at(which) : decoder.constant(uint64_t(known)),
             to.at(which));
  };
  emitCopy(decoder, op, from.slot, to.slot);
  set(TileRegister::Rows, type.getRows());
  set(TileRegister::Columns, type.getColumns());
  set(TileRegister::ValidRows, type.getValidRows());
  set(TileRegister::ValidColumns, type.getValidColumns());
}

// Instructions.

/// What the hardware moves from one memory to another with.
Pipe pipeBetween(MemorySpace from, MemorySpace to) {
  if (from == MemorySpace::L0c)
    return Pipe::Fix;
  if (from == MemorySpace::L1)
    return Pipe::Mte1;
  return from == MemorySpace::Ub && to != MemorySpace::Ub ? Pipe::Mte3 : Pipe::V;
}

template <class Form>
void emitTileOp(Decoder &decoder, Operation *op, const Code &code, Form form) {
  decoder.emit(op, code).carry(decoder.keep(std::move(form)));
}

/// Registers of a vector instruction that only this operation uses.
void giveRegisters(Decoder &decoder, Instruction &vector, unsigned operands) {
  for (unsigned i = 0; i < operands; ++i)
    vector.operand[i] = decoder.newWide();
  vector.result[0] = decoder.newWide();
}

/// A scalar in the type of the elements that it meets: the register that has it.
uint32_t scalarOf(Decoder &decoder, Operation *op, Value value, Type element) {
  Type type = value.getType();
  if (type == element || (type.isIntOrIndex() && isa<IntegerType>(element)))
    return decoder.slot(value);
  std::optional<ScalarType> from = scalarType(type), to = scalarType(element);
  if (!from || from->isPair || !to || to->isPair) {
    decoder.refuse(op, op->getName().getStringRef() + " of " + text(element) + " with a scalar of type " + text(type) +
                           " is not simulated");
    return 0;
  }
  uint32_t converted = decoder.newScalar();
  Instruction &conversion = decoder.emit(op, tiles::convertScalar);
  conversion.operand[0] = decoder.slot(value);
  conversion.result[0] = converted;
  conversion.carry(decoder.keep(ScalarConversionForm{from->bits, to->bits, from->floating, to->floating}));
  return converted;
}

/// Of each operand of an element-wise operation: where its elements come from.
enum class Shape : uint8_t { AllSame, OneForRow, OneForColumn };

ElementSource sourceOf(Shape shape, ir::TileBufType tile, ir::TileBufType result) {
  if (shape == Shape::OneForColumn)
    return ElementSource::PerColumn;
  return ir::isRowMajor(tile) && tile.getColumns() != 1 ? ElementSource::PerRunOfRow : ElementSource::PerRow;
}

/// Which of two operands has one element for a row, or for a column, of the result.
Value expandedOf(const ir::tile::Operands &operands, ir::TileBufType result) {
  auto hasShape = [&](Value value) {
    auto tile = cast<ir::TileBufType>(value.getType());
    return tile.getRows() == result.getRows() && tile.getColumns() == result.getColumns() &&
           tile.getBlock() == result.getBlock();
  };
  Value a = operands.filled[0].value, b = operands.ins > 1 ? operands.filled[1].value : Value();
  return b && isa<ir::TileBufType>(b.getType()) && hasShape(a) ? b : a;
}

// The vector instruction of that name does it for each element, or what is declared under the operation's own name.
template <class Op, Shape shape = Shape::AllSame>
void decodeElementwise(Decoder &decoder, Operation *op, llvm::StringRef vectorOp, bool updates = false) {
  ir::tile::Operands operands(op, Op::record());
  Value destination = operands.filled.back().value;
  auto type = cast<ir::TileBufType>(destination.getType());
  TileOperand result = operandOf(decoder, op, destination);
  const Code *code = vectorOp.empty() ? &tiles::same : opTable().find(vectorOp, "", result.form.lanes);
  if (!code && vectorOp == "pto.vdiv")
    code = opTable().find("pto.tdiv", "", result.form.lanes);
  if (!code)
    return decoder.refuse(op, op->getName().getStringRef() + " of " + name(result.form.lanes) + " is not simulated");
  ElementwiseForm form(*code);
  form.destination = result;
  Value expanded = shape == Shape::AllSame ? Value() : expandedOf(operands, type);
  auto add = [&](Value value) {
    TileInput input;
    if (auto tile = dyn_cast<ir::TileBufType>(value.getType())) {
      input.tile = operandOf(decoder, op, value);
      input.source = value == expanded ? sourceOf(shape, tile, type) : ElementSource::Same;
    } else {
      input.source = ElementSource::Scalar;
      input.scalar = scalarOf(decoder, op, value, type.getElementType());
    }
    form.inputs.push_back(input);
  };
  if (updates)
    add(destination);
  for (const ir::tile::Filled &filled : llvm::ArrayRef(operands.filled).take_front(operands.ins))
    if (filled.slot->role != ir::tile::Role::Scratch)
      add(filled.value);
  giveRegisters(decoder, form.vector, unsigned(form.inputs.size()) + 1);
  for (auto [index, input] : llvm::enumerate(form.inputs))
    input.wide = form.vector.operand[index];
  form.mask = form.vector.operand[form.inputs.size()];
  if (code == &tiles::same)
    form.vector.result[0] = form.vector.operand[0];
  emitTileOp(decoder, op, tiles::elementwise, std::move(form));
}

void decodeLoad(Decoder &decoder, Operation *op) {
  auto load = cast<ir::TloadOp>(op);
  emitTileOp(decoder, op, tiles::load(Pipe::Mte2),
             TransferForm{operandOf(decoder, op, load.getDst()), decoder.slot(load.getSrc())});
}

void decodeStore(Decoder &decoder, Operation *op) {
  auto store = cast<ir::TstoreOp>(op);
  TileOperand tile = operandOf(decoder, op, store.getSrc());
  Type element = cast<ir::TileBufType>(store.getSrc().getType()).getElementType(),
       target = cast<ir::PartitionTensorViewType>(store.getDst().getType()).getElementType();
  if (store.getQuant() || store.getFp() ||
      store.getAtomicType().value_or(ir::AtomicType::None) != ir::AtomicType::None ||
      store.getReluPreMode().value_or(ir::ReluPreMode::NoRelu) != ir::ReluPreMode::NoRelu || element != target)
    return decoder.refuse(op, "pto.tstore that converts, quantizes, has a relu or adds is not simulated");
  Pipe pipe = tile.form.space == MemorySpace::L0c ? Pipe::Fix : Pipe::Mte3;
  emitTileOp(decoder, op, tiles::store(pipe), TransferForm{tile, decoder.slot(store.getDst())});
}

void emitMove(Decoder &decoder, Operation *op, MoveForm form) {
  if (form.source.form.bytes != form.destination.form.bytes || form.source.form.lanes != form.destination.form.lanes)
    return decoder.refuse(op, op->getName().getStringRef() + " from elements of " + name(form.source.form.lanes) +
                                  " to " + name(form.destination.form.lanes) + " is not simulated");
  emitTileOp(decoder, op, tiles::move(pipeBetween(form.source.form.space, form.destination.form.space)),
             std::move(form));
}

void decodeMove(Decoder &decoder, Operation *op) {
  auto move = cast<ir::TmovOp>(op);
  if (move.getFp() || move.getQuant() || move.getAccToVecMode() ||
      move.getReluPreMode().value_or(ir::ReluPreMode::NoRelu) != ir::ReluPreMode::NoRelu)
    return decoder.refuse(op, "pto.tmov that quantizes, has a relu or names vector cores is not simulated");
  emitMove(decoder, op, {operandOf(decoder, op, move.getSrc()), operandOf(decoder, op, move.getDst())});
}

template <class Op, bool IntoPart>
void decodePart(Decoder &decoder, Operation *op) {
  auto move = cast<Op>(op);
  if (move.getQuant() || move.getReluPreMode().value_or(ir::ReluPreMode::NoRelu) != ir::ReluPreMode::NoRelu)
    return decoder.refuse(op, op->getName().getStringRef() + " that quantizes or has a relu is not simulated");
  MoveForm form{operandOf(decoder, op, move.getSrc()), operandOf(decoder, op, move.getDst())};
  form.row = decoder.slot(move.getRow()), form.column = decoder.slot(move.getColumn());
  form.intoPart = IntoPart;
  emitMove(decoder, op, form);
}

void decodeTranspose(Decoder &decoder, Operation *op) {
  auto transpose = cast<ir::TtransOp>(op);
  MoveForm form{operandOf(decoder, op, transpose.getSrc()), operandOf(decoder, op, transpose.getDst())};
  form.transposes = true;
  emitMove(decoder, op, form);
}

template <class Op>
void decodeFillPad(Decoder &decoder, Operation *op) {
  auto fill = cast<Op>(op);
  MoveForm form{operandOf(decoder, op, fill.getSrc()), operandOf(decoder, op, fill.getDst())};
  emitTileOp(decoder, op, tiles::fillPad(pipeBetween(form.source.form.space, form.destination.form.space)), form);
}

template <class Op>
void decodeReduction(Decoder &decoder, Operation *op, const Code &code) {
  auto reduction = cast<Op>(op);
  ReductionForm form{operandOf(decoder, op, reduction.getSrc()), operandOf(decoder, op, reduction.getDst())};
  const auto &functions = opTable().reductions;
  auto found = functions.find(op->getName().getStringRef());
  form.function = found == functions.end() ? nullptr : found->second[unsigned(form.source.form.lanes)];
  if (!form.function)
    return decoder.refuse(op,
                          op->getName().getStringRef() + " of " + name(form.source.form.lanes) + " is not simulated");
  emitTileOp(decoder, op, code, form);
}

/// What the assembler of August passes on where nothing is said is OFF. A2 and A3 obey that for some types only.
bool saturates(const Decoder &decoder, ir::TcvtOp convert, LaneType from, LaneType to) {
  ir::SaturationMode mode = convert.getSatmode().value_or(ir::SaturationMode::Off);
  if (mode == ir::SaturationMode::On)
    return true;
  using enum LaneType;
  bool canWrap = (from == F16 && (to == S8 || to == U8 || to == S16)) || (from == F32 && to == S16) ||
                 (from == S64 && to == S32) || (from == S32 && to == S16);
  return decoder.arch().name != defaultArch().name && !canWrap;
}

void decodeConvert(Decoder &decoder, Operation *op) {
  auto convert = cast<ir::TcvtOp>(op);
  TileOperand source = operandOf(decoder, op, convert.getA()), destination = operandOf(decoder, op, convert.getDst());
  // NONE is the nearest one, but towards zero where an integer is made of a float.
  auto isFloat = [](Value tile) { return isa<FloatType>(cast<ir::TileBufType>(tile.getType()).getElementType()); };
  llvm::StringRef mode;
  switch (convert.getRmode().value_or(ir::RoundMode::Rint)) {
  case ir::RoundMode::None:
    mode = isFloat(convert.getA()) && !isFloat(convert.getDst()) ? "Z" : "R";
    break;
  case ir::RoundMode::Rint:
  case ir::RoundMode::CastRint:
    mode = "R";
    break;
  case ir::RoundMode::Round:
    mode = "A";
    break;
  case ir::RoundMode::Floor:
    mode = "F";
    break;
  case ir::RoundMode::Ceil:
    mode = "C";
    break;
  case ir::RoundMode::Trunc:
    mode = "Z";
    break;
  case ir::RoundMode::Odd:
    mode = "O";
    break;
  }
  std::string result = name(destination.form.lanes).str();
  const Code *code = opTable().find("pto.vcvt", result + " " + mode.str(), source.form.lanes);
  if (!code)
    code = opTable().find("pto.vcvt", result, source.form.lanes);
  if (!code)
    return decoder.refuse(op, "pto.tcvt from " + name(source.form.lanes) + " to " + result + " with rounding " + mode +
                                  " is not simulated");
  TileConversionForm form(*code);
  form.source = source, form.destination = destination;
  giveRegisters(decoder, form.vector, 2);
  form.vector.carry(ConversionForm{0, saturates(decoder, convert, source.form.lanes, destination.form.lanes)});
  emitTileOp(decoder, op, tiles::convert, std::move(form));
}

// The comparison of two tiles, or of a tile and a scalar.
template <class Op>
void decodeCompare(Decoder &decoder, Operation *op) {
  auto compare = cast<Op>(op);
  auto type = cast<ir::TileBufType>(compare.getA().getType());
  TileOperand first = operandOf(decoder, op, compare.getA());
  llvm::StringRef mode = ir::stringifyCmpMode(compare.getCmpMode().value_or(ir::CmpMode::Eq));
  const Code *code = opTable().find("pto.vcmp", mode, first.form.lanes);
  if (!code)
    return decoder.refuse(op, op->getName().getStringRef() + " of " + name(first.form.lanes) + " is not simulated");
  MaskedForm form(*code);
  form.inputs[0] = first;
  if constexpr (requires { compare.getS(); })
    form.scalar = scalarOf(decoder, op, compare.getS(), type.getElementType());
  else
    form.inputs[1] = operandOf(decoder, op, compare.getB());
  form.mask = operandOf(decoder, op, compare.getDst());
  giveRegisters(decoder, form.vector, 3);
  emitTileOp(decoder, op, tiles::compare, std::move(form));
}

template <class Op>
void decodeSelect(Decoder &decoder, Operation *op) {
  auto select = cast<Op>(op);
  TileOperand destination = operandOf(decoder, op, select.getDst());
  const Code *code = opTable().find("pto.vsel", "", destination.form.lanes);
  if (!code)
    return decoder.refuse(op,
                          op->getName().getStringRef() + " of " + name(destination.form.lanes) + " is not simulated");
  MaskedForm form(*code);
  form.destination = destination;
  form.inputs[0] = operandOf(decoder, op, select.getA());
  if constexpr (requires { select.getS(); })
    form.scalar =
        scalarOf(decoder, op, select.getS(), cast<ir::TileBufType>(select.getDst().getType()).getElementType());
  else
    form.inputs[1] = operandOf(decoder, op, select.getB());
  form.mask = operandOf(decoder, op, select.getMask());
  giveRegisters(decoder, form.vector, 3);
  emitTileOp(decoder, op, tiles::select, std::move(form));
}

void decodeCount(Decoder &decoder, Operation *op) {
  auto count = cast<ir::TciOp>(op);
  emitTileOp(decoder, op, tiles::count,
             CountForm{operandOf(decoder, op, count.getDst()), decoder.slot(count.getS()),
                       count.getDescending().value_or(false)});
}

template <class Op>
void decodeTileProduct(Decoder &decoder, Operation *op) {
  auto product = cast<Op>(op);
  auto element = [](Value tile) { return cast<ir::TileBufType>(tile.getType()).getElementType(); };
  TileProductForm form{operandOf(decoder, op, product.getLhs()), operandOf(decoder, op, product.getRhs()),
                       operandOf(decoder, op, product.getDst())};
  if constexpr (requires { product.getAccumulator(); })
    form.start = operandOf(decoder, op, product.getAccumulator());
  if constexpr (requires { product.getBias(); })
    form.bias = operandOf(decoder, op, product.getBias());
  form.lhsType = factorType(element(product.getLhs())), form.rhsType = factorType(element(product.getRhs()));
  form.multiply = opTable().multiply;
  emitTileOp(decoder, op, tiles::multiply, form);
}

// Nothing orders the pipes of a kernel that says nothing of them: the assembler does, so each operation waits for all
// before it.
void orderAfter(Decoder &decoder, Operation *op) {
  if (decoder.ordersTiles())
    decoder.emit(op, *opTable().find("pto.barrier", "", LaneType::None)).carry(Pipe::All);
}

using Decode = void (*)(Decoder &, Operation *);
template <Decode decode>
void ordered(Decoder &decoder, Operation *op) {
  decode(decoder, op);
  orderAfter(decoder, op);
}

/// A word that a template takes.
template <size_t N>
struct Word {
  char text[N]{};
  constexpr Word(const char (&from)[N]) { std::copy_n(from, N, text); }
};

template <class Op, Word vectorOp, Shape shape = Shape::AllSame, bool updates = false>
void elementwise(DecodeTable &table) {
  table[Op::getOperationName()] = [](Decoder &decoder, Operation *op) {
    decodeElementwise<Op, shape>(decoder, op, vectorOp.text, updates);
    orderAfter(decoder, op);
  };
}
template <Word vectorOp, Shape shape, class... Ops>
void elementwiseOf(DecodeTable &table) {
  (elementwise<Ops, vectorOp, shape>(table), ...);
}

template <class... Ops>
void reductions(DecodeTable &table, bool ofRows) {
  auto decode = [&]<class Op>(Op *) {
    table[Op::getOperationName()] = ofRows ? +[](Decoder &decoder, Operation *op) {
      decodeReduction<Op>(decoder, op, tiles::reduceRows);
      orderAfter(decoder, op);
    }
                                           : +[](Decoder &decoder, Operation *op) {
      decodeReduction<Op>(decoder, op, tiles::reduceColumns);
      orderAfter(decoder, op);
    };
  };
  (decode(static_cast<Ops *>(nullptr)), ...);
}

template <class Op>
void add(DecodeTable &table, Decode decode) {
  table[Op::getOperationName()] = decode;
}

} // namespace

void addTileOps(DecodeTable &table) {
  using namespace ir;
  add<AllocTileOp>(table, decodeAlloc);
  add<MakeTensorViewOp>(table, decodeMakeView);
  add<PartitionViewOp>(table, decodePartition);
  add<SubviewOp>(table, decodeSubview<SubviewOp>);
  add<SubsetOp>(table, decodeSubview<SubsetOp>);
  add<SetValidShapeOp>(table, decodeSetValid);
  add<GetValidShapeOp>(table, decodeGetValid);
  add<TreshapeOp>(table, decodeReshape);
  add<BitcastOp>(table, decodeReshape);

  constexpr Shape same = Shape::AllSame, row = Shape::OneForRow, column = Shape::OneForColumn;
  elementwiseOf<"pto.vadd", same, TaddOp, TaddsOp>(table);
  elementwiseOf<"pto.vadd", row, TrowexpandaddOp>(table);
  elementwiseOf<"pto.vadd", column, TcolexpandaddOp>(table);
  elementwiseOf<"pto.vsub", same, TsubOp, TsubsOp>(table);
  elementwiseOf<"pto.vsub", row, TrowexpandsubOp>(table);
  elementwiseOf<"pto.vsub", column, TcolexpandsubOp>(table);
  elementwiseOf<"pto.vmul", same, TmulOp, TmulsOp>(table);
  elementwiseOf<"pto.vmul", row, TrowexpandmulOp>(table);
  elementwiseOf<"pto.vmul", column, TcolexpandmulOp>(table);
  elementwiseOf<"pto.vdiv", same, TdivOp, TdivsOp>(table);
  elementwiseOf<"pto.vdiv", row, TrowexpanddivOp>(table);
  elementwiseOf<"pto.vdiv", column, TcolexpanddivOp>(table);
  elementwiseOf<"pto.vmax", same, TmaxOp, TmaxsOp>(table);
  elementwiseOf<"pto.vmax", row, TrowexpandmaxOp>(table);
  elementwiseOf<"pto.vmax", column, TcolexpandmaxOp>(table);
  elementwiseOf<"pto.vmin", same, TminOp, TminsOp>(table);
  elementwiseOf<"pto.vmin", row, TrowexpandminOp>(table);
  elementwiseOf<"pto.vmin", column, TcolexpandminOp>(table);
  elementwiseOf<"pto.texpdif", row, TrowexpandexpdifOp>(table);
  elementwiseOf<"pto.texpdif", column, TcolexpandexpdifOp>(table);
  elementwiseOf<"pto.vand", same, TandOp, TandsOp>(table);
  elementwiseOf<"pto.vor", same, TorOp, TorsOp>(table);
  elementwiseOf<"pto.vxor", same, TxorOp, TxorsOp>(table);
  elementwiseOf<"pto.vshl", same, TshlOp, TshlsOp>(table);
  elementwiseOf<"pto.vshr", same, TshrOp, TshrsOp>(table);
  elementwiseOf<"pto.trem", same, TremOp, TremsOp>(table);
  elementwiseOf<"pto.tfmod", same, TfmodOp, TfmodsOp>(table);
  elementwiseOf<"pto.tpow", same, TpowOp, TpowsOp>(table);
  elementwiseOf<"pto.vprelu", same, TpreluOp, TlreluOp>(table);
  elementwiseOf<"pto.taddc", same, TaddcOp, TaddscOp>(table);
  elementwiseOf<"pto.tsubc", same, TsubcOp, TsubscOp>(table);
  elementwise<TaxpyOp, "pto.taxpy", Shape::AllSame, true>(table);
  elementwiseOf<"pto.vabs", same, TabsOp>(table);
  elementwiseOf<"pto.vexp", same, TexpOp>(table);
  elementwiseOf<"pto.vln", same, TlogOp>(table);
  elementwiseOf<"pto.vsqrt", same, TsqrtOp>(table);
  elementwiseOf<"pto.trsqrt", same, TrsqrtOp>(table);
  elementwiseOf<"pto.trecip", same, TrecipOp>(table);
  elementwiseOf<"pto.vrelu", same, TreluOp>(table);
  elementwiseOf<"pto.vneg", same, TnegOp>(table);
  elementwiseOf<"pto.vnot", same, TnotOp>(table);
  elementwiseOf<"", same, TexpandsOp>(table);
  elementwiseOf<"", row, TrowexpandOp>(table);
  elementwiseOf<"", column, TcolexpandOp>(table);

  reductions<TrowsumOp, TrowmaxOp, TrowminOp, TrowprodOp, TrowargmaxOp, TrowargminOp>(table, true);
  reductions<TcolsumOp, TcolmaxOp, TcolminOp, TcolprodOp, TcolargmaxOp, TcolargminOp>(table, false);

  add<TloadOp>(table, ordered<decodeLoad>);
  add<TstoreOp>(table, ordered<decodeStore>);
  add<TmovOp>(table, ordered<decodeMove>);
  add<TextractOp>(table, ordered<decodePart<TextractOp, false>>);
  add<TinsertOp>(table, ordered<decodePart<TinsertOp, true>>);
  add<TtransOp>(table, ordered<decodeTranspose>);
  add<TfillpadOp>(table, ordered<decodeFillPad<TfillpadOp>>);
  add<TfillpadInplaceOp>(table, ordered<decodeFillPad<TfillpadInplaceOp>>);
  add<TfillpadExpandOp>(table, ordered<decodeFillPad<TfillpadExpandOp>>);
  add<TcvtOp>(table, ordered<decodeConvert>);
  add<TcmpOp>(table, ordered<decodeCompare<TcmpOp>>);
  add<TcmpsOp>(table, ordered<decodeCompare<TcmpsOp>>);
  add<TselOp>(table, ordered<decodeSelect<TselOp>>);
  add<TselsOp>(table, ordered<decodeSelect<TselsOp>>);
  add<TciOp>(table, ordered<decodeCount>);
  add<TmatmulOp>(table, ordered<decodeTileProduct<TmatmulOp>>);
  add<TmatmulAccOp>(table, ordered<decodeTileProduct<TmatmulAccOp>>);
  add<TmatmulBiasOp>(table, ordered<decodeTileProduct<TmatmulBiasOp>>);
}

} // namespace pto::sim
