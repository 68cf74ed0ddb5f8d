// The rows are made from the declarations of the operations, by operation-forms.py.
#include "compiler/dialect/Forms.h"
#include "compiler/dialect/Simt.h"
#include "compiler/dialect/Types.h"
#include "llvm/ADT/STLExtras.h"

using llvm::StringRef;

namespace pto::ir {

constexpr Form forms[] = {
#include "compiler/dialect/Forms.inc"
};

const Form *findForm(StringRef operation) {
  const Form *found = llvm::lower_bound(
      forms, operation, [](const Form &form, StringRef name) { return StringRef(form.operation) < name; });
  return found == std::end(forms) || found->operation != operation ? nullptr : found;
}

} // namespace pto::ir
