// The table of the language's operations, and their names for whoever makes or looks for one.
// A new operation is a row here; a new way to find a result's type is a rule in ResultTypes.h.
#pragma once

#include "compiler/dialect/program/ResultTypes.h"
#include "compiler/dialect/program/RowReader.h"

namespace pto::prog {

namespace rows {

using namespace rules;
using enum Place;
using enum Work;
using enum InKernel;

// name, parameters, rule for the result, where a tile lies that comes out or what the operation is in a kernel, work
inline constexpr OpRecord table[] = {
    // Memory
    {"tile.load",
     "tensor: in tensor, offsets: indices, shapes: shape, valid_shapes: shape = shapes, @target_memory: memory = "
     "Mem.Vec, @transpose: bool = False",
     load, Keyword, Load},
    {"tile.store", "tile: in Anywhere, offsets: indices, output_tensor: out tensor, shapes: shape = none", store, None,
     Carry},
    {"tile.mscatter", "src: in Vec, idx: in Vec, output_tensor: out tensor", store, None, Carry},
    {"tile.move",
     "tile: in Anywhere, @target_memory: memory, @blayout: word(TileLayout.) = none, @slayout: word(TileLayout.) = "
     "none",
     move, Keyword, Carry},
    {"tile.create", "shape: static_shape, @dtype: dtype, @target_memory: memory = Mem.Vec", create, Keyword, Nobody},
    {"tile.full", "shape: static_shape, @dtype: dtype, value: scalar", create, Vec, Vector},
    {"tile.alloc", "@memory_space: memory, @size: int", allocation, None, Nobody},
    {"tile.read", "tile: in Anywhere, indices: indices", read, None, Scalar},
    {"tile.write", "tile: out Anywhere, indices: indices, value: scalar", write, Operand, Scalar},
    {"tile.get_block_idx", "", index, None, Nobody},
    {"tile.get_subblock_idx", "", index, None, Nobody},
    {"tile.get_block_num", "", index, None, Nobody},
    {"tensor.create", "shape: shape, @dtype: dtype, @layout: word(TensorLayout.) = TensorLayout.ND", create, Create,
     Nobody},
    {"tensor.full", "shape: shape, @dtype: dtype, value: scalar", create, SameName, Nobody},
    {"tensor.alloc", "@memory_space: memory, @size: int", allocation, Global, Nobody},
    {"tensor.read", "tensor: in tensor, indices: indices", read, Element, Scalar},
    {"tensor.write", "tensor: out tensor, indices: indices, value: scalar", write, Element, Scalar},
    {"tensor.dim", "tensor: look tensor, axis: integer", dim, Question, Nobody},
    // Shape
    {"tile.slice", "input: view Anywhere, shape: static_shape, offset: indices, valid_shape: shape = none", slice,
     Operand, Nobody},
    {"tile.reshape", "input: view Anywhere, shape: shape", reshape, Operand, Nobody},
    {"tile.transpose", "input: in Vec, axis1: integer, axis2: integer", transpose, Vec, Vector},
    {"tile.assemble", "target: inout Anywhere, source: in Anywhere, offset: indices", assemble, Operand, Carry},
    {"tile.concat", "src0: in Vec, src1: in Vec", concat, Vec, Vector},
    {"tile.set_validshape", "tile: view Anywhere, valid_rows: integer, valid_cols: integer", setValidShape, Operand,
     Nobody},
    {"tile.scatter_update", "input: inout Vec, @dim: int, index: in Vec, src: in Vec", firstLike, Vec, Vector},
    {"tile.fillpad", "tile: in Vec, @pad_value: word(PadValue.) = PadValue.zero", fillpad, Vec, Vector},
    {"tile.fillpad_inplace", "tile: out Vec, @pad_value: word(PadValue.) = PadValue.zero", fillpad, Vec, Vector},
    {"tensor.slice", "input: view tensor, shape: shape, offset: indices, valid_shape: shape = none", slice, View,
     Nobody},
    {"tensor.reshape", "input: view tensor, shape: shape, valid_shape: shape = none", reshape, View, Nobody},
    {"tensor.transpose", "input: in tensor, axis1: integer, axis2: integer, valid_shape: shape = none", transpose,
     SameName, Nobody},
    {"tensor.assemble", "target: out tensor, source: in tensor, offset: indices", assemble, Store, Nobody},
    {"tensor.concat", "src0: in tensor, src1: in tensor", concat, SameName, Nobody},
    {"tensor.set_validshape", "tensor: view tensor, valid_rows: integer, valid_cols: integer", setValidShape, View,
     Nobody},
    {"tensor.scatter_update", "input: out tensor, @dim: int, index: in tensor, src: in tensor", firstLike, Scatter,
     Nobody},
    {"tensor.fillpad", "tensor: in tensor, @pad_value: word(PadValue.) = PadValue.zero", fillpad, SameName, Nobody},
    {"tensor.expand_clone", "input: in tensor, target: out tensor", secondLike, Fill, Nobody},
    // Element by element
    {"tile.add", "lhs: in Vec, rhs: in Vec", elementwise, VecInPlace, Vector},
    {"tile.sub", "lhs: in Vec, rhs: in Vec", elementwise, VecInPlace, Vector},
    {"tile.mul", "lhs: in Vec, rhs: in Vec", elementwise, VecInPlace, Vector},
    {"tile.div", "lhs: in Vec, rhs: in Vec", elementwise, VecInPlace, Vector},
    {"tile.rem", "lhs: in Vec, rhs: in Vec", elementwise, Vec, Vector},
    {"tile.maximum", "lhs: in Vec, rhs: in Vec", elementwise, VecInPlace, Vector},
    {"tile.minimum", "lhs: in Vec, rhs: in Vec", elementwise, VecInPlace, Vector},
    {"tile.and", "lhs: in Vec, rhs: in Vec", elementwise, VecInPlace, Vector},
    {"tile.or", "lhs: in Vec, rhs: in Vec", elementwise, VecInPlace, Vector},
    {"tile.shl", "lhs: in Vec, rhs: in Vec", shift, VecInPlace, Vector},
    {"tile.shr", "lhs: in Vec, rhs: in Vec", shift, VecInPlace, Vector},
    {"tile.adds", "lhs: in Vec, rhs: scalar", elementwiseScalar, VecInPlace, Vector},
    {"tile.subs", "lhs: in Vec, rhs: scalar", elementwiseScalar, VecInPlace, Vector},
    {"tile.muls", "lhs: in Vec, rhs: scalar", elementwiseScalar, VecInPlace, Vector},
    {"tile.divs", "lhs: in Vec, rhs: scalar", elementwiseScalar, VecInPlace, Vector},
    {"tile.rems", "lhs: in Vec, rhs: scalar", elementwiseScalar, Vec, Vector},
    {"tile.maxs", "lhs: in Vec, rhs: scalar", elementwiseScalar, VecInPlace, Vector},
    {"tile.mins", "lhs: in Vec, rhs: scalar", elementwiseScalar, VecInPlace, Vector},
    {"tile.ands", "lhs: in Vec, rhs: scalar", elementwiseScalar, VecInPlace, Vector},
    {"tile.ors", "lhs: in Vec, rhs: scalar", elementwiseScalar, VecInPlace, Vector},
    {"tile.shls", "lhs: in Vec, rhs: scalar", elementwiseScalar, VecInPlace, Vector},
    {"tile.shrs", "lhs: in Vec, rhs: scalar", elementwiseScalar, VecInPlace, Vector},
    {"tile.lrelu", "tile: in Vec, slope: scalar", elementwiseScalar, VecInPlace, Vector},
    {"tile.xor", "lhs: in Vec, rhs: in Vec, tmp: scratch Vec", ternary, Vec, Vector},
    {"tile.xors", "lhs: in Vec, rhs: scalar, tmp: scratch Vec", elementwiseScalar, Vec, Vector},
    {"tile.prelu", "tile: in Vec, slope: in Vec, tmp: scratch Vec", ternary, Vec, Vector},
    {"tile.addc", "lhs: in Vec, rhs: in Vec, rhs2: in Vec", ternary, VecInPlace, Vector},
    {"tile.subc", "lhs: in Vec, rhs: in Vec, rhs2: in Vec", ternary, VecInPlace, Vector},
    {"tile.addsc", "lhs: in Vec, rhs: scalar, rhs2: in Vec", elementwiseScalar, VecInPlace, Vector},
    {"tile.subsc", "lhs: in Vec, rhs: scalar, rhs2: in Vec", elementwiseScalar, VecInPlace, Vector},
    {"tile.sel", "mask: in Vec, lhs: in Vec, rhs: in Vec", secondLike, Vec, Vector},
    {"tile.sels", "lhs: in Vec, rhs: in Vec, select_mode: scalar", elementwise, Vec, Vector},
    {"tile.cmp", "lhs: in Vec, rhs: in Vec, @cmp_type: int = 0", rules::compare, Vec, Vector},
    {"tile.cmps", "lhs: in Vec, rhs: scalar, @cmp_type: int = 0", rules::compare, Vec, Vector},
    {"tile.neg", "tile: in Vec", sameShape, VecInPlace, Vector},
    {"tile.exp", "tile: in Vec", sameShape, VecInPlace, Vector},
    {"tile.log", "tile: in Vec", sameShape, VecInPlace, Vector},
    {"tile.sqrt", "tile: in Vec", sameShape, VecInPlace, Vector},
    {"tile.rsqrt", "tile: in Vec, tmp: scratch Vec = none", sameShape, Vec, Vector},
    {"tile.recip", "tile: in Vec", sameShape, Vec, Vector},
    {"tile.abs", "tile: in Vec", sameShape, VecInPlace, Vector},
    {"tile.relu", "tile: in Vec", sameShape, VecInPlace, Vector},
    {"tile.not", "tile: in Vec", sameShape, VecInPlace, Vector},
    {"tile.cast", "tile: in Vec, @target_type: dtype, @mode: text = round", castTo, Vec, Vector},
    {"tensor.add", "lhs: in tensor, rhs: in tensor", elementwise, Broadcast, Nobody},
    {"tensor.sub", "lhs: in tensor, rhs: in tensor", elementwise, Broadcast, Nobody},
    {"tensor.mul", "lhs: in tensor, rhs: in tensor", elementwise, Broadcast, Nobody},
    {"tensor.div", "lhs: in tensor, rhs: in tensor", elementwise, Broadcast, Nobody},
    {"tensor.maximum", "lhs: in tensor, rhs: in tensor", elementwise, Broadcast, Nobody},
    {"tensor.adds", "lhs: in tensor, rhs: scalar", elementwiseScalar, WithScalar, Nobody},
    {"tensor.subs", "lhs: in tensor, rhs: scalar", elementwiseScalar, WithScalar, Nobody},
    {"tensor.muls", "lhs: in tensor, rhs: scalar", elementwiseScalar, WithScalar, Nobody},
    {"tensor.divs", "lhs: in tensor, rhs: scalar", elementwiseScalar, WithScalar, Nobody},
    {"tensor.neg", "input: in tensor", sameShape, SameName, Nobody},
    {"tensor.exp", "input: in tensor", sameShape, SameName, Nobody},
    {"tensor.sqrt", "input: in tensor", sameShape, SameName, Nobody},
    {"tensor.rsqrt", "input: in tensor, @high_precision: bool = False", sameShape, Rsqrt, Nobody},
    {"tensor.recip", "input: in tensor", sameShape, SameName, Nobody},
    {"tensor.cast", "input: in tensor, @target_type: dtype, @mode: text = round", castTo, SameName, Nobody},
    // Reductions and broadcasts
    {"tile.row_sum", "tile: in Vec, tmp_tile: scratch Vec", reduceLast, Vec, Vector},
    {"tile.row_max", "tile: in Vec, tmp_tile: scratch Vec", reduceLast, Vec, Vector},
    {"tile.row_min", "tile: in Vec, tmp_tile: scratch Vec", reduceLast, Vec, Vector},
    {"tile.sum", "tile: in Vec, @axis: int, @keepdim: bool = False", reduceAxis, Vec, Vector},
    {"tile.max", "tile: in Vec, @axis: int, @keepdim: bool = False", reduceAxis, Vec, Vector},
    {"tile.min", "tile: in Vec, @axis: int, @keepdim: bool = False", reduceAxis, Vec, Vector},
    {"tensor.row_sum", "input: in tensor", reduceLast, RowReduction, Nobody},
    {"tensor.row_max", "input: in tensor", reduceLast, RowReduction, Nobody},
    {"tensor.row_min", "input: in tensor", reduceLast, RowReduction, Nobody},
    {"tile.row_expand", "target: in Vec, row_vec: in Vec", expandRows, Vec, Vector},
    {"tile.row_expand_add", "tile: in Vec, row_vec: in Vec", expandRows, Vec, Vector},
    {"tile.row_expand_sub", "tile: in Vec, row_vec: in Vec", expandRows, Vec, Vector},
    {"tile.row_expand_mul", "tile: in Vec, row_vec: in Vec", expandRows, Vec, Vector},
    {"tile.row_expand_div", "tile: in Vec, row_vec: in Vec", expandRows, Vec, Vector},
    {"tile.col_expand", "target: in Vec, col_tile: in Vec", expandColumns, Vec, Vector},
    {"tile.col_expand_sub", "target: in Vec, col_tile: in Vec", expandColumns, Vec, Vector},
    {"tile.col_expand_mul", "target: in Vec, col_tile: in Vec", expandColumns, Vec, Vector},
    {"tile.col_expand_div", "target: in Vec, col_tile: in Vec", expandColumns, Vec, Vector},
    {"tile.expands", "target: in Vec, scalar: scalar", expandScalar, Vec, Vector},
    {"tensor.row_expand", "target: in tensor, row_vec: in tensor", expandRows, SameName, Nobody},
    {"tensor.row_expand_add", "tensor: in tensor, row_vec: in tensor", expandRows, SameName, Nobody},
    {"tensor.row_expand_sub", "tensor: in tensor, row_vec: in tensor", expandRows, SameName, Nobody},
    {"tensor.row_expand_mul", "tensor: in tensor, row_vec: in tensor", expandRows, SameName, Nobody},
    {"tensor.row_expand_div", "tensor: in tensor, row_vec: in tensor", expandRows, SameName, Nobody},
    {"tensor.col_expand", "tensor: in tensor, col_vec: in tensor", expandColumns, SameName, Nobody},
    {"tensor.col_expand_sub", "tensor: in tensor, col_vec: in tensor", expandColumns, SameName, Nobody},
    {"tensor.col_expand_mul", "tensor: in tensor, col_vec: in tensor", expandColumns, SameName, Nobody},
    {"tensor.col_expand_div", "tensor: in tensor, col_vec: in tensor", expandColumns, SameName, Nobody},
    {"tensor.expands", "target: in tensor, scalar: scalar", expandScalar, SameName, Nobody},
    // Cube
    {"tile.matmul", "lhs: in Left, rhs: in Right", matmul, Acc, Cube},
    {"tile.matmul_acc", "acc: inout Acc, lhs: in Left, rhs: in Right", matmulAcc, Acc, Cube},
    {"tile.matmul_bias", "lhs: in Left, rhs: in Right, bias: in Bias", matmulBias, Acc, Cube},
    {"tile.batch_matmul", "lhs: in Left, rhs: in Right", matmul, Acc, Cube},
    {"tile.gemv", "lhs: in Left, rhs: in Right", matmul, Acc, Cube},
    {"tile.gemv_acc", "acc: inout Acc, lhs: in Left, rhs: in Right", matmulAcc, Acc, Cube},
    {"tile.gemv_bias", "lhs: in Left, rhs: in Right, bias: in Bias", matmulBias, Acc, Cube},
    {"tensor.matmul",
     "lhs: in tensor, rhs: in tensor, @out_dtype: dtype = none, @a_trans: bool = False, @b_trans: bool = False, "
     "@c_matrix_nz: bool = False",
     matmul, Matmul, Nobody},
    {"tensor.matmul_acc",
     "acc: in tensor, lhs: in tensor, rhs: in tensor, @a_trans: bool = False, @b_trans: bool = False", matmulAcc,
     MatmulAcc, Nobody},
    // Sorting and gathering
    {"tile.sort32", "src: in Vec, idx: in Vec", sort32, Vec, Vector},
    {"tile.mrgsort_format1", "src: in Vec, block_len: integer", firstLike, Vec, Vector},
    {"tile.mrgsort_format2",
     "src0: in Vec, src1: in Vec, src2: in Vec, src3: in Vec, tmp: scratch Vec, executed: scratch Vec, @exhausted: "
     "bool = False",
     annotated, Vec, Vector},
    {"tile.gather", "src: in Vec, indices: in Vec, tmp: scratch Vec", gather, Vec, Vector},
    {"tile.gather_mask", "src: in Vec, @mask_pattern: int, @output_dtype: dtype = none", gatherMask, Vec, Vector},
    // Between cores
    {"tile.tpush_to_aiv", "tile: in Anywhere, @split: int", nothing, None, Carry},
    {"tile.tpush_to_aic", "tile: in Anywhere, @split: int", nothing, None, Carry},
    {"tile.tpop_from_aic", "@split: int = 0", annotated, None, Load},
    {"tile.tpop_from_aiv", "@split: int = 0", annotated, None, Load},
    {"system.tfree_to_aic", "tile: in Anywhere", nothing, Nobody},
    {"system.tfree_to_aiv", "tile: in Anywhere", nothing, Nobody},
    {"system.aic_initialize_pipe",
     "c2v_consumer_buf: integer = none, v2c_consumer_buf: integer = none, @dir_mask: int, @slot_size: int", nothing,
     Nobody},
    {"system.aiv_initialize_pipe",
     "c2v_consumer_buf: integer = none, v2c_consumer_buf: integer = none, @dir_mask: int, @slot_size: int", nothing,
     Nobody},
    {"system.reserve_buffer", "@name: text, @size: int, @base: int = -1", buffer, Nobody},
    {"system.import_peer_buffer", "@name: text, @peer_func: text", buffer, Nobody},
    // Synchronization
    {"system.sync_src", "@set_pipe: word(PipeType.), @wait_pipe: word(PipeType.), @event_id: int", nothing, Sync},
    {"system.sync_dst", "@set_pipe: word(PipeType.), @wait_pipe: word(PipeType.), @event_id: int", nothing, Sync},
    {"system.bar_v", "", nothing, Sync},
    {"system.bar_m", "", nothing, Sync},
    {"system.bar_all", "", nothing, Sync},
};

} // namespace rows

/// `"tile.move"_op`; a name that is no operation's does not compile.
consteval const OpRecord &operator""_op(const char *name, size_t size) {
  for (const OpRecord &record : rows::table)
    if (std::string_view(record.name) == std::string_view(name, size))
      return record;
  refuseRow("there is no operation of this name");
}

} // namespace pto::prog
