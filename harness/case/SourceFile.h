// A text file that a case is made of, checked before anything reads it: regular, of bounded size, UTF-8.
#pragma once

#include "harness/case/Case.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Error.h"

namespace pto::harness {

/// An error at a place in a file.
class PlacedError : public llvm::ErrorInfo<PlacedError> {
public:
  static char ID;
  PlacedError(Place place, std::string message) : place(std::move(place)), message(std::move(message)) {}
  void log(llvm::raw_ostream &os) const override { os << message; }
  std::error_code convertToErrorCode() const override { return llvm::inconvertibleErrorCode(); }

  Place place;
  std::string message;
};

/// Takes the error apart; every error of this folder is a PlacedError.
Diagnostic toDiagnostic(llvm::Error error);

constexpr uint64_t largestFile = 4 << 20;

/// Why a path cannot be read as a file: "does not exist", "is a directory, not a file" … Empty where it can.
std::string whyNotReadable(const std::string &path);

/// The text of a file, without a byte order mark.
llvm::Expected<std::string> readText(const std::string &path);

/// Line and column of a byte, 1-based; columns count bytes, as MLIR's do.
struct LineColumn {
  unsigned line = 1, column = 1;
};
LineColumn lineColumnAt(llvm::StringRef text, size_t offset);

} // namespace pto::harness
