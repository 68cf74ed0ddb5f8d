// Scopes: with statements.
// A scope runs once; what is used after it is handed out.
#include "compiler/dialect/program/Dims.h"
#include "compiler/dialect/program/Names.h"
#include "compiler/frontend/program/import/BodyImporter.h"
#include "llvm/ADT/ScopeExit.h"

namespace pto::frontend {

bool BodyImporter::scopeKind(const Call *call, std::string &kind, mlir::DictionaryAttr &keywords) {
  kind = llvm::StringRef(resolvePath(call->callee, *scope)).drop_front(3).str();
  struct Parameters {
    std::vector<llvm::StringRef> names;
    /// So many of them may be given by position.
    size_t positional;
  };
  static const llvm::StringMap<Parameters> allowed = {
      {"incore", {{"split", "name_hint"}, 1}},
      {"auto_incore", {{"split", "name_hint"}, 1}},
      {"cluster", {{"name_hint"}, 0}},
      {"spmd", {{"core_num", "sync_start", "name_hint"}, 0}},
      {"at", {{"level", "role", "name_hint", "optimizations", "optimization", "split"}, 2}}};
  const auto &[names, positional] = allowed.find(kind)->second;
  if (call->arguments.size() > positional)
    return fail(call->arguments[positional]->range,
                "pl." + kind + " takes " + (positional ? "further " : "its ") + "arguments by name"),
           false;
  llvm::SmallVector<Keyword, 4> given;
  for (auto [name, argument] : llvm::zip(names, call->arguments))
    given.push_back({name, argument, argument->range});
  given.append(call->keywords.begin(), call->keywords.end());
  llvm::SmallVector<mlir::NamedAttribute, 4> entries;
  bool chunks = false, coreGroup = false, hasLevel = false;
  auto add = [&](const Keyword &keyword, llvm::StringRef name, mlir::Attribute value) {
    if (llvm::any_of(entries, [&](mlir::NamedAttribute entry) { return entry.getName() == name; }))
      return fail(keyword.range, "'" + name.str() + "' is given twice"), false;
    entries.push_back(builder.getNamedAttr(name, value));
    return true;
  };
  for (const Keyword &keyword : given) {
    if (!llvm::is_contained(names, keyword.name))
      return fail(keyword.range,
                  "pl." + kind + " has no parameter '" + keyword.name.str() + "'" + didYouMean(keyword.name, names)),
             false;
    mlir::Attribute value = attribute(keyword.value);
    if (!value)
      return false;
    auto word = mlir::dyn_cast<prog::NameAttr>(value);
    if (keyword.name == "level") {
      hasLevel = true;
      coreGroup = word && word.getValue() == "Level.CORE_GROUP";
      if (!coreGroup)
        add(keyword, "level", value);
      continue;
    }
    if (keyword.name != "optimizations" && keyword.name != "optimization") {
      if (!add(keyword, keyword.name, value))
        return false;
      continue;
    }
    // A list of pl.auto_chunk and pl.split(mode), or the older pl.chunked_loop_optimizer.
    auto list = mlir::dyn_cast<mlir::ArrayAttr>(value);
    for (mlir::Attribute each : list ? list.getValue() : llvm::ArrayRef(value)) {
      auto plain = mlir::dyn_cast<prog::NameAttr>(each);
      auto with = mlir::dyn_cast<mlir::DictionaryAttr>(each);
      auto callee = with ? with.getAs<prog::NameAttr>("call") : prog::NameAttr();
      llvm::StringRef named = plain ? plain.getValue() : callee ? callee.getValue() : "";
      if (named == "auto_chunk" || named == "chunked_loop_optimizer")
        chunks = true;
      else if (named != "split")
        return fail(keyword.value->range, "expected pl.auto_chunk or pl.split(mode)"), false;
      mlir::Attribute split = with ? with.get("keyword.split") : mlir::Attribute();
      auto arguments = with ? with.getAs<mlir::ArrayAttr>("arguments") : mlir::ArrayAttr();
      if (!split && arguments && !arguments.empty())
        split = arguments[0];
      if (split && !add(keyword, "split", split))
        return false;
    }
  }
  if (kind == "at" && !hasLevel)
    return fail(call->range, "pl.at needs level=pl.Level.…"), false;
  if (kind == "at" && coreGroup)
    kind = chunks ? "auto_incore" : "incore";
  if (kind == "spmd" && llvm::none_of(entries, [](auto entry) { return entry.getName() == "core_num"; }))
    return fail(call->range, "pl.spmd needs core_num=…"), false;
  keywords = builder.getDictionaryAttr(entries);
  return true;
}

bool BodyImporter::withStatement(const With *stmt, BlockEnd &end) {
  const auto *call = stmt->items.size() == 1 ? llvm::dyn_cast<Call>(stmt->items.front().context) : nullptr;
  std::string path = call ? resolvePath(call->callee, *scope) : "";
  llvm::StringRef word = path;
  constexpr llvm::StringRef known[] = {"incore", "auto_incore", "cluster", "at", "spmd"};
  if (!word.consume_front("pl.") || !llvm::is_contained(known, word))
    return fail(stmt->items.front().context->range,
                "a with statement opens pl.at, pl.cluster, pl.spmd, pl.incore or pl.auto_incore" +
                    didYouMean(word, known)),
           false;
  if (stmt->items.front().target)
    return fail(stmt->items.front().target->range, "a scope has no value"), false;
  std::string kind;
  mlir::DictionaryAttr keywords;
  if (!scopeKind(call, kind, keywords))
    return false;

  mlir::OpBuilder::InsertPoint here = builder.saveInsertionPoint();
  auto restore = llvm::make_scope_exit([&] { builder.restoreInsertionPoint(here); });
  mlir::Region region;
  mlir::Block &body = region.emplaceBlock();
  builder.setInsertionPointToStart(&body);
  // A scope is no branch: it runs once, and may return if the statements around it may.
  --blockDepth;
  BlockEnd inner;
  bool imported = block(stmt->body, inner);
  ++blockDepth;
  if (!imported)
    return false;
  if (inner.yield)
    return fail(inner.yield->range, "a scope passes its variables on by itself; remove pl.yield_"), false;
  end.returns = inner.returns;
  end.leaves = inner.leaves;

  // In the order in which the values are made, so that printing and reading again gives the same.
  NameList assigned = liveness->assigned(stmt->body);
  llvm::SetVector<mlir::Value> needed;
  auto isInside = [&](mlir::Value value) { return value && value.getParentBlock() == &body; };
  for (llvm::StringRef name : assigned)
    if (mlir::Value value = environment.valueOf(name); isInside(value) && liveness->isLiveAfter(stmt, name))
      needed.insert(value);
  if (end.returns)
    for (mlir::Value value : returned)
      if (isInside(value))
        needed.insert(value);
  // What stands behind a break is not reached: nothing is handed out.
  if (inner.leaves)
    needed.clear();
  llvm::SmallVector<mlir::Value, 4> results;
  for (mlir::Operation &op : body)
    for (mlir::Value result : op.getResults())
      if (needed.contains(result))
        results.push_back(result);
  std::vector<std::string> names;
  for (mlir::Value result : results)
    names.push_back(prog::nameOf(result).str());
  builder.create<prog::YieldOp>(locate(stmt->range), inner.leaves ? mlir::ValueRange() : mlir::ValueRange(results));
  builder.restoreInsertionPoint(here);
  auto op = builder.create<prog::ScopeOp>(prog::named(locate(stmt->range), refs(names)),
                                          mlir::ValueRange(results).getTypes(), kind, keywords);
  op.getBody().takeBody(region);
  llvm::DenseMap<mlir::Value, mlir::Value> outside;
  for (auto [inside, result] : llvm::zip(results, op.getResults()))
    outside[inside] = result;
  for (llvm::StringRef name : assigned) {
    mlir::Value value = environment.valueOf(name);
    if (!value || value.getParentBlock() != &op.getBody().front())
      continue;
    if (mlir::Value result = outside.lookup(value))
      environment.bind(name, result);
    else
      environment.lose(name, "it is assigned inside a scope");
  }
  for (mlir::Value &value : returned)
    if (mlir::Value result = outside.lookup(value))
      value = result;
  return true;
}

} // namespace pto::frontend
