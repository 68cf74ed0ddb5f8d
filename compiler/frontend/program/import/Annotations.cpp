// Annotations of variables.
// What an annotation says has to agree with the value, and completes its type.
#include "compiler/dialect/program/Dims.h"
#include "compiler/dialect/program/Names.h"
#include "compiler/frontend/program/import/BodyImporter.h"

namespace pto::frontend {

namespace {

prog::Dims mergedDims(prog::Dims stated, prog::Dims found, mlir::MLIRContext *context) {
  prog::DimVector dims;
  for (auto [left, right] : llvm::zip(stated, found))
    dims.push_back(left.isUnknown() ? right : left);
  return {context, dims};
}

} // namespace

mlir::Value BodyImporter::annotate(mlir::Value value, const Expr *annotation, llvm::StringRef name) {
  TypeReader reader = typeReader();
  if (reader.isSilent(annotation))
    return value;
  ReadType stated = reader.read(annotation);
  return stated ? merge(value, stated, annotation, name) : mlir::Value();
}

/// What the annotation says goes first, what it leaves out comes from the value.
mlir::Value BodyImporter::merge(mlir::Value value, const ReadType &stated, const Expr *annotation,
                                llvm::StringRef name) {
  mlir::Type found = value.getType();
  mlir::Operation *op = value.getDefiningOp();
  auto builtin = mlir::dyn_cast_if_present<prog::BuiltinOp>(op);
  bool mayFlatten = builtin && prog::mayBeFlattened(builtin.record()) && mlir::isa<prog::TileType>(stated.type);
  if (!prog::compatible(stated.type, found) && !mayFlatten)
    return fail(annotation->range, "'" + name.str() + "' is annotated as " + prog::programText(stated.type) +
                                       ", its value is " + prog::programText(found));
  if (auto scalar = mlir::dyn_cast<prog::ScalarType>(stated.type)) {
    prog::DType from = mlir::cast<prog::ScalarType>(found).getDtype(), to = scalar.getDtype();
    if (from == to)
      return value;
    auto constant = mlir::dyn_cast_if_present<prog::ConstOp>(op);
    bool fresh = constant && value.use_empty() && prog::nameOf(value).empty();
    if (fresh && prog::isFloat(to) && prog::isFloat(from)) {
      value.setType(scalar);
      return value;
    }
    if (fresh && prog::isInteger(from) && !prog::isFloat(to)) {
      value.setType(scalar);
      if (to == prog::DType::Bool)
        constant.setValueAttr(builder.getBoolAttr(mlir::cast<mlir::IntegerAttr>(constant.getValue()).getInt()));
      return value;
    }
    if (fresh && prog::isInteger(from)) {
      int64_t integer = mlir::cast<mlir::IntegerAttr>(constant.getValue()).getInt();
      constant.setValueAttr(builder.getF64FloatAttr(double(integer)));
      value.setType(scalar);
      return value;
    }
    if (prog::isFloat(from) != prog::isFloat(to))
      return fail(annotation->range, "'" + name.str() + "' is annotated as " + prog::programText(stated.type) +
                                         ", its value is " + prog::programText(found) + "; pl.cast converts");
    return value;
  }
  // Only what an operation gives can be refined; another name for an old value cannot.
  if (!op || !value.use_empty() || !mlir::isa<prog::BuiltinOp, prog::CallOp>(op))
    return value;
  if (auto tensor = mlir::dyn_cast<prog::TensorType>(stated.type)) {
    auto from = mlir::cast<prog::TensorType>(found);
    value.setType(prog::TensorType::get(&context, mergedDims(tensor.getShape(), from.getShape(), &context),
                                        tensor.getDtype(), stated.hasView ? tensor.getView() : from.getView(),
                                        tensor.getMemref()));
  } else if (auto tile = mlir::dyn_cast<prog::TileType>(stated.type)) {
    auto from = mlir::cast<prog::TileType>(found);
    bool flattened = tile.getShape().size() != from.getShape().size();
    prog::Dims shape = flattened ? tile.getShape() : mergedDims(tile.getShape(), from.getShape(), &context);
    prog::MemorySpace memory = tile.getMemory() == prog::MemorySpace::Unset ? from.getMemory() : tile.getMemory();
    bool sameShape = shape == from.getShape();
    auto source = stated.hasView || !sameShape ? tile : from;
    prog::TileView view = prog::withMemory(source, memory).getView();
    if (!sameShape && !stated.hasView)
      view.validShape = shape;
    value.setType(prog::TileType::get(&context, shape, tile.getDtype(), memory, view, tile.getMemref()));
  }
  return value;
}

} // namespace pto::frontend
