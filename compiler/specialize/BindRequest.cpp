// The arguments of a request against the parameters of its entry.
// A symbol stands for one number: sizes that differ under one name are refused, whatever the cache holds.
#include "compiler/frontend/program/CallArguments.h"
#include "compiler/specialize/EntryPoint.h"
#include "llvm/ADT/StringExtras.h"

namespace pto::specialize {

namespace {

std::string describe(Direction direction) {
  return direction == Direction::In ? "an input" : direction == Direction::Out ? "an output" : "input and output";
}

class RequestBinder {
public:
  RequestBinder(const EntryPoint &entry, const Request &request, Diagnostics &diagnostics)
      : entry(entry), request(request), function(*entry.function()), diagnostics(diagnostics) {}

  std::vector<BoundParameter> run() {
    checkNames();
    std::vector<BoundParameter> bound;
    for (size_t i = 0; i < function.parameters.size(); ++i)
      if (std::optional<BoundParameter> parameter = bind(i))
        bound.push_back(std::move(*parameter));
    return bound;
  }

private:
  /// An argument that does not fit: an error of the request, at what it contradicts.
  void contradicts(llvm::StringRef argument, SourceRange place, std::string message) {
    diagnostics.contradiction(place, argument, "argument '" + argument.str() + "' " + message);
  }

  void checkNames() {
    std::vector<llvm::StringRef> names;
    for (const GenericParameter &parameter : function.parameters)
      names.push_back(parameter.name);
    for (auto it = request.arguments.begin(); it != request.arguments.end(); ++it) {
      auto sameName = [&](const Argument &other) { return other.name == it->name; };
      SourceRange where = function.function->nameRange;
      if (std::any_of(request.arguments.begin(), it, sameName))
        contradicts(it->name, where, "is given twice");
      else if (!llvm::is_contained(names, it->name) && !entry.builderParameters().count(it->name))
        diagnostics.contradiction(where, it->name,
                                  "there is no parameter '" + it->name + "'" + didYouMean(it->name, names) + "; " +
                                      describeParameters(*function.function));
    }
  }

  std::optional<BoundParameter> bind(size_t index) {
    const GenericParameter &parameter = function.parameters[index];
    auto argument = llvm::find_if(request.arguments, [&](const Argument &each) { return parameter.name == each.name; });
    if (argument != request.arguments.end())
      return argument->value ? scalar(parameter, *argument->value, argument->type.dtype) : tensor(index, *argument);
    if (parameter.defaultValue)
      return scalar(parameter, evaluate(parameter.defaultValue, *function.scope), std::nullopt);
    // What is written out has its types; who runs it gives the values. Who gives some has to give all.
    if (entry.isWrittenOut() && request.arguments.size() == boundBuilders())
      return std::nullopt;
    bool isScalar = parameter.kind == GenericParameter::Kind::Scalar;
    contradicts(parameter.name, parameter.range,
                std::string("is missing: ") + (isScalar
                                                   ? "a scalar, given as " + parameter.name.str() + "=VALUE"
                                                   : "a tensor, given as " + parameter.name.str() + ":DTYPE[SHAPE]"));
    return std::nullopt;
  }

  /// The arguments that go to functions around the entry.
  size_t boundBuilders() const {
    return llvm::count_if(request.arguments,
                          [&](const Argument &each) { return entry.builderParameters().count(each.name); });
  }

  std::optional<BoundParameter> scalar(const GenericParameter &parameter, const Value &value,
                                       std::optional<prog::DType> given) {
    bool isDeclared = parameter.kind == GenericParameter::Kind::Scalar;
    std::optional<prog::DType> declared = isDeclared ? parameter.type.dtype : std::nullopt;
    if (parameter.kind == GenericParameter::Kind::Tensor) {
      contradicts(parameter.name, parameter.range, "is a tensor; found the value " + print(value));
      return std::nullopt;
    }
    if (given && declared && given != declared) {
      contradicts(parameter.name, parameter.range,
                  "is " + prog::programName(*given).str() + "; expected " + prog::programName(*declared).str());
      return std::nullopt;
    }
    std::optional<prog::DType> dtype = declared ? declared : given ? given : defaultDtype(value);
    if (!dtype || !value.isNumber()) {
      diagnostics.error(parameter.range,
                        "the default of '" + parameter.name.str() + "' is not a constant number: " + print(value));
      return std::nullopt;
    }
    std::string reason;
    std::optional<Value> converted = convertScalar(value, *dtype, reason);
    if (!converted) {
      diagnostics.contradiction(parameter.range, parameter.name, "argument '" + parameter.name.str() + "': " + reason);
      return std::nullopt;
    }
    return BoundParameter{{dtype, std::nullopt}, converted};
  }

