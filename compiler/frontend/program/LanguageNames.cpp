// The names of the language, however a file has come by them.
// A table of what is another spelling of what, applied until nothing more fits.
#include "compiler/frontend/program/LanguageNames.h"

namespace pto::frontend {

namespace {

struct Spelling {
  llvm::StringLiteral other, own;
};

/// A whole name or the start of one; what ends with a dot is the start of a longer one only.
constexpr Spelling spellings[] = {
    {"pypto.language", "pl"},
    {"pypto.pypto_core.ir", "pl"},
    {"pypto.pypto_core", "pl"},
    {"pypto.ir", "pl"},
    {"pypto.DataType", "pl"},
    {"pypto.jit", "pl.jit"},
    {"pl.jit.decorator", "pl.jit"},
    {"pl.jit.jit", "pl.jit"},
    {"pl.dsl_api", "pl"},
    {"pl.optimizations", "pl"},
    {"pl.parser.decorator", "pl"},
    {"pl.op.tensor_ops", "pl.tensor"},
    {"pl.op.tile_ops", "pl.tile"},
    {"pl.op.system_ops", "pl.system"},
    {"pl.op.unified_ops", "pl"},
    {"pl.op", "pl"},
    {"pl.typing.direction.", "pl."},
    {"pl.typing.dynamic.", "pl."},
    {"pl.typing.memref.", "pl."},
    {"pl.typing.scalar.", "pl."},
    {"pl.typing.tensor.", "pl."},
    {"pl.typing.tile.", "pl."},
    {"pl.typing.tuple.", "pl."},
    {"pl.typing", "pl"},
    {"pl.distributed.AtomicType", "pl.AtomicType"},
    {"pl.distributed.op", "pl.distributed"},
    {"pl.distributed.typing.distributed_tensor", "pl.distributed"},
    {"pl.distributed.system_ops", "pl.distributed.system"},
    {"pl.distributed.tensor_ops", "pl.distributed.tensor"},
    {"pl.distributed.tile_ops", "pl.distributed.tile"},
    {"pl.DataType.", "pl."},
    {"pl.MemorySpace.", "pl.Mem."},
    {"pl.TensorLayout.ND", "pl.ND"},
    {"pl.TensorLayout.DN", "pl.DN"},
    {"pl.TensorLayout.NZ", "pl.NZ"},
    {"pl.Level.L2CACHE", "pl.Level.CHIP_DIE"},
    {"pl.Level.PROCESSOR", "pl.Level.CHIP"},
    {"pl.Level.UMA", "pl.Level.CHIP"},
    {"pl.Level.NODE", "pl.Level.HOST"},
    {"pl.Level.POD", "pl.Level.CLUSTER_0"},
    {"pl.Level.CLOS1", "pl.Level.CLUSTER_1"},
    {"pl.Level.CLOS2", "pl.Level.CLUSTER_2"},
};

struct NamedNumber {
  llvm::StringLiteral name;
  int64_t number;
};

/// Which elements a masked gather takes.
constexpr NamedNumber numbers[] = {
    {"pl.tile.MaskPattern.P0101", 1}, {"pl.tile.MaskPattern.P1010", 2}, {"pl.tile.MaskPattern.P0001", 3},
    {"pl.tile.MaskPattern.P0010", 4}, {"pl.tile.MaskPattern.P0100", 5}, {"pl.tile.MaskPattern.P1000", 6},
    {"pl.tile.MaskPattern.P1111", 7},
};

bool fits(llvm::StringRef path, llvm::StringRef start) {
  return path.starts_with(start) && (start.ends_with(".") || path.size() == start.size() || path[start.size()] == '.');
}

} // namespace

bool isOfLanguage(llvm::StringRef path) {
  return fits(path, "pypto") || fits(path, "pl");
}

Value nameOfLanguage(llvm::StringRef path) {
  constexpr llvm::StringLiteral dtypeConstant = "pypto.DT_";
  std::string own = path.str();
  for (const Spelling *each = std::begin(spellings); each != std::end(spellings);) {
    if (!fits(own, each->other)) {
      ++each;
      continue;
    }
    own = each->own.str() + own.substr(each->other.size());
    each = std::begin(spellings);
  }
  if (llvm::StringRef(own).starts_with(dtypeConstant))
    own = "pl." + own.substr(dtypeConstant.size());
  for (const NamedNumber &each : numbers)
    if (own == each.name)
      return Value::ofInteger(each.number);
  return Value::path(std::move(own));
}

} // namespace pto::frontend
