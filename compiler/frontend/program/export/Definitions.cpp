// Assignments to text, with the annotations that they need.
// A type is annotated where an annotation can say it.
#include "compiler/dialect/program/Names.h"
#include "compiler/dialect/program/OpRecord.h"
#include "compiler/frontend/program/export/FunctionPrinter.h"

namespace pto::frontend {

namespace {

/// The type that reading the operation back infers; null where only the annotation says it.
mlir::Type inferred(prog::BuiltinOp op) {
  auto arguments = prog::argumentsOf(op);
  prog::Result result = prog::resultOf({op.record(), arguments, op.getKeywords(), op.getContext()});
  auto *type = std::get_if<mlir::Type>(&result);
  return type ? *type : mlir::Type();
}

bool viewIsKnown(const prog::TileView &view) {
  return !prog::hasUnknown(view.validShape) && !prog::hasUnknown(view.stride) &&
         !(view.startOffset && view.startOffset.isUnknown());
}

bool viewIsKnown(const prog::TensorView &view) {
  return !prog::hasUnknown(view.validShape) && !prog::hasUnknown(view.stride);
}

} // namespace

std::vector<std::string> FunctionPrinter::giveNames(mlir::ValueRange values, llvm::StringRef otherwise) {
  std::vector<std::string> given;
  for (mlir::Value each : values)
    given.push_back(names.give(each, otherwise).str());
  return given;
}

void FunctionPrinter::define(mlir::Operation *op, const std::string &right, unsigned indent) {
  if (op->getNumResults() == 0)
    return line(indent, right);
  if (op->getNumResults() > 1) {
    std::vector<std::string> given = giveNames(op->getResults(), "t");
    // The task stands beside what the kernel gives.
    auto call = mlir::dyn_cast<prog::CallOp>(op);
    if (call && call.getSubmits() && given.size() > 2) {
      std::string task = given.back();
      given.pop_back();
      given = {inParentheses(given), task};
    }
    return line(indent, joined(given) + " = " + right);
  }
  mlir::Value result = op->getResult(0);
  mlir::Type stated = result.getType();
  std::string annotation;
  bool known = !prog::hasUnknown(prog::shapeOf(stated));
  if (auto builtin = mlir::dyn_cast<prog::BuiltinOp>(op); builtin && known && !mlir::isa<prog::ScalarType>(stated)) {
    mlir::Type other = inferred(builtin);
    if (auto tile = mlir::dyn_cast<prog::TileType>(stated)) {
      auto from = mlir::dyn_cast_if_present<prog::TileType>(other);
      if (!viewIsKnown(tile.getView())) {
        stated = prog::TileType::get(op->getContext(), tile.getShape(), tile.getDtype(), tile.getMemory(),
                                     tile.getImplicitView(), tile.getMemref());
        annotation = type(stated);
      } else {
        annotation = type(stated);
        // Saying nothing would mean the view that the operation gives.
        if (tile.hasImplicitView() && from && !from.hasImplicitView())
          annotation = annotation.substr(0, annotation.size() - 1) + ", pl.TileView()]";
      }
    } else if (auto tensor = mlir::dyn_cast<prog::TensorType>(stated)) {
      auto from = mlir::dyn_cast_if_present<prog::TensorType>(other);
      if (viewIsKnown(tensor.getView())) {
        annotation = type(stated);
        if (tensor.getView() == prog::TensorView() && from && from.getView() != prog::TensorView())
          annotation = annotation.substr(0, annotation.size() - 1) + ", pl.ND]";
      }
    } else {
      annotation = type(stated);
    }
  } else if (mlir::isa<prog::CallOp>(op) && known && prog::isShaped(stated)) {
    annotation = type(stated);
  }
  std::string name = names.give(result, "t").str();
  line(indent, name + (annotation.empty() ? "" : ": " + annotation) + " = " + right);
}

} // namespace pto::frontend
