// A folder with the program after each pass.
#include "compiler/passes/Dump.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Format.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/raw_ostream.h"

namespace pto::passes {

namespace {

namespace fs = llvm::sys::fs;

/// 07_after_MemoryReuse.py
bool isDump(llvm::StringRef file) {
  return file.size() > 2 && llvm::all_of(file.take_front(2), llvm::isDigit) &&
         file.drop_front(2).starts_with("_after_") && file.ends_with(".py");
}

llvm::Error failed(const std::string &folder, std::error_code code) {
  return llvm::createStringError(code, "the programs after each pass cannot be written to '%s': %s", folder.c_str(),
                                 code.message().c_str());
}

} // namespace

llvm::Error Dump::open() {
  if (folder.empty())
    return llvm::Error::success();
  if (std::error_code code = fs::create_directories(folder))
    return failed(folder, code);
  std::error_code code;
  for (fs::directory_iterator entry(folder, code), end; entry != end && !code; entry.increment(code))
    if (isDump(llvm::sys::path::filename(entry->path())))
      if (std::error_code problem = fs::remove(entry->path()))
        return failed(folder, problem);
  return code ? failed(folder, code) : llvm::Error::success();
}

llvm::Error Dump::write(llvm::StringRef pass, llvm::StringRef text) {
  if (folder.empty())
    return llvm::Error::success();
  llvm::SmallString<128> path(folder);
  std::string number = std::to_string(++count);
  llvm::sys::path::append(path, (number.size() < 2 ? "0" : "") + number + "_after_" + pass + ".py");
  return llvm::writeToOutput(path, [&](llvm::raw_ostream &stream) {
    stream << text;
    return llvm::Error::success();
  });
}

} // namespace pto::passes
