// The rules a golden's results have to meet, and the second calls that `dot` and `abs_error` ask for.
#include "golden/reference/Computation.h"
#include "golden/reference/ScriptCall.h"
#include "golden/tensor/Convert.h"
#include <cmath>

namespace pto::golden {
namespace {

std::string shapeText(llvm::ArrayRef<int64_t> shape) {
  std::string text = "[";
  for (size_t i = 0; i < shape.size(); ++i)
    text += (i ? ", " : "") + std::to_string(shape[i]);
  return text + "]";
}

/// The largest magnitude below which float64 holds every integer.
constexpr int64_t exactIntegers = int64_t(1) << 53;

class Computation {
public:
  Computation(const PluginApi &plugin, const ReferenceRequest &request, Prints &prints)
      : plugin(plugin), request(request), prints(prints), arguments(request) {}

  llvm::Expected<std::vector<Reference>> run() {
    for (const auto &output : request.outputs)
      if (std::optional<std::string> unusable = findUnusable(output.mode, output.dtype))
        return error("output " + output.name + ": " + *unusable, request.place);
    llvm::Expected<ScriptOutcome> outcome = call(arguments);
    if (!outcome)
      return outcome.takeError();
    std::vector<Reference> references(request.outputs.size());
    for (size_t i = 0; i < references.size(); ++i)
      if (llvm::Error failure = take(i, outcome->values[i], references[i]))
        return failure;
    if (llvm::Error failure = addDotBounds(references))
      return failure;
    for (size_t i = 0; i < references.size(); ++i)
      if (llvm::Error failure = addErrorBound(request.outputs[i], references[i]))
        return failure;
    return references;
  }

private:
  llvm::Error error(std::string message, Place place) const {
    return llvm::make_error<PlacedError>(std::move(place), std::move(message));
  }

  llvm::Expected<ScriptOutcome> call(const ScriptArguments &with) {
    llvm::Expected<ScriptOutcome> outcome = callGolden(plugin, request, with, prints);
    if (!outcome)
      return outcome;
    definition = outcome->definition;
    returns = outcome->returns;
    size_t found = outcome->values.size(), expected = request.outputs.size();
    if (found != expected)
      return error("the golden returns " + std::to_string(found) + (found == 1 ? " value" : " values") +
                       ", but the case has " + std::to_string(expected) + (expected == 1 ? " output" : " outputs"),
                   returns);
    return outcome;
  }

  llvm::Error take(size_t index, ScriptResult &result, Reference &reference) const {
    const ReferenceRequest::Output &output = request.outputs[index];
    auto wrong = [&](const std::string &what) {
      return error("output " + output.name + " (" + shortName(output.dtype).str() + " " + shapeText(output.shape) +
                       "): the golden returns " + what,
                   returns);
    };
    if (result.kind == ScriptKind::Other)
      return wrong("a " + result.typeName + " instead of a tensor");
    bool isFloatResult = result.kind == ScriptKind::FloatTensor;
    if (isFloat(output.dtype)) {
      if (isFloatResult && result.typeName != "float64")
        return wrong(result.typeName + "; references are computed in float64 and rounded once, by the harness "
                                       "(pto.round rounds in between where an instruction does)");
      if (!isFloatResult) {
        for (int64_t value : result.integers)
          if (value > exactIntegers || value < -exactIntegers)
            return wrong(result.typeName + " with the value " + std::to_string(value) +
                         ", which float64 may not hold; convert with .double()");
        result.floats.assign(result.integers.begin(), result.integers.end());
      }
    } else if (isFloatResult) {
      return wrong(result.typeName + "; say how it becomes an integer: .long() truncates, pto.saturate(x, \"" +
                   shortName(output.dtype).str() + "\") saturates");
    }
    if (result.shape != output.shape)
      return wrong("the shape " + shapeText(result.shape));
    if (isFloat(output.dtype)) {
      reference.value = fromDoubles(output.dtype, output.shape, result.floats);
      reference.exact = std::move(result.floats);
    } else {
      reference.value = fromIntegers(output.dtype, output.shape, result.integers);
    }
    return llvm::Error::success();
  }

  llvm::Error addDotBounds(std::vector<Reference> &references) {
    bool needed = false;
    for (const auto &output : request.outputs)
      needed |= std::holds_alternative<Dot>(output.mode);
    if (!needed)
      return llvm::Error::success();
    llvm::Expected<ScriptOutcome> outcome = call(arguments.absolute());
    if (!outcome)
      return outcome.takeError();
    for (size_t i = 0; i < references.size(); ++i) {
      const auto &output = request.outputs[i];
      if (!std::holds_alternative<Dot>(output.mode))
        continue;
      Reference absolute;
      if (llvm::Error failure = take(i, outcome->values[i], absolute))
        return failure;
      Reference &reference = references[i];
      reference.bound = std::move(absolute.exact);
      for (size_t e = 0; e < reference.bound.size(); ++e)
        // The slack covers float64's own rounding of two sums in different orders.
        if (std::isfinite(reference.exact[e]) && !(std::fabs(reference.exact[e]) <= reference.bound[e] * (1 + 0x1p-40)))
          return error("output " + output.name +
                           ": dot compares sums of products, but on absolute values of the "
                           "inputs the golden gives less in magnitude (element " +
                           std::to_string(e) + "); use ulp, close or abs_error",
                       returns);
    }
    return llvm::Error::success();
  }

  llvm::Error addErrorBound(const ReferenceRequest::Output &output, Reference &reference) {
    const auto *mode = std::get_if<AbsError>(&output.mode);
    if (!mode)
      return llvm::Error::success();
    auto wrong = [&](const std::string &what) {
      return error("output " + output.name + ": the bound `" + mode->bound + "` of abs_error " + what,
                   mode->place.line ? mode->place : definition);
    };
    llvm::Expected<ScriptOutcome> outcome = evaluateExpression(plugin, request, mode->bound, arguments, prints);
    if (!outcome) {
      std::string reason;
      llvm::handleAllErrors(outcome.takeError(), [&](const PlacedError &e) { reason = e.message; });
      return wrong("is wrong: " + reason);
    }
    ScriptResult &result = outcome->values[0];
    if (outcome->values.size() != 1 || result.kind == ScriptKind::Other)
      return wrong("gives a " + result.typeName + " instead of a tensor or a number");
    std::vector<double> values(result.floats);
    if (result.kind == ScriptKind::IntegerTensor)
      values.assign(result.integers.begin(), result.integers.end());
    if (values.size() == 1)
      values.assign(reference.exact.size(), values[0]);
    else if (result.shape != output.shape)
      return wrong("has the shape " + shapeText(result.shape) + ", the output " + shapeText(output.shape));
    for (size_t i = 0; i < values.size(); ++i)
      if (std::isfinite(reference.exact[i]) && !(values[i] >= 0 && std::isfinite(values[i])))
        return wrong("is " + std::to_string(values[i]) + " at element " + std::to_string(i) +
                     "; it must be finite and not negative");
    reference.bound = std::move(values);
    return llvm::Error::success();
  }

  const PluginApi &plugin;
  const ReferenceRequest &request;
  Prints &prints;
  ScriptArguments arguments;
  Place definition, returns;
};

} // namespace

llvm::Expected<std::vector<Reference>> computeReferences(const PluginApi &plugin, const ReferenceRequest &request,
                                                         Prints &prints) {
  return Computation(plugin, request, prints).run();
}

} // namespace pto::golden
