// The rows of the table of operations, as they are written.
// Private to Signatures.cpp.
#pragma once

#include "compiler/dialect/program/Signatures.h"

namespace pto::prog {

/// Parameters are separated by commas: `name: kind`, `name: kind = default`. An @ before the name makes it a keyword.
/// A default of `none` leaves the parameter out; an operand's default names the operand that is taken instead.
/// `word(PadValue)` is any of pl.PadValue.…
struct SignatureRow {
  const char *name;
  const char *parameters;
  Rule rule;
  ResultMemory memory = ResultMemory::None;
};

llvm::ArrayRef<SignatureRow> signatureRows();

/// Other names. With a keyword, the name means this operation only in a call that has it.
struct OperationAlias {
  llvm::StringLiteral name, operation;
  llvm::StringLiteral keyword = "";
};
llvm::ArrayRef<OperationAlias> operationAliases();

} // namespace pto::prog
