// The prog dialect: whole programs, before they become kernels.
#ifndef PTO_COMPILER_DIALECT_PROGRAM_BASE_TD
#define PTO_COMPILER_DIALECT_PROGRAM_BASE_TD

include "mlir/IR/AttrTypeBase.td"
include "mlir/IR/BuiltinAttributes.td"
include "mlir/IR/DialectBase.td"

def Prog_Dialect : Dialect {
  let name = "prog";
  let cppNamespace = "::pto::prog";
  let summary = "PyPTO programs: functions of several kinds over tensors, tiles and scalars, with structured control flow";

  let useDefaultTypePrinterParser = 1;
  let useDefaultAttributePrinterParser = 1;

  let extraClassDeclaration = [{
    void registerTypes();
    void registerAttributes();
  }];
}

#endif
