// The attributes of the dialect that modules and functions carry, with what they take.
#include "compiler/dialect/KnownAttributes.h"
#include "base/NearestName.h"
#include "compiler/dialect/Attributes.h"
#include "mlir/IR/BuiltinOps.h"
#include "mlir/Interfaces/FunctionInterfaces.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

using namespace mlir;

namespace pto::ir {
namespace {

enum class Holder { Module, Function, ModuleOrFunction };
enum class Content { Unit, Text, Integer, KernelKind, Any };

struct Known {
  StringRef name;
  Holder holder;
  Content content;
  ArrayRef<StringRef> values = {}; // of a text; any where none is listed
};

constexpr StringRef archs[] = {"a2", "a3", "a2a3", "a5"};
constexpr StringRef backends[] = {"vpto", "emitc"};

// Those of the second group are read by the public assembler alone.
constexpr Known knownAttributes[] = {
    {"pto.target_arch", Holder::Module, Content::Text, archs},
    {"pto.kernel_kind", Holder::ModuleOrFunction, Content::KernelKind},
    {"pto.kernel", Holder::Function, Content::Unit},
    {"pto.aicore", Holder::Function, Content::Unit},
    {"pto.entry", Holder::Function, Content::Unit},

    {"pto.backend", Holder::Module, Content::Text, backends},
    {"pto.device-spec", Holder::Module, Content::Text},
    {"pto.simt_entry", Holder::Function, Content::Unit},
    {"pto.simt_max_threads", Holder::Function, Content::Integer},
    {"pto.simt_max_regs", Holder::Function, Content::Integer},
    {"pto.tilelang.inline_proc", Holder::Function, Content::Unit},
    {"pto.tilelang.instance", Holder::Function, Content::Unit},
    {"pto.auto_sync_tail_hint", Holder::ModuleOrFunction, Content::Any},
};

SmallVector<StringRef> knownNames() {
  return llvm::map_to_vector(knownAttributes, [](const Known &known) { return known.name; });
}

// The one of that name, or that comes nearest to it.
StringRef knownAttribute(StringRef name) {
  SmallVector<StringRef> names = knownNames();
  const StringRef *exact = llvm::find(names, name);
  return exact == names.end() ? nearest(name, names) : *exact;
}

bool belongs(const Known &known, Operation *op) {
  bool isModule = isa<ModuleOp>(op), isFunction = isa<FunctionOpInterface>(op);
  return (isModule && known.holder != Holder::Function) || (isFunction && known.holder != Holder::Module);
}

StringRef nameOf(Holder holder) {
  switch (holder) {
  case Holder::Module:
    return "a module";
  case Holder::Function:
    return "a function";
  case Holder::ModuleOrFunction:
    return "a module or a function";
  }
  llvm_unreachable("every holder has a name");
}

LogicalResult verifyContent(Operation *op, const Known &known, Attribute value) {
  switch (known.content) {
  case Content::Any:
    return success();
  case Content::Unit:
    return isa<UnitAttr>(value) ? success() : op->emitError() << known.name << " is " << value << "; it takes no value";
  case Content::Integer:
    return isa<IntegerAttr>(value) ? success()
                                   : op->emitError() << known.name << " is " << value << "; expected an integer";
  case Content::KernelKind:
    return isa<KernelKindAttr>(value) ? success()
                                      : op->emitError()
                                            << known.name << " is " << value
                                            << "; expected #pto.kernel_kind<cube> or #pto.kernel_kind<vector>";
  case Content::Text:
    auto text = dyn_cast<StringAttr>(value);
    if (text && (known.values.empty() || llvm::is_contained(known.values, text.getValue().lower())))
      return success();
    InFlightDiagnostic error = op->emitError() << known.name << " is " << value << "; expected ";
    if (known.values.empty())
      return error << "a text";
    return error << "one of \"" << llvm::join(known.values, "\", \"") << '"';
  }
  llvm_unreachable("every content is handled");
}

// Which of the attributes of the operation's own declaration was meant, or all of them.
std::string ownAttribute(Operation *op, StringRef name) {
  auto info = op->getName().getRegisteredInfo();
  SmallVector<StringRef> own;
  for (StringAttr known : info ? info->getAttributeNames() : ArrayRef<StringAttr>())
    // Where the operands of a variadic operation begin is no attribute that one writes.
    if (known != "operandSegmentSizes")
      own.push_back(known.getValue());
  std::string hint = didYouMean(name, own);
  if (!hint.empty())
    return hint;
  return own.empty() ? "; it takes none" : "; it takes " + llvm::join(own, ", ");
}

LogicalResult refuse(Operation *op, StringRef name, StringRef hint) {
  return op->emitError() << "unknown attribute '" << name << "' on " << op->getName() << hint;
}

} // namespace

LogicalResult verifyPtoAttribute(Operation *op, NamedAttribute attribute) {
  StringRef name = attribute.getName();
  const Known *known = llvm::find_if(knownAttributes, [&](const Known &known) { return known.name == name; });
  if (known == std::end(knownAttributes))
    return refuse(op, name, didYouMean(name, knownNames()));
  if (!belongs(*known, op))
    return op->emitError() << name << " is on " << op->getName() << "; it belongs on " << nameOf(known->holder);
  return verifyContent(op, *known, attribute.getValue());
}

LogicalResult verifyNoStrayAttributes(Operation *op) {
  bool isHolder = isa<ModuleOp, FunctionOpInterface>(op);
  for (NamedAttribute attribute : op->getDiscardableAttrs()) {
    StringRef name = attribute.getName(), dialect = name.contains('.') ? name.split('.').first : "";
    if (dialect == "pto")
      continue; // the dialect is asked about each of its own
    if (!isHolder && dialect.empty())
      return refuse(op, name, ownAttribute(op, name));
    constexpr unsigned slip = 1;
    if (!isHolder || (!dialect.empty() && dialect.edit_distance_insensitive("pto", true, slip) > slip))
      continue; // another dialect's
    StringRef meant = knownAttribute(("pto." + name.substr(name.find('.') + 1)).str());
    if (dialect.empty() || !meant.empty())
      return refuse(op, name, meant.empty() ? "" : ("; did you mean '" + meant + "'?").str());
  }
  return success();
}

} // namespace pto::ir
