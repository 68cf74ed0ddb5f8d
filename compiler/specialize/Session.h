// One specialization under way: the functions made so far, each once, and the symbols they use.
// A function is made when the first call of it is met, which puts callees before callers.
#pragma once

#include "compiler/specialize/Builder.h"
#include "compiler/specialize/Outline.h"
#include <map>

namespace pto::specialize {

/// What a parameter is in the specialized program. A scalar without a value is one at run time.
struct BoundParameter {
  Type type;
  std::optional<Value> value;
};

/// Unlike `==` of values, `True`, `1` and `1.0` are three things.
bool operator==(const BoundParameter &left, const BoundParameter &right);

/// `a: Tensor[[64, 64], FP32]`, `n: 4`.
std::string print(llvm::StringRef name, const BoundParameter &parameter);

struct Instance {
  const FunctionOutline *outline;
  std::vector<BoundParameter> parameters;
  /// The call that it was made for.
  SourceRange site;
  Type returnType;
  const Function *method = nullptr;
};

/// The variable that stands for a symbol, where that is not the symbol's own name.
using SymbolVariables = std::map<std::string, std::string>;

class Session {
public:
  Session(const Outline &outline, const Source &source, Arena &arena, Diagnostics &diagnostics,
          const SymbolVariables &variables)
      : outline(outline), source(source), arena(arena), builder(arena), diagnostics(diagnostics), variables(variables) {
  }

  /// The one instance of a function; null after an error. A call that disagrees with an earlier one is an error.
  const Instance *instantiate(const FunctionOutline &function, std::vector<BoundParameter> parameters,
                              SourceRange site);

  /// The name of the variable for a symbol, which from now on is declared.
  std::string symbolVariable(const std::string &symbol, SourceRange range = {});

  const Expr *dimension(SourceRange range, const Dimension &dimension);
  /// `pl.Tensor[[M, 128], pl.FP32]`; the type has to be complete.
  const Expr *annotation(SourceRange range, const Type &type);
  /// A value in a program; a null type asks for the bare form.
  const Expr *literal(SourceRange range, const Value &value, const Dtype *dtype);

  std::string where(SourceRange range) const;

  const Outline &outline;
  const Source &source;
  Arena &arena;
  Builder builder;
  Diagnostics &diagnostics;
  /// In the order in which they were finished.
  std::vector<const Stmt *> methods;
  /// Where each was first used.
  std::map<std::string, SourceRange> symbols;

  /// Aliases of types that are being followed, and all that were.
  unsigned aliasDepth = 0, aliasCount = 0;

private:
  bool checkAgreement(const Instance &known, llvm::ArrayRef<BoundParameter> parameters, SourceRange site);

  const SymbolVariables &variables;
  llvm::DenseMap<const Function *, std::unique_ptr<Instance>> instances;
};

} // namespace pto::specialize
