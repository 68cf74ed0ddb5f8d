// MLIR locations as plain file positions.
#include "sim/decode/Locations.h"
#include "mlir/IR/BuiltinAttributes.h"

using namespace mlir;

namespace pto::sim {

SourceLocation sourceLocation(Location location) {
  SourceLocation found;
  location->walk([&](Location inner) {
    auto position = dyn_cast<FileLineColLoc>(inner);
    if (!position)
      return WalkResult::advance();
    found = {position.getFilename().str(), position.getLine(), position.getColumn()};
    return WalkResult::interrupt();
  });
  return found;
}

} // namespace pto::sim
