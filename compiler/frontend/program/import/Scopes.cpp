// Scopes: with statements.
// A scope runs once; what is used after it is handed out.
#include "compiler/dialect/program/Dims.h"
#include "compiler/dialect/program/Names.h"
#include "compiler/dialect/program/OpTable.h"
#include "compiler/frontend/program/Walk.h"
#include "compiler/frontend/program/import/BodyImporter.h"
#include "llvm/ADT/ScopeExit.h"
#include "llvm/Support/SaveAndRestore.h"

namespace pto::frontend {

using prog::operator""_op;

struct BodyImporter::ScopeHead {
  std::string kind;
  mlir::DictionaryAttr keywords = {};
  Extras extras = {};
  /// What its task is called; null where nobody asks.
  const Name *task = nullptr;
};

bool BodyImporter::readScopeHead(const Call *call, ScopeHead &head) {
  std::string &kind = head.kind;
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
      {"spmd",
       {{"core_num", "sync_start", "name_hint", "optimizations", "split", "cross_core_slot", "deps",
         "allow_early_resolve", "predicate"},
        1}},
      {"split_aiv", {{"n", "mode"}, 1}},
      {"manual_scope", {{"name"}, 0}},
      {"scope", {{"mode", "name"}, 0}},
      {"at",
       {{"level", "role", "name_hint", "optimizations", "optimization", "split", "cross_core_slot", "deps",
         "no_dep_args", "dumps", "allow_early_resolve", "windowize"},
        2}}};
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
    if (isExtra(keyword.name)) {
      if (!addExtra(keyword, head.extras))
        return false;
      continue;
    }
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
      else if (named == "cross_core_slot") {
        if (!add(keyword, named, each))
          return false;
        continue;
      } else if (named != "split")
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
  if (kind == "spmd" && !llvm::is_contained(head.extras.names, "core_num"))
    return fail(call->range, "pl.spmd needs core_num=…"), false;
  if (kind == "manual_scope") {
    kind = "scope";
    entries.push_back(builder.getNamedAttr("mode", prog::NameAttr::get(&context, "ScopeMode.MANUAL")));
  }
  if (kind == "split_aiv") {
    mlir::DictionaryAttr known = builder.getDictionaryAttr(entries);
    auto lanes = known.getAs<mlir::IntegerAttr>("n");
    if (!lanes || lanes.getInt() != 2 || !known.getAs<prog::NameAttr>("mode"))
      return fail(call->range, "a core has two vector lanes: pl.split_aiv(2, mode=pl.SplitMode.…)"), false;
  }
  entries.append(head.extras.keywords.begin(), head.extras.keywords.end());
  head.keywords = builder.getDictionaryAttr(entries);
  return true;
}

bool BodyImporter::withStatement(const With *stmt, BlockEnd &end) {
  const auto *call = stmt->items.size() == 1 ? llvm::dyn_cast<Call>(stmt->items.front().context) : nullptr;
  std::string path = call ? resolvePath(call->callee, *scope) : "";
  llvm::StringRef word = path;
  constexpr llvm::StringRef known[] = {"incore", "auto_incore", "cluster", "at", "spmd", "scope", "manual_scope"};
  if (!word.consume_front("pl.") || !llvm::is_contained(known, word))
    return fail(stmt->items.front().context->range,
                "a with statement opens pl.at, pl.cluster, pl.spmd, pl.scope, pl.manual_scope, pl.incore or "
                "pl.auto_incore" +
                    didYouMean(word, known)),
           false;
  ScopeHead head;
  if (!readScopeHead(call, head))
    return false;
  if (const Expr *target = stmt->items.front().target) {
    head.task = llvm::dyn_cast<Name>(target);
    if (!head.task || word == "cluster" || head.kind == "scope")
      return fail(target->range, head.task ? "this scope is no task" : "expected a variable for the scope's task"),
             false;
  }
  return scopeAround(stmt, head, end, [&](BlockEnd &inner) { return block(stmt->body, inner); });
}

