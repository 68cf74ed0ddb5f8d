// What lane-wise instructions promise about their types, checked once for all of them.
#pragma once

#include "compiler/dialect/KnownAttributes.h"
#include "compiler/dialect/Tokens.h"
#include "compiler/dialect/Types.h"
#include "mlir/IR/OpDefinition.h"

namespace pto::ir {

mlir::LogicalResult verifyInVectorScope(mlir::Operation *op);
mlir::LogicalResult verifyOutsideVectorScope(mlir::Operation *op);
mlir::LogicalResult verifyOnCore(mlir::Operation *op, KernelKind core);
mlir::LogicalResult verifySameVectors(mlir::Operation *op);
mlir::LogicalResult verifySameMasks(mlir::Operation *op);
mlir::LogicalResult verifyMasksFitLanes(mlir::Operation *op);
mlir::LogicalResult verifyScalarFitsLanes(mlir::Operation *op, unsigned operand);
mlir::LogicalResult verifyOneOf(mlir::Operation *op, const TokenSet &set);

namespace traits {

// It carries the attributes of its own declaration, and no others but of other dialects.
template <typename ConcreteOp>
class OnlyOwnAttributes : public mlir::OpTrait::TraitBase<ConcreteOp, OnlyOwnAttributes> {
public:
  static mlir::LogicalResult verifyTrait(mlir::Operation *op) { return verifyNoStrayAttributes(op); }
};

// Its region is a vector scope.
template <typename ConcreteOp>
class VectorScope : public mlir::OpTrait::TraitBase<ConcreteOp, VectorScope> {};

// It works on registers, so it stands in a vector scope.
template <typename ConcreteOp>
class InVectorScope : public mlir::OpTrait::TraitBase<ConcreteOp, InVectorScope> {
public:
  static mlir::LogicalResult verifyTrait(mlir::Operation *op) { return verifyInVectorScope(op); }
};

// It is no part of a vector scope.
template <typename ConcreteOp>
class OutsideVectorScope : public mlir::OpTrait::TraitBase<ConcreteOp, OutsideVectorScope> {
public:
  static mlir::LogicalResult verifyTrait(mlir::Operation *op) { return verifyOutsideVectorScope(op); }
};

// It is for one kind of core.
template <typename ConcreteOp>
class OnCube : public mlir::OpTrait::TraitBase<ConcreteOp, OnCube> {
public:
  static mlir::LogicalResult verifyTrait(mlir::Operation *op) { return verifyOnCore(op, KernelKind::Cube); }
};
template <typename ConcreteOp>
class OnVector : public mlir::OpTrait::TraitBase<ConcreteOp, OnVector> {
public:
  static mlir::LogicalResult verifyTrait(mlir::Operation *op) { return verifyOnCore(op, KernelKind::Vector); }
};

// All vector operands and results have one type.
template <typename ConcreteOp>
class SameVectors : public mlir::OpTrait::TraitBase<ConcreteOp, SameVectors> {
public:
  static mlir::LogicalResult verifyTrait(mlir::Operation *op) { return verifySameVectors(op); }
};

// All predicate operands and results have one granularity.
template <typename ConcreteOp>
class SameMasks : public mlir::OpTrait::TraitBase<ConcreteOp, SameMasks> {
public:
  static mlir::LogicalResult verifyTrait(mlir::Operation *op) { return verifySameMasks(op); }
};

// All predicates have the granularity of the first vector's lanes.
template <typename ConcreteOp>
class MasksFitLanes : public mlir::OpTrait::TraitBase<ConcreteOp, MasksFitLanes> {
public:
  static mlir::LogicalResult verifyTrait(mlir::Operation *op) { return verifyMasksFitLanes(op); }
};

// That operand is a scalar that goes with the first vector's lanes.
template <unsigned operand>
class ScalarFitsLanes {
public:
  template <typename ConcreteOp>
  class Impl : public mlir::OpTrait::TraitBase<ConcreteOp, ScalarFitsLanes<operand>::Impl> {
  public:
    static mlir::LogicalResult verifyTrait(mlir::Operation *op) { return verifyScalarFitsLanes(op, operand); }
  };
};

// That text attribute, where present, is a word of the set.
template <const TokenSet &set>
class OneOf {
public:
  template <typename ConcreteOp>
  class Impl : public mlir::OpTrait::TraitBase<ConcreteOp, OneOf<set>::Impl> {
  public:
    static mlir::LogicalResult verifyTrait(mlir::Operation *op) { return verifyOneOf(op, set); }
  };
};

} // namespace traits
} // namespace pto::ir
