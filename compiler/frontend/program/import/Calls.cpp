// Calls: of the program's functions, of functions that are inlined; Operations.cpp has those of the language.
// What is called is a name of the program, of the file, or of a file that it imports.
#include "compiler/dialect/program/Dims.h"
#include "compiler/frontend/program/CallArguments.h"
#include "compiler/frontend/program/import/BodyImporter.h"

namespace pto::frontend {

namespace {

constexpr unsigned deepestInlining = 16;

bool isInlined(const Value &callee) {
  return llvm::any_of(callee.function->decorators, [&](const Expr *decorator) {
    const auto *call = llvm::dyn_cast<Call>(decorator);
    std::string path = resolvePath(call ? call->callee : decorator, *callee.home);
    return path == "pl.inline" || path == "pl.jit.inline";
  });
}

} // namespace

bool BodyImporter::isLanguageCall(const Expr *expr, llvm::StringRef path) const {
  const auto *call = llvm::dyn_cast_if_present<Call>(expr);
  return call && resolvePath(call->callee, *scope) == path;
}

mlir::Value BodyImporter::oneOf(const Call *each, const Expr *annotation) {
  llvm::SmallVector<mlir::Value, 4> results;
  if (!call(each, results, annotation))
    return {};
  if (results.size() == 1)
    return results.front();
  if (results.empty())
    return fail(each->range, "this call returns nothing");
  mlir::Type type = mlir::TupleType::get(&context, mlir::ValueRange(results).getTypes());
  return builder.create<prog::TupleOp>(locate(each->range), type, results);
}

bool BodyImporter::call(const Call *call, llvm::SmallVectorImpl<mlir::Value> &results, const Expr *annotation) {
  auto refuse = [&](SourceRange where, std::string message) { return fail(where, std::move(message)), false; };
  if (isLanguageCall(call, "pl.submit") || isLanguageCall(call, "pl.spmd_submit"))
    return callWithExtras(call, true, results, annotation);
  std::string called = resolvePath(call->callee, *scope);
  if (!llvm::StringRef(called).starts_with("pl.") &&
      llvm::any_of(call->keywords, [&](const Keyword &each) { return isExtra(each.name); }))
    return callWithExtras(call, false, results, annotation);
  if (const auto *attribute = llvm::dyn_cast<Attribute>(call->callee)) {
    const auto *base = llvm::dyn_cast<Name>(attribute->base);
    if (base && base->id == "self") {
      ProgramFunction *callee = program.method(attribute->name);
      if (!callee)
        return refuse(attribute->nameRange, "this program has no function '" + attribute->name.str() + "'" +
                                                didYouMean(attribute->name, program.methodNames()));
      return functionCall(*callee, call, results);
    }
    if (base && environment.valueOf(base->id))
      return refuse(call->callee->range, "'" + base->id.str() + "' is a value, which has no functions");
  }
  std::string path = resolvePath(call->callee, *scope);
  if (llvm::StringRef(path).starts_with("pl."))
    return operation(llvm::StringRef(path).drop_front(3), call, results, annotation);
  const auto *name = llvm::dyn_cast<Name>(call->callee);
  if (name && environment.valueOf(name->id))
    return refuse(name->range, "'" + name->id.str() + "' is a value, not a function");
  if (name && !scope->find(name->id)) {
    if (name->id != "min" && name->id != "max" && name->id != "abs")
      return refuse(name->range,
                    "there is no function '" + name->id.str() + "'" + didYouMean(name->id, visibleNames()));
    mlir::Value result = scalarCall(name->id, call);
    results.push_back(result);
    return static_cast<bool>(result);
  }
  // A name, or one in a module that is imported: `helpers.twice`.
  if (llvm::isa<Name, Attribute>(call->callee) && isClosed(call->callee)) {
    Value value = evaluated(call->callee);
    if (value.is(Value::Kind::Function)) {
      if (isInlined(value))
        return inlineCall(value, call, results);
      if (const GenericFunction *callee = program.generic(value.function))
        return genericCall(*callee, call, results);
      ProgramFunction *callee = program.external(value, call->callee->range);
      return callee && functionCall(*callee, call, results);
    }
    if (name || value.is(Value::Kind::Unknown))
      return refuse(
          call->callee->range,
          "'" + text(call->callee) + "' is " +
              (value.is(Value::Kind::Unknown) ? value.text : describe(value.kind).str() + ", not a function"));
  }
  return refuse(call->callee->range,
                "'" + text(call->callee) +
                    "' is not a function of the language: it has pl.… operations, self.… functions "
                    "and functions with @pl.function or @pl.inline");
}

bool BodyImporter::functionCall(ProgramFunction &callee, const Call *call,
                                llvm::SmallVectorImpl<mlir::Value> &results) {
  if (!program.require(callee, call->range))
    return false;
  std::string shown = "'" + callee.syntax->name.str() + "'";
  constexpr llvm::StringLiteral attributesKeyword = "attrs";
  std::optional<std::vector<const Expr *>> sources = this->arguments(call, *callee.syntax, attributesKeyword);
  if (!sources)
    return false;
  const Expr *attributes = nullptr;
  for (const Keyword &keyword : call->keywords)
    if (keyword.name == attributesKeyword && !llvm::is_contained(callee.parameterNames, keyword.name))
      attributes = keyword.value;
  mlir::FunctionType type = callee.op.getType();
  llvm::SmallVector<mlir::Value, 8> arguments;
  llvm::StringMap<prog::Dim> bindings;
  for (auto [i, source] : llvm::enumerate(*sources)) {
    mlir::Value value = expression(source);
    if (!value)
      return false;
    mlir::Type wanted = type.getInput(static_cast<unsigned>(i)), found = value.getType();
    if (!prog::compatible(wanted, found)) {
      fail(source->range, "parameter '" + callee.parameterNames[i] + "' of " + shown + " is " +
                              prog::programText(wanted) + ", found " + prog::programText(found));
      return false;
    }
    arguments.push_back(value);
    if (!prog::isShaped(wanted))
      continue;
    for (auto [dim, given] : llvm::zip(prog::shapeOf(wanted), prog::shapeOf(found))) {
      std::optional<llvm::StringRef> symbol = dim.symbol();
      if (!symbol)
        continue;
      auto [it, isNew] = bindings.try_emplace(*symbol, given);
      if (!isNew && !prog::mayBeEqual(it->second, given)) {
        fail(source->range, "dimension '" + symbol->str() + "' of " + shown + " is " + prog::programText(it->second) +
                                " by an earlier argument, " + prog::programText(given) + " by this one");
        return false;
      }
    }
  }
  mlir::ArrayAttr directions = attributes ? callDirections(callee, attributes) : mlir::ArrayAttr();
  if (attributes && !directions)
    return false;
  llvm::SmallVector<mlir::Type, 2> types;
  for (mlir::Type each : type.getResults())
    types.push_back(prog::withoutMemref(prog::substitute(each, bindings)));
  auto op = builder.create<prog::CallOp>(locate(call->range), types, callee.op.getSymName(), arguments, directions);
  results.append(op.getResults().begin(), op.getResults().end());
  return true;
}

bool BodyImporter::inlineCall(const Value &callee, const Call *call, llvm::SmallVectorImpl<mlir::Value> &results) {
  const Function *syntax = callee.function;
  std::string shown = "'" + syntax->name.str() + "'";
  if (inlineDepth == deepestInlining)
    return fail(call->range,
                shown + " is inlined more than " + std::to_string(deepestInlining) + " deep: does it call itself?"),
           false;
  Environment inner;
  if (!bindInlined(*syntax, *callee.home, call, inner))
    return false;
  std::swap(environment, inner);
  const Scope *outerScope = std::exchange(scope, callee.home);
  const GenericFunction *outerGeneric = std::exchange(generic, program.generic(syntax));
  auto outerLiveness = std::move(liveness);
  auto outerReturned = std::exchange(returned, {});
  auto outerLoops = std::exchange(loops, {});
  auto outerOut = std::exchange(outParameters, {});
  unsigned outerDepth = std::exchange(blockDepth, 0);
  ++inlineDepth;
  Decisions found;
  Decisions *outerDecisions = std::exchange(decisions, &found);
  // As for a function of its own: once more if branches turned out to be decided.
  mlir::Block *into = builder.getInsertionBlock();
  mlir::Operation *before = into->empty() ? nullptr : &into->back();
  Environment::Mark bound = environment.mark();
  BlockEnd end;
  bool imported = true;
  for (size_t known = 1; imported && known != found.size();) {
    known = found.size();
    while (!into->empty() && &into->back() != before)
      into->back().erase();
    environment.rollBack(bound);
    end = BlockEnd();
    returned.clear();
    liveness = std::make_unique<Liveness>(syntax->body, found);
    imported = block(syntax->body, end);
  }
  if (imported && end.returns)
    results.append(returned.begin(), returned.end());
  decisions = outerDecisions;
  --inlineDepth;
  blockDepth = outerDepth;
  outParameters = std::move(outerOut);
  loops = std::move(outerLoops);
  returned = std::move(outerReturned);
  liveness = std::move(outerLiveness);
  generic = outerGeneric;
  scope = outerScope;
  std::swap(environment, inner);
  return imported;
}

/// In a program with arguments that are known, what an inlined function is given is known in it too.
bool BodyImporter::bindInlined(const Function &callee, const Scope &home, const Call *call, Environment &inner) {
  std::optional<std::vector<const Expr *>> sources = this->arguments(call, callee);
  if (!sources)
    return false;
  const GenericFunction *function = program.generic(&callee);
  for (auto [parameter, source] : llvm::zip(ownParameters(callee), *sources)) {
    bool isDefault = source == parameter.defaultValue;
    Value known = isDefault ? evaluate(source, home) : evaluated(source, /*withWritten=*/true);
    if (function && function->locals.lookup(parameter.name) == 1 &&
        (known.isNumber() || known.isSequence() || known.is(Value::Kind::Symbol) || known.is(Value::Kind::Path))) {
      const auto *name = llvm::dyn_cast<Name>(source);
      const KnownValue *alias = name && !isDefault ? environment[name->id].known : nullptr;
      inner.bind(parameter.name, {}, {known, alias ? alias->dtype : defaultDtype(known), /*isConstant=*/true});
      continue;
    }
    mlir::Value value = isDefault ? constant(known, source) : expression(source);
    if (!value)
      return false;
    inner.bind(parameter.name, value);
  }
  return true;
}

std::optional<std::vector<const Expr *>> BodyImporter::arguments(const Call *call, const Function &callee,
                                                                 llvm::StringRef other) {
  unsigned errors = diagnostics.errorCount();
  auto matched = matchArguments(*call, callee, other,
                                [&](SourceRange where, std::string message) { fail(where, std::move(message)); });
  return diagnostics.errorCount() == errors ? std::optional(std::move(matched)) : std::nullopt;
}

} // namespace pto::frontend
