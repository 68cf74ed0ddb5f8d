// A folder of case files that lives as long as a test.
#pragma once

#include "harness/case/CaseFile.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/raw_ostream.h"
#include <string>

namespace pto::harness {

class Scratch {
public:
  Scratch() {
    llvm::SmallString<128> path;
    llvm::sys::fs::createUniqueDirectory("case-test", path);
    // The system's folder for such things can itself be a link.
    llvm::SmallString<128> real;
    llvm::sys::fs::real_path(path, real);
    root = real.str().str();
  }
  ~Scratch() { llvm::sys::fs::remove_directories(root); }
  Scratch(const Scratch &) = delete;
  Scratch &operator=(const Scratch &) = delete;

  std::string path(llvm::StringRef name) const { return root + "/" + name.str(); }

  std::string write(llvm::StringRef name, llvm::StringRef text) const {
    std::string file = path(name);
    llvm::sys::fs::create_directories(llvm::sys::path::parent_path(file));
    std::error_code error;
    llvm::raw_fd_ostream(file, error) << text;
    return file;
  }

  std::string root;
};

/// All points.
inline CaseSet readCaseFile(const std::string &file, const std::string &name) {
  return readCasePoints(file, name, [](llvm::StringRef) { return true; });
}

/// "case.yaml:3:7: message" for each error; the name of its point before it, where it is only that point's.
inline std::string show(const CaseSet &set, llvm::StringRef name = "case") {
  std::string text;
  llvm::raw_string_ostream os(text);
  for (const CaseSet::Broken &broken : set.broken)
    for (const Diagnostic &error : broken.errors) {
      if (broken.name != name)
        os << broken.name << ": ";
      os << llvm::sys::path::filename(error.place.file);
      if (error.place.line)
        os << ':' << error.place.line << ':' << error.place.column;
      os << ": " << error.message << '\n';
    }
  return text;
}

} // namespace pto::harness
