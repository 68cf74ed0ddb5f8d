// Registers the families, and checks the pto.* attributes that modules and functions carry.
#include "compiler/dialect/Dialect.h"
#include "mlir/IR/BuiltinOps.h"
#include "mlir/Interfaces/FunctionInterfaces.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

#include "compiler/dialect/Dialect.cpp.inc"

using namespace mlir;

namespace pto::ir {

void PtoDialect::initialize() {
  registerAttributes();
  registerTypes();
  registerPointerOps();
  registerDmaOps();
  registerSyncOps();
  registerScopeOps();
  registerLoadStoreOps();
  registerPredicateOps();
  registerUnaryOps();
  registerBinaryOps();
  registerVectorScalarOps();
  registerFusedOps();
  registerCompareOps();
  registerLaneOps();
  registerConversionOps();
  registerQueryOps();
}

namespace {

enum class Holder { Module, Function, ModuleOrFunction };
enum class Content { Unit, Text, KernelKind };

// An attribute of the dialect that a module or a function may carry. Attributes that are not listed are let
// through: newer kernels may know more of them.
struct Discardable {
  StringRef name;
  Holder holder;
  Content content;
  ArrayRef<StringRef> values = {};
};

constexpr StringRef archs[] = {"a2", "a3", "a2a3", "a5"};
constexpr StringRef backends[] = {"vpto", "emitc"};

constexpr Discardable discardables[] = {
    {"pto.target_arch", Holder::Module, Content::Text, archs},
    {"pto.backend", Holder::Module, Content::Text, backends},
    {"pto.kernel_kind", Holder::ModuleOrFunction, Content::KernelKind},
    {"pto.kernel", Holder::Function, Content::Unit},
    {"pto.aicore", Holder::Function, Content::Unit},
    {"pto.entry", Holder::Function, Content::Unit},
    {"pto.simt_entry", Holder::Function, Content::Unit},
};

LogicalResult verifyHolder(Operation *op, const Discardable &known) {
  bool isModule = isa<ModuleOp>(op), isFunction = isa<FunctionOpInterface>(op);
  switch (known.holder) {
  case Holder::Module:
    return isModule ? success()
                    : op->emitError() << known.name << " is on " << op->getName() << "; it belongs on a module";
  case Holder::Function:
    return isFunction ? success()
                      : op->emitError() << known.name << " is on " << op->getName() << "; it belongs on a function";
  case Holder::ModuleOrFunction:
    return isModule || isFunction ? success()
                                  : op->emitError() << known.name << " is on " << op->getName()
                                                    << "; it belongs on a module or a function";
  }
  llvm_unreachable("every holder is handled");
}

LogicalResult verifyContent(Operation *op, const Discardable &known, Attribute value) {
  switch (known.content) {
  case Content::Unit:
    return isa<UnitAttr>(value) ? success() : op->emitError() << known.name << " is " << value << "; it takes no value";
  case Content::KernelKind:
    return isa<KernelKindAttr>(value) ? success()
                                      : op->emitError()
                                            << known.name << " is " << value
                                            << "; expected #pto.kernel_kind<cube> or #pto.kernel_kind<vector>";
  case Content::Text:
    auto text = dyn_cast<StringAttr>(value);
    if (text && llvm::is_contained(known.values, text.getValue().lower()))
      return success();
    return op->emitError() << known.name << " is " << value << "; expected one of \""
                           << llvm::join(known.values, "\", \"") << "\"";
  }
  llvm_unreachable("every content is handled");
}

} // namespace

LogicalResult PtoDialect::verifyOperationAttribute(Operation *op, NamedAttribute attribute) {
  const auto *known = llvm::find_if(discardables, [&](const Discardable &d) { return d.name == attribute.getName(); });
  if (known == std::end(discardables))
    return success();
  if (failed(verifyHolder(op, *known)))
    return failure();
  return verifyContent(op, *known, attribute.getValue());
}

} // namespace pto::ir
