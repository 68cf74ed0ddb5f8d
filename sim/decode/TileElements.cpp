// Operations that compute elements of tiles, each at its place or a line of them together.
#include "compiler/dialect/Ops.h"
#include "compiler/dialect/tile/Elementwise.h"
#include "compiler/dialect/tile/Move.h"
#include "compiler/dialect/tile/Reduce.h"
#include "sim/decode/Tiles.h"
#include "sim/ops/tiles/Elementwise.h"
#include "sim/ops/tiles/Padding.h"
#include "sim/ops/tiles/Partial.h"

using namespace mlir;

namespace pto::sim {

namespace {

/// Of each operand of an element-wise operation: where its elements come from.
enum class Shape : uint8_t { AllSame, OneForRow, OneForColumn, Partial };

/// `isOnly`: the operation has no other. Then it is the first of each row that counts, whatever the layout.
ElementSource sourceOf(Shape shape, ir::TileBufType tile, bool isOnly, const Conventions &conventions) {
  if (shape == Shape::OneForColumn)
    return ElementSource::PerColumn;
  bool hasBlocks = ir::isRowMajor(tile) && tile.getColumns() != 1;
  return hasBlocks && !isOnly && !conventions.isOther(Conventions::RowOperands) ? ElementSource::PerRunOfRow
                                                                                : ElementSource::PerRow;
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

/// What a maximum and a minimum are where no operand is valid: the pad that loses against every number.
std::optional<uint64_t> neitherOf(Decoder &decoder, llvm::StringRef vectorOp, TileForm form) {
  if (vectorOp != "pto.vmax" && vectorOp != "pto.vmin")
    return std::nullopt;
  form.pad = vectorOp == "pto.vmax" ? TilePad::Min : TilePad::Max;
  return padBits(form);
}

// The vector instruction of that name does it for each element, or what is declared under the operation's own name.
template <class Op, Shape shape = Shape::AllSame>
void decodeElementwise(Decoder &decoder, Operation *op, llvm::StringRef vectorOp, bool updates = false) {
  ir::tile::Operands operands(op, Op::record());
  Value destination = operands.filled.back().value;
  auto type = cast<ir::TileBufType>(destination.getType());
  TileOperand result = operandOf(decoder, op, destination);
  // What is declared under the operation's own name goes before the vector instruction, and that before what another
  // operation on tiles has beside it: "pto.tdiv" beside "pto.vdiv".
  std::string tileOp = vectorOp.empty() ? "" : "pto.t" + vectorOp.drop_front(5).str();
  const Code *code = nullptr;
  if constexpr (requires(Op of) { of.getPrecisionType(); })
    if (auto precision = cast<Op>(op).getPrecisionType(); precision && unsigned(*precision) != 0 && !vectorOp.empty())
      code = opTable().find(tileOp + ".high_precision", "", result.form.lanes);
  if (!code)
    code = opTable().find(op->getName().getStringRef(), "", result.form.lanes);
  if (!code)
    code = vectorOp.empty() ? &tiles::same : opTable().find(vectorOp, "", result.form.lanes);
  if (!code)
    code = opTable().find(tileOp, "", result.form.lanes);
  if (!code)
    return decoder.refuse(op, op->getName().getStringRef() + " of " + name(result.form.lanes) + " is not simulated");
  ElementwiseForm form(*code);
  form.destination = result;
  Value expanded = shape == Shape::OneForRow || shape == Shape::OneForColumn ? expandedOf(operands, type) : Value();
  auto add = [&](Value value) {
    TileInput input;
    if (auto tile = dyn_cast<ir::TileBufType>(value.getType())) {
      input.tile = operandOf(decoder, op, value);
      input.source =
          value == expanded ? sourceOf(shape, tile, operands.ins == 1, decoder.conventions) : ElementSource::Same;
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
  if (shape == Shape::Partial)
    form.neither = neitherOf(decoder, vectorOp, result.form);
  emitTileOp(decoder, op, shape == Shape::Partial ? tiles::partial : tiles::elementwise, std::move(form));
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
  if constexpr (requires { compare.getS(); }) {
    form.scalar = scalarOf(decoder, op, compare.getS(), type.getElementType());
    form.isPacked = decoder.conventions.isOther(Conventions::Masks);
  } else
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
    form.scalar = scalarOf(decoder, op, select.getS(), elementOf(select.getDst()));
  else
    form.inputs[1] = operandOf(decoder, op, select.getB());
  form.mask = operandOf(decoder, op, select.getMask());
  giveRegisters(decoder, form.vector, 3);
  emitTileOp(decoder, op, tiles::select, std::move(form));
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

} // namespace

void addTileElements(DecodeTable &table) {
  using namespace ir;
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
  elementwiseOf<"pto.vadd", Shape::Partial, TpartaddOp>(table);
  elementwiseOf<"pto.vmul", Shape::Partial, TpartmulOp>(table);
  elementwiseOf<"pto.vmax", Shape::Partial, TpartmaxOp>(table);
  elementwiseOf<"pto.vmin", Shape::Partial, TpartminOp>(table);
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

  add<TcmpOp>(table, ordered<decodeCompare<TcmpOp>>);
  add<TcmpsOp>(table, ordered<decodeCompare<TcmpsOp>>);
  add<TselOp>(table, ordered<decodeSelect<TselOp>>);
  add<TselsOp>(table, ordered<decodeSelect<TselsOp>>);
}

} // namespace pto::sim
