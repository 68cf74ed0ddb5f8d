// All of it is made from the declarations: the dialect's, the simulator's, and what the kernels of the cases use.
#include "harness/cli/Isa.h"
#include "base/NearestName.h"
#include "compiler/dialect/Forms.h"
#include "compiler/dialect/Registry.h"
#include "compiler/dialect/Simt.h"
#include "compiler/dialect/Traits.h"
#include "harness/cli/Coverage.h"
#include "mlir/AsmParser/AsmParser.h"
#include "mlir/IR/OperationSupport.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/JSON.h"
#include "llvm/Support/raw_ostream.h"

using namespace pto;
using namespace pto::harness;
namespace json = llvm::json;

namespace {

struct Operation {
  std::string name;
  const ir::Form *declared;
  std::optional<sim::SimulatedOp> simulated;
  std::string place; ///< where it can stand
  std::vector<std::string> lanes;
  std::vector<sim::OpForm> missing;

  bool isPto() const { return llvm::StringRef(name).starts_with("pto."); }
};

} // namespace

/// Ops that every kernel file has and that no machine executes.
static bool isStructure(llvm::StringRef name) {
  return name == "builtin.module" || name == "func.func";
}

static std::string placeOf(mlir::RegisteredOperationName op, bool isInThreads) {
  if (op.hasTrait<ir::traits::InVectorScope>())
    return "in vector scopes";
  if (op.hasTrait<ir::traits::InSimt>())
    return "in functions of threads";
  return std::string(op.hasTrait<ir::traits::OutsideVectorScope>() ? "outside vector scopes" : "anywhere in a kernel") +
         (isInThreads ? ", and in functions of threads" : "");
}

/// The names of the lanes in a set.
static std::vector<std::string> lanesIn(unsigned set, mlir::MLIRContext *context) {
  std::vector<std::string> lanes;
  for (std::string &name : sim::laneNames()) {
    bool isBuiltin = !llvm::StringRef(name).starts_with("hif") && !llvm::StringRef(name).starts_with("f4");
    if (ir::laneOf(mlir::parseType((isBuiltin ? "" : "!pto.") + name, context)) & set)
      lanes.push_back(std::move(name));
  }
  return lanes;
}

/// What can be written and has no meaning: the operation, words that would pick a form of it, lanes.
static std::vector<sim::OpForm> missingOf(const Operation &op) {
  if (!op.simulated)
    return {{op.name, "", ""}};
  std::set<llvm::StringRef> words, lanes;
  for (const sim::OpForm &form : op.simulated->forms) {
    lanes.insert(form.lanes);
    for (llvm::StringRef word : llvm::split(form.form, ' '))
      words.insert(word);
  }
  std::vector<sim::OpForm> missing;
  for (const ir::TokenSet *set : op.declared->words)
    if (set && llvm::any_of(set->words, [&](llvm::StringRef word) { return words.count(word); }))
      for (llvm::StringRef word : set->words)
        if (!words.count(word))
          missing.push_back({op.name, word.str(), ""});
  if (lanes.size() > lanes.count(""))
    for (const std::string &lane : op.lanes)
      if (!lanes.count(lane))
        missing.push_back({op.name, "", lane});
  return missing;
}

/// All of pto, and what is simulated of the shared dialects, in the order of their names.
static std::vector<Operation> allOperations(mlir::MLIRContext &context) {
  std::map<std::string, sim::SimulatedOp> simulated;
  for (sim::SimulatedOp &op : sim::simulatedOps())
    simulated.emplace(op.name, std::move(op));
  std::vector<Operation> all;
  for (mlir::RegisteredOperationName registered : context.getRegisteredOperations()) {
    Operation op{registered.getStringRef().str(), ir::findForm(registered.getStringRef()), {}, {}, {}, {}};
    auto known = simulated.find(op.name);
    if (known != simulated.end())
      op.simulated = known->second;
    if (isStructure(op.name) || (!op.isPto() && !op.simulated))
      continue;
    op.place = placeOf(registered, op.simulated && op.simulated->inThreads);
    op.lanes = lanesIn(op.declared->lanes, &context);
    op.missing = missingOf(op);
    all.push_back(std::move(op));
  }
  llvm::sort(all, [](const Operation &a, const Operation &b) { return a.name < b.name; });
  return all;
}

static std::string simulatedLanes(const Operation &op) {
  std::vector<std::string> lanes;
  for (const std::string &lane : op.lanes)
    if (llvm::any_of(op.simulated->forms, [&](const sim::OpForm &form) { return form.lanes == lane; }))
      lanes.push_back(lane);
  return llvm::join(lanes, " ");
}

