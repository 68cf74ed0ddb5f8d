// What a generic program is specialized for: its entry, arguments, target and options.
// Every part of it belongs to the cache key.
#pragma once

#include "compiler/Platforms.h"
#include "compiler/frontend/program/Generic.h"
#include "llvm/Support/Error.h"
#include <map>

namespace pto::specialize {

using namespace frontend;

struct Argument {
  /// Of a parameter; or `build.rows`, of one of a function around the entry.
  std::string name;
  /// Of a tensor, or of a scalar whose type somebody gave.
  ArgumentType type;
  /// Of a scalar.
  std::optional<Value> value = std::nullopt;
  /// Of a tensor, where it is said.
  std::optional<Direction> direction = std::nullopt;
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
