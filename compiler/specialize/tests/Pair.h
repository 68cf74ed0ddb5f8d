// A file under pairs/: its head, and its text with the edit that its head describes.
#pragma once

#include "llvm/ADT/StringMap.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"
#include <algorithm>
#include <filesystem>

namespace pto::specialize {

struct Pair {
  std::string name, text;
  llvm::StringMap<std::string> head;

  static Pair read(const std::string &path) {
    Pair pair;
    pair.name = llvm::sys::path::stem(path).str();
    auto file = llvm::MemoryBuffer::getFile(path);
    pair.text = file ? (*file)->getBuffer().str() : "";
    llvm::SmallVector<llvm::StringRef> lines;
    llvm::StringRef(pair.text).split(lines, '\n');
    for (llvm::StringRef line : lines) {
      if (!line.consume_front("# "))
        break;
      auto [key, value] = line.split(": ");
      pair.head[key] = value.str();
    }
    return pair;
  }

  /// The file with its edit made in the reference.
  std::string edited() const {
    std::string edit = head.lookup("edit");
    auto [from, to] = llvm::StringRef(edit).split(" => ");
    std::string changed = text;
    size_t at = changed.find(from.str(), changed.find("class " + head.lookup("reference")));
    if (from.empty() || at == std::string::npos)
      return {};
    return changed.replace(at, from.size(), to.str());
  }
};

inline std::vector<std::string> pairFiles() {
  std::vector<std::string> files;
  for (const auto &entry : std::filesystem::directory_iterator(PTO_SOURCE_DIR "/compiler/specialize/tests/pairs"))
    if (entry.path().extension() == ".py")
      files.push_back(entry.path().string());
  std::sort(files.begin(), files.end());
  return files;
}

} // namespace pto::specialize
