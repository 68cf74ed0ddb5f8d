// Dimensions of tensors and tiles, and lists of them.
// Values as cheap to copy and to compare as a pointer; equal ones are the same.
#pragma once

#include "mlir/IR/BuiltinAttributes.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringMap.h"
#include <optional>
#include <string>

namespace pto::layout {

/// A number; a symbol; an expression of both; or unknown, where only the running program knows it. Null is none at all.
class Dim {
public:
  Dim() = default;
  Dim(std::nullptr_t) {}
  /// As it is written: an integer, the name of a symbol, [operator, left, right] or unit. Null for anything else.
  static Dim of(mlir::Attribute text);
  mlir::Attribute text() const { return value; }

  std::optional<int64_t> constant() const;
  bool isUnknown() const { return mlir::isa<mlir::UnitAttr>(value); }
  std::optional<llvm::StringRef> symbol() const;

  struct Expression;
  /// Empty for what is none.
  std::optional<Expression> expression() const;

  explicit operator bool() const { return static_cast<bool>(value); }
  bool operator==(const Dim &) const = default;
  mlir::MLIRContext *getContext() const { return value.getContext(); }

private:
  explicit Dim(mlir::Attribute value) : value(value) {}
  friend class Dims;

  mlir::Attribute value;
};

/// add, sub, mul, floordiv, mod, min or max.
bool isDimOperator(llvm::StringRef word);

struct Dim::Expression {
  llvm::StringRef op;
  Dim left, right;
};

using DimVector = llvm::SmallVector<Dim, 4>;

/// A list; null is none, which an empty one is not.
class Dims {
public:
  Dims() = default;
  Dims(mlir::MLIRContext *context, llvm::ArrayRef<Dim> dims);
  /// Null if one of them is no dimension.
  static Dims of(mlir::Attribute text);
  mlir::ArrayAttr text() const { return list; }

  size_t size() const { return list.size(); }
  bool empty() const { return list.empty(); }
  Dim operator[](size_t index) const { return Dim(list[static_cast<unsigned>(index)]); }
  auto begin() const { return llvm::map_iterator(list.begin(), wrap); }
  auto end() const { return llvm::map_iterator(list.end(), wrap); }
  explicit operator bool() const { return static_cast<bool>(list); }
  bool operator==(const Dims &) const = default;

private:
  static Dim wrap(mlir::Attribute attribute) { return Dim(attribute); }

  mlir::ArrayAttr list;
};

llvm::hash_code hash_value(Dim dim);
llvm::hash_code hash_value(Dims dims);

Dim constantDim(mlir::MLIRContext *context, int64_t value);
Dim symbolDim(mlir::MLIRContext *context, llvm::StringRef symbol);
Dim unknownDim(mlir::MLIRContext *context);
/// Folded where both sides are integers; unknown where one side is.
Dim expressionDim(llvm::StringRef op, Dim left, Dim right);

inline std::optional<int64_t> constantOf(Dim dim) {
  return dim.constant();
}
inline bool isUnknown(Dim dim) {
  return dim.isUnknown();
}
bool hasUnknown(Dims dims);
/// False only if both are known and cannot be the same number.
bool mayBeEqual(Dim left, Dim right);
/// Empty unless all are integers and the product fits.
std::optional<int64_t> productOf(Dims dims);

/// `64`, `M`, `M * 2`; unknown is `?`.
std::string programText(Dim dim);
/// `[64, M]`
std::string programText(Dims dims);

/// Symbols replaced by what they are bound to; others stay.
Dim substitute(Dim dim, const llvm::StringMap<Dim> &bindings);
Dims substitute(Dims dims, const llvm::StringMap<Dim> &bindings);
/// In the order they are met.
void forEachSymbol(Dim dim, llvm::function_ref<void(llvm::StringRef)> visit);
void forEachSymbol(Dims dims, llvm::function_ref<void(llvm::StringRef)> visit);

} // namespace pto::layout
