// Names of variables: hints in the locations of values.
// An operation with several results keeps their names in one NameLoc, with commas.
#include "compiler/dialect/program/Names.h"
#include "mlir/IR/Operation.h"
#include "llvm/ADT/StringExtras.h"

namespace pto::prog {

namespace {

llvm::SmallVector<llvm::StringRef, 4> namesOf(mlir::Location location) {
  llvm::SmallVector<llvm::StringRef, 4> names;
  if (auto name = mlir::dyn_cast<mlir::NameLoc>(location))
    name.getName().getValue().split(names, ',');
  return names;
}

mlir::Location withoutNames(mlir::Location location) {
  auto name = mlir::dyn_cast<mlir::NameLoc>(location);
  return name ? name.getChildLoc() : location;
}

} // namespace

llvm::StringRef nameOf(mlir::Value value) {
  auto result = mlir::dyn_cast<mlir::OpResult>(value);
  auto names = namesOf(value.getLoc());
  size_t index = result ? result.getResultNumber() : 0;
  return index < names.size() ? names[index] : llvm::StringRef();
}

void setName(mlir::Value value, llvm::StringRef name) {
  auto result = mlir::dyn_cast<mlir::OpResult>(value);
  if (!result)
    return value.setLoc(named(value.getLoc(), name));
  mlir::Operation *op = result.getOwner();
  auto names = namesOf(op->getLoc());
  std::string kept = name.str();
  names.resize(op->getNumResults());
  names[result.getResultNumber()] = kept;
  op->setLoc(named(op->getLoc(), names));
}

mlir::Location named(mlir::Location location, llvm::ArrayRef<llvm::StringRef> names) {
  mlir::Location plain = withoutNames(location);
  std::string joined = llvm::join(names, ",");
  if (llvm::StringRef(joined).find_first_not_of(',') == llvm::StringRef::npos)
    return plain;
  return mlir::NameLoc::get(mlir::StringAttr::get(location.getContext(), joined), plain);
}

mlir::Location named(mlir::Location location, llvm::StringRef name) {
  return named(location, llvm::ArrayRef(name));
}

} // namespace pto::prog
