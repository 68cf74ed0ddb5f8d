// Laying a case out.
#include "harness/cli/Show.h"
#include "harness/cli/Listing.h"
#include "harness/run/Display.h"
#include "harness/run/Replay.h"
#include "reports/Style.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

using namespace pto;
using namespace pto::harness;

static void printText(llvm::StringRef title, llvm::StringRef text, llvm::raw_ostream &os) {
  os << '\n' << title << '\n';
  for (llvm::StringRef line : llvm::split(text.rtrim(), '\n'))
    os << (line.empty() ? "" : "  ") << line << '\n';
}

/// As a case file writes it.
static std::string spell(const golden::Generator &generator) {
  std::string text;
  llvm::raw_string_ostream os(text);
  auto list = [&](llvm::StringRef name, const std::vector<double> &values) {
    os << name << ": [";
    llvm::interleaveComma(values, os, [&](double value) { os << formatNumber(value); });
    os << ']';
  };
  std::visit(llvm::makeVisitor(
                 [&](const golden::Uniform &g) {
                   list("uniform", {g.low, g.high});
                 },
                 [&](const golden::Normal &g) {
                   list("normal", {g.mean, g.standardDeviation});
                 },
                 [&](const golden::Integers &g) { os << "integers: [" << g.low << ", " << g.high << ']'; },
                 [&](const golden::Ramp &g) {
                   list("ramp", {g.start, g.step});
                 },
                 [&](const golden::Constant &g) { os << "constant: " << formatNumber(g.value); },
                 [&](const golden::Specials &) { os << "specials"; },
                 [&](const golden::Boundaries &) { os << "boundaries"; },
                 [&](const golden::Permutation &) { os << "permutation"; },
                 [&](const golden::Bytes &) { os << "made by the host program"; },
                 [&](const golden::FromFile &g) { os << "file: " << displayPath(g.path); },
                 [&](const golden::AllPatterns &) { os << "all-patterns"; },
                 [&](const golden::Values &g) { list("values", g.values); }),
             generator);
  return text;
}

static std::string typeOf(const CaseArgument &argument) {
  if (argument.isScalar)
    return argument.dtypeText;
  std::string extents;
  for (int64_t extent : argument.shape)
    extents += (extents.empty() ? "" : ", ") + std::to_string(extent);
  return argument.dtypeText + "[" + extents + "]";
}

static std::string roleOf(const CaseArgument &argument) {
  if (!argument.isScalar)
    return nameOf(argument.direction).str();
  std::string value;
  llvm::raw_string_ostream os(value);
  if (golden::isFloat(argument.dtype))
    os << formatNumber(argument.value);
  else
    os << argument.integer;
  return "scalar = " + value;
}

void pto::harness::printCase(const Case &spec, llvm::raw_ostream &os) {
  reports::Style style;
  style.width = 0;
  auto line = [&](llvm::StringRef label, const std::string &text) {
    if (!text.empty())
      reports::Line(2).column(label, 10).add(text).print(os, style);
  };
  os << spec.name << '\n';
  line("summary", spec.summary);
  line("case", displayPath(spec.place.file));
  line("kernel", displayPath(spec.kernelFile));
  line("entry", spec.entry);
  line("equals", spec.equals);
  line("blocks", spec.blocks == 1 ? "" : std::to_string(spec.blocks));
  line("tags", llvm::join(spec.tags, ", "));
  line("skip", spec.skip.value_or(""));

  os << "\narguments\n";
  size_t name = 0, type = 0;
  for (const CaseArgument &argument : spec.args) {
    name = std::max<size_t>(name, reports::columnsOf(argument.name));
    type = std::max(type, typeOf(argument).size());
  }
  for (const CaseArgument &argument : spec.args) {
    reports::Line row(2);
    row.column(argument.name, name + 2).column(typeOf(argument), type + 2).column(roleOf(argument), 7);
    // What only a run would read.
    if (spec.isProgram()) {
      row.print(os, style);
      continue;
    }
    if (!argument.isScalar && argument.direction != Direction::Out)
      row.add(spell(argument.init));
    if (!argument.isScalar && argument.direction != Direction::In)
      row.add((argument.direction == Direction::InOut ? "   " : "") +
              ("compared by " + golden::describe(argument.compare)));
    row.print(os, style);
  }
  if (!spec.golden.empty())
    printText(spec.isProgram() ? "golden (not evaluated: programs are compiled and compared, not run)" : "golden",
              spec.golden, os);
  printText(spec.isProgram() ? "program" : "kernel", spec.kernelText, os);
}
