// Selecting cases. Whatever was typed has to match something: a misspelt name must not make a run green.
#include "harness/cli/Selection.h"
#include "harness/case/Diagnostics.h"
#include "harness/cli/CasePath.h"
#include "harness/cli/Keyword.h"
#include "harness/run/Display.h"
#include "harness/run/FolderSplitter.h"
#include "reports/JsonLines.h"
#include "reports/Summary.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FileSystem.h"
#include <map>
#include <random>
#include <set>

using namespace pto;
using namespace pto::harness;

static constexpr int nothingMatched = 4;

char SelectionError::ID;

static llvm::Error error(const llvm::Twine &message, int exitCode = nothingMatched) {
  return llvm::make_error<SelectionError>(message.str(), exitCode);
}

int pto::harness::reportUnselected(llvm::Error error) {
  int exitCode = reports::exit_code::setUpError;
  llvm::handleAllErrors(
      std::move(error),
      [&](const SelectionError &each) {
        exitCode = each.exitCode;
        llvm::errs() << "error: " << each.text << '\n';
      },
      [](const llvm::ErrorInfoBase &each) { llvm::errs() << "error: " << each.message() << '\n'; });
  return exitCode;
}

bool pto::harness::reportBroken(const CaseSet &set) {
  for (const CaseSet::Broken &broken : set.broken)
    for (const Diagnostic &error : broken.errors)
      llvm::errs() << describe(error) << '\n';
  return set.broken.empty();
}

static std::string count(size_t number, const char *what) {
  return std::to_string(number) + " " + what + (number == 1 ? "" : "s");
}

/// "; did you mean …": the same name in any folder, else the one that is spelt most like it.
static std::string nearest(const std::string &pattern, const std::string &root) {
  CaseSet all = discover(root);
  std::set<std::string> names;
  bool hasPoint = pattern.find('@') != std::string::npos;
  for (const Case &spec : all.cases)
    names.insert(hasPoint ? spec.name : llvm::StringRef(spec.name).split('@').first.str());
  for (const CaseSet::Broken &broken : all.broken)
    names.insert(broken.name);
  if (pattern.find_first_of("*?") == std::string::npos) {
    std::string anywhere = "**/" + llvm::StringRef(pattern).rtrim('/').str();
    size_t matching = llvm::count_if(names, [&](const std::string &name) { return matches(anywhere, name); });
    if (matching)
      return "; did you mean '" + anywhere + "' (" + count(matching, "case") + ")?";
  }
  constexpr size_t longest = 200;
  llvm::StringRef typed = llvm::StringRef(pattern).take_front(longest);
  const std::string *best = nullptr;
  unsigned least = UINT_MAX;
  for (const std::string &name : names) {
    // A name without folders is compared with the last folder's.
    llvm::StringRef compared = name;
    if (!typed.contains('/'))
      compared = compared.substr(compared.split('@').first.rfind('/') + 1);
    unsigned distance = typed.edit_distance_insensitive(compared, /*AllowReplacements=*/true, least);
    if (name == pattern || distance >= least)
      continue;
    least = distance;
    best = &name;
  }
  if (!best)
    return "; there are no cases there";
  bool isNear = least <= std::max<size_t>(1, (typed.size() + 2) / 3);
  return (isNear ? "; did you mean '" + *best + "'?" : "; the nearest is '" + *best + "'") +
         (isNear ? "" : ", and run_validation --list shows all");
}

namespace {

class Selection {
public:
  explicit Selection(const Options &options) : options(options), splitter(options.settings) {}

  llvm::Expected<CaseSet> run() {
    // As a script with an unset variable types it.
    for (const std::vector<std::string> *typed : {&options.cases, &options.excluded})
      if (llvm::is_contained(*typed, ""))
        return error("the name of a case is empty, which matches none; leave it out to run all");
    resolveAll();
    for (auto step : {&Selection::readCases, &Selection::applyTags, &Selection::applyExcludes, &Selection::applyKeyword,
                      &Selection::applyLastRun, &Selection::order})
      if (llvm::Error error = (this->*step)())
        return error;
    return std::move(set);
  }

  CaseSet runAgain(const std::set<std::string> &names) {
    only = &names;
    resolveAll();
    for (auto step :
         {&Selection::readCases, &Selection::applyTags, &Selection::applyExcludes, &Selection::applyKeyword})
      llvm::consumeError((this->*step)());
    return std::move(set);
  }

private:
  void resolveAll() {
    for (const std::string &typed : options.cases)
      wanted.push_back(resolve(typed, options.casesRoot));
    if (wanted.empty())
      wanted.push_back({"", options.casesRoot, "", ""});
  }

