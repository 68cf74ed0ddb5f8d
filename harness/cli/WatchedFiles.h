// Files that cases are read from, and the news of them: inotify on their folders, since editors save by renaming.
#pragma once

#include "harness/case/Case.h"
#include "llvm/Support/Error.h"
#include <map>
#include <set>
#include <string>
#include <vector>

namespace pto::harness {

class WatchedFiles {
public:
  WatchedFiles();
  ~WatchedFiles();
  WatchedFiles(const WatchedFiles &) = delete;

  /// What the cases read from now on, beside what they read before; folders that are watched already stay so.
  llvm::Error watch(const CaseSet &set);

  struct News {
    std::set<std::string> files;  ///< absolute; saved, moved, or gone
    bool mayHaveNewCases = false; ///< in which new cases may be
    bool isIncomplete = false;    ///< more happened than the system can tell
    bool empty() const { return files.empty() && !mayHaveNewCases && !isIncomplete; }
  };
  /// Waits for news, and a moment longer, since a save is several events. Empty where a signal came.
  News wait();

  /// The names, without points, of the cases that read one of these files.
  std::set<std::string> casesOf(const std::set<std::string> &files) const;

private:
  llvm::Error watchFolder(const std::string &folder);
  void watchBelow(const std::string &folder);
  void noteCase(llvm::StringRef caseName, const std::string &file);
  bool read(News &news);

  int descriptor = -1;
  std::map<int, std::string> folders;                    ///< by inotify's number
  std::map<std::string, std::set<std::string>> readers;  ///< names of cases by file
  std::map<std::string, std::set<std::string>> programs; ///< … by folder, of whose programs one may import another
};

} // namespace pto::harness
