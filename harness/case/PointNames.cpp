// Reading `name` at each point.
#include "harness/case/PointNames.h"
#include "harness/case/SourceFile.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/Support/Path.h"

namespace pto::harness {

std::vector<PointName> namePoints(const YamlFile &file, const Matrix &matrix, const std::string &folderName,
                                  Diagnostics &problems) {
  const YamlNode *node = file.root().find("name");
  std::string above = folderName.substr(0, folderName.rfind('/') + 1);
  std::vector<PointName> names;
  llvm::StringMap<std::string> seen;
  for (const Point &point : matrix.points) {
    std::string inFolder = folderName + point.label();
    if (!node) {
      names.push_back({inFolder, inFolder});
      continue;
    }
    Reader reader(file, point.bindings, problems);
    std::optional<std::string> text = reader.text(*node, "'name' must be text");
    if (!text)
      return names;
    if (!isPlainName(*text)) {
      reader.fail(*node, "'name' replaces the last folder of a case's name, and has letters, digits, '_', '.', '+' or "
                         "'-'; found " +
                             quote(*text));
      return names;
    }
    auto isRead = [&](llvm::StringRef axis) {
      auto binder = llvm::find_if(matrix.binders, [&](const Binder &each) { return each.key->text == axis; });
      return llvm::any_of(binder->names, [&](llvm::StringRef name) { return point.bindings.wasRead(name); });
    };
    PointName name = {above + *text + point.label(isRead), inFolder};
    auto [first, isNew] = seen.try_emplace(name.own, point.label());
    if (!isNew)
      reader.fail(*node,
                  "two points have the name " + quote(name.own) + ": " + first->second + " and " + point.label());
    names.push_back(std::move(name));
  }
  return names;
}

bool namesItsPoints(const std::string &file) {
  llvm::Expected<std::string> text = readText(file);
  if (!text) {
    llvm::consumeError(text.takeError());
    return false;
  }
  return llvm::any_of(llvm::split(*text, '\n'), [](llvm::StringRef line) { return line.starts_with("name:"); });
}

} // namespace pto::harness
