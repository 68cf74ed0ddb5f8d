// --list and --dry-run: the cases, without running them.
#include "harness/cli/Listing.h"
#include "reports/Style.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/JSON.h"

using namespace pto;
using namespace pto::harness;

llvm::StringRef pto::harness::nameOf(Direction direction) {
  static constexpr llvm::StringLiteral names[] = {"in", "out", "inout"};
  return names[static_cast<size_t>(direction)];
}

void pto::harness::printNames(const CaseSet &set, const Options &options, llvm::raw_ostream &os) {
  size_t longest = 0;
  for (const Case &spec : set.cases)
    longest = std::max<size_t>(longest, reports::columnsOf(spec.name));
  for (const Case &spec : set.cases) {
    os << spec.name;
    if (options.verbose) {
      os.indent(longest - reports::columnsOf(spec.name) + 2) << spec.summary;
      if (!spec.tags.empty())
        os << "  [" << llvm::join(spec.tags, ", ") << ']';
    }
    os << '\n';
  }
}

static void printArgument(llvm::json::OStream &json, const CaseArgument &argument) {
  json.object([&] {
    json.attribute("name", argument.name);
    json.attribute("dtype", argument.dtypeText);
    if (!argument.isScalar)
      json.attribute("shape", llvm::json::Array(argument.shape));
    json.attribute("direction", argument.isScalar ? "scalar" : nameOf(argument.direction));
    if (!argument.isScalar && argument.direction != Direction::In)
      json.attribute("compare", golden::describe(argument.compare));
  });
}

void pto::harness::printJson(const CaseSet &set, llvm::raw_ostream &os) {
  llvm::json::OStream json(os, /*IndentSize=*/2);
  json.array([&] {
    for (const Case &spec : set.cases)
      json.object([&] {
        json.attribute("name", spec.name);
        json.attribute("summary", spec.summary);
        json.attribute("tags", llvm::json::Array(spec.tags));
        json.attribute("folder", spec.folder);
        json.attribute("kernel", spec.kernelFile);
        json.attribute("entry", spec.entry);
        json.attribute("blocks", spec.blocks);
        json.attributeArray("args", [&] {
          for (const CaseArgument &argument : spec.args)
            printArgument(json, argument);
        });
        if (spec.skip)
          json.attribute("skip", *spec.skip);
        if (spec.xfail)
          json.attribute("xfail", spec.xfail->reason);
      });
  });
  os << '\n';
}

void pto::harness::printPlan(const CaseSet &set, const Options &options, llvm::raw_ostream &os) {
  for (const Case &spec : set.cases)
    os << (spec.skip ? "skip " : "run  ") << spec.name << (spec.xfail ? "  (expected to fail)" : "") << '\n';
  os << set.cases.size() << " cases on target " << options.settings.target << ", " << options.jobs << " workers, seed "
     << options.settings.seed << ", results in " << options.outDirectory << "/results.jsonl\n";
}
