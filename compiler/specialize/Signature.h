// The parameters of a function as its text declares them, before it is specialized.
// A generic parameter says only `pl.Tensor`; a concrete one has its shape already.
#pragma once

#include "compiler/frontend/program/ModuleScope.h"
#include "compiler/specialize/Type.h"

namespace pto::specialize {

struct ParameterSignature {
  enum class Kind : uint8_t { Unannotated, Tensor, Scalar, Other };

  llvm::StringRef name;
  SourceRange range;
  Kind kind = Kind::Unannotated;
  Direction direction = Direction::In;
  /// Of a concrete tensor, or a scalar. Unknown for a generic tensor.
  Type type;
  /// What is written inside Out[…] or InOut[…], or the whole annotation; and the names it is in.
  const Expr *annotation = nullptr;
  const Scope *scope = nullptr;
  const Expr *defaultValue = nullptr;

  bool isGeneric() const { return kind == Kind::Unannotated || (kind == Kind::Tensor && type.is(Type::Kind::Unknown)); }
};

/// Of all parameters but `self`.
std::vector<ParameterSignature> readSignature(const Function &function, const Scope &scope);

/// `pl.Tensor[[M, 128], pl.FP32]`, `pl.Scalar[pl.INDEX]`, `pl.INDEX`, `tuple[…]`, through aliases; Unknown if the
/// expression is no such type.
Type readType(const Expr *annotation, const Scope &scope);

} // namespace pto::specialize
