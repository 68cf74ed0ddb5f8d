// Writing completion scripts.
#include "harness/cli/Completion.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringRef.h"
#include <functional>

using namespace pto::harness;

namespace {

/// An option as a shell sees it.
struct Entry {
  std::vector<std::string> names; ///< with their dashes
  std::string description;
  bool takesValue = false;
  enum class Values { None, Words, Cases, Folder, File } values = Values::None;
  std::vector<std::string> words;
};

} // namespace

static Entry toEntry(const CLI::Option &option) {
  Entry entry;
  for (const std::string &name : option.get_snames())
    entry.names.push_back("-" + name);
  for (const std::string &name : option.get_lnames())
    entry.names.push_back("--" + name);
  entry.description = option.get_description();
  entry.takesValue = option.get_items_expected_max() > 0;
  std::string type = option.get_type_name();
  // A choice is written by its check: "TEXT:{auto,always,never}".
  auto [kind, choices] = llvm::StringRef(type).split('{');
  if (!choices.empty()) {
    entry.values = Entry::Values::Words;
    llvm::SmallVector<llvm::StringRef> words;
    choices.rtrim('}').split(words, ',');
    entry.words.assign(words.begin(), words.end());
  } else if (kind == "CASE") {
    entry.values = Entry::Values::Cases;
  } else if (kind == "DIR") {
    entry.values = Entry::Values::Folder;
  } else if (kind == "FILE") {
    entry.values = Entry::Values::File;
  }
  return entry;
}

static std::vector<Entry> entriesOf(const CLI::App &app) {
  std::vector<Entry> entries;
  std::function<void(const CLI::App &)> add = [&](const CLI::App &owner) {
    for (const CLI::Option *option : owner.get_options())
      if (Entry entry = toEntry(*option); !entry.names.empty())
        entries.push_back(std::move(entry));
    for (const CLI::App *group : owner.get_subcommands([](const CLI::App *child) { return child->get_name().empty(); }))
      add(*group);
  };
  add(app);
  return entries;
}

static std::vector<const CLI::App *> commandsOf(const CLI::App &app) {
  return app.get_subcommands([](const CLI::App *child) { return !child->get_name().empty(); });
}

/// In single quotes, as all three shells read it.
static std::string quoted(llvm::StringRef text, const char *quote) {
  std::string result = "'";
  for (char c : text)
    c == '\'' ? result += quote : result += c;
  return result + "'";
}

static void printBash(const CLI::App &app, llvm::raw_ostream &os) {
  std::vector<std::string> names;
  os << "# bash completion of run_validation; in ~/.bashrc:  source <(run_validation completion bash)\n"
        "_run_validation() {\n"
        "  local IFS=$'\\n' cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD-1]}\n"
        "  # Bash ends a word at '=' and '@', with which a point's name goes on: the line tells what was typed.\n"
        "  local line=${COMP_LINE:0:COMP_POINT}\n"
        "  if [[ -n $line ]]; then cur=${line##* } prev=${line% *}; prev=${prev##* }; fi\n"
        "  if [[ $cur == --*=* ]]; then prev=${cur%%=*} cur=${cur#*=}; fi\n"
        "  _run_validation_cases() {\n"
        "    if [[ $cur == *@* ]]; then\n"
        "      COMPREPLY=($(compgen -W \"$(\"${COMP_WORDS[0]}\" --list \"${cur%%@*}\" 2>/dev/null)\" -- \"$cur\"))\n"
        "      local typed=${cur%\"${cur##*[=@]}\"}\n"
        "      COMPREPLY=(\"${COMPREPLY[@]#\"$typed\"}\")\n"
        "      return\n"
        "    fi\n"
        "    COMPREPLY=($(compgen -W \"$(\"${COMP_WORDS[0]}\" --list 2>/dev/null | sed 's/@.*//' | sort -u)\" -- "
        "\"$cur\")"
        " $(compgen -f -- \"$cur\"))\n"
        "    compopt -o filenames 2>/dev/null\n"
        "  }\n"
        "  case $prev in\n";
  for (const Entry &entry : entriesOf(app)) {
    names.insert(names.end(), entry.names.begin(), entry.names.end());
    if (!entry.takesValue)
      continue;
    os << "    " << llvm::join(entry.names, "|") << ") ";
    switch (entry.values) {
    case Entry::Values::Words:
      os << "COMPREPLY=($(compgen -W $'" << llvm::join(entry.words, "\\n") << "' -- \"$cur\")); return ;;\n";
      break;
    case Entry::Values::Cases:
      os << "_run_validation_cases; return ;;\n";
      break;
    case Entry::Values::Folder:
      os << "COMPREPLY=($(compgen -d -- \"$cur\")); compopt -o filenames 2>/dev/null; return ;;\n";
      break;
    case Entry::Values::File:
      os << "COMPREPLY=($(compgen -f -- \"$cur\")); compopt -o filenames 2>/dev/null; return ;;\n";
      break;
    case Entry::Values::None:
      os << "return ;;\n";
      break;
    }
  }
  os << "    completion) COMPREPLY=($(compgen -W $'bash\\nzsh\\nfish' -- \"$cur\")); return ;;\n"
        "  esac\n"
        "  if [[ $cur == -* ]]; then\n"
        "    COMPREPLY=($(compgen -W $'"
     << llvm::join(names, "\\n")
     << "' -- \"$cur\"))\n"
        "    return\n"
        "  fi\n"
        "  _run_validation_cases\n"
        "  if ((COMP_CWORD == 1)); then\n"
        "    COMPREPLY+=($(compgen -W $'";
  std::vector<std::string> commands;
  for (const CLI::App *command : commandsOf(app))
    commands.push_back(command->get_name());
  os << llvm::join(commands, "\\n")
     << "' -- \"$cur\"))\n"
        "  fi\n"
        "}\n"
        "complete -F _run_validation run_validation ./run_validation\n";
}

