// The boundary to the plugin that holds LibTorch: a TorchScript text and its arguments go in, values or one error
// come out. Neither side's headers show through, and nothing is thrown across.
#pragma once

#include "base/LineColumn.h"
#include <cstddef>
#include <cstdint>

namespace pto::golden {

/// Raised when one of the structures below changes.
inline constexpr uint32_t pluginAbi = 3;

enum class ScriptKind : uint32_t {
  FloatTensor,   ///< data: double
  IntegerTensor, ///< data: int64_t
  Float,         ///< data: one double
  Integer,       ///< data: one int64_t
  Other          ///< only as a result: something no output can be; `typeName` says what
};

struct ScriptArgument {
  const char *name;
  ScriptKind kind;
  const int64_t *shape;
  size_t rank;
  const void *data;
};

struct ScriptValue {
  ScriptKind kind;
  /// As torch names it: "float64", "int32", "bool", "str".
  const char *typeName;
  const int64_t *shape;
  size_t rank;
  const void *data;
};

struct ScriptRequest {
  const char *text;
  size_t textSize;
  /// The text is one expression over the arguments, not function definitions.
  bool isExpression;
  /// The function that is called; the text may define others.
  const char *entry;
  const ScriptArgument *arguments;
  size_t argumentCount;
  /// How long its loops may run; infinity is without a limit.
  double secondsLeft;
};

/// Places are within the text.
class ScriptReceiver {
public:
  virtual void definition(LineColumn at) = 0;
  virtual void returns(LineColumn at, size_t count) = 0;
  /// In order; the data lives until the call returns.
  virtual void value(const ScriptValue &value) = 0;
  virtual void printed(const char *text) = 0;
  /// At most once, and then there are no values.
  virtual void error(const char *message, LineColumn at) = 0;

protected:
  ~ScriptReceiver() = default;
};

struct PluginApi {
  uint32_t abi;
  const char *torchVersion;
  void (*evaluate)(const ScriptRequest &request, ScriptReceiver &receiver);
};

/// The function that a plugin is recognized by.
inline constexpr char pluginEntry[] = "ptoReferencePlugin";
using PluginEntry = const PluginApi *(*)();

} // namespace pto::golden
