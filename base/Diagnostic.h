// What is wrong with a text, where, and what to do about it.
// Collected, never thrown and never printed by those who find it.
#pragma once

#include "base/Place.h"
#include "llvm/Support/Error.h"
#include <vector>

namespace pto {

enum class Severity { Error, Warning, Note }; ///< a note belongs to what comes before it

struct Diagnostic {
  Place place;
  std::string message;
  Severity severity = Severity::Error;
  /// The line of text and the carets below it; empty where there is no text to show.
  std::string excerpt = {};
  /// The argument of a request that does not fit the program; the place is what it contradicts.
  std::string argument = {};

  bool operator==(const Diagnostic &) const = default;
};

/// `file:3:7: error: message`.
inline std::string toString(const Diagnostic &diagnostic) {
  static constexpr llvm::StringLiteral names[] = {"error: ", "warning: ", "note: "};
  std::string where = toString(diagnostic.place);
  return where + (where.empty() ? "" : ": ") + names[static_cast<size_t>(diagnostic.severity)].str() +
         diagnostic.message;
}

/// The same and the excerpt, in lines.
inline std::string render(const Diagnostic &diagnostic) {
  return toString(diagnostic) + '\n' + diagnostic.excerpt;
}

/// An error at a place.
class PlacedError : public llvm::ErrorInfo<PlacedError> {
public:
  static inline char ID = 0;
  PlacedError(Place place, std::string message) : place(std::move(place)), message(std::move(message)) {}
  void log(llvm::raw_ostream &os) const override {
    std::string where = toString(place);
    os << where << (where.empty() ? "" : ": ") << message;
  }
  std::error_code convertToErrorCode() const override { return llvm::inconvertibleErrorCode(); }

  Place place;
  std::string message;
};

} // namespace pto
