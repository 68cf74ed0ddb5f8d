// What a generic program is specialized for: its entry, arguments, target and options.
// Every part of it belongs to the cache key.
#pragma once

#include "compiler/Platforms.h"
#include "compiler/specialize/Type.h"
#include "llvm/Support/Error.h"
#include <map>

namespace pto::specialize {

struct Argument {
  std::string name;
  /// A Tensor, of numbers and symbols; or a Scalar, or Unknown for a scalar whose type nobody gave.
  Type type;
  /// Of a scalar.
  std::optional<Value> value;
  /// Of a tensor, where it is said.
  std::optional<Direction> direction = std::nullopt;

  static Argument tensor(std::string name, const Dtype *dtype, std::vector<Dimension> shape);
  static Argument scalar(std::string name, Value value, const Dtype *dtype = nullptr);
};

struct Request {
  std::string file;
  /// A name, or the whole path of one inside others: `build.Program`, `Program.kernel`. Empty: the only one there is.
  std::string entry;
  std::vector<Argument> arguments;
  std::string platform = defaultPlatform.str();
  std::string strategy = "Default";
  std::map<std::string, std::string> options;
};

llvm::ArrayRef<llvm::StringRef> platforms();

/// `a:f32[128,128]`, `a:f32[M,128]`, `alpha=0.5`, `n=4`, `flag=True`, `n:INT32=4`.
llvm::Expected<Argument> parseArgument(llvm::StringRef text);

} // namespace pto::specialize
