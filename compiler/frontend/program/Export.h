// The prog dialect to programs.
// What it prints is read back as an equal program: operations are fully spelled, callees come first.
#pragma once

#include "compiler/dialect/program/Ops.h"
#include <string>
#include <vector>

namespace pto::frontend {

/// Where something in a text came from.
struct TextMark {
  size_t offset;
  mlir::Location location;
};

/// Starts with `# pypto.program: Name`. Names of variables are the hints of the values, made unique.
/// `marks`, if somebody wants them, are of the heads of functions, their parameters and statements, in order.
std::string exportProgram(prog::ProgramOp program, std::vector<TextMark> *marks = nullptr);

/// One function, as it stands in the program's class.
std::string exportFunction(prog::FuncOp function);

/// The same with a margin, in which the statement of `marked` is pointed out.
std::string exportFunction(prog::FuncOp function, mlir::Operation *marked);

} // namespace pto::frontend
