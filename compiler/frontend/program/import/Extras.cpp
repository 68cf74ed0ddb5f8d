// What a call or scope says beside its arguments: what to wait for, where to run.
// `pl.submit(self.kernel, x, deps=[task])` also gives the task that it starts.
#include "compiler/frontend/program/import/BodyImporter.h"
#include "llvm/ADT/StringSwitch.h"

namespace pto::frontend {

namespace {

constexpr llvm::StringLiteral lists[] = {"deps", "no_dep_args", "dumps"};
constexpr llvm::StringLiteral single[] = {"core_num", "device", "predicate"};
constexpr llvm::StringLiteral constants[] = {"allow_early_resolve", "sync_start", "windowize"};

} // namespace

bool BodyImporter::isExtra(llvm::StringRef name) {
  return llvm::is_contained(lists, name) || llvm::is_contained(single, name) || llvm::is_contained(constants, name);
}

bool BodyImporter::addExtra(const Keyword &keyword, Extras &extras) {
  if (llvm::is_contained(constants, keyword.name)) {
    mlir::Attribute value = attribute(keyword.value);
    if (value)
      extras.keywords.push_back(builder.getNamedAttr(keyword.name, value));
    return static_cast<bool>(value);
  }
  auto add = [&](const Expr *source) {
    mlir::Value value = expression(source);
    if (!value)
      return false;
    extras.values.push_back(value);
    extras.names.push_back(keyword.name);
    return true;
  };
  if (!llvm::is_contained(lists, keyword.name))
    return add(keyword.value);
  if (!llvm::isa<List, Tuple>(keyword.value))
    return fail(keyword.value->range, "'" + keyword.name.str() + "' is a list"), false;
  for (const Expr *element : elementsOf(keyword.value)) {
    // Nothing to wait for.
    const auto *none = llvm::dyn_cast<Constant>(element);
    if (!(none && none->value == Constant::Value::None) && !add(element))
      return false;
  }
  return true;
}

bool BodyImporter::callWithExtras(const Call *call, bool submits, llvm::SmallVectorImpl<mlir::Value> &results,
                                  const Expr *annotation) {
  Extras extras;
  std::vector<Keyword> rest;
  for (const Keyword &keyword : call->keywords) {
    if (!isExtra(keyword.name))
      rest.push_back(keyword);
    else if (!addExtra(keyword, extras))
      return false;
  }
  Call plain = *call;
  plain.keywords = rest;
  if (submits) {
    if (plain.arguments.empty())
      return fail(call->range, "pl.submit takes a kernel and its arguments"), false;
    plain.callee = plain.arguments.front();
    plain.arguments = plain.arguments.drop_front();
  }
  if (!this->call(&plain, results, annotation))
    return false;
  mlir::Block *block = builder.getInsertionBlock();
  auto made = block->empty() ? prog::CallOp() : mlir::dyn_cast<prog::CallOp>(block->back());
  if (!made)
    return fail(call->range, "only a kernel is submitted, and runs on a device"), false;
  llvm::SmallVector<mlir::Type, 4> types(made.getResultTypes());
  if (submits)
    types.push_back(prog::ScalarType::get(&context, prog::DType::Task));
  mlir::ArrayAttr names = extras.names.empty() ? mlir::ArrayAttr() : builder.getStrArrayAttr(extras.names);
  llvm::SmallVector<mlir::NamedAttribute, 4> keywords(extras.keywords);
  if (made.getKeywords())
    keywords.append(made.getKeywords()->begin(), made.getKeywords()->end());
  auto whole = builder.create<prog::CallOp>(
      made.getLoc(), types, made.getCalleeAttr(), made.getArguments(), extras.values, made.getDirectionsAttr(), names,
      keywords.empty() ? mlir::DictionaryAttr() : builder.getDictionaryAttr(keywords),
      submits ? builder.getUnitAttr() : mlir::UnitAttr());
  made.erase();
  results.assign(whole.getResults().begin(), whole.getResults().end());
  return true;
}

} // namespace pto::frontend