static void printZsh(const CLI::App &app, llvm::raw_ostream &os) {
  // In the middle of a specification these have a meaning of their own.
  auto plain = [](llvm::StringRef text) {
    std::string result;
    for (char c : text) {
      if (c == '[' || c == ']' || c == ':' || c == '\\')
        result += '\\';
      result += c;
    }
    return result;
  };
  os << "#compdef run_validation\n"
        "# zsh completion of run_validation; in ~/.zshrc, after compinit:  source <(run_validation completion zsh)\n"
        "_run_validation_cases() {\n"
        "  local -a names\n"
        "  if [[ $PREFIX == *@* ]]; then\n"
        "    names=(${(f)\"$(${words[1]} --list ${PREFIX%%@*} 2>/dev/null)\"})\n"
        "    compadd -a names\n"
        "    return\n"
        "  fi\n"
        "  names=(${(f)\"$(${words[1]} --list 2>/dev/null | sed 's/@.*//' | sort -u)\"})\n"
        "  _alternative 'commands:command:(";
  for (const CLI::App *command : commandsOf(app))
    os << command->get_name() << ' ';
  os << ")' 'cases:case:compadd -a names' 'files:file:_files'\n"
        "}\n"
        "_run_validation() {\n"
        "  _arguments -s \\\n";
  for (const Entry &entry : entriesOf(app)) {
    for (const std::string &name : entry.names) {
      // A value may follow as a word, or after '=' (a long name) or at once (a short one).
      const char *joint = !entry.takesValue ? "" : llvm::StringRef(name).starts_with("--") ? "=" : "+";
      std::string spec = "*" + name + joint + "[" + plain(entry.description) + "]";
      if (entry.takesValue) {
        spec += ":value:";
        switch (entry.values) {
        case Entry::Values::Words:
          spec += "(" + llvm::join(entry.words, " ") + ")";
          break;
        case Entry::Values::Cases:
          spec += "_run_validation_cases";
          break;
        case Entry::Values::Folder:
          spec += "_files -/";
          break;
        case Entry::Values::File:
          spec += "_files";
          break;
        case Entry::Values::None:
          spec += " ";
          break;
        }
      }
      os << "    " << quoted(spec, "'\\''") << " \\\n";
    }
  }
  os << "    '*:case:_run_validation_cases'\n"
        "}\n"
        "compdef _run_validation run_validation ./run_validation\n";
}

static void printFish(const CLI::App &app, llvm::raw_ostream &os) {
  os << "# fish completion of run_validation:  run_validation completion fish | source\n"
        "function __run_validation_cases\n"
        "    set -l words (commandline -opc)\n"
        "    set -l token (string split -m1 @ -- (commandline -ct))\n"
        "    if set -q token[2]\n"
        "        $words[1] --list $token[1] 2>/dev/null\n"
        "    else\n"
        "        $words[1] --list 2>/dev/null | string replace -r '@.*' '' | sort -u\n"
        "    end\n"
        "end\n"
        "complete -c run_validation -a '(__run_validation_cases)'\n";
  for (const CLI::App *command : commandsOf(app))
    os << "complete -c run_validation -n __fish_use_subcommand -a " << command->get_name() << " -d "
       << quoted(command->get_description(), "\\'") << '\n';
  os << "complete -c run_validation -n '__fish_seen_subcommand_from completion' -f -a 'bash zsh fish'\n";
  for (const Entry &entry : entriesOf(app)) {
    os << "complete -c run_validation";
    for (llvm::StringRef name : entry.names)
      os << (name.starts_with("--") ? " -l " : " -s ") << name.ltrim('-').str();
    os << " -d " << quoted(entry.description, "\\'");
    switch (entry.values) {
    case Entry::Values::Words:
      os << " -x -a '" << llvm::join(entry.words, " ") << "'";
      break;
    case Entry::Values::Cases:
      os << " -r -a '(__run_validation_cases)'";
      break;
    case Entry::Values::Folder:
      os << " -x -a '(__fish_complete_directories)'";
      break;
    case Entry::Values::File:
      os << " -r -F";
      break;
    case Entry::Values::None:
      os << (entry.takesValue ? " -x" : "");
      break;
    }
    os << '\n';
  }
}

std::vector<std::string> pto::harness::optionNames(const CLI::App &app) {
  std::vector<std::string> names;
  for (const Entry &entry : entriesOf(app))
    llvm::append_range(names, entry.names);
  return names;
}

void pto::harness::printCompletion(const CLI::App &app, const std::string &shell, llvm::raw_ostream &os) {
  if (shell == "bash")
    printBash(app, os);
  else if (shell == "zsh")
    printZsh(app, os);
  else
    printFish(app, os);
}
