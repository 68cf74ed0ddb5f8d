// An error at a place in a case file, as compilers print one.
#include "golden/reference/Evaluator.h"
#include "llvm/Support/raw_ostream.h"

namespace pto::golden {

char GoldenError::ID;

void GoldenError::log(llvm::raw_ostream &os) const {
  os << file << ":" << line << ":" << column << ": " << message;
}

} // namespace pto::golden
