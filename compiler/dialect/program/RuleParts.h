// What the rules for the types of results share.
// Private to the rules.
#pragma once

#include "compiler/dialect/program/ResultTypes.h"

namespace pto::prog::rules {

using mlir::Type;

DType dtypeOf(Type type);
DimVector dimsOf(Type type);
Result mismatch(const Application &op, unsigned operand, std::string message);
/// A tensor or tile, as `like` is, with this shape.
Type shaped(const Application &op, Type like, Dims shape, DType dtype);
Type shaped(const Application &op, Type like, const DimVector &shape, DType dtype);
/// A tile of the same shape inherits how its operand lies: block layout, padding, and, if `valid`, the valid part.
Type inheriting(const Application &op, Type like, DType dtype, bool valid);
/// From the right; a dimension of 1 takes any size.
std::optional<DimVector> broadcast(const DimVector &left, const DimVector &right);
std::string shapes(Type left, Type right);
std::optional<size_t> axisOf(int64_t axis, size_t rank);

} // namespace pto::prog::rules
