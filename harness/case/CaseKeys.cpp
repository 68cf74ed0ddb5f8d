// The table of a case's keys.
#include "harness/case/CaseKeys.h"
#include "compiler/Platforms.h"
#include "compiler/passes/Passes.h"
#include "harness/case/Reason.h"
#include "llvm/ADT/StringExtras.h"

namespace pto::harness {

namespace {

constexpr uint64_t mostBlocks = 65535;
constexpr double longestTimeout = 86400;

void readProgramKey(Reader &reader, const YamlNode &node, llvm::StringLiteral key, CaseDraft &draft,
                    std::string &value) {
  if (!draft.programKey)
    draft.programKey = CaseDraft::ProgramKey{key, &node};
  auto text = reader.text(node, quote(key) + " must be a name");
  if (!text)
    return;
  if (text->empty())
    reader.fail(node, quote(key) + " is empty: expected a name, or no " + quote(key));
  value = *text;
}

void checkChoice(Reader &reader, const YamlNode &node, llvm::StringRef key, llvm::StringRef chosen,
                 llvm::ArrayRef<llvm::StringRef> known) {
  if (!chosen.empty() && !llvm::is_contained(known, chosen))
    reader.fail(node, "unknown " + key.str() + " " + quote(chosen) + "; expected one of " + llvm::join(known, ", ") +
                          didYouMean(chosen, known));
}

const Key<CaseDraft> kernelKeys[] = {
    {"source", YamlNode::Kind::Text, "a path relative to the case's folder", false,
     [](Reader &reader, const YamlNode &node, CaseDraft &draft) {
       draft.kernelPath = reader.text(node, "'source' must be a path");
       draft.kernelPathPlace = reader.placeOf(node);
     }},
    {"entry", YamlNode::Kind::Text, "the name of a function", false,
     [](Reader &reader, const YamlNode &node, CaseDraft &draft) {
       if (auto entry = reader.text(node, "'entry' must be a name")) {
         if (entry->empty())
           reader.fail(node,
                       "'entry' is empty: expected the name of a function, or no 'entry' where there is only one");
         draft.result.entry = *entry;
         draft.result.entryPlace = reader.placeOf(node);
       }
     }},
    {"equals", YamlNode::Kind::Text, "the name of a program in the same file", false,
     [](Reader &reader, const YamlNode &node, CaseDraft &draft) {
       readProgramKey(reader, node, "equals", draft, draft.result.equals);
       draft.result.equalsPlace = reader.placeOf(node);
       draft.equals = &node;
     }},
    {"strategy", YamlNode::Kind::Text, "the name of a list of passes", false,
     [](Reader &reader, const YamlNode &node, CaseDraft &draft) {
       readProgramKey(reader, node, "strategy", draft, draft.result.strategy);
       std::vector<llvm::StringRef> known;
       for (const passes::Strategy &strategy : passes::allStrategies())
         known.push_back(strategy.name);
       checkChoice(reader, node, "strategy", draft.result.strategy, known);
     }},
    {"platform", YamlNode::Kind::Text, "a2a3, a5 or their simulators", false,
     [](Reader &reader, const YamlNode &node, CaseDraft &draft) {
       readProgramKey(reader, node, "platform", draft, draft.result.platform);
       checkChoice(reader, node, "platform", draft.result.platform,
                   std::vector<llvm::StringRef>(std::begin(allPlatforms), std::end(allPlatforms)));
     }},
};

/// A list of names of checks.
void readChecks(Reader &reader, const YamlNode &list, std::vector<Check> &checks) {
  for (const YamlNode *item : list.items)
    if (auto text = reader.text(*item, "a check must be its name")) {
      if (std::optional<Check> check = parseCheck(*text))
        checks.push_back(*check);
      else if (text->empty())
        reader.fail(*item, "a check must be its name, found ''");
      else
        checkChoice(reader, *item, "check", *text, checkNames());
    }
}

const Key<ExpectedFailure> xfailKeys[] = {
    {"reason", YamlNode::Kind::Text, "why the case is known to fail", true,
     [](Reader &reader, const YamlNode &node, ExpectedFailure &xfail) {
       xfail.reason = readReason(reader, node, "reason").value_or("");
     }},
    {"state", YamlNode::Kind::Text, "the state it fails with", false,
     [](Reader &reader, const YamlNode &node, ExpectedFailure &xfail) {
       static constexpr llvm::StringLiteral states[] = {"fail-numeric", "fail-ir", "fail-check",
                                                        "compile-fail", "crash",   "timeout"};
       auto state = reader.text(node, "'state' must be a state");
       if (state && llvm::is_contained(states, *state))
         xfail.state = reports::parseState(*state);
       else if (state)
         reader.fail(node,
                     "'state' must be one of " + llvm::join(llvm::ArrayRef(states), ", ") + ", found " + quote(*state));
     }},
    {"stage", YamlNode::Kind::Text, "the stage it fails at", false,
     [](Reader &reader, const YamlNode &node, ExpectedFailure &xfail) {
       if (auto stage = reader.text(node, "'stage' must be the name of a stage"))
         xfail.stage = *stage;
       xfail.stagePlace = reader.placeOf(node);
     }},
    {"checks", YamlNode::Kind::List, "the checks that find it", false,
     [](Reader &reader, const YamlNode &list, ExpectedFailure &xfail) { readChecks(reader, list, xfail.checks); }},
};

/// A reason alone, or a map that says more. A reason that a placeholder leaves empty is no expectation at this point.
std::optional<ExpectedFailure> readExpectedFailure(Reader &reader, const YamlNode &node) {
  ExpectedFailure xfail;
  xfail.place = reader.placeOf(node);
  if (node.kind == YamlNode::Kind::Text)
    xfail.reason = readReason(reader, node, "xfail").value_or("");
  else if (reader.expect(node, YamlNode::Kind::Map, "'xfail' must be the reason, or { reason, state, stage, checks }"))
    readMap<ExpectedFailure>(reader, node, "'xfail'", xfailKeys, xfail);
  return xfail.reason.empty() ? std::nullopt : std::optional(std::move(xfail));
}

const Key<CaseDraft> checkKeys[] = {
    {"allow", YamlNode::Kind::List, "a list of checks", false,
     [](Reader &reader, const YamlNode &list, CaseDraft &draft) {
       readChecks(reader, list, draft.result.allowedChecks);
     }},
};

template <Conventions::Name which>
void readConvention(Reader &reader, const YamlNode &node, CaseDraft &draft) {
  constexpr const Conventions::Choice &choice = Conventions::all[which];
  auto text = reader.text(node, quote(choice.name) + " must be a word");
  if (text && !draft.result.conventions.set(choice.name, *text))
    reader.fail(node, quote(choice.name) + " must be " + choice.usual.str() + " or " + choice.other.str() + ", found " +
                          quote(*text));
}

const Key<CaseDraft> conventionKeys[] = {
    {"pads", YamlNode::Kind::Text, "infinite or finite", false, readConvention<Conventions::Pads>},
    {"masks", YamlNode::Kind::Text, "rows or packed", false, readConvention<Conventions::Masks>},
    {"row-operands", YamlNode::Kind::Text, "block or first", false, readConvention<Conventions::RowOperands>},
    {"saturation", YamlNode::Kind::Text, "off or by-type", false, readConvention<Conventions::Saturation>},
};

void readTags(Reader &reader, const YamlNode &list, CaseDraft &draft) {
  for (const YamlNode *item : list.items)
    if (auto tag = reader.text(*item, "a tag must be text")) {
      if (tag->empty())
        reader.fail(*item, "a tag must be text, found ''");
      draft.result.tags.push_back(*tag);
    }
}

const Key<CaseDraft> caseKeys[] = {
    {"summary", YamlNode::Kind::Text, "one line of text", true,
     [](Reader &reader, const YamlNode &node, CaseDraft &draft) {
       auto text = reader.text(node, "'summary' must be text");
       if (!text)
         return;
       draft.result.summary = llvm::StringRef(*text).trim().str();
       if (draft.result.summary.empty() || draft.result.summary.find('\n') != std::string::npos)
         reader.fail(node, "'summary' must be one line of text, found " +
                               std::string(draft.result.summary.empty() ? "nothing" : "several"));
     }},
    {"kernel", YamlNode::Kind::Map, "{ source: PATH, entry: NAME }", false,
     [](Reader &reader, const YamlNode &node, CaseDraft &draft) {
       readMap<CaseDraft>(reader, node, "'kernel'", kernelKeys, draft);
     }},
    {"args", YamlNode::Kind::List, "the list of the kernel's arguments", true,
     [](Reader &, const YamlNode &node, CaseDraft &draft) { draft.args = &node; }},
    {"golden", YamlNode::Kind::Text, goldenMeaning, false,
     [](Reader &, const YamlNode &node, CaseDraft &draft) { draft.golden = &node; }},
    {"compare", std::nullopt, "a mode, or a map of output names to modes", false,
     [](Reader &, const YamlNode &node, CaseDraft &draft) { draft.compare = &node; }},
    // These are read before there is a point.
    {"name", YamlNode::Kind::Text, "what its points are called instead of the folder", false,
     [](Reader &, const YamlNode &, CaseDraft &) {}},
    {"matrix", std::nullopt, "a map of axes", false, [](Reader &, const YamlNode &, CaseDraft &) {}},
    {"let", std::nullopt, "a map of names to expressions", false, [](Reader &, const YamlNode &, CaseDraft &) {}},
    {"blocks", YamlNode::Kind::Text, "an integer from 1 to 65535", false,
     [](Reader &reader, const YamlNode &node, CaseDraft &draft) {
       if (auto n = reader.integerIn(node, "'blocks' must be an integer from 1 to 65535", 1, mostBlocks))
         draft.result.blocks = static_cast<uint32_t>(*n);
     }},
    {"seed", YamlNode::Kind::Text, "an integer of 64 bits", false,
     [](Reader &reader, const YamlNode &node, CaseDraft &draft) {
       if (auto n = reader.integerIn(node, "'seed' must be an integer from 0 to 2^64 - 1", 0, UINT64_MAX))
         draft.result.seed = *n;
     }},
    {"timeout", YamlNode::Kind::Text, "a number of seconds", false,
     [](Reader &reader, const YamlNode &node, CaseDraft &draft) {
       auto seconds = reader.number(node, "'timeout' must be a number of seconds");
       if (seconds && !(*seconds > 0 && *seconds <= longestTimeout))
         reader.fail(node, "'timeout' must be more than 0 and at most 86400 seconds");
       draft.result.timeoutSeconds = seconds;
     }},
    {"check", YamlNode::Kind::Map, "{ allow: [CHECK, …] }", false,
     [](Reader &reader, const YamlNode &node, CaseDraft &draft) {
       readMap<CaseDraft>(reader, node, "'check'", checkKeys, draft);
     }},
    {"conventions", YamlNode::Kind::Map, "{ pads: …, masks: …, row-operands: …, saturation: … }", false,
     [](Reader &reader, const YamlNode &node, CaseDraft &draft) {
       readMap<CaseDraft>(reader, node, "'conventions'", conventionKeys, draft);
     }},
    {"xfail", std::nullopt, "the reason, as text, or { reason, state, stage, checks }", false,
     [](Reader &reader, const YamlNode &node, CaseDraft &draft) {
       draft.result.xfail = readExpectedFailure(reader, node);
     }},
    {"skip", YamlNode::Kind::Text, "the reason, as text", false,
     [](Reader &reader, const YamlNode &node, CaseDraft &draft) {
       draft.result.skip = readReason(reader, node, "skip");
     }},
    {"allow", YamlNode::Kind::Map, "a map of zero, unchanged, nan or loose to the reason, or of outputs to such maps",
     false, [](Reader &, const YamlNode &node, CaseDraft &draft) { draft.allow = &node; }},
    // The older spelling of `allow: { zero: … }`.
    {"allow-zero", YamlNode::Kind::Text, "true or false", false,
     [](Reader &reader, const YamlNode &node, CaseDraft &draft) {
       if (reader.boolean(node, "'allow-zero' must be true or false").value_or(false))
         draft.allowsZero = reader.placeOf(node);
     }},
    {"tags", YamlNode::Kind::List, "a list of text", false, readTags},
};

} // namespace

void readCaseKeys(Reader &reader, const YamlNode &map, CaseDraft &draft) {
  readMap<CaseDraft>(reader, map, "a case", caseKeys, draft);
}

} // namespace pto::harness
