// Calls of the language's operations.
// Arguments are bound by the operation's signature: by position, by name, by default.
#include "compiler/dialect/program/Dims.h"
#include "compiler/dialect/program/Names.h"
#include "compiler/dialect/program/OpRecord.h"
#include "compiler/frontend/program/import/BodyImporter.h"
#include "llvm/ADT/ScopeExit.h"
#include "llvm/Support/SaveAndRestore.h"

namespace pto::frontend {

namespace {

constexpr llvm::StringLiteral castModes[] = {"none", "rint", "round", "floor", "ceil", "trunc", "odd"};

bool isOperand(const prog::Parameter &parameter) {
  return !parameter.isKeyword;
}

bool isListParameter(const prog::Parameter &parameter) {
  return parameter.kind == prog::ParameterKind::Indices || parameter.kind == prog::ParameterKind::Shape ||
         parameter.kind == prog::ParameterKind::StaticShape || parameter.kind == prog::ParameterKind::Values;
}

/// What is written without being a value: lists and words of the language.
bool isValueLike(const Expr *expr) {
  return !llvm::isa<List, Tuple, Dict, String>(expr);
}

} // namespace

mlir::Value BodyImporter::typedConstant(const Call *call) {
  if (call->arguments.size() != 2 || !call->keywords.empty())
    return fail(call->range, "a typed constant is pl.const(value, element type)");
  Value value = isClosed(call->arguments[0]) ? evaluated(call->arguments[0]) : Value();
  if (!value.isNumber())
    return fail(call->arguments[0]->range, "the value of pl.const is a number that is known here");
  std::optional<prog::DType> dtype = typeReader().readDtype(call->arguments[1]);
  if (!dtype)
    return {};
  if (!prog::isFloat(*dtype) && value.is(Value::Kind::Float))
    return fail(call->arguments[0]->range, "a float is not a value of pl." + prog::programName(*dtype).str());
  mlir::Attribute attribute = prog::isFloat(*dtype)         ? builder.getF64FloatAttr(value.asFloat())
                              : *dtype == prog::DType::Bool ? mlir::Attribute(builder.getBoolAttr(value.integer))
                                                            : mlir::Attribute(builder.getI64IntegerAttr(value.integer));
  return builder.create<prog::ConstOp>(locate(call->range), prog::ScalarType::get(&context, *dtype), attribute);
}

mlir::Value BodyImporter::scalarCall(llvm::StringRef name, const Call *call) {
  size_t expected = name == "abs" ? 1 : 2;
  if (!call->keywords.empty() || call->arguments.size() != expected)
    return fail(call->range, "'" + name.str() + "' of scalars takes " + counted(expected, "argument"));
  mlir::Value left = expression(call->arguments[0]);
  if (!left)
    return {};
  auto type = mlir::dyn_cast<prog::ScalarType>(left.getType());
  if (!type)
    return fail(call->arguments[0]->range,
                "'" + name.str() + "' takes scalars, found " + prog::programText(left.getType()));
  if (name == "abs")
    return builder.create<prog::UnaryOp>(locate(call->range), type, "abs", left);
  if (name == "cast") {
    std::optional<prog::DType> dtype = typeReader().readDtype(call->arguments[1]);
    return dtype ? builder.create<prog::UnaryOp>(locate(call->range), prog::ScalarType::get(&context, *dtype), "cast",
                                                 left)
                 : mlir::Value();
  }
  mlir::Value right = expression(call->arguments[1]);
  return right ? makeBinary(name, left, right, call) : mlir::Value();
}

bool BodyImporter::operation(llvm::StringRef name, const Call *call, llvm::SmallVectorImpl<mlir::Value> &results,
                             const Expr *annotation) {
  auto take = [&](mlir::Value value) {
    results.push_back(value);
    return static_cast<bool>(value);
  };
  if (name == "const")
    return take(typedConstant(call));
  constexpr std::pair<llvm::StringLiteral, llvm::StringLiteral> statements[] = {
      {"yield_", "pl.yield_ ends a branch or a loop's body: x = pl.yield_(value)"},
      {"cond", "pl.cond is the first statement of a pl.while_ loop"},
      {"range", "pl.range belongs in the head of a for loop"},
      {"parallel", "pl.parallel belongs in the head of a for loop"},
      {"unroll", "pl.unroll belongs in the head of a for loop"},
      {"pipeline", "pl.pipeline belongs in the head of a for loop"},
      {"static_assert", "pl.static_assert is a statement"},
      {"static_print", "pl.static_print is a statement"},
      {"dynamic", "pl.dynamic is called outside of functions: M = pl.dynamic(\"M\")"}};
  for (const auto &[statement, message] : statements)
    if (name == statement)
      return fail(call->range, message.str()), false;

  llvm::DenseMap<const Expr *, mlir::Value> outer = std::exchange(known, llvm::DenseMap<const Expr *, mlir::Value>());
  auto restore = llvm::make_scope_exit([&] { known = std::move(outer); });
  llvm::SaveAndRestore<bool> outOfList(takesIndices, false);
  mlir::Type types[2];
  for (unsigned i = 0; i < 2 && i < call->arguments.size(); ++i) {
    const Expr *argument = call->arguments[i];
    // Words of the language are no values; they are read when it is known what they are for.
    bool isWord = llvm::StringRef(resolvePath(argument, *scope)).starts_with("pl.");
    if (!isValueLike(argument) || isWord)
      continue;
    if (llvm::isa<Name>(argument) && isClosed(argument))
      if (Value value = evaluated(argument);
          !value.is(Value::Kind::Unknown) && !value.isNumber() && !value.is(Value::Kind::Symbol))
        continue;
    // So are shapes and element types.
    if (const auto *access = llvm::dyn_cast<Attribute>(argument); access && shapeOf(access))
      continue;
    mlir::Value value = expression(argument);
    if (!value)
      return false;
    known[argument] = value;
    types[i] = value.getType();
  }
  bool scalarFirst = types[0] && mlir::isa<prog::ScalarType>(types[0]);
  if (scalarFirst && (name == "min" || name == "max" || name == "abs" || name == "cast"))
    return take(scalarCall(name, call));
  std::string problem;
  llvm::SmallVector<llvm::StringRef, 4> given;
  for (const Keyword &keyword : call->keywords)
    given.push_back(keyword.name);
  const prog::OpRecord *record = prog::resolveOperation(name, types[0], types[1], given, problem);
  if (!problem.empty())
    return fail(call->arguments[0]->range, problem), false;
  const auto *attribute = llvm::dyn_cast<Attribute>(call->callee);
  SourceRange nameRange = attribute ? attribute->nameRange : call->callee->range;
  if (!record)
    return fail(nameRange, "unknown operation 'pl." + name.str() + "'" + didYouMean(name, prog::operationNames())),
           false;

  std::string shown = "pl." + record->programName();
  std::vector<const Expr *> sources(record->parameters.size());
  if (call->arguments.size() > sources.size()) {
    fail(call->arguments[sources.size()]->range, shown + " takes at most " + counted(sources.size(), "argument") +
                                                     ", found " + std::to_string(call->arguments.size()));
    return false;
  }
  std::copy(call->arguments.begin(), call->arguments.end(), sources.begin());
  for (const Keyword &keyword : call->keywords) {
    const prog::Parameter *parameter = record->find(keyword.name);
    if (!parameter) {
      std::vector<llvm::StringRef> names = record->parameterNames();
      fail(keyword.range, shown + " has no parameter '" + keyword.name.str() + "'" + didYouMean(keyword.name, names) +
                              "; it is " + record->text());
      return false;
    }
    const Expr *&source = sources[static_cast<size_t>(parameter - record->parameters.begin())];
    if (source)
      return fail(keyword.range, "'" + keyword.name.str() + "' is given twice"), false;
    source = keyword.value;
  }

  // What the vector lanes around share out among them.
  auto isLaneSplit = [&](const prog::Parameter &parameter) {
    return laneSplit && parameter.name == "split" &&
           (record->shortName() == "aiv_shard" || record->shortName() == "aic_gather");
  };
  llvm::SmallVector<prog::Argument, 4> arguments;
  llvm::SmallVector<mlir::NamedAttribute, 4> keywords;
  llvm::StringMap<unsigned> indexOf;
  for (auto [parameter, source] : llvm::zip(record->parameters, sources)) {
    const auto *none = llvm::dyn_cast_if_present<Constant>(source);
    if (none && none->value == Constant::Value::None && !parameter.isRequired)
      source = nullptr;
    if (!source && parameter.isRequired && !isLaneSplit(parameter))
      return fail(call->range, shown + " needs '" + parameter.name.str() + "'; it is " + record->text()), false;
    if (isOperand(parameter)) {
      indexOf[parameter.name] = static_cast<unsigned>(arguments.size());
      prog::Argument &bound = arguments.emplace_back();
      if (source && !argument(parameter, source, bound))
        return false;
      if (!source && parameter.defaultText != "none")
        bound = prog::Argument(arguments[indexOf.lookup(parameter.defaultText)]);
      continue;
    }
    mlir::Attribute value = source ? keyword(parameter, source) : prog::defaultValue(parameter, &context);
    if (!source && isLaneSplit(parameter))
      value = builder.getI64IntegerAttr(*laneSplit);
    if (source && !value)
      return false;
    if (value)
      keywords.push_back(builder.getNamedAttr(parameter.name, value));
  }
  return apply(*record, arguments, keywords, call, sources, results, annotation);
}

bool BodyImporter::argument(const prog::Parameter &parameter, const Expr *expr, prog::Argument &argument) {
  if (!isListParameter(parameter)) {
    mlir::Value value = expression(expr);
    argument = prog::Argument::single(value);
    return static_cast<bool>(value);
  }
  llvm::SmallVector<mlir::Value, 4> values;
  if (llvm::isa<List, Tuple>(expr)) {
    if (parameter.kind == prog::ParameterKind::Values) {
      for (const Expr *element : elementsOf(expr))
        if (values.push_back(expression(element)); !values.back())
          return false;
    } else if (!indices(elementsOf(expr), values))
      return false;
    argument = prog::Argument::list(values);
    return true;
  }
  if (isClosed(expr)) {
    if (Value value = evaluated(expr); value.isSequence()) {
      for (const Value &element : value.elements()) {
        values.push_back(constant(element, expr));
        if (!values.back())
          return false;
      }
      argument = prog::Argument::list(values);
      return true;
    }
  }
  mlir::Value value = expression(expr);
  if (!value)
    return false;
  auto made = value.getDefiningOp<prog::TupleOp>();
  auto type = mlir::dyn_cast<mlir::TupleType>(value.getType());
  if (made) {
    argument = prog::Argument::list(made.getElements());
  } else if (type) {
    for (auto [i, element] : llvm::enumerate(type.getTypes()))
      values.push_back(builder.create<prog::ElementOp>(locate(expr->range), element, value, uint64_t(i)));
    argument = prog::Argument::list(values);
  } else {
    // One index need not be in a list.
    bool isIndex = (parameter.name == "indices" || parameter.kind == prog::ParameterKind::Values) &&
                   mlir::isa<prog::ScalarType>(value.getType());
    argument = isIndex ? prog::Argument::list(value) : prog::Argument::single(value);
  }
  return true;
}

mlir::Attribute BodyImporter::keyword(const prog::Parameter &parameter, const Expr *expr) {
  mlir::Attribute value;
  if (const auto *access = llvm::dyn_cast<Attribute>(expr); access && access->name == "base" && !isClosed(expr)) {
    fail(expr->range, "'" + text(expr) + "' is not a constant");
    return {};
  }
  if (!isClosed(expr) && !llvm::isa<Attribute>(expr))
    return fail(expr->range, "'" + parameter.name.str() + "' must be " + prog::parameterKindText(parameter) +
                                 " that is known before the program runs"),
           mlir::Attribute();
  Value known = evaluated(expr);
  if (known.is(Value::Kind::Integer) && parameter.name == "mode" && known.integer >= 0 &&
      known.integer < static_cast<int64_t>(std::size(castModes)))
    known = Value::ofString(castModes[known.integer].str());
  if (known.is(Value::Kind::Unknown) || known.is(Value::Kind::Symbol))
    return fail(expr->range, "'" + parameter.name.str() + "' must be " + prog::parameterKindText(parameter) +
                                 ", this is " + (known.is(Value::Kind::Unknown) ? known.text : "a dynamic dimension")),
           mlir::Attribute();
  value = attribute(known, expr);
  if (!value)
    return {};
  auto checked = prog::keywordValue(parameter, value);
  if (auto *problem = std::get_if<std::string>(&checked)) {
    std::string hint;
    if (parameter.kind == prog::ParameterKind::DTypeWord && known.is(Value::Kind::Path))
      hint = didYouMean(llvm::StringRef(known.text).rsplit('.').second, prog::dtypeNames());
    if (parameter.kind == prog::ParameterKind::MemoryWord && known.is(Value::Kind::Path))
      hint = didYouMean(llvm::StringRef(known.text).rsplit('.').second, prog::memoryNames());
    return fail(expr->range, *problem + ", found " + text(expr) + hint), mlir::Attribute();
  }
  return std::get<mlir::Attribute>(checked);
}

/// Where the running program alone knows the valid shape, a type cannot hold it: the operation takes it.
bool BodyImporter::takeValidShape(const prog::OpRecord &operation, llvm::MutableArrayRef<prog::Argument> arguments,
                                  const ReadType &stated, mlir::Type &type) {
  const auto *parameter = operation.find("valid_shape");
  auto tile = mlir::dyn_cast<prog::TileType>(type);
  if (!parameter || !tile)
    return true;
  auto position = static_cast<size_t>(parameter - operation.parameters.begin());
  prog::Argument &given = arguments[llvm::find(operation.operands(), position) - operation.operands().begin()];
  if (stated.validShape && !argument(*parameter, stated.validShape, given))
    return false;
  if (given.kind == prog::Argument::Kind::Absent)
    return true;
  prog::TileView view = tile.getView();
  view.validShape = prog::dimsOf(given.values, &context);
  type = prog::TileType::get(&context, tile.getShape(), tile.getDtype(), tile.getMemory(), view, tile.getMemref());
  return true;
}

bool BodyImporter::apply(const prog::OpRecord &operation, llvm::MutableArrayRef<prog::Argument> arguments,
                         llvm::SmallVectorImpl<mlir::NamedAttribute> &keywords, const Expr *where,
                         llvm::ArrayRef<const Expr *> sources, llvm::SmallVectorImpl<mlir::Value> &results,
                         const Expr *annotation) {
  prog::Result result = prog::resultOf({operation, arguments, builder.getDictionaryAttr(keywords), &context});
  if (auto *mismatch = std::get_if<prog::Mismatch>(&result)) {
    auto parameter = static_cast<size_t>(mismatch->parameter);
    const Expr *source = mismatch->parameter >= 0 && parameter < sources.size() ? sources[parameter] : nullptr;
    fail(source ? source->range : where->range, "pl." + operation.programName() + ": " + mismatch->message);
    return false;
  }
  llvm::SmallVector<mlir::Type, 1> types;
  if (auto *type = std::get_if<mlir::Type>(&result)) {
    if (*type)
      types.push_back(*type);
  } else {
    ReadType stated = annotation ? typeReader().read(annotation) : ReadType();
    if (!stated) {
      if (!annotation)
        fail(where->range,
             "pl." + operation.programName() +
                 " does not determine the type of its result: annotate the variable, x: pl.Tile[[rows, columns], "
                 "element type] = …");
      return false;
    }
    types.push_back(stated.type);
    if (!takeValidShape(operation, arguments, stated, types.front()))
      return false;
  }
  auto op = builder.create<prog::BuiltinOp>(locate(where->range), types, operation, arguments, keywords);
  results.append(op.getResults().begin(), op.getResults().end());
  return true;
}

} // namespace pto::frontend
