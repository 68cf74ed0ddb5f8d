// Waiting for files, reading again the cases that they belong to, running these.
#include "harness/cli/Watch.h"
#include "harness/cli/Selection.h"
#include "harness/cli/Validation.h"
#include "harness/cli/WatchedFiles.h"
#include "harness/run/Display.h"
#include "reports/Summary.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/raw_ostream.h"

using namespace pto::harness;

static int fail(llvm::Error error) {
  llvm::errs() << "error: " << llvm::toString(std::move(error)) << '\n';
  return pto::reports::exit_code::setUpError;
}

static std::set<std::string> namesOf(const CaseSet &set) {
  std::set<std::string> names;
  for (const Case &spec : set.cases)
    names.insert(llvm::StringRef(spec.name).split('@').first.str());
  for (const CaseSet::Broken &broken : set.broken)
    names.insert(llvm::StringRef(broken.name).split('@').first.str());
  return names;
}

static void announce(const WatchedFiles::News &news) {
  llvm::outs() << '\n';
  for (const std::string &file : news.files)
    llvm::outs() << displayPath(file) << ":\n";
  llvm::outs().flush();
}

int pto::harness::watch(const Options &options) {
  llvm::Expected<CaseSet> selected = select(options);
  if (!selected)
    return reportUnselected(selected.takeError());
  // Before the first run, so that what is saved in the meantime is not lost.
  WatchedFiles files;
  if (llvm::Error error = files.watch(*selected))
    return fail(std::move(error));
  std::set<std::string> known = namesOf(*selected);
  int exitCode = validate(options, std::move(*selected));
  while (!wasInterrupted()) {
    llvm::errs() << "watching " << known.size() << (known.size() == 1 ? " case" : " cases") << "; Ctrl-C ends\n";
    std::set<std::string> touched;
    WatchedFiles::News news;
    while (touched.empty() && !wasInterrupted()) {
      news = files.wait();
      touched = news.isIncomplete ? known : files.casesOf(news.files);
      if (news.mayHaveNewCases && !options.rerun)
        for (const std::string &name : namesOf(selectAgain(options, {})))
          if (known.insert(name).second)
            touched.insert(name);
    }
    if (wasInterrupted())
      break;
    CaseSet set = selectAgain(options, touched);
    announce(news);
    for (const std::string &name : touched)
      if (!namesOf(set).count(name))
        llvm::outs() << "'" << name << "' is gone or no longer selected\n";
    llvm::outs().flush();
    if (llvm::Error error = files.watch(set))
      return fail(std::move(error));
    if (!set.cases.empty() || !set.broken.empty())
      exitCode = validate(options, std::move(set));
  }
  return exitCode;
}
