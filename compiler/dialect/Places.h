// MLIR's locations as places, and back.
#pragma once

#include "base/Place.h"
#include "mlir/IR/BuiltinAttributes.h"
#include "mlir/IR/Location.h"

namespace pto {

/// Through names, fusions and call sites; nowhere if nobody wrote it.
inline Place placeOf(mlir::LocationAttr location) {
  auto at = location ? location.findInstanceOf<mlir::FileLineColLoc>() : mlir::FileLineColLoc();
  return at ? Place{at.getFilename().str(), at.getLine(), at.getColumn()} : Place();
}

inline mlir::Location locationOf(mlir::MLIRContext *context, const Place &place) {
  return mlir::FileLineColLoc::get(context, place.file, place.line, place.column);
}

} // namespace pto
