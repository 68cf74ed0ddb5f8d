// Warnings, notes and reasons, put together by their texts.
#include "reports/OutputLines.h"
#include "reports/Summary.h"
#include "llvm/ADT/MapVector.h"
#include "llvm/ADT/StringExtras.h"

namespace pto::reports {

namespace {

/// One text, and the cases that say it.
using Remarks = llvm::MapVector<llvm::StringRef, std::vector<llvm::StringRef>>;

void printRemark(llvm::raw_ostream &os, llvm::StringRef label, llvm::StringRef text,
                 llvm::ArrayRef<llvm::StringRef> cases, const Style &style) {
  constexpr size_t mostNames = 3, indentation = 2 + labelWidth;
  bool isFirst = true;
  for (llvm::StringRef line : llvm::split(text.rtrim(), '\n'))
    for (const std::string &part : wrap(line, style.left(indentation))) {
      Line shown(2);
      shown.column(isFirst ? label : "", labelWidth, Colour::Yellow).add(part).print(os, style);
      isFirst = false;
    }
  std::string names = llvm::join(cases.take_front(mostNames), ", ");
  if (cases.size() > mostNames)
    names += ", … (" + std::to_string(cases.size()) + " cases)";
  for (const std::string &part : wrap("in " + names, style.left(indentation)))
    Line(indentation).add(part, Colour::Dim).print(os, style);
}

void print(llvm::raw_ostream &os, llvm::StringRef label, const Remarks &remarks, const Style &style) {
  constexpr size_t most = 20;
  size_t shown = 0;
  for (const auto &[text, cases] : remarks) {
    if (shown++ == most) {
      Line(2 + labelWidth)
          .add("… " + llvm::Twine(remarks.size() - most) + " more, in results.jsonl", Colour::Dim)
          .print(os, style);
      return;
    }
    printRemark(os, label, text, cases, style);
  }
}

} // namespace

void printRemarks(llvm::raw_ostream &os, llvm::ArrayRef<Result> results, bool withReasons, const Style &style) {
  Remarks warnings, notes, expected;
  for (const Result &result : results) {
    if (isFailure(result.state) || result.blame != Blame::None)
      continue;
    for (const std::string &text : result.warnings)
      warnings[text].push_back(result.name);
    for (const std::string &text : result.notes)
      notes[text].push_back(result.name);
    if (withReasons && result.state == State::Xfail)
      expected[result.message].push_back(result.name);
  }
  print(os, "xfail", expected, style);
  print(os, "note", notes, style);
  print(os, "warning", warnings, style);
}

} // namespace pto::reports
