// Reading presets: each value goes through the same check as a typed one, and an error names where it stands.
#include "harness/cli/Presets.h"
#include "harness/case/SourceFile.h"
#include "harness/case/Yaml.h"
#include "harness/run/Display.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/raw_ostream.h"
#include <cstdlib>
#include <unistd.h>

using namespace pto;
using namespace pto::harness;
namespace sys = llvm::sys;

static constexpr llvm::StringLiteral fileName = ".run_validation.yaml";

static bool isFlag(const CLI::Option &option) {
  return option.get_items_expected_max() == 0;
}
static bool isList(const CLI::Option &option) {
  return option.get_items_expected_max() > 1;
}

/// The options that can be preset: all with a long name, but for those that ask for something else than a run.
static std::vector<CLI::Option *> presettable(CLI::App &app) {
  std::vector<CLI::Option *> options;
  auto add = [&](CLI::App &owner) {
    for (CLI::Option *option : owner.get_options())
      if (!environmentName(*option).empty())
        options.push_back(option);
  };
  add(app);
  for (CLI::App *group : app.get_subcommands([](CLI::App *child) { return child->get_name().empty(); }))
    add(*group);
  return options;
}

std::string pto::harness::environmentName(const CLI::Option &option) {
  static constexpr llvm::StringLiteral typedOnly[] = {"help",  "version", "list",   "json",     "dry-run",
                                                      "rerun", "watch",   "config", "no-config"};
  if (option.get_lnames().empty() || llvm::is_contained(typedOnly, option.get_lnames().front()))
    return "";
  std::string name = "PTO_" + llvm::StringRef(option.get_lnames().front()).upper();
  std::replace(name.begin(), name.end(), '-', '_');
  return name;
}

static void set(CLI::Option &option, std::vector<std::string> values, const std::string &where) {
  try {
    if (isFlag(option) && values != std::vector<std::string>{"true"} && values != std::vector<std::string>{"false"} &&
        option.get_lnames().front() != "shuffle")
      throw CLI::ValidationError("expected true or false, found " + quote(llvm::join(values, " ")));
    option.add_result(std::move(values));
    option.run_callback();
  } catch (const CLI::Error &error) {
    // CLI11 begins with the option's name, which the place says already.
    llvm::StringRef text(error.what());
    text.consume_front(option.get_name() + ": ");
    throw WrongPreset{"error: " + where + ": " + text.str()};
  }
}

/// A variable that is nearly one of ours, or is that of an option which has to be typed.
static void warnOfUnknownVariables(const std::vector<CLI::Option *> &options) {
  std::vector<std::string> own = {"PTO_REFERENCE_PLUGIN", "PTO_PRESET", "PTO_NO_INSTALL", "PTO_PROJECT_CASES"};
  for (const CLI::Option *option : options)
    own.push_back(environmentName(*option));
  constexpr llvm::StringLiteral prefix = "PTO_";
  // Without the prefix: it would make any two of them alike.
  std::vector<llvm::StringRef> known;
  for (llvm::StringRef name : own)
    known.push_back(name.drop_front(prefix.size()));
  for (char **variable = environ; *variable; ++variable) {
    llvm::StringRef name = llvm::StringRef(*variable).split('=').first;
    if (!name.consume_front(prefix) || llvm::is_contained(known, name))
      continue;
    if (llvm::StringRef meant = nearest(name, known); !meant.empty())
      llvm::errs() << "warning: the environment variable " << prefix << name << " sets nothing; did you mean '"
                   << prefix << meant << "'?\n";
  }
}

static void applyEnvironment(CLI::App &app) {
  warnOfUnknownVariables(presettable(app));
  for (CLI::Option *option : presettable(app)) {
    std::string name = environmentName(*option);
    const char *value = std::getenv(name.c_str());
    if (!value || !*value || option->count())
      continue;
    std::vector<std::string> values = {value};
    if (isList(*option)) {
      llvm::SmallVector<llvm::StringRef> words;
      llvm::SplitString(value, words, " \t\n");
      values.assign(words.begin(), words.end());
    } else if (isFlag(*option)) {
      values = {llvm::StringSwitch<std::string>(value).Case("1", "true").Case("0", "false").Default(value)};
    }
    set(*option, std::move(values), name);
  }
}

