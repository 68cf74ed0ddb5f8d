// TorchScript from text: parse, check the parameters, compile, check what it uses, call.
#include "golden/reference/plugin/Script.h"
#include "golden/reference/plugin/GraphCheck.h"
#include "golden/reference/plugin/Guards.h"
#include "golden/reference/plugin/Limits.h"
#include "golden/reference/plugin/TextCheck.h"
#include "golden/reference/plugin/TorchError.h"
#include "golden/reference/plugin/TorchTypes.h"
#include "golden/reference/plugin/Vocabulary.h"
#include <ATen/Parallel.h>
#include <c10/core/DefaultDtype.h>
#include <cmath>
#include <map>
#include <torch/csrc/jit/frontend/parser.h>
#include <torch/csrc/jit/frontend/resolver.h>
#include <torch/csrc/jit/ir/constants.h>
#include <torch/csrc/jit/runtime/graph_executor.h>
#include <torch/csrc/jit/runtime/print_handler.h>
#include <torch/script.h>

namespace pto::golden {
namespace {

namespace jit = torch::jit;

/// What `print` in a golden goes to, while one is called.
thread_local ScriptReceiver *printReceiver = nullptr;

[[noreturn]] void fail(std::string message, LineColumn place) {
  throw ScriptError{std::move(message), place};
}

/// A module of a golden's world: LibTorch's or our operators, and constants.
class Namespace : public jit::BuiltinModule {
public:
  using Constants = std::map<std::string, c10::IValue>;
  Namespace(std::string spelling, std::string operators, const Constants &constants)
      : BuiltinModule(operators), spelling(std::move(spelling)), operators(std::move(operators)), constants(constants) {
  }

