// The functions of a program.
// A function is imported when it is first called, so that its type is known and callees come first.
#include "compiler/frontend/program/import/ProgramImporter.h"
#include "compiler/dialect/Places.h"
#include "compiler/dialect/program/Dialect.h"
#include "compiler/dialect/program/Kinds.h"
#include "compiler/dialect/program/Names.h"
#include "compiler/frontend/program/CallArguments.h"
#include "compiler/frontend/program/import/BodyImporter.h"
#include "llvm/ADT/StringExtras.h"

namespace pto::frontend {

namespace {

mlir::Location locate(const Scope &scope, mlir::MLIRContext &context, SourceRange where) {
  return locationOf(&context, scope.source().place(where.begin));
}

bool isDecorated(const Function *function, const Scope &scope, llvm::StringRef path) {
  return llvm::any_of(function->decorators, [&](const Expr *decorator) {
    const auto *call = llvm::dyn_cast<Call>(decorator);
    return resolvePath(call ? call->callee : decorator, scope) == path;
  });
}

bool flagOf(const Call *call, llvm::StringRef name, const Scope &scope) {
  for (const Keyword &keyword : call ? call->keywords : llvm::ArrayRef<Keyword>())
    if (keyword.name == name)
      return evaluate(keyword.value, scope).truth().value_or(false);
  return false;
}

} // namespace

const Call *decoratorCall(const Function *function, const Scope &scope, llvm::StringRef path) {
  for (const Expr *decorator : function->decorators)
    if (const auto *call = llvm::dyn_cast<Call>(decorator); call && resolvePath(call->callee, scope) == path)
      return call;
  return nullptr;
}

ProgramFunction *ProgramImporter::method(llvm::StringRef name) {
  for (auto &function : functions)
    if (function->syntax->name == name)
      return function.get();
  return nullptr;
}

std::vector<llvm::StringRef> ProgramImporter::methodNames() const {
  std::vector<llvm::StringRef> names;
  for (auto &function : functions)
    names.push_back(function->syntax->name);
  return names;
}

bool ProgramImporter::readDecorator(ProgramFunction &function, std::string &kind, mlir::DictionaryAttr &keywords) {
  llvm::SmallVector<mlir::NamedAttribute, 4> entries;
  if (!function.decorator)
    return true;
  if (!function.decorator->arguments.empty())
    return diagnostics.error(function.decorator->arguments.front()->range,
                             "pl.function takes its arguments by name: @pl.function(type=pl.FunctionType.InCore)"),
           false;
  constexpr llvm::StringRef known[] = {"type", "level", "role", "attrs", "strict_ssa", "auto_scope", "external_source"};
  for (const Keyword &keyword : function.decorator->keywords) {
    if (!llvm::is_contained(known, keyword.name))
      return diagnostics.error(keyword.range, "pl.function has no parameter '" + keyword.name.str() + "'" +
                                                  didYouMean(keyword.name, known)),
             false;
    if (keyword.name == "strict_ssa")
      continue;
    if (keyword.name == "type") {
      std::string path = resolvePath(keyword.value, *function.scope);
      llvm::StringRef word = path;
      std::vector<llvm::StringRef> kinds(std::begin(prog::functionKinds), std::end(prog::functionKinds));
      if (!word.consume_front("pl.FunctionType.") || !llvm::is_contained(kinds, word))
        return diagnostics.error(keyword.value->range, "a function's type is pl.FunctionType." +
                                                           llvm::join(kinds, ", ") + didYouMean(word, kinds)),
               false;
      kind = word.str();
      continue;
    }
    Decisions none;
    BodyImporter reader(*this, function, false, none);
    mlir::Attribute value = reader.constantAttribute(keyword.value);
    if (!value)
      return false;
    if (builder.getDictionaryAttr(entries).get(keyword.name))
      return diagnostics.error(keyword.range, "'" + keyword.name.str() + "' is given twice"), false;
    entries.push_back(builder.getNamedAttr(keyword.name, value));
  }
  if (!entries.empty())
    keywords = builder.getDictionaryAttr(entries);
  return true;
}

bool ProgramImporter::checkDecorators(Exprs decorators, Decorated decorated, const Scope &scope) {
  for (const Expr *decorator : decorators)
    if (std::string problem = decoratorProblem(decorator, decorated, scope); !problem.empty())
      return diagnostics.error(decorator->range, std::move(problem)), false;
  return true;
}

ProgramFunction *ProgramImporter::declare(const Function *syntax, const Scope *scope, const Call *decorator,
                                          bool isMethod) {
  auto added = std::make_unique<ProgramFunction>();
  ProgramFunction &function = *added;
  function.syntax = syntax;
  function.scope = scope;
  function.decorator = decorator;
  function.isMethod = isMethod;
  functions.push_back(std::move(added));
  function.state = ProgramFunction::State::Broken;

  auto parameters = syntax->parameters;
  if (isMethod) {
    // Older programs take self, as Python's methods do.
    bool hasSelf = !parameters.empty() && !parameters.front().annotation && parameters.front().name == "self";
    parameters = parameters.drop_front(hasSelf);
  }
  TypeReader reader(context, diagnostics, *scope);
  llvm::SmallVector<mlir::Type, 8> inputs, results;
  llvm::SmallVector<llvm::StringRef, 8> directions;
  llvm::StringSet<> seen;
  for (const Parameter &parameter : parameters) {
    std::string shown = "parameter '" + parameter.name.str() + "'";
    if (parameter.kind != Parameter::Kind::Ordinary)
      return diagnostics.error(parameter.range, shown + " is not an ordinary parameter"), nullptr;
    if (!seen.insert(parameter.name).second)
      return diagnostics.error(parameter.range, "there are two parameters '" + parameter.name.str() + "'"), nullptr;
    if (!parameter.annotation)
      return diagnostics.error(parameter.range,
                               shown + " has no type: " + parameter.name.str() + ": pl.Tensor[[64, 64], pl.FP32]"),
             nullptr;
    if (parameter.defaultValue)
      return diagnostics.error(parameter.defaultValue->range, shown + " cannot have a default"), nullptr;
    llvm::StringRef direction;
    ReadType type = reader.readParameter(parameter.annotation, direction);
    if (!type)
      return nullptr;
    if (mlir::isa<prog::ScalarType>(type.type) && direction == "inout")
      return diagnostics.error(parameter.annotation->range, "a scalar cannot be an InOut parameter"), nullptr;
    inputs.push_back(type.type);
    directions.push_back(direction);
  }
  if (syntax->returns && !llvm::isa<Constant>(syntax->returns)) {
    ReadType type = reader.read(syntax->returns);
    if (!type)
      return nullptr;
    auto tuple = mlir::dyn_cast<mlir::TupleType>(type.type);
    if (tuple)
      results.append(tuple.getTypes().begin(), tuple.getTypes().end());
    else
      results.push_back(type.type);
  }
  return create(function, inputs, results, directions) ? &function : nullptr;
}

bool ProgramImporter::create(ProgramFunction &function, llvm::ArrayRef<mlir::Type> inputs,
                             llvm::ArrayRef<mlir::Type> results, llvm::ArrayRef<llvm::StringRef> directions) {
  std::string kind = "Opaque";
  mlir::DictionaryAttr keywords;
  if ((function.generic && !genericKind(*function.generic, kind)) || !readDecorator(function, kind, keywords))
    return false;
  const Function &syntax = *function.syntax;
  builder.setInsertionPointToEnd(&program.getBody().front());
  function.op = builder.create<prog::FuncOp>(locate(*function.scope, context, syntax.nameRange), syntax.name,
                                             builder.getFunctionType(inputs, results), kind,
                                             builder.getStrArrayAttr(directions), keywords);
  mlir::Block &block = function.op.getBody().emplaceBlock();
  for (auto [input, parameter] : llvm::zip(inputs, ownParameters(syntax))) {
    function.parameterNames.push_back(parameter.name.str());
    block.addArgument(input, prog::named(locate(*function.scope, context, parameter.range), parameter.name));
  }
  function.state = ProgramFunction::State::Declared;
  return true;
}

bool ProgramImporter::declareProgram() {
  bool fine = true;
  llvm::StringSet<> names;
  for (const Stmt *stmt : definition.program->body) {
    const auto *docs = llvm::dyn_cast<ExprStmt>(stmt);
    if ((docs && llvm::isa<String, Constant>(docs->value)) || llvm::isa<Pass>(stmt))
      continue;
    const auto *function = llvm::dyn_cast<Function>(stmt);
    if (!function) {
      diagnostics.error(stmt->range, "a program holds functions only");
      fine = false;
      continue;
    }
    if (!checkDecorators(function->decorators, Decorated::Function, *definition.scope)) {
      fine = false;
      continue;
    }
    if (!isDecorated(function, *definition.scope, "pl.function")) {
      diagnostics.error(function->nameRange, "'" + function->name.str() + "' has no @pl.function");
      fine = false;
      continue;
    }
    if (!names.insert(function->name).second) {
      diagnostics.error(function->nameRange, "there are two functions '" + function->name.str() + "'");
      fine = false;
      continue;
    }
    const Call *call = decoratorCall(function, *definition.scope, "pl.function");
    fine &= declare(function, definition.scope, call, true) != nullptr;
  }
  return fine;
}

ProgramFunction *ProgramImporter::external(const Value &value, SourceRange call) {
  for (auto &function : functions)
    if (function->syntax == value.function)
      return function->state == ProgramFunction::State::Broken ? nullptr : function.get();
  llvm::StringRef name = value.function->name;
  if (!checkDecorators(value.function->decorators, Decorated::Function, *value.home))
    return nullptr;
  if (isGeneric() || !isDecorated(value.function, *value.home, "pl.function")) {
    diagnostics.error(call, "'" + name.str() + "' is ordinary Python: only functions with " +
                                (isGeneric() ? "@pl.jit.incore, @pl.jit.inline, @pl.function" : "@pl.function") +
                                " or @pl.inline can be called");
    return nullptr;
  }
  if (method(name)) {
    diagnostics.error(call, "the program already has another function '" + name.str() + "'");
    return nullptr;
  }
  return declare(value.function, value.home, decoratorCall(value.function, *value.home, "pl.function"), false);
}

bool ProgramImporter::require(ProgramFunction &function, SourceRange call) {
  if (function.state == ProgramFunction::State::Declared && !function.syntax->returns)
    importFunction(function);
  if (function.state != ProgramFunction::State::Running)
    return function.state != ProgramFunction::State::Broken;
  std::string circle;
  for (ProgramFunction *each : running)
    circle += each->syntax->name.str() + " → ";
  diagnostics.error(call, "recursive calls are not supported: " + circle + function.syntax->name.str());
  return false;
}

void ProgramImporter::importFunction(ProgramFunction &function) {
  if (function.state != ProgramFunction::State::Declared)
    return;
  function.state = ProgramFunction::State::Running;
  running.push_back(&function);
  bool isStrict = strict || flagOf(function.decorator, "strict_ssa", *function.scope);
  mlir::Type type;
  bool imported = true;
  // Which branches are taken is known when they are reached; then less may be needed than was thought.
  Decisions decisions;
  for (size_t known = 1; imported && known != decisions.size();) {
    known = decisions.size();
    mlir::Block &block = function.op.getBlock();
    while (!block.empty())
      block.back().erase();
    imported = BodyImporter(*this, function, isStrict, decisions).run(type);
  }
  if (imported)
    function.op.setFunctionType(type);
  function.state = imported ? ProgramFunction::State::Done : ProgramFunction::State::Broken;
  running.pop_back();
}

mlir::OwningOpRef<mlir::ModuleOp> ProgramImporter::run() {
  const Scope &scope = *definition.scope;
  mlir::Location location = locate(scope, context, definition.nameRange());
  mlir::OwningOpRef<mlir::ModuleOp> module = mlir::ModuleOp::create(location);
  builder.setInsertionPointToEnd(module->getBody());
  std::string name = (isGeneric() ? "_jit_" : "") + definition.name.str();
  program = builder.create<prog::ProgramOp>(location, name);
  program.getBody().emplaceBlock();
  strict = flagOf(llvm::dyn_cast<Call>(definition.decoratorExpr), "strict_ssa", scope);
  unsigned errors = diagnostics.errorCount();
  if (!checkDecorators(definition.decorators(), definition.decorated(), scope))
    return {};
  if (isGeneric())
    importEntry();
  else if (definition.program)
    declareProgram();
  else
    declare(definition.function, definition.scope, decoratorCall(definition.function, scope, "pl.function"), false);
  if (functions.empty() && diagnostics.errorCount() == errors)
    diagnostics.error(definition.nameRange(), "this program has no functions");
  // Functions from outside are added while those that call them are imported.
  for (size_t i = 0; i < functions.size(); ++i)
    importFunction(*functions[i]);
  if (diagnostics.errorCount() != errors)
    return {};
  return module;
}

mlir::OwningOpRef<mlir::ModuleOp> importGeneric(const Specialization &specialization, mlir::MLIRContext &context,
                                                Diagnostics &diagnostics) {
  context.loadDialect<prog::ProgDialect>();
  return ProgramImporter(*specialization.entry.definition, context, diagnostics, &specialization).run();
}

mlir::OwningOpRef<mlir::ModuleOp> importProgram(const Definition &definition, mlir::MLIRContext &context,
                                                std::vector<Diagnostic> &diagnostics) {
  context.loadDialect<prog::ProgDialect>();
  Diagnostics found(definition.scope->source());
  mlir::OwningOpRef<mlir::ModuleOp> module;
  if (definition.kind == Definition::Kind::Program || definition.kind == Definition::Kind::Function)
    module = ProgramImporter(definition, context, found).run();
  else
    found.error(definition.nameRange(), "'" + definition.name.str() + "' has @" + definition.decorator +
                                            ", which is generic: it must be specialized first");
  diagnostics.insert(diagnostics.end(), found.all().begin(), found.all().end());
  return module;
}

prog::ProgramOp programIn(mlir::ModuleOp module) {
  auto programs = module.getOps<prog::ProgramOp>();
  return programs.empty() ? prog::ProgramOp() : *programs.begin();
}

} // namespace pto::frontend
