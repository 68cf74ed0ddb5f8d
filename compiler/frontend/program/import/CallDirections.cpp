// What a call says of its arguments: attrs={"arg_directions": [pl.adir.input, …]}.
// One direction for each parameter of the callee, in their order.
#include "compiler/dialect/program/CallDirections.h"
#include "compiler/frontend/program/import/BodyImporter.h"

namespace pto::frontend {

namespace {

constexpr llvm::StringLiteral key = "arg_directions", prefix = "pl.adir.";

} // namespace

mlir::ArrayAttr BodyImporter::callDirections(const ProgramFunction &callee, const Expr *attributes) {
  auto refuse = [&](SourceRange where, std::string message) {
    fail(where, std::move(message));
    return mlir::ArrayAttr();
  };
  const auto *dict = llvm::dyn_cast<Dict>(attributes);
  if (!dict)
    return refuse(attributes->range,
                  "'attrs' of a call is {\"arg_directions\": [pl.adir.input, …]}, found " + text(attributes));
  const List *list = nullptr;
  for (const DictEntry &entry : dict->entries) {
    const auto *name = llvm::dyn_cast_if_present<String>(entry.key);
    if (!name || name->value != key)
      return refuse(entry.key ? entry.key->range : entry.value->range,
                    "a call's 'attrs' have \"arg_directions\" only" +
                        (name ? didYouMean(name->value, {key}) : std::string()));
    if (list)
      return refuse(entry.key->range, "\"arg_directions\" is given twice");
    list = llvm::dyn_cast<List>(entry.value);
    if (!list)
      return refuse(entry.value->range, "\"arg_directions\" is a list, [pl.adir.input, …], found " + text(entry.value));
  }
  if (!list)
    return refuse(attributes->range,
                  "'attrs' of a call is {\"arg_directions\": [pl.adir.input, …]}, found " + text(attributes));
  const std::vector<std::string> &names = callee.parameterNames;
  if (list->elements.size() != names.size())
    return refuse(list->range, "'" + callee.syntax->name.str() + "' has " + std::to_string(names.size()) +
                                   " parameters, found " + std::to_string(list->elements.size()) + " directions");
  llvm::SmallVector<llvm::StringRef, 8> directions;
  prog::FuncOp function = callee.op;
  for (auto [i, element] : llvm::enumerate(list->elements)) {
    std::string path = resolvePath(element, *scope);
    llvm::StringRef word = path;
    if (!word.consume_front(prefix))
      return refuse(element->range, "a direction is one of pl.adir.input, pl.adir.output, …, found " + text(element));
    llvm::StringRef direction = prog::callDirectionNamed(word);
    if (direction.empty())
      return refuse(element->range,
                    "unknown direction 'pl.adir." + word.str() + "'" + didYouMean(word, prog::callDirectionWords()));
    std::string problem = prog::callDirectionProblem(direction, function.getType().getInput(static_cast<unsigned>(i)),
                                                     function.getDirection(static_cast<unsigned>(i)));
    if (!problem.empty())
      return refuse(element->range, "'" + names[i] + "' of '" + callee.syntax->name.str() + "' cannot be pl.adir." +
                                        word.str() + ": " + problem);
    directions.push_back(direction);
  }
  return builder.getStrArrayAttr(directions);
}

} // namespace pto::frontend
