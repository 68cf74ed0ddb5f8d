// The options that say which program is meant, and for which arguments and machine.
#pragma once

#include "compiler/specialize/Request.h"
#include "compiler/tools/program/Bindings.h"
#include "mlir/IR/BuiltinOps.h"
#include "mlir/IR/OwningOpRef.h"

namespace CLI {
class App;
}

namespace pto {

struct RequestOptions {
  /// The file is an argument of its own, unless the command finds it itself.
  void addTo(CLI::App &command, bool takesFile = true);
  void setFile(std::string file) { request.file = std::move(file); }
  /// Nothing for an argument that cannot be read, which has been said then.
  std::optional<specialize::Request> read() const;

private:
  specialize::Request request;
  std::vector<std::string> arguments;
  Bindings bindings;
};

/// The programs of the file that is asked for, made for the arguments; null after an error, which has been said then.
mlir::OwningOpRef<mlir::ModuleOp> readModule(const specialize::Request &request, mlir::MLIRContext &context);

} // namespace pto
