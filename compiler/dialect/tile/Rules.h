// What tile operations ask of their operands beyond each one's own memory and elements.
#pragma once

#include "compiler/dialect/tile/Record.h"

namespace pto::ir::tile::rules {

// What the rules ask with. A size that is only known when the kernel runs fits every other.
namespace checks {

bool mayEqual(int64_t a, int64_t b);
// The data tiles, without scalars in their place.
llvm::SmallVector<Filled> dataOf(const Operands &operands);
const Filled &destination(const Operands &operands);
mlir::LogicalResult verifyRows(const Operands &operands, const Filled &one, int64_t rows, const llvm::Twine &why);
mlir::LogicalResult verifyColumns(const Operands &operands, const Filled &one, int64_t columns, const llvm::Twine &why);

} // namespace checks

#define PTO_TILE_RULE(NAME) mlir::LogicalResult NAME(const Operands &operands)

// The data tiles have one element type; one valid shape, as far as the types say.
PTO_TILE_RULE(sameElements);
PTO_TILE_RULE(sameValid);
PTO_TILE_RULE(sameValidRows);
PTO_TILE_RULE(sameBytes);
PTO_TILE_RULE(scalarIsElement);

// Moves between global memory and tiles.
PTO_TILE_RULE(load);
PTO_TILE_RULE(store);
PTO_TILE_RULE(move);

// One row or column for many.
PTO_TILE_RULE(reducesRows);
PTO_TILE_RULE(reducesRowsOrNone);
PTO_TILE_RULE(reducesColumns);
PTO_TILE_RULE(reducesColumnsOrNone);
PTO_TILE_RULE(expandsRows);
PTO_TILE_RULE(expandsColumns);
PTO_TILE_RULE(rowPerRow);
PTO_TILE_RULE(columnPerColumn);

PTO_TILE_RULE(convert);
PTO_TILE_RULE(compare);
PTO_TILE_RULE(addScaled);
PTO_TILE_RULE(transpose);
PTO_TILE_RULE(oneScalarOneTile);
PTO_TILE_RULE(product);
PTO_TILE_RULE(rowProduct);
PTO_TILE_RULE(mxProduct);
PTO_TILE_RULE(mxRowProduct);
PTO_TILE_RULE(part);
PTO_TILE_RULE(partPosition);

PTO_TILE_RULE(gather);
PTO_TILE_RULE(scatter);
PTO_TILE_RULE(sort);
PTO_TILE_RULE(merge);
PTO_TILE_RULE(quantize);
PTO_TILE_RULE(element);
PTO_TILE_RULE(extract);
PTO_TILE_RULE(insert);
PTO_TILE_RULE(histogram);
PTO_TILE_RULE(exactNeedsScratch);
PTO_TILE_RULE(onlyA5);
PTO_TILE_RULE(onlyA2A3);

#undef PTO_TILE_RULE

} // namespace pto::ir::tile::rules
