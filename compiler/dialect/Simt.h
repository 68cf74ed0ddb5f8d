// Functions that a launch runs with many threads at once: what stands in them, and the words that their operations
// take.
#pragma once

#include "compiler/dialect/Tokens.h"
#include "mlir/IR/BuiltinTypes.h"
#include "mlir/IR/OpDefinition.h"
#include "mlir/Interfaces/FunctionInterfaces.h"

namespace pto::ir {

namespace simt {

inline constexpr llvm::StringLiteral entryAttribute = "pto.simt_entry", maxThreadsAttribute = "pto.simt_max_threads",
                                     maxRegistersAttribute = "pto.simt_max_regs";
/// Of a launch; what a function is compiled for where it does not say; what keep and resume number.
inline constexpr int64_t threadLimit = 2048, defaultMaxThreads = 1024, registerLimit = 128, slotCount = 123;

bool isEntry(mlir::Operation *function);

} // namespace simt

/// The pto.store_vfsimt_info before a call of a SIMT entry, in a block around it; null where there is none.
mlir::Operation *configurationOf(mlir::Operation *call);
/// What an attribute of the dialect asks of its function where it is about threads: what stands in a SIMT entry, and
/// that it is called after store_vfsimt_info only.
mlir::LogicalResult verifySimtAttribute(mlir::FunctionOpInterface function, mlir::NamedAttribute attribute);
mlir::LogicalResult verifyInSimt(mlir::Operation *op);

/// A vector of two, which scalar operations take as a pair.
template <class Element>
bool isPairOf(mlir::Type type) {
  auto vector = mlir::dyn_cast<mlir::VectorType>(type);
  return vector && vector.getRank() == 1 && !vector.isScalable() && vector.getDimSize(0) == 2 &&
         mlir::isa<Element>(vector.getElementType());
}

namespace traits {

// A thread executes it: it stands in a SIMT entry, or in a function that is called there.
template <typename ConcreteOp>
class InSimt : public mlir::OpTrait::TraitBase<ConcreteOp, InSimt> {
public:
  static mlir::LogicalResult verifyTrait(mlir::Operation *op) { return verifyInSimt(op); }
};

} // namespace traits

namespace tokens {

inline constexpr llvm::StringLiteral signednessWords[] = {"signed", "unsigned"};
inline constexpr TokenSet signedness{"signedness", signednessWords};
inline constexpr llvm::StringLiteral l1CacheWords[] = {"cache", "uncache"};
inline constexpr TokenSet l1Cache{"l1cache", l1CacheWords};
inline constexpr llvm::StringLiteral loadL2CacheWords[] = {"nmfv",    "nmlv",   "nmprs", "nmpref", "nakeep",
                                                           "naclean", "nadrop", "idsfv", "idslv",  "idsprs",
                                                           "idspref", "exfv",   "exlv",  "exprs",  "expref"};
inline constexpr TokenSet loadL2Cache{"l2cache", loadL2CacheWords};
inline constexpr llvm::StringLiteral storeL2CacheWords[] = {"nmfv",  "nmlv",  "nmprs",  "nmred", "naci",   "napw",
                                                            "napi",  "nared", "wbhfv",  "wbhlv", "wbhprs", "wbhred",
                                                            "wtsfv", "wtslv", "wtsprs", "wtsred"};
inline constexpr TokenSet storeL2Cache{"l2cache", storeL2CacheWords};
inline constexpr llvm::StringLiteral convertRoundingWords[] = {"r", "a", "f", "c", "z", "o", "h"};
inline constexpr TokenSet convertRoundings{"rounding", convertRoundingWords};
inline constexpr llvm::StringLiteral convertSaturationWords[] = {"sat", "nosat"};
inline constexpr TokenSet convertSaturations{"saturation", convertSaturationWords};

} // namespace tokens

// The spellings that several families share: a bare word, or one in parentheses after a keyword; nothing where it is
// left out.
mlir::ParseResult parseSignedness(mlir::OpAsmParser &parser, mlir::StringAttr &signedness);
void printSignedness(mlir::OpAsmPrinter &printer, mlir::Operation *op, mlir::StringAttr signedness);
mlir::ParseResult parseL1Cache(mlir::OpAsmParser &parser, mlir::StringAttr &policy);
void printL1Cache(mlir::OpAsmPrinter &printer, mlir::Operation *op, mlir::StringAttr policy);
mlir::ParseResult parseL2Cache(mlir::OpAsmParser &parser, mlir::StringAttr &policy);
void printL2Cache(mlir::OpAsmPrinter &printer, mlir::Operation *op, mlir::StringAttr policy);

} // namespace pto::ir
