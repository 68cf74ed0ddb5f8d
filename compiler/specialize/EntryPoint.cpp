// The function or program that a request names, in its file.
// A name may be whole (`build.Program.kernel`), the last part of one, or missing where there is no choice.
#include "compiler/specialize/EntryPoint.h"
#include "compiler/frontend/program/Walk.h"
#include "llvm/ADT/StringExtras.h"

namespace pto::specialize {

namespace {

bool isRoot(const Definition &definition) {
  return definition.kind == Definition::Kind::Program || definition.decorator == "pl.jit";
}

std::string listOf(llvm::ArrayRef<const Definition *> definitions) {
  std::string text;
  for (const Definition *definition : definitions)
    text += (text.empty() ? "'" : ", '") + definition->path + "'";
  return text;
}

/// The kind that a method is declared with: `@pl.function(type=pl.FunctionType.Orchestration)`.
bool isOrchestration(const FunctionOutline &method) {
  for (const Expr *decorator : method.function->decorators)
    if (const auto *call = llvm::dyn_cast<Call>(decorator))
      for (const Keyword &keyword : call->keywords)
        if (keyword.name == "type" && resolvePath(keyword.value, *method.scope) == "pl.FunctionType.Orchestration")
          return true;
  return false;
}

} // namespace

void reportRequest(Diagnostics &diagnostics, const Source &source, std::string message) {
  Source nowhere(source.name().str(), "");
  diagnostics.enter(nowhere);
  diagnostics.error({}, std::move(message));
  diagnostics.enter(source);
}

class EntryFinder {
public:
  EntryFinder(EntryPoint &into, const Request &request, Diagnostics &diagnostics)
      : into(into), request(request), diagnostics(diagnostics) {}

  bool run() {
    into.scope = std::make_unique<ModuleScope>(*into.file);
    const Definition *definition = choose();
    if (!definition)
      return false;
    std::string path = definition->path;
    if (FactoryArguments arguments = builderArguments(*definition); !arguments.empty())
      into.scope = std::make_unique<ModuleScope>(*into.file, arguments);
    definition = settled(path);
    if (!definition)
      return false;
    into.outlined = Outline::of(*into.file, *into.scope, *definition, diagnostics);
    return into.outlined && chooseFunction();
  }

private:
  const Definition *choose() {
    std::vector<const Definition *> roots, inside;
    std::vector<llvm::StringRef> names;
    for (const Definition &definition : into.scope->definitions()) {
      if (isRoot(definition))
        roots.push_back(&definition);
      if (llvm::StringRef(definition.path).starts_with(request.entry + "."))
        inside.push_back(&definition);
      names.push_back(definition.name);
      names.push_back(definition.path);
    }
    if (request.entry.empty())
      return only(roots, "no entry is given");
    if (std::vector<const Definition *> found = into.scope->candidates(request.entry); !found.empty()) {
      // Which one of the same path it is may depend on the arguments of the function around them.
      bool isOnePath = llvm::all_of(found, [&](const Definition *each) { return each->path == found[0]->path; });
      return isOnePath ? found.back() : several(found);
    }
    // Not taken for a function of that name inside a program: with its decorator right, it would be meant.
    if (const Stranger *stranger = into.scope->findStranger(request.entry)) {
      diagnostics.error(stranger->range, stranger->problem);
      return nullptr;
    }
    if (const Definition *found = programOfMethod())
      return found;
    if (!inside.empty()) {
      llvm::erase_if(inside, [](const Definition *definition) { return !isRoot(*definition); });
      return only(inside, "'" + request.entry + "' builds no program or several");
    }
    reportRequest(diagnostics, *into.file->source,
                  "nothing named '" + request.entry + "' is defined for PTO in this file" +
                      didYouMean(request.entry, names));
    return nullptr;
  }

  std::string placeOf(const Definition &definition) const { return into.file->source->where(definition.nameRange()); }

  const Definition *several(llvm::ArrayRef<const Definition *> candidates) {
    std::string list;
    for (const Definition *each : candidates)
      list += (list.empty() ? "'" : ", '") + each->path + "' at " + placeOf(*each);
    bool isOnePath = candidates.front()->path == candidates.back()->path;
    reportRequest(diagnostics, *into.file->source,
                  "'" + request.entry + "' is ambiguous; it may be " + list +
                      (isOnePath ? "; which of them is defined is not known" : "; give the whole path of one"));
    return nullptr;
  }

