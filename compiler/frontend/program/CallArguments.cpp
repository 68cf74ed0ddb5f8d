// Which argument of a call goes to which parameter.
// Python's rules, without * and **, which the parser has turned into text that means nothing here.
#include "compiler/frontend/program/CallArguments.h"
#include "base/NearestName.h"
#include "llvm/ADT/STLExtras.h"

namespace pto::frontend {

llvm::ArrayRef<Parameter> ownParameters(const Function &function) {
  bool hasSelf = !function.parameters.empty() && function.parameters.front().name == "self";
  return function.parameters.drop_front(hasSelf);
}

std::string describeParameters(const Function &function) {
  std::string text = "'" + function.name.str() + "' takes ";
  for (auto [i, parameter] : llvm::enumerate(ownParameters(function)))
    text += (i ? ", " : "") + parameter.name.str();
  return text + (ownParameters(function).empty() ? "nothing" : "");
}

std::vector<const Expr *> matchArguments(const Call &call, const Function &callee, llvm::StringRef other,
                                         llvm::function_ref<void(SourceRange, std::string)> report) {
  bool isReported = false;
  auto refuse = [&](SourceRange where, const std::string &message) {
    if (report && !isReported)
      report(where, message + "; " + describeParameters(callee));
    isReported = true;
  };
  llvm::ArrayRef<Parameter> parameters = ownParameters(callee);
  std::vector<const Expr *> matched(parameters.size(), nullptr);
  for (auto [i, argument] : llvm::enumerate(call.arguments)) {
    if (i >= parameters.size()) {
      refuse(argument->range, std::to_string(call.arguments.size()) + " arguments, where " +
                                  std::to_string(parameters.size()) + " are expected");
      break;
    }
    matched[i] = argument;
  }
  std::vector<llvm::StringRef> names;
  for (const Parameter &parameter : parameters)
    names.push_back(parameter.name);
  for (const Keyword &keyword : call.keywords) {
    auto name = llvm::find(names, keyword.name);
    if (name == names.end()) {
      if (keyword.name != other)
        refuse(keyword.range, "there is no parameter '" + keyword.name.str() + "'" + didYouMean(keyword.name, names));
      continue;
    }
    const Expr *&slot = matched[static_cast<size_t>(name - names.begin())];
    if (slot)
      refuse(keyword.range, "'" + keyword.name.str() + "' is given twice");
    slot = keyword.value;
  }
  for (auto [parameter, slot] : llvm::zip(parameters, matched)) {
    if (!slot)
      slot = parameter.defaultValue;
    if (!slot)
      refuse(call.range, "argument '" + parameter.name.str() + "' is missing");
  }
  return matched;
}

} // namespace pto::frontend
