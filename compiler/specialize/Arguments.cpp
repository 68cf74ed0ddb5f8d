// Which argument of a call goes to which parameter.
// Python's rules, without * and **, which the parser has turned into text that means nothing here.
#include "compiler/specialize/Arguments.h"
#include "compiler/frontend/program/AstPrinter.h"
#include "llvm/ADT/STLExtras.h"

namespace pto::specialize {

std::string describeParameters(const FunctionOutline &function) {
  std::string text = "'" + function.name().str() + "' takes ";
  for (auto [i, parameter] : llvm::enumerate(function.parameters))
    text += (i ? ", " : "") + parameter.name.str();
  return text + (function.parameters.empty() ? "nothing" : "");
}

std::vector<const Expr *> matchArguments(const Call &call, const FunctionOutline &callee, Diagnostics *diagnostics) {
  bool isReported = false;
  auto report = [&](SourceRange where, const std::string &message) {
    isReported = true;
    if (diagnostics)
      diagnostics->error(where, message + "; " + describeParameters(callee));
  };
  const auto &parameters = callee.parameters;
  std::vector<const Expr *> matched(parameters.size(), nullptr);
  for (auto [i, argument] : llvm::enumerate(call.arguments)) {
    if (i >= parameters.size()) {
      report(argument->range, std::to_string(call.arguments.size()) + " arguments, where " +
                                  std::to_string(parameters.size()) + " are expected");
      break;
    }
    matched[i] = argument;
  }
  for (const Keyword &keyword : call.keywords) {
    auto parameter =
        llvm::find_if(parameters, [&](const ParameterSignature &each) { return each.name == keyword.name; });
    if (parameter == parameters.end()) {
      report(keyword.range, "no parameter is called '" + keyword.name.str() + "'");
      continue;
    }
    const Expr *&slot = matched[static_cast<size_t>(parameter - parameters.begin())];
    if (slot)
      report(keyword.range, "'" + keyword.name.str() + "' is given twice");
    slot = keyword.value;
  }
  for (auto [parameter, slot] : llvm::zip(parameters, matched)) {
    if (!slot)
      slot = parameter.defaultValue;
    if (!slot && !isReported)
      report(call.range, "argument '" + parameter.name.str() + "' is missing");
  }
  return matched;
}

} // namespace pto::specialize