  llvm::Error readCases() {
    std::map<std::string, std::vector<const Wanted *>> byRoot;
    for (const Wanted &one : wanted)
      byRoot[one.root].push_back(&one);
    std::map<std::string, const std::string *> rootOf; ///< of each name
    for (const auto &[root, group] : byRoot) {
      CaseSet found = readRoot(root, group);
      // The root itself is no folder: no case can say so.
      for (const CaseSet::Broken &broken : found.broken)
        if (const Place &place = broken.errors.front().place; broken.name.empty() && place.file == root)
          return error(root + ": " + broken.errors.front().message + "; --cases-root names the folder of the cases",
                       reports::exit_code::setUpError);
      for (const Case &spec : found.cases)
        if (auto [other, isNew] = rootOf.emplace(spec.name, &root); !isNew)
          return error("both " + *other->second + " and " + root + " have a case '" + spec.name +
                       "'; run them one after the other");
      llvm::move(found.cases, std::back_inserter(set.cases));
      llvm::move(found.broken, std::back_inserter(set.broken));
      llvm::move(found.lookalikes, std::back_inserter(set.lookalikes));
    }
    for (const Wanted &one : wanted)
      if (!used.count(&one))
        return error(describeUnused(one));
    return llvm::Error::success();
  }

  CaseSet readRoot(const std::string &root, const std::vector<const Wanted *> &group) {
    std::vector<std::string> globs;
    bool all = llvm::any_of(group, [](const Wanted *one) { return one->glob.empty(); });
    for (const Wanted *one : group)
      if (!all)
        globs.push_back(one->glob);
    if (only && !only->empty())
      globs.assign(only->begin(), only->end());
    auto split = [&](const Case &folder) { return splitter.split(folder); };
    CaseSet found = discover(root, globs, options.settings.allowPython ? SplitFolder(split) : nullptr);
    auto isUntouched = [&](const auto &one) {
      return only && !only->empty() && !only->count(llvm::StringRef(one.name).split('@').first.str());
    };
    llvm::erase_if(found.cases, isUntouched);
    llvm::erase_if(found.broken, isUntouched);
    auto isUnwanted = [&](auto accepts) {
      size_t accepting =
          llvm::count_if(group, [&](const Wanted *one) { return accepts(*one) && (used.insert(one), true); });
      return accepting == 0;
    };
    llvm::erase_if(found.cases,
                   [&](const Case &spec) { return isUnwanted([&](const Wanted &one) { return one.matches(spec); }); });
    llvm::erase_if(found.broken, [&](const CaseSet::Broken &broken) {
      // What is wrong with a root concerns all that was wanted from it.
      return isUnwanted([&](const Wanted &one) { return broken.name.empty() || one.matchesBroken(broken.name); });
    });
    return found;
  }

  std::string describeUnused(const Wanted &one) const {
    if (!one.kernel.empty())
      return "no case below " + one.root + " has the kernel " + one.typed;
    for (const Diagnostic &lookalike : set.lookalikes)
      return lookalike.place.file + ": " + lookalike.message;
    if (one.typed.empty())
      return "there is no case below " + one.root;
    if (one.glob != one.typed && llvm::sys::fs::exists(llvm::StringRef(one.typed).split('@').first))
      return "there is no case in " + one.typed;
    return "no case matches '" + one.typed + "' below " + one.root + nearest(one.glob, one.root);
  }

  bool isAllSelected() const { return options.cases.empty(); }

  llvm::Error applyTags() {
    std::set<std::string> known;
    for (const Case &spec : set.cases)
      known.insert(spec.tags.begin(), spec.tags.end());
    for (const std::string &tag : options.tags)
      if (!only && !known.count(tag) && (options.tagsTyped || isAllSelected()))
        return error("--tag: no case " + std::string(isAllSelected() ? "" : "of those selected ") + "has the tag '" +
                     tag + "'; " + (known.empty() ? "they have none" : "there are " + llvm::join(known, ", ")));
    if (options.tags.empty())
      return llvm::Error::success();
    return keep("has one of the tags " + llvm::join(options.tags, ", "), [&](const Case &spec) {
      return llvm::any_of(options.tags, [&](const std::string &tag) { return llvm::is_contained(spec.tags, tag); });
    });
  }