static void printTable(const std::vector<Operation> &all, llvm::raw_ostream &os) {
  size_t count = llvm::count_if(all, [](const Operation &op) { return op.isPto(); });
  size_t simulated = llvm::count_if(all, [](const Operation &op) { return op.isPto() && op.simulated; });
  os << count << " `pto` operations parse, verify and print; " << simulated << " of them are simulated.\n\n";
  os << "| operation | what it computes | pipe | simulated |\n|---|---|---|---|\n";
  std::map<std::string, std::vector<std::string>> shared;
  for (const Operation &op : all) {
    if (!op.isPto()) {
      auto [dialect, name] = llvm::StringRef(op.name).split('.');
      shared[dialect.str()].push_back("`" + name.str() + "`");
      continue;
    }
    std::string summary = op.declared->summary.str(), lanes = op.simulated ? simulatedLanes(op) : "";
    for (size_t bar = 0; (bar = summary.find('|', bar)) != std::string::npos; bar += 2)
      summary.insert(bar, "\\");
    os << "| `" << op.name << "` | " << summary << " | " << (op.simulated ? op.simulated->pipe : "") << " | "
       << (!op.simulated   ? "no: " + sim::whyNotSimulated({op.name, "", ""}).str()
           : lanes.empty() ? "yes"
                           : lanes)
       << " |\n";
  }
  os << "\nSimulated operations of the shared dialects:\n\n";
  for (auto &[dialect, names] : shared)
    os << "- `" << dialect << "`: " << llvm::join(names, " ") << '\n';
}

static const std::map<std::string, size_t> &casesOf(const Coverage &coverage, const sim::OpForm &form) {
  static const std::map<std::string, size_t> none;
  auto found = coverage.find(form);
  return found == coverage.end() ? none : found->second;
}

/// Those that are about the operation come first, as their names say.
static std::string describeCases(const Coverage &coverage, const sim::OpForm &form, bool isVerbose) {
  constexpr size_t some = 8;
  llvm::StringRef own = llvm::StringRef(form.op).split('.').second;
  std::vector<std::string> words;
  for (bool isOwn : {true, false})
    for (const auto &[name, points] : casesOf(coverage, form))
      if (llvm::StringRef(name).contains(own) == isOwn)
        words.push_back(name + (points > 1 ? llvm::formatv(" ({0} points)", points).str() : ""));
  if (words.empty())
    return "none";
  size_t shown = isVerbose ? words.size() : std::min(words.size(), some);
  return llvm::join(llvm::ArrayRef(words).take_front(shown), ", ") +
         (shown < words.size() ? llvm::formatv(" and {0} more (-v)", words.size() - shown).str() : "");
}

/// Rows of forms and their lanes: forms that differ in their last word, as roundings do, share one where they take the
/// same lanes.
static std::map<std::string, std::string> formRows(const sim::SimulatedOp &op, const Coverage &coverage) {
  std::map<std::string, std::string> lanes;
  for (const sim::OpForm &form : op.forms)
    lanes[form.form] += " " + form.lanes + (casesOf(coverage, form).empty() ? "*" : "");
  std::map<std::pair<llvm::StringRef, llvm::StringRef>, std::string> grouped;
  for (const auto &[form, its] : lanes) {
    auto [first, second] = llvm::StringRef(form).rsplit(' ');
    if (second.empty())
      std::swap(first, second);
    grouped[{first, its}] += (" " + second).str();
  }
  std::map<std::string, std::string> rows;
  for (const auto &[key, modes] : grouped)
    rows[llvm::StringRef((key.first + modes).str()).trim().str()] = key.second.trim().str();
  return rows;
}

static std::string padded(std::string text, size_t width) {
  text.resize(std::max(text.size() + 1, width), ' ');
  return text;
}

