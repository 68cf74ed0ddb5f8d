// The rows are made from the declarations of the operations, by operation-forms.py.
#include "compiler/dialect/Forms.h"
#include "llvm/ADT/STLExtras.h"

using llvm::StringRef;

namespace pto::ir {

struct Form {
  llvm::StringLiteral operation, form;
};

constexpr Form forms[] = {
#include "compiler/dialect/Forms.inc"
};

StringRef formOf(StringRef operation) {
  const Form *found = llvm::lower_bound(
      forms, operation, [](const Form &form, StringRef name) { return StringRef(form.operation) < name; });
  return found == std::end(forms) || found->operation != operation ? StringRef() : StringRef(found->form);
}

} // namespace pto::ir
