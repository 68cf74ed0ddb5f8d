// Replacing placeholders. The result never grows beyond what a file may have, however the values multiply.
#include "harness/case/Placeholders.h"
#include "harness/case/Diagnostics.h"
#include "harness/case/SourceFile.h"

namespace pto::harness {

TextTemplate::TextTemplate(llvm::StringRef text) : text(text) {
  size_t done = 0;
  while (true) {
    size_t start = text.find("${", done);
    Piece &piece = pieces.emplace_back();
    piece.literal = text.slice(done, start);
    if (start == llvm::StringRef::npos)
      return;
    piece.offset = start + 2;
    size_t end = text.find_first_of("}\n", piece.offset);
    bool isClosed = end != llvm::StringRef::npos && text[end] == '}';
    piece.end = isClosed ? Piece::End::Closed : Piece::End::Open;
    piece.expression = text.slice(piece.offset, end);
    done = isClosed ? end + 1 : std::min(end, text.size());
  }
}

std::optional<std::string> TextTemplate::instantiate(const Bindings &bindings, std::vector<Problem> &problems) const {
  size_t before = problems.size();
  bool isWhole = true;
  // A text that is no template at all would have one for every byte.
  constexpr size_t mostProblems = 50;
  std::string result;
  result.reserve(text.size() + text.size() / 8);
  for (const Piece &piece : pieces) {
    if (problems.size() - before == mostProblems)
      break;
    result += piece.literal;
    if (piece.end == Piece::End::OfText)
      break;
    if (piece.end == Piece::End::Open) {
      problems.push_back({piece.offset - 2, "this placeholder has no '}' on its line"});
      continue;
    }
    llvm::Expected<BoundValue> value = evaluate(piece.expression, bindings);
    if (!value) {
      llvm::handleAllErrors(value.takeError(), [&](ExpressionError &error) {
        problems.push_back({piece.offset + error.offset, std::move(error.message)});
      });
      continue;
    }
    isWhole &= !value->isPoisoned;
    if (value->text.find('\n') != std::string::npos)
      problems.push_back({piece.offset, quote(piece.expression) + " holds several lines; a placeholder must leave "
                                                                  "the lines of the text where they are"});
    if (result.size() + value->text.size() > largestFile) {
      problems.push_back({piece.offset, "with its placeholders replaced the text has more than " +
                                            std::to_string(largestFile) + " bytes"});
      break;
    }
    result += value->text;
  }
  if (!isWhole || problems.size() != before)
    return std::nullopt;
  return result;
}

} // namespace pto::harness
