// Writing the line.
#include "harness/run/Replay.h"
#include "harness/run/Display.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/Path.h"
#include <charconv>
#include <cstdlib>

using namespace pto::harness;

/// Quoted where a shell would read it in another way.
static std::string quoted(llvm::StringRef word) {
  auto isPlain = [](char c) { return llvm::isAlnum(c) || llvm::StringRef("/._-+,=@:%").contains(c); };
  if (!word.empty() && llvm::all_of(word, isPlain))
    return word.str();
  std::string text = "'";
  for (char c : word)
    text += c == '\'' ? "'\\''" : std::string(1, c);
  return text + "'";
}

/// Absolute: the line may be typed in another folder. Empty where the folder's own cases are meant.
static std::string rootOf(const Case &spec) {
  llvm::StringRef root = spec.folder;
  if (!root.consume_back(spec.folderName()))
    return {};
  root = root.size() > 1 ? root.rtrim('/') : root;
  llvm::SmallString<256> own(workingFolder());
  llvm::sys::path::append(own, "cases");
  return root == own && !std::getenv("PTO_CASES_ROOT") ? "" : root.str();
}

std::string pto::harness::formatNumber(double number) {
  char text[64];
  return {text, std::to_chars(text, std::end(text), number).ptr};
}

std::string pto::harness::formatSize(uint64_t bytes) {
  constexpr llvm::StringLiteral units[] = {"B", "KiB", "MiB", "GiB", "TiB"};
  size_t unit = 0;
  for (; bytes && bytes % 1024 == 0 && unit + 1 < std::size(units); ++unit)
    bytes /= 1024;
  return std::to_string(bytes) + units[unit].str();
}

std::string pto::harness::replayLine(const Case &spec, const Settings &settings) {
  const Settings usual;
  std::string line = quoted(settings.program) + " --case " + quoted(spec.name);
  auto add = [&](llvm::StringRef option, const std::string &value) {
    line += (" " + option + " " + quoted(value)).str();
  };
  if (std::string root = rootOf(spec); !root.empty())
    add("--cases-root", root);
  if (settings.seed != usual.seed)
    add("--seed", std::to_string(settings.seed));
  if (settings.target != usual.target)
    add("--target", settings.target);
  // A case's own time goes before the option's.
  if (settings.timeoutSeconds != usual.timeoutSeconds && !spec.timeoutSeconds)
    add("--timeout", formatNumber(settings.timeoutSeconds));
  if (settings.instructionBudget != usual.instructionBudget)
    add("--budget", std::to_string(settings.instructionBudget));
  if (settings.memoryLimit != usual.memoryLimit)
    add("--memory", formatSize(settings.memoryLimit));
  for (const std::string &check : settings.allowedChecks)
    add("--allow", check);
  for (const std::string &convention : settings.conventions.texts())
    add("--convention", convention);
  if (settings.order.kind != Order::Kind::Program)
    add("--order", settings.order.text());
  if (settings.slack)
    add("--gm-slack", formatSize(settings.slack));
  if (spec.host && settings.allowPython)
    line += " --allow-python";
  if (spec.host && settings.python != usual.python)
    add("--python", settings.python);
  if (!settings.checked)
    line += " --no-check";
  if (settings.warningsAreErrors)
    line += " --werror";
  return line;
}
