// Calls in a function that is being specialized.
// A call of another function becomes `self.f(…)` with all its arguments in order; an operation keeps its form.
#include "compiler/frontend/program/AstPrinter.h"
#include "compiler/specialize/Arguments.h"
#include "compiler/specialize/FunctionRewriter.h"

namespace pto::specialize {

namespace {

/// Why what is called is not known although the file names it: it is imported, and not found.
std::string unknownCallee(const Call *call, const FunctionOutline &function) {
  const Name *root = outerRoot(call->callee, function);
  if (!root || !function.scope->find(root->id))
    return {};
  Value value = evaluate(call->callee, *function.scope);
  return value.is(Value::Kind::Unknown) ? value.text : std::string();
}

} // namespace

Term FunctionRewriter::call(const Call *call, bool isIndex) {
  std::string path = languagePath(call->callee, function);
  if (path == "pl.dynamic") {
    std::string symbol = symbolOf(call, function);
    if (!symbol.empty())
      return fromValue(call, Value::symbol(symbol), nullptr, isIndex);
    error(call->range, "pl.dynamic takes the symbol's name, one string");
  }
  if (!path.empty())
    return operation(call, path);
  const Function *called = calledFunction(call, function);
  if (const FunctionOutline *callee = called ? session.outline.find(called) : nullptr)
    return mode == RewriteMode::Generic ? dependency(call, *callee) : plainCall(call);
  if (called && mode == RewriteMode::Generic) {
    for (const Expr *decorator : called->decorators)
      if (std::string problem = decoratorProblem(decorator, *evaluate(call->callee, *function.scope).home);
          !problem.empty()) {
        error(decorator->range, std::move(problem));
        return plainCall(call);
      }
    error(call->callee->range, "'" + called->name.str() +
                                   "' is an ordinary function, which is not run here; decorate it with "
                                   "@pl.jit.incore to call it from a program");
    return plainCall(call);
  }
  const auto *name = llvm::dyn_cast<Name>(call->callee);
  if (name && !function.isLocal(name->id) && isBuiltin(name->id) && !function.scope->find(name->id))
    return builtin(call, name->id, isIndex);
  if (std::string reason = unknownCallee(call, function); !reason.empty())
    error(call->callee->range, "'" + print(call->callee) + "' is " + reason);
  return plainCall(call);
}

Term FunctionRewriter::operation(const Call *call, llvm::StringRef path) {
  bool takesIndices =
      path == "pl.range" || path == "pl.parallel" || path == "pl.unroll" || path == "pl.pipeline" || path == "pl.const";
  Operands operands;
  llvm::SmallVector<const Expr *> arguments;
  llvm::SmallVector<Keyword> keywords;
  for (const Expr *argument : call->arguments) {
    operands.positional.push_back(rewrite(argument, takesIndices));
    arguments.push_back(finish(operands.positional.back()));
  }
  for (const Keyword &keyword : call->keywords) {
    operands.keywords.push_back({keyword.name, rewrite(keyword.value, takesIndices && keyword.name != "init_values")});
    keywords.push_back({keyword.name, finish(operands.keywords.back().term), keyword.range});
  }
  Term term;
  const Expr *callee = session.builder.path(call->callee->range, path);
  term.expr = session.builder.call(call->range, callee, arguments, keywords);
  term.type = resultType(path, operands);
  if (path == "pl.const" && !operands.positional.empty()) {
    term.value = operands.positional.front().value;
    term.derived = operands.positional.front().derived;
  }
  return term;
}

/// Of something that is none of the language's and none of the file's: kept as it is, for the importer to judge.
Term FunctionRewriter::plainCall(const Call *call) {
  llvm::SmallVector<const Expr *> arguments;
  llvm::SmallVector<Keyword> keywords;
  for (const Expr *argument : call->arguments)
    arguments.push_back(expression(argument));
  for (const Keyword &keyword : call->keywords)
    keywords.push_back({keyword.name, expression(keyword.value), keyword.range});
  Term term;
  // A function of another file goes by its own name, whatever it is called where it is imported.
  const Function *called = calledFunction(call, function);
  const Expr *callee = called                          ? session.builder.name(call->callee->range, called->name)
                       : llvm::isa<Name>(call->callee) ? call->callee
                                                       : expression(call->callee);
  term.expr = session.builder.call(call->range, callee, arguments, keywords);
  return term;
}

Term FunctionRewriter::builtin(const Call *call, llvm::StringRef name, bool isIndex) {
  std::vector<Value> values;
  bool derived = false;
  for (const Expr *argument : call->arguments) {
    Term term = rewrite(argument, true);
    derived |= term.derived;
    if (name == "len" && term.derived && !term.value && !term.dimensions.empty())
      return fromValue(call, Value::ofInteger(int64_t(term.dimensions.size())), nullptr, isIndex);
    if (term.value)
      values.push_back(*term.value);
  }
  bool hasSymbol = llvm::any_of(values, [](const Value &value) { return value.is(Value::Kind::Symbol); });
  if (derived && values.size() == call->arguments.size() && call->keywords.empty() && !hasSymbol) {
    Value value = callBuiltin(name, values);
    if (!value.is(Value::Kind::Unknown))
      return fromValue(call, value, nullptr, isIndex);
  }
  return plainCall(call);
}

/// What goes wrong with an argument is said at the argument, or at the call for one that is a default.
struct FunctionRewriter::CallArgument {
  const FunctionOutline &callee;
  size_t index;
  const Term &term;
  SourceRange where;

