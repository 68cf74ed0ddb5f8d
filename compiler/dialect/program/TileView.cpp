// How a tile's elements lie in its memory.
// What cube and fixpipe ask for is implied by the memory.
#include "compiler/dialect/program/TileView.h"

namespace pto::prog {

namespace {

using mlir::ArrayAttr;
using mlir::DictionaryAttr;
using mlir::StringAttr;

bool isColumn(ArrayAttr shape) {
  if (shape.size() != 2)
    return false;
  std::optional<int64_t> rows = constantOf(shape[0]), columns = constantOf(shape[1]);
  return rows && columns && *columns == 1 && *rows > 1;
}

std::string wordOf(DictionaryAttr view, llvm::StringRef key, const std::string &otherwise) {
  auto word = view.getAs<StringAttr>(key);
  return word ? word.str() : otherwise;
}

} // namespace

TileView implicitView(ArrayAttr shape, MemorySpace memory) {
  TileView view;
  view.validShape = shape;
  if (isColumn(shape))
    view.blockLayout = "col_major";
  switch (memory) {
  case MemorySpace::Acc:
    view.fractal = 1024;
    [[fallthrough]];
  case MemorySpace::Mat:
  case MemorySpace::Left:
    view.blockLayout = "col_major";
    view.scatterLayout = "row_major";
    break;
  case MemorySpace::Right:
    view.scatterLayout = "col_major";
    break;
  default:
    break;
  }
  return view;
}

TileView viewOf(TileType type) {
  TileView view = implicitView(type.getShape(), type.getMemory());
  DictionaryAttr stated = type.getView();
  if (!stated)
    return view;
  if (auto valid = stated.getAs<ArrayAttr>("valid_shape"))
    view.validShape = valid;
  view.stride = stated.getAs<ArrayAttr>("stride");
  view.startOffset = stated.get("start_offset");
  view.blockLayout = wordOf(stated, "blayout", view.blockLayout);
  view.scatterLayout = wordOf(stated, "slayout", view.scatterLayout);
  view.pad = wordOf(stated, "pad", view.pad);
  if (auto fractal = stated.getAs<mlir::IntegerAttr>("fractal"))
    view.fractal = fractal.getInt();
  return view;
}

TileType tileWith(ArrayAttr shape, DType dtype, MemorySpace memory, const TileView &view, DictionaryAttr memref) {
  mlir::MLIRContext *context = shape.getContext();
  TileView implied = implicitView(shape, memory);
  llvm::SmallVector<mlir::NamedAttribute, 4> entries;
  auto add = [&](llvm::StringRef key, mlir::Attribute value) {
    entries.emplace_back(StringAttr::get(context, key), value);
  };
  auto addWord = [&](llvm::StringRef key, const std::string &value, const std::string &impliedValue) {
    if (value != impliedValue)
      add(key, StringAttr::get(context, value));
  };
  if (view.validShape && view.validShape != shape)
    add("valid_shape", view.validShape);
  if (view.stride && !view.stride.empty())
    add("stride", view.stride);
  if (view.startOffset)
    add("start_offset", view.startOffset);
  addWord("blayout", view.blockLayout, implied.blockLayout);
  addWord("slayout", view.scatterLayout, implied.scatterLayout);
  addWord("pad", view.pad, implied.pad);
  if (view.fractal != implied.fractal)
    add("fractal", constantDim(context, view.fractal));
  DictionaryAttr stated = entries.empty() ? DictionaryAttr() : DictionaryAttr::get(context, entries);
  return TileType::get(context, shape, dtype, memory, stated, memref);
}

TileType withMemory(TileType type, MemorySpace memory) {
  TileView view = viewOf(type);
  TileView before = implicitView(type.getShape(), type.getMemory());
  TileView after = implicitView(type.getShape(), memory);
  if (view.blockLayout == before.blockLayout && view.scatterLayout == before.scatterLayout &&
      view.fractal == before.fractal) {
    view.blockLayout = after.blockLayout;
    view.scatterLayout = after.scatterLayout;
    view.fractal = after.fractal;
  }
  return tileWith(type.getShape(), type.getDtype(), memory, view, type.getMemref());
}

} // namespace pto::prog
