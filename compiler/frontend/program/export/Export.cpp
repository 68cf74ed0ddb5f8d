// The prog dialect to programs.
// The module around the class: the symbols of dynamic dimensions.
#include "compiler/frontend/program/Export.h"
#include "compiler/frontend/program/export/FunctionPrinter.h"
#include "mlir/IR/SymbolTable.h"
#include "llvm/ADT/MapVector.h"
#include "llvm/ADT/SetVector.h"

namespace pto::frontend {

namespace {

/// Symbols in the order in which the printed functions mention them, and the variables they are bound to.
std::vector<std::string> nameSymbols(llvm::ArrayRef<mlir::Operation *> functions, SymbolNames &symbols) {
  std::vector<std::string> order;
  llvm::StringSet<> taken;
  for (llvm::StringRef word : {"pl", "self"})
    taken.insert(word);
  auto add = [&](llvm::StringRef symbol) {
    if (symbols.contains(symbol))
      return;
    std::string base = asIdentifier(symbol, "D"), name = base;
    for (unsigned number = 1; !taken.insert(name).second; ++number)
      name = base + "_" + std::to_string(number);
    symbols[symbol] = name;
    order.push_back(symbol.str());
  };
  auto mention = [&](mlir::Operation *op) {
    if (auto function = mlir::dyn_cast<prog::FuncOp>(op))
      for (mlir::Type type :
           llvm::concat<const mlir::Type>(function.getType().getInputs(), function.getType().getResults()))
        prog::forEachSymbol(type, add);
    if (auto symbol = mlir::dyn_cast<prog::SymbolOp>(op))
      add(symbol.getSymbol());
    for (mlir::Type type : op->getResultTypes())
      prog::forEachSymbol(type, add);
  };
  for (mlir::Operation *function : functions)
    function->walk<mlir::WalkOrder::PreOrder>(mention);
  return order;
}

/// Callees before their callers, otherwise in the order of the program.
void visit(prog::FuncOp function, const mlir::SymbolTable &functions, llvm::SetVector<mlir::Operation *> &order,
           llvm::DenseSet<mlir::Operation *> &running) {
  if (order.contains(function) || !running.insert(function).second)
    return;
  function.walk([&](prog::CallOp call) {
    if (auto callee = functions.lookup<prog::FuncOp>(call.getCallee()))
      visit(callee, functions, order, running);
  });
  order.insert(function);
}

} // namespace

std::string exportProgram(prog::ProgramOp program, std::vector<TextMark> *marks) {
  llvm::SetVector<mlir::Operation *> functions;
  mlir::SymbolTable symbolTable(program);
  llvm::DenseSet<mlir::Operation *> running;
  for (auto function : program.getOps<prog::FuncOp>())
    visit(function, symbolTable, functions, running);
  SymbolNames symbols;
  std::vector<std::string> order = nameSymbols(functions.getArrayRef(), symbols);
  std::string name = asIdentifier(program.getSymName(), "Program");
  std::string text = "# pypto.program: " + name + "\nimport pypto.language as pl\n\n";
  for (const std::string &symbol : order)
    text += symbols[symbol] + " = pl.dynamic(\"" + symbol + "\")\n";
  text += std::string(order.empty() ? "" : "\n") + "\n@pl.program\nclass " + name + ":\n";
  for (mlir::Operation *function : functions) {
    text += function == functions.front() ? "" : "\n";
    FunctionPrinter printer(mlir::cast<prog::FuncOp>(function), symbols);
    std::string printed = printer.run(1);
    for (const TextMark &mark : marks ? printer.textMarks() : llvm::ArrayRef<TextMark>())
      marks->push_back({text.size() + mark.offset, mark.location});
    text += printed;
  }
  if (functions.empty())
    text += "    pass\n";
  return text;
}

std::string exportFunction(prog::FuncOp function) {
  return exportFunction(function, nullptr);
}

std::string exportFunction(prog::FuncOp function, mlir::Operation *marked) {
  SymbolNames symbols;
  nameSymbols({function}, symbols);
  return FunctionPrinter(function, symbols).run(0, marked);
}

} // namespace pto::frontend
