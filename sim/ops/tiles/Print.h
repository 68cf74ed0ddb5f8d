// What instructions carry that show numbers in the notes of a run.
#pragma once

#include "sim/ops/ScalarFloat.h"
#include "sim/ops/tiles/Tile.h"
#include "llvm/ADT/StringRef.h"
#include <string>

namespace pto::sim {

/// How bits are a number.
struct NumberForm {
  unsigned bits = 0;
  std::optional<ScalarFloat> floating = {};
  bool isUnsigned = false;
};

struct TilePrintForm {
  TileOperand tile;
  NumberForm number;
};

/// A text with one number in it.
struct PrintForm {
  std::string before, after;
  std::string flags;     ///< of the conversion, with its width and precision
  char conversion = 'd'; ///< as printf has it
  uint32_t value = 0;    ///< a register
  NumberForm number = {};
};

/// Nothing where there is not exactly one conversion, of a number.
std::optional<PrintForm> parsePrint(llvm::StringRef format);

namespace tiles {

extern const Code printTile, print;

} // namespace tiles

} // namespace pto::sim
