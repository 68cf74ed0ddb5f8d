// A call of a TorchScript function through the plugin, with tensors of ours as arguments.
#pragma once

#include "golden/reference/Evaluator.h"
#include "golden/reference/PluginApi.h"
#include "golden/reference/Prints.h"

namespace pto::golden {

/// The arguments of a request, widened: float tensors to float64, integer tensors to int64.
class ScriptArguments {
public:
  explicit ScriptArguments(const ReferenceRequest &request);

  /// Every float, tensor or scalar, by its absolute value.
  ScriptArguments absolute() const;

  std::vector<ScriptArgument> list() const;

private:
  struct Entry {
    std::string name;
    ScriptKind kind;
    std::vector<int64_t> shape;
    std::vector<double> floats;
    std::vector<int64_t> integers;
  };
  std::vector<Entry> entries;
};

struct ScriptResult {
  ScriptKind kind;
  std::string typeName;
  std::vector<int64_t> shape;
  std::vector<double> floats;
  std::vector<int64_t> integers;
};

struct ScriptOutcome {
  std::vector<ScriptResult> values;
  Place definition, returns; ///< in the case file
};

/// Calls the request's golden.
llvm::Expected<ScriptOutcome> callGolden(const PluginApi &plugin, const ReferenceRequest &request,
                                         const ScriptArguments &arguments, Prints &prints);

/// Evaluates an expression over the same arguments.
llvm::Expected<ScriptOutcome> evaluateExpression(const PluginApi &plugin, const ReferenceRequest &request,
                                                 llvm::StringRef expression, const ScriptArguments &arguments,
                                                 Prints &prints);

} // namespace pto::golden