  std::optional<BoundParameter> tensor(size_t index, const Argument &argument) {
    const GenericParameter &parameter = function.parameters[index];
    if (parameter.kind == GenericParameter::Kind::Scalar) {
      contradicts(argument.name, parameter.range, "is a scalar; found " + print(argument.type));
      return std::nullopt;
    }
    bool isPositive = argument.type.shape && llvm::all_of(*argument.type.shape, [](const Dimension &dimension) {
                        return dimension.isSymbol() || dimension.size > 0;
                      });
    if (!argument.type.dtype || !isPositive) {
      contradicts(argument.name, parameter.range,
                  "needs a dtype and a shape of positive numbers and symbols; found " + print(argument.type));
      return std::nullopt;
    }
    if (argument.direction && *argument.direction != parameter.direction) {
      contradicts(argument.name, parameter.range,
                  "is " + describe(*argument.direction) + "; the parameter is " + describe(parameter.direction));
      return std::nullopt;
    }
    BoundParameter bound{argument.type, std::nullopt};
    for (const DynamicDimension &dynamic : function.dynamics)
      if (dynamic.parameter == index && !applyDynamic(dynamic, argument, *bound.type.shape))
        return std::nullopt;
    if (parameter.type.shape && parameter.type.isComplete() &&
        (parameter.type.dtype != bound.type.dtype || parameter.type.shape != bound.type.shape)) {
      contradicts(argument.name, parameter.range, "is " + print(argument.type) + "; expected " + print(parameter.type));
      return std::nullopt;
    }
    return bound;
  }

  bool applyDynamic(const DynamicDimension &dynamic, const Argument &argument, Shape &shape) {
    std::string what = "dimension " + std::to_string(dynamic.dimension) + " of '" + argument.name + "'";
    if (dynamic.dimension >= shape.size()) {
      diagnostics.contradiction(dynamic.site, argument.name,
                                what + " is '" + dynamic.symbol + "' here, but the argument is " +
                                    print(argument.type));
      return false;
    }
    Dimension &dimension = shape[dynamic.dimension];
    if (dimension.isSymbol() && dimension.symbol != dynamic.symbol) {
      diagnostics.contradiction(dynamic.site, argument.name,
                                what + " is '" + dynamic.symbol + "' here, but '" + dimension.symbol +
                                    "' in the argument");
      return false;
    }
    if (dimension.isConstant()) {
      auto [it, isNew] = sizes.try_emplace(dynamic.symbol, dimension.size, what);
      if (!isNew && it->second.first != dimension.size) {
        diagnostics.contradiction(dynamic.site, argument.name,
                                  "'" + dynamic.symbol + "' is " + std::to_string(it->second.first) + " for " +
                                      it->second.second + " and " + std::to_string(dimension.size) + " for " + what);
        return false;
      }
    }
    dimension = Dimension::of(dynamic.symbol);
    return true;
  }

  const EntryPoint &entry;
  const Request &request;
  const FunctionOutline &function;
  Diagnostics &diagnostics;
  /// Of each symbol: its size, and the dimension that gave it.
  std::map<std::string, std::pair<int64_t, std::string>> sizes;
};

} // namespace

std::optional<std::vector<BoundParameter>> bindRequest(const EntryPoint &entry, const Request &request,
                                                       Diagnostics &diagnostics) {
  unsigned errorsBefore = diagnostics.errorCount();
  if (!llvm::is_contained(platforms(), llvm::StringRef(request.platform)))
    reportRequest(diagnostics, *entry.module().source,
                  "unknown platform '" + request.platform + "'; it is one of " + llvm::join(platforms(), ", ") +
                      didYouMean(request.platform, platforms()));
  std::vector<BoundParameter> bound;
  if (entry.function())
    bound = RequestBinder(entry, request, diagnostics).run();
  else if (llvm::any_of(request.arguments,
                        [&](const Argument &each) { return !entry.builderParameters().count(each.name); }))
    diagnostics.contradiction(entry.definition().nameRange(), request.arguments.front().name,
                              "'" + entry.definition().name.str() +
                                  "' has several functions, and none of them is the one that "
                                  "the arguments go to: name it, " +
                                  entry.definition().path + ".FUNCTION");
  if (diagnostics.errorCount() != errorsBefore)
    return std::nullopt;
  if (!entry.isSpecializedFor(request))
    bound.clear();
  return bound;
}

} // namespace pto::specialize
