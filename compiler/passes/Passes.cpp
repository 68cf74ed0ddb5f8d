// The table of passes and the strategies.
// A new pass is a file with its create function, a row here, and a folder of programs in tests.
#include "compiler/passes/Passes.h"

namespace pto::passes {

namespace {

template <std::unique_ptr<mlir::Pass> (*create)()>
std::unique_ptr<mlir::Pass> plain(llvm::StringRef) {
  return create();
}

constexpr PassInfo passes[] = {
    {"UnrollLoops", "writes the rounds of pl.unroll loops one after the other", 0, NoUnrolledLoops, true,
     plain<createUnrollLoops>},
    {"ConvertToSSA", "checks that every variable is assigned once, which reading a program makes true", 0, SSAForm,
     true, plain<createConvertToSSA>},
    {"FlattenCallExpr", "takes operations out of the conditions of while loops", SSAForm, FlatCalls, true,
     plain<createFlattenCallExpr>},
    {"OutlineIncoreScopes", "makes functions of in-core scopes, which an orchestration calls", SSAForm, NoInCoreScopes,
     true, plain<createOutlineIncoreScopes>},
    {"ConvertTensorToTileOps", "makes kernels compute on tiles: load, compute, store", SSAForm | NoInCoreScopes,
     TileOps, true, plain<createConvertTensorToTileOps>},
    {"InferTileMemorySpace", "gives every tile a memory, and brings operands where an operation reads them", SSAForm,
     MemorySpaces, true, plain<createInferTileMemorySpace>},
    {"NormalizeReturnOrder", "orders a kernel's results like the parameters they are written into", SSAForm,
     ReturnOrder, true, plain<createNormalizeReturnOrder>},
    {"DeriveCallDirections", "says for each call what it does with its arguments", SSAForm | NoInCoreScopes,
     CallDirections, true, plain<createDeriveCallDirections>},
    {"RunVerifier", "checks types, operations, calls and what earlier passes promise", SSAForm, 0, true,
     createRunVerifier},
    {"InitMemRef", "gives every tile and tensor on a core a memref, every memref an allocation", SSAForm | FlatCalls,
     Memrefs, true, plain<createInitMemRef>},
    {"MemoryReuse", "lets tiles that are never needed at the same time share an allocation", Memrefs, 0, true,
     plain<createMemoryReuse>},
    {"InsertSync", "makes pipes wait for each other where they touch the same memory", Memrefs | FlatCalls,
     Synchronized, true, plain<createInsertSync>},
    {"AllocateMemoryAddr", "gives every allocation its address", Memrefs, Addresses, true, createAllocateMemoryAddr},
};

} // namespace

const PassInfo *passNamed(llvm::StringRef name) {
  for (const PassInfo &each : passes)
    if (each.name == name)
      return &each;
  return nullptr;
}

llvm::ArrayRef<Strategy> allStrategies() {
  static const std::vector<Strategy> strategies = {
      {"PTOAS", {"ConvertToSSA", "FlattenCallExpr", "RunVerifier", "InitMemRef", "MemoryReuse", "AllocateMemoryAddr"}},
      {"Default",
       {"ConvertToSSA", "FlattenCallExpr", "RunVerifier", "InitMemRef", "MemoryReuse", "InsertSync",
        "AllocateMemoryAddr"}},
      {"Full",
       {"UnrollLoops", "ConvertToSSA", "FlattenCallExpr", "OutlineIncoreScopes", "ConvertTensorToTileOps",
        "InferTileMemorySpace", "NormalizeReturnOrder", "DeriveCallDirections", "RunVerifier", "InitMemRef",
        "MemoryReuse", "InsertSync", "AllocateMemoryAddr"}},
  };
  return strategies;
}

const Strategy *strategyNamed(llvm::StringRef name) {
  for (const Strategy &each : allStrategies())
    if (each.name == name)
      return &each;
  return nullptr;
}

std::vector<llvm::StringRef> passNames() {
  std::vector<llvm::StringRef> names;
  for (const PassInfo &each : passes)
    names.push_back(each.name);
  return names;
}

unsigned lackedBy(llvm::ArrayRef<llvm::StringRef> order) {
  unsigned lacked = 0, established = 0;
  for (llvm::StringRef name : order)
    if (const PassInfo *pass = passNamed(name)) {
      lacked |= pass->needs & ~established;
      established |= pass->establishes;
    }
  return lacked;
}

std::string orderProblem(llvm::ArrayRef<llvm::StringRef> order, unsigned held) {
  unsigned established = held;
  for (llvm::StringRef name : order) {
    const PassInfo *pass = passNamed(name);
    if (!pass)
      return "unknown pass '" + name.str() + "'";
    if (unsigned missing = pass->needs & ~established)
      return name.str() + " needs " + namesOf(missing) + ", which no pass before it establishes";
    established |= pass->establishes;
  }
  return "";
}

} // namespace pto::passes