  llvm::Error applyExcludes() {
    std::vector<Wanted> excluded;
    for (const std::string &typed : options.excluded)
      excluded.push_back(resolve(typed, options.casesRoot));
    for (const Wanted &one : excluded) {
      auto isExcluded = [&](const Case &spec) { return one.matches(spec); };
      bool excludesOne = llvm::any_of(set.cases, isExcluded);
      llvm::erase_if(set.cases, isExcluded);
      llvm::erase_if(set.broken, [&](const CaseSet::Broken &broken) {
        bool isGone = !broken.name.empty() && one.matchesBroken(broken.name);
        excludesOne |= isGone;
        return isGone;
      });
      // A preset one may have nothing to do where only some cases are selected.
      if (!only && !excludesOne && (options.excludesTyped || isAllSelected()))
        return error("--exclude '" + one.typed + "' excludes none of the cases selected" +
                     (one.glob == one.typed ? nearest(one.typed, one.root) : ""));
    }
    return leftOver("--exclude leaves no case");
  }

  llvm::Error applyKeyword() {
    if (options.keyword.empty())
      return llvm::Error::success();
    Keyword keyword = llvm::cantFail(Keyword::parse(options.keyword));
    llvm::erase_if(set.broken, [&](const CaseSet::Broken &broken) {
      return !broken.name.empty() && !keyword.matches(broken.name);
    });
    return keep("has a name that matches -k '" + options.keyword + "'",
                [&](const Case &spec) { return keyword.matches(spec.name); });
  }

  /// --rerun and --failed-first.
  llvm::Error applyLastRun() {
    if (!options.rerun && !options.failedFirst)
      return llvm::Error::success();
    std::string path = options.outDirectory + "/results.jsonl";
    if (!llvm::sys::fs::exists(path)) {
      if (!options.rerun)
        return llvm::Error::success();
      return error("--rerun: there is no " + path + " of an earlier run; --out names its folder");
    }
    llvm::Expected<reports::JsonLines> lines = reports::readJsonLines(path);
    if (!lines)
      return lines.takeError();
    std::set<std::string> failed, passed;
    for (const reports::Result &result : lines->results)
      (reports::isFailure(result.state) || result.blame != reports::Blame::None ? failed : passed).insert(result.name);
    if (lines->end)
      failed.insert(lines->end->notRun.begin(), lines->end->notRun.end());
    // A run that was killed does not say which cases it has not come to.
    bool wasKilled = !lines->end;
    auto hasFailed = [&](const auto &one) {
      return failed.count(one.name) > 0 || (wasKilled && !passed.count(one.name));
    };
    if (!options.rerun) {
      llvm::stable_sort(set.cases, [&](const Case &a, const Case &b) { return hasFailed(a) > hasFailed(b); });
      return llvm::Error::success();
    }
    if (failed.empty() && !wasKilled)
      return error("--rerun: nothing failed in the last run, says " + path);
    llvm::erase_if(set.broken, [&](const CaseSet::Broken &broken) { return !hasFailed(broken); });
    return keep(wasKilled ? std::string("is missing in " + path + ", which a run that was killed has left")
                          : "is among the " + std::to_string(failed.size()) + " that failed or did not run last",
                hasFailed);
  }

  llvm::Error order() {
    if (options.shuffleSeed) {
      llvm::errs() << "shuffled: --shuffle=" << *options.shuffleSeed << " gives this order again\n";
      // Not std::shuffle: its order differs between libraries, and a seed has to mean the same everywhere.
      std::mt19937_64 random(*options.shuffleSeed);
      for (size_t left = set.cases.size(); left > 1; --left)
        std::swap(set.cases[left - 1], set.cases[random() % left]);
    }
    return llvm::Error::success();
  }

  llvm::Error keep(const std::string &what, llvm::function_ref<bool(const Case &)> accepts) {
    size_t before = set.cases.size();
    llvm::erase_if(set.cases, [&](const Case &spec) { return !accepts(spec); });
    return leftOver("none of the " + count(before, "case") + " selected " + what);
  }

  llvm::Error leftOver(const std::string &otherwise) {
    return set.cases.empty() && set.broken.empty() ? error(otherwise) : llvm::Error::success();
  }

  const Options &options;
  FolderSplitter splitter;
  const std::set<std::string> *only = nullptr; ///< names to read again; null: this is the first time
  std::vector<Wanted> wanted;
  std::set<const Wanted *> used;
  CaseSet set;
};

} // namespace

llvm::Expected<CaseSet> pto::harness::select(const Options &options) {
  return Selection(options).run();
}

CaseSet pto::harness::selectAgain(const Options &options, const std::set<std::string> &names) {
  return Selection(options).runAgain(names);
}