static void printPage(const Operation &op, const Coverage &coverage, bool isVerbose, llvm::raw_ostream &os) {
  std::string last;
  auto line = [&](const std::string &key, const llvm::Twine &text) {
    std::string whole = text.str();
    os << "  " << padded(key == last ? "" : key, 15) << llvm::StringRef(whole).rtrim() << '\n';
    last = key;
  };
  os << op.name << '\n';
  line("computes", op.declared->summary);
  line("written", op.declared->form);
  for (const ir::TokenSet *set : op.declared->words)
    if (set)
      line(set->attribute.str(), llvm::join(set->words, " "));
  if (!op.declared->types.empty())
    line("types", op.declared->types);
  if (!op.lanes.empty())
    line("lanes", llvm::join(op.lanes, " "));
  line("stands", op.place);
  if (op.simulated) {
    if (!op.simulated->pipe.empty())
      line("pipe", op.simulated->pipe);
    if (op.simulated->forms.empty())
      line("simulated", "yes");
    bool isCovered = true;
    if (isVerbose)
      for (const sim::OpForm &form : op.simulated->forms)
        line("simulated", padded(form.form, 15) + padded(form.lanes, 10) + describeCases(coverage, form, true));
    else
      for (const auto &[form, lanes] : formRows(*op.simulated, coverage)) {
        line("simulated", (form.empty() ? "" : padded(form, 20)) + (form.empty() && lanes.empty() ? "yes" : lanes));
        isCovered &= lanes.find('*') == std::string::npos;
      }
    if (!isCovered)
      line("", "* in no case");
  }
  for (auto form = op.missing.begin(); form != op.missing.end();) {
    llvm::StringRef why = sim::whyNotSimulated(*form);
    std::string which;
    for (; form != op.missing.end() && sim::whyNotSimulated(*form) == why; ++form)
      which += (which.empty() ? "" : " ") + form->form + form->lanes;
    line("not simulated", (which.empty() ? "" : which + ": ") + why);
  }
  line("cases", describeCases(coverage, {op.name, "", ""}, isVerbose));
}

static json::Array toJson(const std::map<std::string, size_t> &cases) {
  json::Array list;
  for (const auto &[name, points] : cases)
    list.push_back(json::Object{{"name", name}, {"points", int64_t(points)}});
  return list;
}

static json::Object toJson(const Operation &op, const Coverage &coverage) {
  json::Object words;
  json::Array forms, missing;
  for (const ir::TokenSet *set : op.declared->words)
    if (set)
      words[set->attribute] = json::Array(llvm::ArrayRef<llvm::StringLiteral>(set->words));
  if (op.simulated)
    for (const sim::OpForm &form : op.simulated->forms)
      forms.push_back(
          json::Object{{"form", form.form}, {"lanes", form.lanes}, {"cases", toJson(casesOf(coverage, form))}});
  for (const sim::OpForm &form : op.missing)
    missing.push_back(json::Object{{"form", form.form}, {"lanes", form.lanes}, {"reason", sim::whyNotSimulated(form)}});
  return json::Object{{"name", op.name},
                      {"computes", op.declared->summary.str()},
                      {"written", op.declared->form.str()},
                      {"words", std::move(words)},
                      {"types", op.declared->types.str()},
                      {"lanes", json::Array(op.lanes)},
                      {"stands", op.place},
                      {"pipe", op.simulated ? op.simulated->pipe : ""},
                      {"simulated", bool(op.simulated)},
                      {"forms", std::move(forms)},
                      {"not_simulated", std::move(missing)},
                      {"cases", toJson(casesOf(coverage, {op.name, "", ""}))}};
}

/// By its whole name, or without its dialect; null after an error.
static const Operation *find(const std::vector<Operation> &all, llvm::StringRef typed) {
  auto bare = [](llvm::StringRef name) { return name.split('.').second; };
  std::vector<llvm::StringRef> names;
  for (const Operation &op : all) {
    if (op.name == typed || (op.isPto() && bare(op.name) == typed))
      return &op;
    names.push_back(typed.contains('.') ? llvm::StringRef(op.name) : bare(op.name));
  }
  if (auto shared = llvm::find_if(all, [&](const Operation &op) { return bare(op.name) == typed; });
      shared != all.end())
    return &*shared;
  llvm::errs() << "error: there is no operation '" << typed << "'" << didYouMean(typed, names) << '\n';
  return nullptr;
}

int pto::harness::printIsa(const Options &options) {
  mlir::DialectRegistry registry;
  ir::registerDialects(registry);
  mlir::MLIRContext context(registry, mlir::MLIRContext::Threading::DISABLED);
  context.loadAllAvailableDialects();
  std::vector<Operation> all = allOperations(context);
  llvm::raw_ostream &os = llvm::outs();
  std::vector<const Operation *> wanted;
  for (const std::string &typed : options.operations)
    if (const Operation *found = find(all, typed))
      wanted.push_back(found);
    else
      return 4;
  if (wanted.empty() && !options.verbose && !options.json) {
    printTable(all, os);
    return 0;
  }
  if (wanted.empty())
    for (const Operation &op : all)
      wanted.push_back(&op);
  Coverage coverage = findCoverage(options.casesRoot, wanted.size() == 1 ? wanted.front()->name : "", context);
  if (options.json) {
    json::Array list;
    for (const Operation *op : wanted)
      list.push_back(toJson(*op, coverage));
    os << json::Value(std::move(list)) << '\n';
    return 0;
  }
  for (const Operation *op : wanted) {
    if (op != wanted.front())
      os << '\n';
    printPage(*op, coverage, options.verbose && !options.operations.empty(), os);
  }
  return 0;
}
