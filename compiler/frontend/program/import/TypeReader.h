// Annotations to types.
// `pl.Tensor[[64, M], pl.FP32]`, tiles with memory, view and allocation, scalars, tuples, directions of parameters.
#pragma once

#include "compiler/dialect/program/Dims.h"
#include "compiler/dialect/program/Types.h"
#include "compiler/frontend/program/ModuleScope.h"

namespace pto::frontend {

/// Why a value is not known; nothing for others.
inline std::string reasonOf(const Value &value) {
  return value.is(Value::Kind::Unknown) ? ", which is " + value.text : "";
}

/// A type, and which of its parts the annotation spells out.
struct ReadType {
  mlir::Type type;
  bool hasView = false;
  /// Of a tile, where only the running program knows it.
  const Expr *validShape = nullptr;
  /// `tuple[A, B]` of a function that returns several values.
  bool isResultList = false;

  explicit operator bool() const { return static_cast<bool>(type); }
};

class TypeReader {
public:
  /// What the function knows of an expression, as a constant and as a dimension; nothing if it is none of its own.
  struct Locals {
    std::function<std::optional<Value>(const Expr *)> value;
    std::function<std::optional<prog::Dim>(const Expr *)> dim;
  };

  TypeReader(mlir::MLIRContext &context, Diagnostics &diagnostics, const Scope &scope, Locals locals = {})
      : context(context), diagnostics(diagnostics), scope(&scope), locals(std::move(locals)) {}

  /// Null after an error, which is then reported.
  ReadType read(const Expr *annotation);
  /// Takes `pl.Out[...]` and `pl.InOut[...]` off; direction is "in", "out" or "inout".
  ReadType readParameter(const Expr *annotation, llvm::StringRef &direction);
  /// Annotations that say nothing: strings, pl.UnknownType.
  bool isSilent(const Expr *annotation) const;
  std::optional<prog::DType> readDtype(const Expr *expression);

private:
  ReadType readTensor(const Subscript *access, bool isDistributed);
  ReadType readTile(const Subscript *access);
  ReadType readTuple(const Subscript *access);
  prog::Dims readDims(const Expr *expression);
  prog::Dim readDim(const Expr *expression);
  prog::Dim dimOf(const Value &value, const Expr *expression);
  /// What the call says goes into the view.
  template <typename View>
  bool readView(const Call *call, View &view);
  prog::Memref readMemref(const Call *call);
  Value evaluated(const Expr *expression) const;
  std::nullptr_t fail(const Expr *where, std::string message);

  mlir::MLIRContext &context;
  Diagnostics &diagnostics;
  const Scope *scope;
  Locals locals;
  /// Aliases that are being followed to get here, and all that were followed for the annotation.
  unsigned aliasDepth = 0;
  std::shared_ptr<unsigned> aliasCount = std::make_shared<unsigned>(0);
};

} // namespace pto::frontend
