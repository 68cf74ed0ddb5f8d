// One specialization under way.
// Calls that disagree are told apart here, with both places.
#include "compiler/specialize/Session.h"
#include "compiler/frontend/program/AstPrinter.h"
#include "compiler/specialize/FunctionRewriter.h"

namespace pto::specialize {

bool operator==(const BoundParameter &left, const BoundParameter &right) {
  if (left.type != right.type || left.value.has_value() != right.value.has_value())
    return false;
  return !left.value || (left.value->kind == right.value->kind && print(*left.value) == print(*right.value));
}

std::string print(llvm::StringRef name, const BoundParameter &parameter) {
  bool isScalar = !parameter.type.isShaped();
  std::string text = name.str() + (isScalar && parameter.value ? " = " + print(*parameter.value) : "");
  text += (isScalar && parameter.value ? " as " : ": ") + print(parameter.type);
  return text + (isScalar && !parameter.value ? " known only at run time" : "");
}

bool Session::checkAgreement(const Instance &known, llvm::ArrayRef<BoundParameter> parameters, SourceRange site) {
  for (auto [i, parameter] : llvm::enumerate(parameters)) {
    if (parameter == known.parameters[i])
      continue;
    llvm::StringRef name = known.outline->parameters[i].name;
    diagnostics.error(site, "'" + known.outline->name().str() + "' is called here with " + print(name, parameter) +
                                ", but at " + where(known.site) + " with " + print(name, known.parameters[i]) +
                                "; a program holds each function once: make the two calls agree, or write two "
                                "functions");
    return false;
  }
  return true;
}

const Instance *Session::instantiate(const FunctionOutline &function, std::vector<BoundParameter> parameters,
                                     SourceRange site) {
  if (auto it = instances.find(function.function); it != instances.end())
    return checkAgreement(*it->second, parameters, site) ? it->second.get() : nullptr;
  auto owned = std::make_unique<Instance>();
  Instance *instance = owned.get();
  instance->outline = &function;
  instance->parameters = std::move(parameters);
  instance->site = site;
  instances[function.function] = std::move(owned);
  FunctionRewriter(*this, function, RewriteMode::Generic).run(*instance);
  methods.push_back(instance->method);
  return instance;
}

std::string Session::symbolVariable(const std::string &symbol, SourceRange range) {
  symbols.try_emplace(symbol, range);
  auto it = variables.find(symbol);
  return it == variables.end() ? symbol : it->second;
}

const Expr *Session::dimension(SourceRange range, const Dimension &dimension) {
  switch (dimension.kind) {
  case Dimension::Kind::Constant:
    return builder.integer(range, dimension.size);
  case Dimension::Kind::Symbol:
    return builder.name(range, symbolVariable(dimension.text, range));
  default:
    return dimension.expression;
  }
}

const Expr *Session::annotation(SourceRange range, const Type &type) {
  if (type.is(Type::Kind::Tuple)) {
    llvm::SmallVector<const Expr *> elements;
    for (const Type &element : type.elements)
      elements.push_back(annotation(range, element));
    // `tuple[x]` has no comma, and its index is no tuple.
    const Expr *index = elements.size() == 1 ? elements[0] : builder.tuple(range, elements);
    return builder.subscript(range, builder.name(range, "tuple"), index);
  }
  const Expr *dtype = builder.path(range, "pl." + type.dtype->name.str());
  if (type.is(Type::Kind::Scalar))
    return builder.subscript(range, builder.path(range, "pl.Scalar"), dtype);
  llvm::SmallVector<const Expr *> shape;
  for (const Dimension &each : type.shape)
    shape.push_back(dimension(range, each));
  const Expr *base = builder.path(range, type.is(Type::Kind::Tensor) ? "pl.Tensor" : "pl.Tile");
  return builder.subscript(range, base, builder.tuple(range, {builder.list(range, shape), dtype}));
}

const Expr *Session::literal(SourceRange range, const Value &value, const Dtype *dtype) {
  return builder.literal(range, value, dtype, [&](const std::string &symbol) { return symbolVariable(symbol, range); });
}

std::string Session::where(SourceRange range) const {
  return source.where(range);
}

} // namespace pto::specialize
