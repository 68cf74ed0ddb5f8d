// The coverage of the instruction set: what parses, what is simulated.
#include "harness/cli/Isa.h"
#include "compiler/dialect/Registry.h"
#include "mlir/IR/MLIRContext.h"
#include "mlir/IR/OperationSupport.h"
#include "sim/Simulator.h"
#include <algorithm>
#include <map>

using namespace pto;

/// Ops that every kernel file has and that no machine executes.
static bool isStructure(llvm::StringRef name) {
  return name == "builtin.module" || name == "func.func";
}

void pto::harness::printIsa(llvm::raw_ostream &os) {
  mlir::DialectRegistry registry;
  ir::registerDialects(registry);
  mlir::MLIRContext context(registry, mlir::MLIRContext::Threading::DISABLED);
  context.loadAllAvailableDialects();

  std::vector<std::string> simulated = sim::simulatedOps();
  auto isSimulated = [&](llvm::StringRef name) { return std::binary_search(simulated.begin(), simulated.end(), name); };

  std::vector<std::string> micro;
  std::map<std::string, std::vector<std::string>> shared;
  for (mlir::RegisteredOperationName op : context.getRegisteredOperations()) {
    llvm::StringRef name = op.getStringRef();
    if (op.getDialectNamespace() == "pto")
      micro.push_back(name.str());
    else if (isSimulated(name) && !isStructure(name))
      shared[op.getDialectNamespace().str()].push_back(name.split('.').second.str());
  }
  std::sort(micro.begin(), micro.end());
  size_t covered = std::count_if(micro.begin(), micro.end(), isSimulated);

  os << micro.size() << " `pto` operations parse, verify and print; " << covered << " of them are simulated.\n\n";
  os << "| operation | simulated |\n|---|---|\n";
  for (const std::string &name : micro)
    os << "| `" << name << "` | " << (isSimulated(name) ? "yes" : "no") << " |\n";
  os << "\nSimulated operations of the shared dialects:\n\n";
  for (auto &[dialect, names] : shared) {
    std::sort(names.begin(), names.end());
    os << "- `" << dialect << "`:";
    for (const std::string &name : names)
      os << " `" << name << "`";
    os << '\n';
  }
}
