// Runs cases.py in a copy of the folder, and reads what it lists.
#include "harness/run/FolderSplitter.h"
#include "harness/run/FolderCopy.h"
#include "harness/run/WholeFile.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/JSON.h"
#include "llvm/Support/MemoryBuffer.h"

using namespace pto;
using namespace pto::harness;

/// A name becomes a folder, an argument of scripts and a part of the case's own name.
static constexpr char lister[] = R"py(
import json, re
import cases
found = getattr(cases, "CASES", None)
if not isinstance(found, (list, tuple)) or not found:
    raise SystemExit("it has no CASES; expected a list of cases, each a dict with a 'name'")
names = []
for index, case in enumerate(found):
    name = case.get("name") if isinstance(case, dict) else None
    if not isinstance(name, str) or not re.fullmatch(r"[\w+-][\w.+-]*", name, re.ASCII):
        raise SystemExit(f"CASES[{index}] has the name {name!r}; expected a 'name' of letters, digits and any of _ . + -")
    if name in names:
        raise SystemExit(f"CASES[{index}] has the name {name!r}, as CASES[{names.index(name)}] has")
    names.append(name)
json.dump(names, open(".names", "w"))
)py";

static llvm::Error refuse(const Case &folder, const std::string &message) {
  return llvm::make_error<PlacedError>(Place{folder.host->cases}, message);
}

llvm::Expected<std::vector<std::string>> FolderSplitter::namesIn(const ScratchFolder &copy, const Case &folder) {
  constexpr llvm::StringLiteral file = ".list_cases.py";
  if (std::error_code error = writeWholeFile(pathIn(copy, folder, file), lister))
    return refuse(folder, "the copy of the folder cannot be written to: " + error.message());
  std::chrono::duration<double> limit(settings.timeoutSeconds);
  llvm::Expected<ScriptResult> result =
      python.run(scriptIn(copy, folder, file), std::chrono::duration_cast<std::chrono::milliseconds>(limit));
  if (!result)
    return refuse(folder, "its cases cannot be read: " + llvm::toString(result.takeError()));
  if (result->status) {
    llvm::StringRef last = llvm::StringRef(result->printed).rtrim();
    return refuse(folder, "its cases cannot be read: " + last.substr(last.rfind('\n') + 1).str());
  }
  auto text = llvm::MemoryBuffer::getFile(pathIn(copy, folder, ".names"));
  if (!text)
    return refuse(folder, "it ends before its CASES are read");
  std::vector<std::string> names;
  llvm::json::Path::Root root;
  llvm::Expected<llvm::json::Value> value = llvm::json::parse((*text)->getBuffer());
  if (!value || !llvm::json::fromJSON(*value, names, root)) {
    llvm::consumeError(value.takeError());
    return refuse(folder, "the names of its cases cannot be read");
  }
  return names;
}

llvm::Expected<std::vector<Case>> FolderSplitter::split(const Case &folder) {
  llvm::Expected<ScratchFolder> made = copyFolder(folder);
  if (!made)
    return refuse(folder, llvm::toString(made.takeError()));
  auto copy = std::make_shared<const ScratchFolder>(std::move(*made));
  llvm::Expected<std::vector<std::string>> names = namesIn(*copy, folder);
  if (!names)
    return names.takeError();
  std::vector<Case> cases(names->size(), folder);
  for (auto [spec, name] : llvm::zip(cases, *names)) {
    spec.name = folder.name + "/" + name;
    spec.inFolder = folder.name + "@case=" + name;
    spec.points = names->size();
    spec.host->caseName = name;
    spec.host->copy = copy;
  }
  return cases;
}
