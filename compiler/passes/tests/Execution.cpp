// Executes a function along one way through its loops and branches, without numbers.
#include "compiler/passes/tests/Execution.h"
#include "compiler/passes/Effects.h"
#include "compiler/passes/Memref.h"

namespace pto::passes::tests {

namespace {

constexpr llvm::StringLiteral allPipes[] = {"MTE1", "MTE2", "MTE3", "M", "V", "S", "FIX"};

bool isView(prog::BuiltinOp op) {
  llvm::StringRef name = op.getCallee();
  return name.ends_with(".reshape") || name.ends_with(".slice") || name == "tile.alloc";
}

/// Reductions take a tile that they may write anything into.
mlir::Value scratchOf(prog::BuiltinOp op) {
  bool reduces = llvm::is_contained({"tile.row_sum", "tile.row_max", "tile.row_min"}, op.getCallee());
  return reduces ? op.getArguments()[1] : mlir::Value();
}

std::string placeOf(mlir::Value value) {
  Memref memref = memrefOf(value);
  return memref ? memref.base.str() + "@" + std::to_string(memref.offset) : "";
}

bool isTile(mlir::Value value) {
  return mlir::isa<prog::TileType>(value.getType());
}

} // namespace

Execution::Execution(prog::FuncOp function, uint64_t seed, bool checksSync) : random(seed), checksSync(checksSync) {
  llvm::SmallVector<Content, 4> returned;
  run(function.getBlock(), returned);
  for (auto &[name, flag] : flags)
    if (flag.isSet && first.empty())
      first = "flag " + name + " is set and never waited for";
}

void Execution::fail(mlir::Operation *op, const std::string &what) {
  if (!first.empty())
    return;
  llvm::raw_string_ostream stream(first);
  stream << what << " at ";
  op->print(stream, mlir::OpPrintingFlags().skipRegions());
}

void Execution::read(mlir::Operation *op, mlir::Value value) {
  if (!isTile(value))
    return;
  std::string place = placeOf(value);
  if (place.empty() || places[place] != values.lookup(value))
    fail(op, "a tile in " + place + " has been overwritten");
}

void Execution::write(mlir::Value value) {
  values[value] = ++next;
  if (isTile(value))
    places[placeOf(value)] = next;
}

llvm::SmallVector<Execution::Content, 4> Execution::contentsOf(mlir::ValueRange range) {
  llvm::SmallVector<Content, 4> contents;
  for (mlir::Value value : range)
    contents.push_back(values.lookup(value));
  return contents;
}

void Execution::set(mlir::ValueRange range, llvm::ArrayRef<Content> contents) {
  for (auto [value, content] : llvm::zip(range, contents))
    values[value] = content;
}

void Execution::touch(const std::string &pipe, mlir::Operation *op, const std::string &place, bool isWrite) {
  bool isOrdered = pipe != "V" && pipe != "M";
  for (const Touch &other : touches[place]) {
    if (!(other.isWrite || isWrite) || (other.pipe == pipe && (isOrdered || other.instruction == issued[pipe])))
      continue;
    if (known[pipe][other.pipe] < other.instruction)
      fail(op, pipe + " does not wait for " + other.pipe + " on " + place);
  }
  touches[place].push_back({pipe, issued[pipe], isWrite});
}

void Execution::sync(prog::BuiltinOp op, llvm::StringRef kind) {
  if (kind == "bar_all") {
    for (llvm::StringRef waiting : allPipes)
      for (llvm::StringRef pipe : allPipes)
        known[waiting.str()][pipe.str()] = issued[pipe.str()];
    return;
  }
  if (kind == "bar_v" || kind == "bar_m") {
    std::string pipe = kind == "bar_v" ? "V" : "M";
    known[pipe][pipe] = issued[pipe];
    return;
  }
  auto pipeOfKey = [&](llvm::StringRef key) {
    return op.getKeywords().getAs<prog::NameAttr>(key).getValue().rsplit('.').second.str();
  };
  std::string from = pipeOfKey("set_pipe"), to = pipeOfKey("wait_pipe");
  Flag &flag = flags[from + to + std::to_string(op.getKeywords().getAs<mlir::IntegerAttr>("event_id").getInt())];
  if (kind == "sync_src") {
    // An instruction of its own, so that who hears of a later one of this pipe hears of this one.
    if (flag.isSet || known[from][to] < flag.waited)
      fail(op, "a flag is set again before it is waited for");
    flag.done = known[from];
    flag.done[from] = issued[from];
    flag.isSet = true;
    return;
  }
  if (!flag.isSet)
    fail(op, "a flag is waited for that nobody sets");
  flag.isSet = false;
  // A barrier knows that a pipe waited by an instruction behind the wait.
  flag.waited = ++issued[to];
  for (auto &[pipe, instruction] : flag.done)
    known[to][pipe] = std::max(known[to][pipe], instruction);
}

void Execution::run(prog::BuiltinOp op) {
  llvm::StringRef name = op.getCallee();
  if (checksSync && (name.starts_with("system.sync_") || name.starts_with("system.bar_")))
    return sync(op, name.drop_front(llvm::StringRef("system.").size()));
  mlir::Value scratch = scratchOf(op);
  for (mlir::Value operand : op.getArguments())
    if (operand != scratch)
      read(op, operand);
  if (std::optional<Pipe> pipe = pipeOf(op); pipe && checksSync) {
    std::string pipeName = nameOf(*pipe).str();
    ++issued[pipeName];
    for (mlir::Value operand : op.getArguments())
      if (isTile(operand))
        touch(pipeName, op, placeOf(operand), operand == scratch);
    for (mlir::Value result : op->getResults())
      if (isTile(result))
        touch(pipeName, op, placeOf(result), true);
  }
  if (scratch)
    write(scratch);
  if (isView(op))
    return op.getArguments().empty() ? void() : set(op->getResults(), contentsOf(op.getArguments().take_front()));
  for (mlir::Value result : op->getResults())
    write(result);
}

void Execution::loop(mlir::Operation *op, mlir::Region &body, unsigned firstInit, bool hasVariable) {
  llvm::SmallVector<Content, 4> carried = contentsOf(op->getOperands().drop_front(firstInit));
  bool certainlyRuns = llvm::any_of(op->getOperands().drop_front(firstInit),
                                    [](mlir::Value value) { return value.getDefiningOp<prog::UnsetOp>() != nullptr; });
  unsigned rounds = random() % 4 + certainlyRuns;
  for (unsigned round = 0; round < rounds && first.empty(); ++round) {
    set(mlir::ValueRange(body.getArguments()).drop_front(hasVariable), carried);
    carried.clear();
    if (run(body.front(), carried) == End::Break)
      break;
  }
  set(op->getResults(), carried);
}

Execution::End Execution::run(mlir::Block &block, llvm::SmallVectorImpl<Content> &handed) {
  for (mlir::Operation &op : block) {
    if (!first.empty())
      return End::Break;
    if (auto builtin = mlir::dyn_cast<prog::BuiltinOp>(op)) {
      run(builtin);
    } else if (auto counted = mlir::dyn_cast<prog::ForOp>(op)) {
      loop(&op, counted.getBody(), 3, true);
    } else if (auto conditional = mlir::dyn_cast<prog::WhileOp>(op)) {
      loop(&op, conditional.getBody(), 0, false);
    } else if (auto branch = mlir::dyn_cast<prog::IfOp>(op)) {
      llvm::SmallVector<Content, 4> chosen;
      mlir::Region &region = random() % 2 ? branch.getThenRegion() : branch.getElseRegion();
      if (End end = run(region.front(), chosen); end != End::Yield) {
        handed.assign(chosen.begin(), chosen.end());
        return end;
      }
      set(op.getResults(), chosen);
    } else if (mlir::isa<prog::YieldOp, prog::ReturnOp, prog::BreakOp, prog::ContinueOp>(op)) {
      for (mlir::Value value : op.getOperands())
        read(&op, value);
      llvm::SmallVector<Content, 4> contents = contentsOf(op.getOperands());
      handed.assign(contents.begin(), contents.end());
      return mlir::isa<prog::BreakOp>(op) ? End::Break : mlir::isa<prog::ContinueOp>(op) ? End::Continue : End::Yield;
    }
  }
  return End::Yield;
}

} // namespace pto::passes::tests
