// Moves arguments and results across the plugin's boundary, and places of the text into places of the case file.
#include "golden/reference/ScriptCall.h"
#include "golden/tensor/Convert.h"
#include <cmath>

namespace pto::golden {
namespace {

class Receiver final : public ScriptReceiver {
public:
  Receiver(const ReferenceRequest &request, Prints &prints) : request(request), prints(prints) {}

  void definition(LineColumn at) override { outcome.definition = placeInFile(at); }
  void returns(LineColumn at, size_t count) override {
    outcome.returns = placeInFile(at);
    outcome.values.reserve(count);
  }
  void value(const ScriptValue &value) override {
    ScriptResult result{value.kind, value.typeName, {value.shape, value.shape + value.rank}, {}, {}};
    size_t count = 1;
    for (int64_t extent : result.shape)
      count *= static_cast<size_t>(extent);
    if (value.kind == ScriptKind::FloatTensor) {
      auto *data = static_cast<const double *>(value.data);
      result.floats.assign(data, data + count);
    } else if (value.kind == ScriptKind::IntegerTensor) {
      auto *data = static_cast<const int64_t *>(value.data);
      result.integers.assign(data, data + count);
    }
    outcome.values.push_back(std::move(result));
  }
  void printed(const char *text) override { prints.add(text); }
  void error(const char *text, LineColumn at) override {
    failed = true;
    message = text;
    place = placeInFile(at.line ? at : LineColumn{1, 1});
  }

  bool failed = false;
  std::string message;
  Place place;
  ScriptOutcome outcome;

private:
  /// All lines of a block scalar are indented alike, and stand one below the other.
  Place placeInFile(LineColumn at) const {
    const Place &start = request.place;
    return {start.file, start.line + at.line - 1, start.column + at.column - 1};
  }

  const ReferenceRequest &request;
  Prints &prints;
};

} // namespace

ScriptArguments::ScriptArguments(const ReferenceRequest &request) {
  for (const ReferenceRequest::Input &input : request.inputs) {
    bool floats = isFloat(input.value.dtype);
    entries.push_back({input.name, floats ? ScriptKind::FloatTensor : ScriptKind::IntegerTensor, input.value.shape,
                       floats ? toDoubles(input.value) : std::vector<double>(),
                       floats ? std::vector<int64_t>() : toIntegers(input.value)});
  }
  for (const ReferenceRequest::Scalar &scalar : request.scalars) {
    bool floats = isFloat(scalar.dtype);
    // The kernel gets the value in its type; so does the golden.
    double rounded = decode(scalar.dtype, encode(scalar.dtype, scalar.value));
    entries.push_back({scalar.name, floats ? ScriptKind::Float : ScriptKind::Integer, {}, {rounded}, {scalar.integer}});
  }
}

ScriptArguments ScriptArguments::absolute() const {
  ScriptArguments copy = *this;
  for (Entry &entry : copy.entries)
    for (double &value : entry.floats)
      value = std::fabs(value);
  return copy;
}

std::vector<ScriptArgument> ScriptArguments::list() const {
  std::vector<ScriptArgument> arguments;
  for (const Entry &entry : entries) {
    bool floats = entry.kind == ScriptKind::FloatTensor || entry.kind == ScriptKind::Float;
    arguments.push_back(
        {entry.name.c_str(), entry.kind, entry.shape.data(), entry.shape.size(),
         floats ? static_cast<const void *>(entry.floats.data()) : static_cast<const void *>(entry.integers.data())});
  }
  return arguments;
}

static double secondsLeft(const ReferenceRequest &request) {
  if (!request.deadline)
    return INFINITY;
  return std::chrono::duration<double>(*request.deadline - std::chrono::steady_clock::now()).count();
}

static llvm::Expected<ScriptOutcome> call(const PluginApi &plugin, const ReferenceRequest &request,
                                          llvm::StringRef text, const char *entry, bool isExpression,
                                          const ScriptArguments &arguments, Prints &prints) {
  std::vector<ScriptArgument> list = arguments.list();
  Receiver receiver(request, prints);
  plugin.evaluate({text.data(), text.size(), isExpression, entry, list.data(), list.size(), secondsLeft(request)},
                  receiver);
  if (receiver.failed)
    return llvm::make_error<PlacedError>(std::move(receiver.place), std::move(receiver.message));
  return std::move(receiver.outcome);
}

llvm::Expected<ScriptOutcome> callGolden(const PluginApi &plugin, const ReferenceRequest &request,
                                         const ScriptArguments &arguments, Prints &prints) {
  return call(plugin, request, request.text, "golden", /*isExpression=*/false, arguments, prints);
}

llvm::Expected<ScriptOutcome> evaluateExpression(const PluginApi &plugin, const ReferenceRequest &request,
                                                 llvm::StringRef expression, const ScriptArguments &arguments,
                                                 Prints &prints) {
  return call(plugin, request, expression, "expression", /*isExpression=*/true, arguments, prints);
}

} // namespace pto::golden