/// `for i in pl.spmd(n)`: a kernel on n cores; `for lane in pl.split_aiv(2, …)`: once on each vector lane.
bool BodyImporter::scopeLoop(const For *stmt, const Call *call, llvm::StringRef kind) {
  const auto *variable = llvm::dyn_cast<Name>(stmt->target);
  if (!variable || !stmt->otherwise.empty())
    return fail(stmt->target->range, "expected the loop's variable, as in for i in pl." + kind.str() + "(…)"), false;
  ScopeHead head;
  if (!readScopeHead(call, head))
    return false;
  bool isSpmd = kind == "spmd";
  mlir::Operation *index = nullptr;
  llvm::SaveAndRestore<std::optional<int64_t>> lanes(laneSplit);
  if (auto mode = head.keywords.getAs<prog::NameAttr>("mode"); mode && !isSpmd)
    laneSplit = mode.getValue().ends_with(".UP_DOWN") ? 1 : mode.getValue().ends_with(".LEFT_RIGHT") ? 2 : 0;
  auto body = [&](BlockEnd &inner) {
    auto op = builder.create<prog::BuiltinOp>(
        locate(variable->range, variable->id == "_" ? llvm::StringRef() : variable->id),
        prog::ScalarType::get(&context, prog::DType::Index),
        isSpmd ? "tile.get_block_idx"_op : "tile.get_subblock_idx"_op, std::nullopt, std::nullopt);
    index = op;
    environment.bind(variable->id, op.getResult(0));
    return block(stmt->body, inner);
  };
  BlockEnd end;
  bool imported = scopeAround(stmt, head, end, [&](BlockEnd &inner) {
    if (!isSpmd)
      return body(inner);
    ScopeHead kernel{"incore"};
    llvm::SmallVector<mlir::NamedAttribute, 2> entries;
    if (mlir::Attribute split = head.keywords.get("split"))
      entries.push_back(builder.getNamedAttr("split", split));
    kernel.keywords = builder.getDictionaryAttr(entries);
    return scopeAround(stmt, kernel, inner, body);
  });
  if (imported && index->use_empty())
    index->erase();
  if (imported)
    environment.lose(variable->id, "it is the variable of a loop that is over");
  if (imported && end.returns)
    return fail(end.returns->range, "a return must be the last statement of a function"), false;
  return imported;
}

bool BodyImporter::scopeAround(const Stmt *stmt, const ScopeHead &head, BlockEnd &end,
                               llvm::function_ref<bool(BlockEnd &)> importBody) {
  mlir::OpBuilder::InsertPoint here = builder.saveInsertionPoint();
  auto restore = llvm::make_scope_exit([&] { builder.restoreInsertionPoint(here); });
  mlir::Region region;
  mlir::Block &body = region.emplaceBlock();
  builder.setInsertionPointToStart(&body);
  // A scope is no branch: it runs once, and may return if the statements around it may.
  --blockDepth;
  BlockEnd inner;
  bool imported = importBody(inner);
  ++blockDepth;
  if (!imported)
    return false;
  if (inner.yield)
    return fail(inner.yield->range, "a scope passes its variables on by itself; remove pl.yield_"), false;
  end.returns = inner.returns;
  end.leaves = inner.leaves;

  // In the order in which the values are made, so that printing and reading again gives the same.
  NameList assigned = liveness->assigned(blocksOf(stmt).front());
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
  llvm::SmallVector<mlir::Type, 4> types(mlir::ValueRange(results).getTypes());
  if (head.task) {
    types.push_back(prog::ScalarType::get(&context, prog::DType::Task));
    names.push_back(head.task->id.str());
  }
  auto op = builder.create<prog::ScopeOp>(
      prog::named(locate(stmt->range), refs(names)), types, head.kind, head.extras.values,
      head.extras.names.empty() ? mlir::ArrayAttr() : builder.getStrArrayAttr(head.extras.names), head.keywords,
      head.task != nullptr);
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
  if (head.task)
    environment.bind(head.task->id, op.getResults().back());
  return true;
}

} // namespace pto::frontend
