// A kernel from text, ready to run: what the tests of decoding and execution start from.
#pragma once

#include "mlir/IR/BuiltinOps.h"
#include "mlir/IR/MLIRContext.h"
#include "mlir/IR/OwningOpRef.h"
#include "sim/Simulator.h"
#include <cstring>

namespace pto::sim::testing {

/// Module text around the body of a vector kernel named `kernel`.
std::string kernelText(llvm::StringRef parameters, llvm::StringRef body);

class Kernel {
public:
  /// Fails the test where the text does not parse or verify.
  explicit Kernel(llvm::StringRef moduleText);

  llvm::Expected<ProgramPtr> decode();
  /// All messages of a refusal, one a line, with their places; empty where decoding succeeds.
  std::string refusals();

  /// Decodes and runs; fails the test where decoding is refused.
  RunReport run(llvm::ArrayRef<Argument> arguments, LaunchOptions options = {});

private:
  mlir::MLIRContext context;
  mlir::OwningOpRef<mlir::ModuleOp> module;
};

template <class T>
Argument buffer(std::string name, std::vector<T> &values) {
  return {std::move(name),
          llvm::MutableArrayRef<uint8_t>(reinterpret_cast<uint8_t *>(values.data()), values.size() * sizeof(T)), 0,
          false};
}
inline Argument scalar(std::string name, uint64_t bits) {
  return {std::move(name), {}, bits, true};
}

} // namespace pto::sim::testing
