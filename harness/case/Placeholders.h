// `${…}` in a text: found once, replaced for every point of the matrix.
#pragma once

#include "harness/case/Bindings.h"
#include "harness/case/Expression.h"
#include <string>
#include <vector>

namespace pto::harness {

inline bool hasPlaceholder(llvm::StringRef text) {
  return text.contains("${");
}

/// A text cut at its placeholders. It refers to the text it was made from.
class TextTemplate {
public:
  explicit TextTemplate(llvm::StringRef text);

  struct Problem {
    size_t offset; ///< in the text
    std::string message;
  };

  /// The text with its placeholders replaced, on the same lines. Nothing where there are problems, or where a
  /// value is poisoned.
  std::optional<std::string> instantiate(const Bindings &bindings, std::vector<Problem> &problems) const;

private:
  struct Piece {
    llvm::StringRef literal;    ///< what stands before the placeholder
    size_t offset = 0;          ///< of the expression
    llvm::StringRef expression; ///< between the braces
    enum class End { Closed, Open, OfText } end = End::OfText;
  };
  std::vector<Piece> pieces;
  llvm::StringRef text;
};

} // namespace pto::harness