/// Empty where there is none. Without a repository around it only the working folder is looked at.
static std::string findFile() {
  llvm::SmallString<256> here;
  if (sys::fs::current_path(here))
    return "";
  auto in = [&](llvm::StringRef folder) { return (folder + "/" + fileName).str(); };
  std::string found;
  for (llvm::StringRef folder = here; !folder.empty(); folder = sys::path::parent_path(folder)) {
    if (found.empty() && sys::fs::exists(in(folder)))
      found = in(folder);
    if (sys::fs::exists(folder + "/.git"))
      return found;
  }
  return sys::fs::exists(in(here)) ? in(here) : "";
}

static std::vector<std::string> valuesOf(const CLI::Option &option, const YamlNode &node, const std::string &where,
                                         llvm::StringRef folder) {
  std::vector<std::string> values;
  auto add = [&](const YamlNode &item) {
    if (item.kind != YamlNode::Kind::Text)
      throw WrongPreset{"error: " + where + ": expected " + (isList(option) ? "text" : "one value") + ", found " +
                        describe(item.kind).str()};
    llvm::SmallString<256> value(item.text);
    // A path in the file means the same from every folder.
    if (llvm::StringRef(option.get_type_name()).starts_with("DIR"))
      sys::fs::make_absolute(folder, value);
    values.push_back(value.str().str());
  };
  if (node.kind == YamlNode::Kind::List && isList(option))
    llvm::for_each(node.items, [&](const YamlNode *item) { add(*item); });
  else
    add(node);
  return values;
}

static void applyFile(CLI::App &app, const std::string &path) {
  auto fail = [](const Diagnostic &diagnostic) { return WrongPreset{describe(diagnostic)}; };
  llvm::Expected<std::string> text = readText(path);
  if (!text)
    throw fail(toDiagnostic(text.takeError()));
  if (llvm::all_of(llvm::split(*text, '\n'),
                   [](llvm::StringRef line) { return line.trim().empty() || line.trim().starts_with("#"); }))
    return;
  Diagnostics problems;
  auto file = YamlFile::parse(path, std::move(*text), problems);
  if (!file)
    throw fail(toDiagnostic(file.takeError()));
  const YamlNode &root = (*file)->root();
  if (root.kind != YamlNode::Kind::Map)
    throw fail({(*file)->placeOf(root), "expected a map of options, found " + describe(root.kind).str()});
  if (!problems.empty())
    throw fail(problems.take().front());
  std::vector<CLI::Option *> options = presettable(app);
  std::vector<llvm::StringRef> names;
  for (CLI::Option *option : options)
    names.push_back(option->get_lnames().front());
  for (const YamlNode::Entry &entry : root.entries) {
    auto found = llvm::find(names, entry.key->text);
    if (found == names.end())
      throw fail({(*file)->placeOf(*entry.key), quote(entry.key->text) + " is not an option that a file can set" +
                                                    didYouMean(entry.key->text, names)});
    CLI::Option &option = *options[found - names.begin()];
    Place place = (*file)->placeOf(*entry.value);
    place.file = displayPath(path);
    std::string where = toString(place) + ": '" + entry.key->text + "'";
    std::vector<std::string> values = valuesOf(option, *entry.value, where, sys::path::parent_path(path));
    if (option.count() == 0 && !values.empty())
      set(option, std::move(values), where);
  }
}

std::string pto::harness::applyPresets(CLI::App &app, bool readFile) {
  applyEnvironment(app);
  std::string file = readFile ? findFile() : "";
  if (!file.empty())
    applyFile(app, file);
  return file;
}
