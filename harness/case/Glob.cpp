// Globs as automata: all the places in the pattern that a text can have led to are followed at once.
#include "harness/case/Glob.h"
#include "harness/case/Case.h"
#include "llvm/ADT/STLExtras.h"

namespace pto::harness {

GlobText::GlobText(llvm::StringRef text) : pattern(text.str()) {
  for (size_t at = 0; at < text.size();) {
    llvm::StringRef rest = text.substr(at);
    bool startsFolder = at == 0 || text[at - 1] == '/';
    if (startsFolder && rest.starts_with("**/")) {
      tokens.push_back({Kind::Folders});
      tokens.push_back({Kind::InFolders});
      at += 3;
    } else if (rest.starts_with("**")) {
      tokens.push_back({Kind::DeepRun});
      at += 2;
    } else {
      Kind kind = rest[0] == '*' ? Kind::Run : rest[0] == '?' ? Kind::One : Kind::Literal;
      tokens.push_back({kind, rest[0]});
      ++at;
    }
    literal &= tokens.back().kind == Kind::Literal;
  }
}

void GlobText::enter(States &states, size_t token) const {
  if (states[token])
    return;
  states[token] = true;
  if (token == tokens.size())
    return;
  Kind kind = tokens[token].kind;
  if (kind == Kind::Run || kind == Kind::DeepRun)
    enter(states, token + 1);
  if (kind == Kind::Folders) {
    enter(states, token + 1);
    enter(states, token + 2);
  }
}

GlobText::States GlobText::walk(llvm::StringRef text) const {
  States states(tokens.size() + 1, false);
  enter(states, 0);
  for (char c : text) {
    States next(tokens.size() + 1, false);
    for (size_t i = 0; i < tokens.size(); ++i) {
      if (!states[i])
        continue;
      switch (tokens[i].kind) {
      case Kind::Literal:
        if (c == tokens[i].symbol)
          enter(next, i + 1);
        break;
      case Kind::One:
        if (c != '/')
          enter(next, i + 1);
        break;
      case Kind::Run:
        if (c != '/')
          enter(next, i);
        break;
      case Kind::DeepRun:
        enter(next, i);
        break;
      case Kind::Folders:
        break;
      case Kind::InFolders:
        enter(next, i);
        if (c == '/')
          enter(next, i + 1);
        break;
      }
    }
    states = std::move(next);
  }
  return states;
}

bool GlobText::matches(llvm::StringRef text) const {
  return walk(text).back();
}

bool GlobText::matchesStart(llvm::StringRef start) const {
  return llvm::is_contained(walk(start), true);
}

/// Whether `inner` is `outer` or lies below it.
static bool isWithin(llvm::StringRef inner, llvm::StringRef outer) {
  return inner == outer || (inner.starts_with(outer) && inner[outer.size()] == '/');
}

Glob::Glob(llvm::StringRef pattern) : folders(pattern.split('@').first.rtrim('/')) {
  if (pattern.contains('@'))
    point.emplace(pattern.split('@').second);
}

bool Glob::matchesCase(llvm::StringRef caseName) const {
  if (folders.text().empty())
    return false;
  return folders.isLiteral() ? isWithin(caseName, folders.text()) : folders.matches(caseName);
}

bool Glob::matches(llvm::StringRef name) const {
  auto [caseName, label] = name.split('@');
  return matchesCase(caseName) && (!point || (name.contains('@') && point->matches(label)));
}

bool Glob::reachesBelow(llvm::StringRef folder) const {
  if (folder.empty())
    return true;
  if (folders.isLiteral())
    return isWithin(folder, folders.text()) || isWithin(folders.text(), folder);
  return folders.matchesStart((folder + "/").str());
}

std::string Glob::restBelow(llvm::StringRef folder) const {
  if (folder.empty())
    return folders.text().str();
  if (folders.isLiteral()) {
    if (isWithin(folder, folders.text()))
      return "all";
    return isWithin(folders.text(), folder) ? folders.text().drop_front(folder.size()).str() : "none";
  }
  GlobText::States states = folders.walk((folder + "/").str());
  return std::string(states.begin(), states.end()) + (folders.matches(folder) ? "+" : "-");
}

bool matches(llvm::StringRef glob, llvm::StringRef name) {
  return Glob(glob).matches(name);
}

} // namespace pto::harness
