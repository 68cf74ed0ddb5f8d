// Constants in the keywords of operations, loops and scopes.
// They are known before the program runs, and are no values in it.
#include "compiler/frontend/program/import/BodyImporter.h"

namespace pto::frontend {

mlir::Attribute BodyImporter::attribute(const Value &value, const Expr *where) {
  switch (value.kind) {
  case Value::Kind::Bool:
    return builder.getBoolAttr(value.integer);
  case Value::Kind::Integer:
    return builder.getI64IntegerAttr(value.integer);
  case Value::Kind::Float:
    return builder.getF64FloatAttr(value.real);
  case Value::Kind::String:
    return builder.getStringAttr(value.text);
  case Value::Kind::Path: {
    llvm::StringRef path = value.text;
    if (path.consume_front("pl.")) {
      if (path == "ND" || path == "DN" || path == "NZ")
        return prog::NameAttr::get(&context, "TensorLayout." + path.str());
      return path == "AUTO" ? mlir::Attribute(builder.getI64IntegerAttr(-1))
                            : mlir::Attribute(prog::NameAttr::get(&context, path));
    }
    break;
  }
  case Value::Kind::List:
  case Value::Kind::Tuple: {
    llvm::SmallVector<mlir::Attribute, 4> elements;
    for (const Value &element : value.elements()) {
      mlir::Attribute imported = attribute(element, where);
      if (!imported)
        return {};
      elements.push_back(imported);
    }
    return builder.getArrayAttr(elements);
  }
  case Value::Kind::Expression:
    return attribute(value.expression);
  default:
    break;
  }
  fail(where->range, "'" + text(where) + "' is not a constant of the language" +
                         (value.is(Value::Kind::Unknown) ? ": it is " + value.text : ""));
  return {};
}

mlir::Attribute BodyImporter::attribute(const Expr *expr) {
  if (const auto *dict = llvm::dyn_cast<Dict>(expr)) {
    llvm::SmallVector<mlir::NamedAttribute, 4> entries;
    llvm::StringSet<> keys;
    for (const DictEntry &entry : dict->entries) {
      const auto *key = llvm::dyn_cast<String>(entry.key);
      if (!key || key->value.empty())
        return fail(entry.key->range, "the key of an attribute is a string"), mlir::Attribute();
      if (!keys.insert(key->value).second)
        return fail(entry.key->range, "'" + key->value.str() + "' is given twice"), mlir::Attribute();
      mlir::Attribute value = attribute(entry.value);
      if (!value)
        return {};
      entries.push_back(builder.getNamedAttr(key->value, value));
    }
    return builder.getDictionaryAttr(entries);
  }
  if (const auto *list = llvm::dyn_cast<List>(expr)) {
    llvm::SmallVector<mlir::Attribute, 4> elements;
    for (const Expr *element : list->elements) {
      mlir::Attribute value = attribute(element);
      if (!value)
        return {};
      elements.push_back(value);
    }
    return builder.getArrayAttr(elements);
  }
  const auto *call = llvm::dyn_cast<Call>(expr);
  std::string callee = call ? resolvePath(call->callee, *scope) : "";
  if (!llvm::StringRef(callee).starts_with("pl."))
    return attribute(evaluated(expr), expr);
  // `pl.split(pl.SplitMode.UP_DOWN)`: a word with arguments.
  llvm::SmallVector<mlir::NamedAttribute, 4> entries = {
      builder.getNamedAttr("call", prog::NameAttr::get(&context, llvm::StringRef(callee).drop_front(3)))};
  llvm::SmallVector<mlir::Attribute, 4> arguments;
  for (const Expr *argument : call->arguments) {
    arguments.push_back(attribute(argument));
    if (!arguments.back())
      return {};
  }
  entries.push_back(builder.getNamedAttr("arguments", builder.getArrayAttr(arguments)));
  for (const Keyword &keyword : call->keywords) {
    mlir::Attribute value = attribute(keyword.value);
    if (!value)
      return {};
    if (builder.getDictionaryAttr(entries).get("keyword." + keyword.name.str()))
      return fail(keyword.range, "'" + keyword.name.str() + "' is given twice"), mlir::Attribute();
    entries.push_back(builder.getNamedAttr("keyword." + keyword.name.str(), value));
  }
  return builder.getDictionaryAttr(entries);
}

} // namespace pto::frontend
