// Element types of programs: those of the table that have a name there.
#include "compiler/dialect/program/DType.h"
#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/STLExtras.h"

namespace pto::prog {

static std::optional<DType> find(llvm::function_ref<bool(const DTypeRow &)> fits) {
  const DTypeRow *found =
      llvm::find_if(dtypeRows, [&](const DTypeRow &row) { return !row.programName.empty() && fits(row); });
  return found == std::end(dtypeRows) ? std::nullopt : std::optional(static_cast<DType>(found - dtypeRows));
}

bool isIndexLike(DType dtype) {
  return isInteger(dtype) && bitsOf(dtype) >= 32;
}

bool holds(DType dtype, int64_t value) {
  uint64_t magnitude = value < 0 ? -static_cast<uint64_t>(value) : static_cast<uint64_t>(value);
  return magnitude <= (value < 0 ? largestNegative(dtype) : largestPositive(dtype));
}

std::optional<DType> dtypeNamed(llvm::StringRef name) {
  return find([&](const DTypeRow &row) { return row.programName == name; });
}

std::optional<DType> dtypeWithMnemonic(llvm::StringRef mnemonic) {
  return find([&](const DTypeRow &row) { return row.programName.lower() == mnemonic; });
}

std::optional<DType> dtypeSpelled(llvm::StringRef spelling) {
  return find([&](const DTypeRow &row) {
    return llvm::any_of(llvm::ArrayRef{row.programName, row.shortName, row.mlirName},
                        [&](llvm::StringRef name) { return spelling.equals_insensitive(name); });
  });
}

std::vector<llvm::StringRef> dtypeSpellings() {
  std::vector<llvm::StringRef> all;
  for (const DTypeRow &row : dtypeRows)
    if (!row.programName.empty())
      all.insert(all.end(), {row.shortName, row.programName});
  return all;
}

std::vector<llvm::StringRef> dtypeNames() {
  std::vector<llvm::StringRef> names;
  for (const DTypeRow &row : dtypeRows)
    if (!row.programName.empty())
      names.push_back(row.programName);
  return names;
}

DType promote(DType left, DType right) {
  if (isFloat(left) != isFloat(right))
    return isFloat(left) ? left : right;
  if (bitsOf(left) != bitsOf(right))
    return bitsOf(left) > bitsOf(right) ? left : right;
  return !isFloat(left) && !isSigned(left) && isSigned(right) ? right : left;
}

} // namespace pto::prog