  /// The one definition of a path that is still in force at the end of the file.
  const Definition *settled(const std::string &path) {
    std::vector<const Definition *> found = into.scope->candidates(path);
    if (found.empty())
      reportRequest(diagnostics, *into.file->source, "'" + path + "' is not defined with these arguments");
    if (found.size() > 1)
      return several(found);
    if (found.empty() || path != found[0]->name || found[0]->isConditional)
      return found.empty() ? nullptr : found[0];
    const Value *now = into.scope->top().find(path);
    if (!now || (found[0]->function ? now->function == found[0]->function : now->definition == found[0]->program))
      return found[0];
    std::string what = now->is(Value::Kind::Unknown) ? now->text : describe(now->kind).str() + " that is bound later";
    reportRequest(diagnostics, *into.file->source,
                  "'" + path + "' is not what " + placeOf(*found[0]) + " defines any more; it is " + what);
    return nullptr;
  }

  const Definition *only(llvm::ArrayRef<const Definition *> candidates, const std::string &otherwise) {
    if (candidates.size() == 1)
      return candidates.front();
    if (candidates.empty())
      for (const Stranger &stranger : into.scope->strangers())
        if (stranger.isOfLanguage) {
          diagnostics.error(stranger.range, stranger.problem);
          return nullptr;
        }
    reportRequest(diagnostics, *into.file->source,
                  otherwise + (candidates.empty() ? "; the file defines no program and no @pl.jit function to choose"
                                                  : "; choose one of " + listOf(candidates)));
    return nullptr;
  }

  /// `Program.kernel`, or `kernel` where one program has it.
  const Definition *programOfMethod() {
    auto [prefix, last] = llvm::StringRef(request.entry).rsplit('.');
    llvm::StringRef name = last.empty() ? prefix : last;
    const Definition *found = nullptr;
    unsigned count = 0;
    for (const Definition &definition : into.scope->definitions()) {
      if (!definition.program || (!last.empty() && definition.path != prefix && definition.name != prefix))
        continue;
      for (const Stmt *stmt : definition.program->body)
        if (const auto *function = llvm::dyn_cast<Function>(stmt); function && function->name == name) {
          found = &definition;
          ++count;
        }
    }
    if (count == 1)
      method = name;
    return count == 1 ? found : nullptr;
  }

  FactoryArguments builderArguments(const Definition &definition) {
    FactoryArguments bound;
    llvm::SmallVector<llvm::StringRef> around;
    llvm::StringRef(definition.path).split(around, '.');
    around.pop_back();
    auto onStmt = [&](const Stmt *stmt) {
      const auto *function = llvm::dyn_cast<Function>(stmt);
      if (!function || !llvm::is_contained(around, function->name))
        return;
      for (const Parameter &parameter : function->parameters) {
        std::string whole = function->name.str() + "." + parameter.name.str();
        into.builders.insert({parameter.name.str(), whole});
        for (const Argument &argument : request.arguments)
          if (argument.value && (parameter.name == argument.name || argument.name == whole))
            bound[function->name][parameter.name] = *argument.value;
      }
    };
    walk(into.file->body, {{}, onStmt});
    return bound;
  }

  bool chooseFunction() {
    const auto &methods = into.outlined->methods();
    if (!into.isProgram()) {
      into.called = into.outlined->functions().back().get();
      return true;
    }
    for (const auto &each : methods) {
      bool isNamed = each->name() == method, isOnly = methods.size() == 1;
      if (method.empty() ? isOnly || isOrchestration(*each) : isNamed)
        into.called = each.get();
    }
    return true;
  }

  EntryPoint &into;
  const Request &request;
  Diagnostics &diagnostics;
  llvm::StringRef method;
};

std::shared_ptr<const EntryPoint> EntryPoint::find(const Request &request, llvm::StringRef text,
                                                   std::vector<Diagnostic> &diagnostics) {
  auto entry = std::make_shared<EntryPoint>();
  entry->file = std::make_unique<Module>(parse(request.file, text.str(), diagnostics));
  if (llvm::any_of(diagnostics, [](const Diagnostic &each) { return each.severity == Severity::Error; }))
    return nullptr;
  Diagnostics found(*entry->file->source);
  bool isFound = EntryFinder(*entry, request, found).run();
  diagnostics.insert(diagnostics.end(), found.all().begin(), found.all().end());
  return isFound ? entry : nullptr;
}

} // namespace pto::specialize