  const ParameterSignature &parameter() const { return callee.parameters[index]; }
  std::string what() const { return "argument '" + parameter().name.str() + "' of '" + callee.name().str() + "'"; }
};

std::optional<BoundParameter> FunctionRewriter::bindTensor(const CallArgument &argument,
                                                           std::map<std::string, Dimension> &symbols) {
  const Type &found = argument.term.type;
  const ParameterSignature &parameter = argument.parameter();
  bool isUnknown = found.is(Type::Kind::Unknown) || (found.isShaped() && !found.isComplete());
  bool isWrong = parameter.kind == ParameterSignature::Kind::Scalar
                     ? found.isShaped()
                     : parameter.kind == ParameterSignature::Kind::Tensor && !found.is(Type::Kind::Tensor);
  if (isUnknown) {
    error(argument.where, "the shape and dtype of " + argument.what() + " are not known here (" + print(found) +
                              "); annotate it where it is assigned, as in `x: pl.Tensor[[64, 64], pl.FP32] = …`");
    return std::nullopt;
  }
  if (isWrong) {
    bool wantsScalar = parameter.kind == ParameterSignature::Kind::Scalar;
    error(argument.where, argument.what() + " is a " + (wantsScalar ? "scalar" : "tensor") + "; found " + print(found));
    return std::nullopt;
  }
  BoundParameter bound{found, std::nullopt};
  for (const DynamicDimension &dynamic : argument.callee.dynamics) {
    if (dynamic.parameter != argument.index)
      continue;
    if (dynamic.dimension >= bound.type.shape.size()) {
      error(argument.where, argument.what() + " is " + print(found) + ", but its dimension " +
                                std::to_string(dynamic.dimension) + " is bound at " + session.where(dynamic.site));
      return std::nullopt;
    }
    Dimension &dimension = bound.type.shape[dynamic.dimension];
    auto [it, isNew] = symbols.try_emplace(dynamic.symbol, dimension);
    if (!isNew && it->second.isConstant() && dimension.isConstant() && it->second != dimension) {
      error(argument.where, "'" + dynamic.symbol + "' of '" + argument.callee.name().str() + "' is " +
                                print(it->second) + " for an argument before, and would be " + print(dimension) +
                                " for dimension " + std::to_string(dynamic.dimension) + " of '" + parameter.name.str() +
                                "'");
      return std::nullopt;
    }
    dimension = Dimension::symbol(dynamic.symbol);
  }
  if (parameter.type.isComplete() && parameter.type != bound.type) {
    error(argument.where, argument.what() + " is " + print(found) + "; expected " + print(parameter.type));
    return std::nullopt;
  }
  return bound;
}

std::optional<BoundParameter> FunctionRewriter::bindScalar(const CallArgument &argument, const Expr *&written) {
  const ParameterSignature &parameter = argument.parameter();
  const Term &term = argument.term;
  const Type &declared = parameter.type;
  if (!term.value || !term.value->isNumber()) {
    Type type = declared.isComplete() ? declared : term.type;
    if (type.is(Type::Kind::Scalar) || parameter.kind == ParameterSignature::Kind::Other)
      return BoundParameter{type, std::nullopt};
    error(argument.where, argument.what() + " is neither a tensor nor a scalar of a known type; annotate '" +
                              parameter.name.str() + "', as in `" + parameter.name.str() + ": pl.Tensor` or `" +
                              parameter.name.str() + ": pl.Scalar[pl.INDEX]`");
    return std::nullopt;
  }
  const Dtype *bare = defaultDtype(*term.value);
  const Dtype *own = term.type.is(Type::Kind::Scalar) ? term.type.dtype : bare;
  const Dtype *dtype = declared.is(Type::Kind::Scalar) ? declared.dtype : own;
  std::string reason = print(*term.value) + " is " + own->name.str() + "; expected " + dtype->name.str();
  std::optional<Value> value;
  if (own == bare || own == dtype)
    value = convertScalar(*term.value, *dtype, reason);
  if (!value) {
    error(argument.where, argument.what() + ": " + reason);
    return std::nullopt;
  }
  // What already has the parameter's type stays as it is written.
  if (own != dtype || value->kind != term.value->kind)
    written = session.literal(argument.where, *value, dtype);
  return BoundParameter{Type::scalar(dtype), value};
}

std::optional<BoundParameter> FunctionRewriter::bindArgument(const FunctionOutline &callee, size_t index,
                                                             const Expr *expr, const Expr *&written,
                                                             std::map<std::string, Dimension> &symbols,
                                                             SourceRange site) {
  const ParameterSignature &parameter = callee.parameters[index];
  bool isDefault = expr == parameter.defaultValue;
  Term term = isDefault ? fromValue(expr, evaluate(expr, *callee.scope), nullptr, false) : rewrite(expr);
  written = finish(term);
  CallArgument argument{callee, index, term, isDefault ? site : expr->range};
  bool isTensor = parameter.kind == ParameterSignature::Kind::Tensor || term.type.isShaped();
  return isTensor ? bindTensor(argument, symbols) : bindScalar(argument, written);
}

/// A type that a callee returns, with the caller's dimensions for the callee's symbols.
Type FunctionRewriter::inCaller(const Type &type, const std::map<std::string, Dimension> &symbols) {
  Type result = type;
  for (Dimension &dimension : result.shape) {
    if (dimension.isSymbol()) {
      if (auto it = symbols.find(dimension.text); it != symbols.end())
        dimension = it->second;
    } else if (dimension.kind == Dimension::Kind::Expression) {
      bool isSame = llvm::all_of(
          symbols, [](const auto &entry) { return entry.second.isSymbol() && entry.second.text == entry.first; });
      if (!isSame)
        dimension = Dimension();
    }
  }
  for (Type &element : result.elements)
    element = inCaller(element, symbols);
  return result;
}

Term FunctionRewriter::dependency(const Call *call, const FunctionOutline &callee) {
  Term term;
  term.expr = call;
  unsigned errorsBefore = diagnostics.errorCount();
  std::vector<const Expr *> matched = matchArguments(*call, callee, &diagnostics);
  if (diagnostics.errorCount() != errorsBefore)
    return term;
  std::vector<BoundParameter> bound;
  llvm::SmallVector<const Expr *> arguments;
  std::map<std::string, Dimension> symbols;
  for (auto [i, argument] : llvm::enumerate(matched)) {
    const Expr *written = nullptr;
    std::optional<BoundParameter> parameter = bindArgument(callee, i, argument, written, symbols, call->range);
    if (parameter)
      bound.push_back(std::move(*parameter));
    arguments.push_back(written);
  }
  if (bound.size() != matched.size())
    return term;
  const Instance *instance = session.instantiate(callee, std::move(bound), call->range);
  if (!instance)
    return term;
  SourceRange at = call->callee->range;
  const Expr *method = session.arena.make<Attribute>(at, session.builder.name(at, "self"), callee.name(), at);
  term.expr = session.builder.call(call->range, method, arguments);
  term.type = inCaller(instance->returnType, symbols);
  return term;
}

} // namespace pto::specialize
