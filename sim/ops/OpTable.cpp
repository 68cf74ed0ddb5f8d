// The table's bookkeeping, and the choice between the builds of the lane-wise declarations.
#include "sim/ops/OpTable.h"
#include "sim/ops/Costs.h"
#include "sim/ops/Declarations.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/ErrorHandling.h"
#include <memory>

namespace pto::sim {

void OpTable::add(llvm::StringRef op, llvm::StringRef variant, LaneType lanes, Code code) {
  Op &entry = ops.try_emplace(op, code.pipe).first->second;
  if (entry.pipe != code.pipe)
    llvm::report_fatal_error(op + " is declared for " + name(entry.pipe) + " and for " + name(code.pipe));
  code.cost = costOf(op, lanes, code);
  entry.variants[variant][unsigned(lanes)] = code;
}

const Code *OpTable::find(llvm::StringRef op, llvm::StringRef variant, LaneType lanes) const {
  auto entry = ops.find(op);
  if (entry == ops.end())
    return nullptr;
  auto byLanes = entry->second.variants.find(variant);
  if (byLanes == entry->second.variants.end())
    return nullptr;
  const std::optional<Code> &code = byLanes->second[unsigned(lanes)];
  return code ? &*code : nullptr;
}

std::vector<std::string> OpTable::names() const {
  std::vector<std::string> list;
  for (const auto &op : ops)
    list.push_back(op.getKey().str());
  llvm::sort(list);
  return list;
}

std::vector<std::string> OpTable::variants(llvm::StringRef op) const {
  std::vector<std::string> list;
  if (auto found = ops.find(op); found != ops.end())
    for (const auto &variant : found->second.variants)
      list.push_back(variant.getKey().str());
  llvm::sort(list);
  return list;
}

std::vector<LaneType> OpTable::laneTypes(llvm::StringRef op, llvm::StringRef variant) const {
  std::vector<LaneType> list;
  for (unsigned lanes = 0; lanes < laneTypeCount; ++lanes)
    if (find(op, variant, LaneType(lanes)))
      list.push_back(LaneType(lanes));
  return list;
}

namespace {

// One build of the lane-wise declarations: the sources are compiled once for each instruction set.
struct Build {
  llvm::StringRef name;
  bool (*runsHere)();
  void (*declareLanewise)(OpTable &);
  void (*declareScalars)(OpTables &);
};

#ifdef PTO_SIM_X86
bool runsAvx2() {
  return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma") && __builtin_cpu_supports("f16c");
}
bool runsAvx512() {
  return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
         __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl");
}
#endif

// The best first.
constexpr Build builds[] = {
#ifdef PTO_SIM_X86
    {"avx512", [] { return runsAvx2() && runsAvx512(); }, avx512::declareLanewise, avx512::declareScalars},
    {"avx2", runsAvx2, avx2::declareLanewise, avx2::declareScalars},
#endif
    {"portable", [] { return true; }, portable::declareLanewise, portable::declareScalars},
};

std::unique_ptr<const OpTables> makeTables(const Build &build) {
  auto tables = std::make_unique<OpTables>();
  OpTable &core = tables->core;
  build.declareLanewise(core);
  build.declareScalars(*tables);
  declareLoadStore(core);
  declareStreams(core);
  declareIndexed(core);
  declareElementAccess(core);
  declarePredicateAccess(core);
  declareControl(core);
  declareDma(core);
  declareCubeLoads(core);
  declareProducts(core);
  declareFixpipe(core);
  declarePredicates(core);
  declareRearrange(core);
  declareHistogram(core);
  declareSort(core);
  declareSync(core);
  declareQueries(core);
  declareThreadControl(*tables);
  declareThreadMemory(*tables);
  declareThreadLanes(tables->threads);
  return tables;
}

} // namespace

const OpTables &opTables() {
  static const std::unique_ptr<const OpTables> tables =
      makeTables(*llvm::find_if(builds, [](const Build &build) { return build.runsHere(); }));
  return *tables;
}

const OpTables *opTables(llvm::StringRef name) {
  static const auto tables = [] {
    llvm::StringMap<std::unique_ptr<const OpTables>> map;
    for (const Build &build : builds)
      if (build.runsHere())
        map[build.name] = makeTables(build);
    return map;
  }();
  auto found = tables.find(name);
  return found == tables.end() ? nullptr : found->second.get();
}

} // namespace pto::sim