  std::shared_ptr<jit::SugaredValue> attr(const jit::SourceRange &range, jit::GraphFunction &function,
                                          const std::string &member) override {
    if (auto constant = constants.find(member); constant != constants.end())
      return std::make_shared<jit::SimpleValue>(jit::insertConstant(*function.graph(), constant->second, range));
    // Refused where it is named already: the compiler runs some operators while it folds constants.
    std::string qualified = operators + "::" + member;
    bool exists = !jit::getAllOperatorsFor(c10::Symbol::fromQualString(qualified)).empty();
    if ((exists || isKnownRefusal(qualified)) && !isAllowedOperator(qualified))
      fail(spelling + "." + member + " " + refusalOf(qualified), placeOf(range));
    return BuiltinModule::attr(range, function, member);
  }

private:
  std::string spelling, operators;
  const Constants &constants;
};

const Namespace::Constants &numbers() {
  static const Namespace::Constants constants{{"inf", INFINITY}, {"nan", NAN}, {"pi", M_PI}, {"e", M_E}};
  return constants;
}

const Namespace::Constants &torchConstants() {
  static const Namespace::Constants constants = [] {
    Namespace::Constants all = numbers();
    for (auto [name, type] : torchTypes)
      all[name] = static_cast<int64_t>(type);
    return all;
  }();
  return constants;
}

constexpr char whatIsThere[] = "torch, math and pto are already available, with torch.exp for numpy's np.exp";

struct Resolver : jit::Resolver {
  std::shared_ptr<jit::SugaredValue> resolveValue(const std::string &name, jit::GraphFunction &,
                                                  const jit::SourceRange &range) override {
    static const Namespace::Constants none;
    static const char *const exceptions[] = {"Exception",  "RuntimeError",   "ValueError",
                                             "IndexError", "AssertionError", "NotImplementedError"};
    if (name == "torch")
      return std::make_shared<Namespace>(name, "aten", torchConstants());
    if (name == "math")
      return std::make_shared<Namespace>(name, "aten", numbers());
    if (name == "pto")
      return std::make_shared<Namespace>(name, "pto", none);
    for (const char *exception : exceptions)
      if (name == exception)
        return std::make_shared<jit::ExceptionValue>(name);
    if (name == "np" || name == "numpy")
      fail("undefined value " + name + ": " + whatIsThere, placeOf(range));
    return nullptr;
  }
};

std::vector<jit::Def> parse(std::string_view text) {
  checkWords(text);
  jit::Parser parser(sourceOf(text));
  std::vector<jit::Def> definitions;
  while (parser.lexer().cur().kind != jit::TK_EOF)
    checkNames(definitions.emplace_back(parser.parseFunction(/*is_method=*/false)));
  return definitions;
}

const jit::Def &findEntry(const std::vector<jit::Def> &definitions, const std::string &entry) {
  const jit::Def *found = nullptr;
  std::string names;
  std::set<std::string> seen;
  for (const jit::Def &definition : definitions) {
    std::string name = definition.name().name();
    if (!seen.insert(name).second)
      fail("the function " + name + " is defined twice", placeOf(definition.name().range()));
    names += (names.empty() ? "" : ", ") + name;
    if (name == entry)
      found = &definition;
  }
  if (!found)
    fail("there is no function " + entry + "; " +
             (names.empty() ? "the text defines none: write `def " + entry + "(inputs…):`"
                            : "the text defines " + names),
         {1, 1});
  return *found;
}

std::string annotationOf(const jit::Param &parameter) {
  if (!parameter.type().present())
    return "";
  std::string text = parameter.type().get().range().text().str();
  return text == "torch.Tensor" ? "Tensor" : text;
}

const char *spellingOf(ScriptKind kind) {
  switch (kind) {
  case ScriptKind::Float:
    return "float";
  case ScriptKind::Integer:
    return "int";
  default:
    return "Tensor";
  }
}

/// A golden's parameters are exactly the case's inputs, by name; a scalar one says so.
void checkParameters(const jit::Def &definition, const ScriptRequest &request) {
  std::map<std::string, const ScriptArgument *> arguments;
  std::string given, taken;
  for (size_t i = 0; i < request.argumentCount; ++i) {
    const ScriptArgument &argument = request.arguments[i];
    arguments[argument.name] = &argument;
    given += (given.empty() ? "" : ", ") + std::string(argument.name);
  }
  for (const jit::Param &parameter : definition.decl().params()) {
    std::string name = parameter.ident().name();
    taken += (taken.empty() ? "" : ", ") + name;
    LineColumn place = placeOf(parameter.range());
    auto argument = arguments.find(name);
    if (argument == arguments.end())
      fail("the parameter " + name + " is not an input of the case; its inputs are " + (given.empty() ? "none" : given),
           place);
    std::string expected = spellingOf(argument->second->kind), found = annotationOf(parameter);
    bool isTensor = expected == "Tensor";
    if (found != expected && !(isTensor && found.empty()))
      fail("the input " + name + " is a " + (isTensor ? "tensor" : "scalar") + ": write `" + name +
               (isTensor ? "`" : ": " + expected + "`") +
               (found.empty() ? "" : " instead of `" + name + ": " + found + "`"),
           place);
    arguments.erase(argument);
  }
  for (size_t i = 0; i < request.argumentCount; ++i)
    if (arguments.count(request.arguments[i].name))
      fail(std::string("the input ") + request.arguments[i].name + " is missing: " + definition.name().name() +
               " takes (" + taken + "), the case's inputs are (" + given + ")",
           placeOf(definition.name().range()));
}

/// The last return statement: where a wrong result is told.
LineColumn findReturn(const jit::Def &definition) {
  LineColumn place = placeOf(definition.name().range());
  for (const jit::Stmt &statement : definition.statements())
    if (statement.kind() == jit::TK_RETURN)
      place = placeOf(statement.range());
  return place;
}

std::shared_ptr<jit::CompilationUnit> compile(const std::vector<jit::Def> &definitions) {
  auto unit = std::make_shared<jit::CompilationUnit>();
  std::vector<jit::ResolverPtr> resolvers(definitions.size(), std::make_shared<Resolver>());
  std::vector<jit::Function *> functions = unit->define(c10::nullopt, {}, {}, definitions, resolvers, /*self=*/nullptr);
  for (size_t i = 0; i < functions.size(); ++i) {
    jit::Graph &graph = *jit::toGraphFunction(*functions[i]).graph();
    checkOperators(graph, definitions[i].name().range());
    guardLoops(graph);
  }
  return unit;
}

c10::IValue toTorch(const ScriptArgument &argument) {
  switch (argument.kind) {
  case ScriptKind::Float:
    return *static_cast<const double *>(argument.data);
  case ScriptKind::Integer:
    return *static_cast<const int64_t *>(argument.data);
  default:
    break;
  }
  at::ScalarType type = argument.kind == ScriptKind::FloatTensor ? at::kDouble : at::kLong;
  // A copy: a golden may write to its inputs.
  return at::from_blob(const_cast<void *>(argument.data), at::IntArrayRef(argument.shape, argument.rank), type).clone();
}

void deliver(const c10::IValue &result, ScriptReceiver &receiver) {
  if (!result.isTensor()) {
    std::string typeName = result.type()->repr_str();
    receiver.value({ScriptKind::Other, typeName.c_str(), nullptr, 0, nullptr});
    return;
  }
  at::Tensor tensor = result.toTensor();
  if (!tensor.defined() || !tensor.is_cpu() || tensor.layout() != at::kStrided || tensor.is_complex() ||
      tensor.is_quantized()) {
    receiver.value({ScriptKind::Other, "tensor that is not dense and real", nullptr, 0, nullptr});
    return;
  }
  const TorchType *known = findTorchType(static_cast<int64_t>(tensor.scalar_type()));
  const char *typeName = known ? known->name : c10::toString(tensor.scalar_type());
  bool isFloat = tensor.is_floating_point();
  tensor = tensor.to(isFloat ? at::kDouble : at::kLong).contiguous();
  receiver.value({isFloat ? ScriptKind::FloatTensor : ScriptKind::IntegerTensor, typeName, tensor.sizes().data(),
                  tensor.sizes().size(), tensor.data_ptr()});
}

/// A function of all arguments that returns the expression, which has to be one: a text that went on after it could
/// add statements of its own.
std::string functionOf(const ScriptRequest &request, std::string_view expression) {
  jit::Parser parser(sourceOf(expression));
  parser.parseExp();
  while (parser.lexer().cur().kind == jit::TK_NEWLINE)
    parser.lexer().next();
  if (parser.lexer().cur().kind != jit::TK_EOF)
    fail("expected one expression; it ends before " + parser.lexer().cur().text(), {});
  std::string parameters;
  for (size_t i = 0; i < request.argumentCount; ++i) {
    const ScriptArgument &argument = request.arguments[i];
    std::string type = spellingOf(argument.kind);
    parameters += (i ? ", " : "") + std::string(argument.name) + (type == "Tensor" ? "" : ": " + type);
  }
  return "def " + std::string(request.entry) + "(" + parameters + "):\n    return torch.as_tensor(" +
         std::string(expression) + "\n        )\n";
}

/// LibTorch would write its warnings to the terminal.
class WarningsArePrinted final : public c10::WarningHandler {
  void process(const c10::SourceLocation &, const std::string &message, bool) override {
    if (printReceiver)
      printReceiver->printed(("LibTorch warns: " + message).c_str());
  }
};

/// What a golden returns, one value an output.
std::vector<c10::IValue> resultsOf(const c10::IValue &result) {
  if (result.isTuple())
    return result.toTupleRef().elements().vec();
  return {result};
}

void evaluateUnguarded(const ScriptRequest &request, std::string_view text, ScriptReceiver &receiver) {
  if (std::optional<ScriptError> broken = findLimitBroken(text))
    throw *broken;
  std::string function;
  if (request.isExpression)
    text = function = functionOf(request, text);
  std::vector<jit::Def> definitions = parse(text);
  const jit::Def &entry = findEntry(definitions, request.entry);
  LineColumn definition = placeOf(entry.name().range()), returns = findReturn(entry);
  checkParameters(entry, request);
  std::shared_ptr<jit::CompilationUnit> unit = compile(definitions);

  std::unordered_map<std::string, c10::IValue> arguments;
  for (size_t i = 0; i < request.argumentCount; ++i)
    arguments[request.arguments[i].name] = toTorch(request.arguments[i]);
  TimeLimit limit(request.secondsLeft);
  c10::IValue result = unit->get_function(std::string(request.entry))({}, arguments);

  std::vector<c10::IValue> values = resultsOf(result);
  receiver.definition(definition);
  receiver.returns(returns, values.size());
  for (const c10::IValue &value : values)
    deliver(value, receiver);
}

} // namespace

void prepareTorch() {
  installGuards();
  c10::set_default_dtype(caffe2::TypeMeta::Make<double>());
  jit::getProfilingMode() = false;
  jit::setPrintHandler([](const std::string &text) {
    if (printReceiver)
      printReceiver->printed(text.c_str());
  });
}

void evaluateScript(const ScriptRequest &request, ScriptReceiver &receiver) {
  std::string_view text(request.text, request.textSize);
  auto tell = [&](const ScriptError &error) { receiver.error(error.message.c_str(), error.at); };
  at::set_num_threads(1);
  jit::GraphOptimizerEnabledGuard noOptimizer(false);
  c10::InferenceMode noGradients;
  WarningsArePrinted warnings;
  c10::Warning::WarningHandlerGuard warningsToNotes(&warnings);
  printReceiver = &receiver;
  try {
    evaluateUnguarded(request, text, receiver);
  } catch (const ScriptError &error) {
    tell(error);
  } catch (const c10::Error &error) {
    tell(readTorchError(error.what_without_backtrace(), text));
  } catch (const std::exception &error) {
    tell(readTorchError(error.what(), text));
  }
  printReceiver = nullptr;
}

} // namespace pto::golden
