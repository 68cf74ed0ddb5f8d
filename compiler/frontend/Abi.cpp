// The rules of a launch.
#include "compiler/frontend/Abi.h"
#include "compiler/dialect/Places.h"
#include "compiler/dialect/Types.h"
#include "mlir/IR/SymbolTable.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/raw_ostream.h"

using namespace mlir;

namespace pto::frontend {
namespace {

template <typename Printable>
std::string spelled(const Printable &value) {
  std::string text;
  llvm::raw_string_ostream(text) << value;
  return text;
}

} // namespace

SmallVector<std::string> hostTypesOf(Type type) {
  if (auto pointer = dyn_cast<ir::PtrType>(type))
    type = pointer.getElementType();
  // Of packed pairs, the host passes the one after the other.
  if (auto packed = dyn_cast<VectorType>(type))
    type = packed.getElementType();
  if (auto integer = dyn_cast<IntegerType>(type)) {
    std::string width = std::to_string(integer.getWidth());
    if (integer.isUnsigned())
      return {"ui" + width};
    if (integer.isSigned())
      return {"si" + width, "i" + width};
    return {"i" + width, "si" + width, "ui" + width};
  }
  if (type.isIndex())
    return {"index", "i64", "si64", "ui64"};
  if (ir::widthOf(type) == 8)
    return {spelled(type), "ui8", "i8"};
  return {spelled(type)};
}

namespace {

std::string listOf(ArrayRef<std::string> words) {
  std::string list = words.front();
  for (size_t i = 1; i < words.size(); ++i)
    list += (i + 1 == words.size() ? " or " : ", ") + words[i];
  return list;
}

std::string described(const HostArgument &argument) {
  return (argument.isScalar ? "scalar '" : "buffer '") + argument.name + "' of " + argument.dtype;
}

class AbiCheck {
public:
  AbiCheck(func::FuncOp entry, ArrayRef<HostArgument> arguments) : entry(entry), arguments(arguments) {}

  std::vector<Diagnostic> run() {
    checkResults();
    if (checkCount())
      for (auto [index, host] : llvm::enumerate(arguments))
        checkArgument(index, host);
    checkCalls();
    return std::move(mismatches);
  }

private:
  void report(Location where, const llvm::Twine &message) { mismatches.push_back({placeOf(where), message.str()}); }

  std::string kernel() { return ("kernel @" + entry.getSymName()).str(); }

  Location locationOf(unsigned argument) {
    return entry.isDeclaration() ? entry.getLoc() : entry.getArgument(argument).getLoc();
  }

  void checkResults() {
    if (entry.isDeclaration())
      report(entry.getLoc(), kernel() + " is declared but has no body");
    if (entry.getNumResults() != 0)
      report(entry.getLoc(), kernel() + " returns " + spelled(entry.getResultTypes().front()) +
                                 "; a kernel returns nothing: it writes through its pointers");
  }

  bool checkCount() {
    if (entry.getNumArguments() == arguments.size())
      return true;
    std::string names;
    for (const HostArgument &argument : arguments)
      names += (names.empty() ? "" : ", ") + argument.name;
    report(entry.getLoc(), kernel() + " takes " + llvm::Twine(entry.getNumArguments()) +
                               (entry.getNumArguments() == 1 ? " argument" : " arguments") + ", but the host passes " +
                               llvm::Twine(arguments.size()) + (names.empty() ? "" : ": " + names));
    return false;
  }

  void checkArgument(unsigned index, const HostArgument &host) {
    Type type = entry.getArgumentTypes()[index];
    auto pointer = dyn_cast<ir::PtrType>(type);
    std::string argument = "argument #" + std::to_string(index) + " of " + kernel() + " is " + spelled(type);
    Location where = locationOf(index);
    if (!pointer && !type.isIntOrIndexOrFloat())
      return report(where, argument + "; a kernel takes pointers into gm, integers, floats and indices");
    if (pointer && pointer.getMemorySpace() != ir::MemorySpace::Gm)
      return report(where, argument + "; a host can pass pointers into gm only");
    if (bool(pointer) == host.isScalar)
      return report(where, argument + ", but the host passes the " + described(host) + "; expected a " +
                               (pointer ? "buffer" : "scalar"));
    SmallVector<std::string> taken = hostTypesOf(type);
    if (!llvm::is_contained(taken, host.dtype))
      report(where, argument + ", but the host passes the " + described(host) + "; expected " + listOf(taken));
  }

  // A launched kernel is a whole program of the machine: it cannot start another one.
  void checkCalls() {
    entry.walk([&](func::CallOp call) {
      auto callee = SymbolTable::lookupNearestSymbolFrom<func::FuncOp>(call, call.getCalleeAttr());
      if (callee && (callee->hasAttr("pto.kernel") || callee->hasAttr("pto.aicore") || callee->hasAttr("pto.entry")))
        report(call.getLoc(), kernel() + " calls @" + callee.getSymName() +
                                  ", which is a kernel itself; only the host launches kernels");
    });
  }

  func::FuncOp entry;
  ArrayRef<HostArgument> arguments;
  std::vector<Diagnostic> mismatches;
};

} // namespace

std::vector<Diagnostic> checkAbi(func::FuncOp entry, ArrayRef<HostArgument> arguments) {
  return AbiCheck(entry, arguments).run();
}

} // namespace pto::frontend
