// Computes what a program computes.
// A value is a matrix of its own, except that what is stored or assembled is written into the matrix it goes to.
#include "compiler/passes/tests/Evaluation.h"
#include "llvm/ADT/StringSwitch.h"
#include <cmath>
#include <functional>
#include <limits>

namespace pto::passes::tests {

namespace {

using Values = Evaluation::Values;
using Shared = std::shared_ptr<Matrix>;

constexpr double nothing = std::numeric_limits<double>::quiet_NaN();

Shared each(const Matrix &left, const Matrix &right, const std::function<double(double, double)> &compute) {
  auto result = std::make_shared<Matrix>(std::max(left.rows, right.rows), std::max(left.columns, right.columns));
  for (size_t i = 0; i < result->rows; ++i)
    for (size_t j = 0; j < result->columns; ++j)
      result->at(i, j) = compute(left.at(i, j), right.at(i, j));
  return result;
}

Shared transposed(const Matrix &matrix) {
  auto result = std::make_shared<Matrix>(matrix.columns, matrix.rows);
  for (size_t i = 0; i < matrix.rows; ++i)
    for (size_t j = 0; j < matrix.columns; ++j)
      result->at(j, i) = matrix.elements[i * matrix.columns + j];
  return result;
}

Shared product(const Matrix &left, const Matrix &right) {
  auto result = std::make_shared<Matrix>(left.rows, right.columns);
  for (size_t i = 0; i < left.rows; ++i)
    for (size_t j = 0; j < right.columns; ++j)
      for (size_t k = 0; k < left.columns; ++k)
        result->at(i, j) += left.elements[i * left.columns + k] * right.elements[k * right.columns + j];
  return result;
}

Shared reduced(const Matrix &matrix, const std::function<double(double, double)> &compute) {
  auto result = std::make_shared<Matrix>(matrix.rows, 1);
  for (size_t i = 0; i < matrix.rows; ++i) {
    double sum = matrix.elements[i * matrix.columns];
    for (size_t j = 1; j < matrix.columns; ++j)
      sum = compute(sum, matrix.elements[i * matrix.columns + j]);
    result->at(i, 0) = sum;
  }
  return result;
}

std::function<double(double, double)> operatorNamed(llvm::StringRef name) {
  name.consume_front("row_expand_");
  name.consume_front("col_expand_");
  auto is = [&](llvm::StringRef word) { return name == word || name == word.str() + "s"; };
  if (is("add"))
    return [](double a, double b) { return a + b; };
  if (is("sub"))
    return [](double a, double b) { return a - b; };
  if (is("mul"))
    return [](double a, double b) { return a * b; };
  if (is("div") || name == "floordiv")
    return [](double a, double b) { return a / b; };
  if (is("maximum") || name == "row_max")
    return [](double a, double b) { return std::max(a, b); };
  if (name == "row_min")
    return [](double a, double b) { return std::min(a, b); };
  return nullptr;
}

} // namespace

Values Evaluation::of(mlir::ValueRange range) {
  Values result;
  for (mlir::Value value : range)
    result.push_back(of(value));
  return result;
}

void Evaluation::set(mlir::ValueRange range, const Values &given) {
  for (size_t i = 0; i < range.size() && i < given.size(); ++i)
    values[range[i]] = given[i];
}

double Evaluation::scalar(mlir::Value value) {
  return of(value) ? of(value)->elements.front() : nothing;
}

Values Evaluation::run(llvm::StringRef name, const Values &arguments) {
  auto function = program.lookupSymbol<prog::FuncOp>(name);
  set(function.getParameters(), arguments);
  return run(function.getBlock());
}

Values Evaluation::loop(prog::ForOp op) {
  Values carried = of(op.getInits());
  for (double i = scalar(op.getLower()); i < scalar(op.getUpper()); i += scalar(op.getStep())) {
    set(op.getVariable(), {std::make_shared<Matrix>(1, 1, i)});
    set(op.getCarried(), carried);
    carried = run(op.getBody().front());
  }
  return carried;
}

Values Evaluation::run(mlir::Block &block) {
  for (mlir::Operation &op : block.without_terminator()) {
    Values results;
    auto one = [&](double value) { results = {std::make_shared<Matrix>(1, 1, value)}; };
    if (auto constant = mlir::dyn_cast<prog::ConstOp>(op)) {
      auto real = mlir::dyn_cast<mlir::FloatAttr>(constant.getValue());
      one(real ? real.getValueAsDouble()
               : static_cast<double>(mlir::cast<mlir::IntegerAttr>(constant.getValue()).getInt()));
    } else if (auto binary = mlir::dyn_cast<prog::BinaryOp>(op)) {
      auto compute = operatorNamed(binary.getKind());
      one(compute ? compute(scalar(binary.getLhs()), scalar(binary.getRhs())) : nothing);
    } else if (auto counted = mlir::dyn_cast<prog::ForOp>(op)) {
      results = loop(counted);
    } else if (auto branch = mlir::dyn_cast<prog::IfOp>(op)) {
      results = run((scalar(branch.getCondition()) != 0 ? branch.getThenRegion() : branch.getElseRegion()).front());
    } else if (auto scope = mlir::dyn_cast<prog::ScopeOp>(op)) {
      results = run(scope.getBody().front());
    } else if (auto call = mlir::dyn_cast<prog::CallOp>(op)) {
      results = run(call.getCallee(), of(call.getArguments()));
    } else if (auto builtin = mlir::dyn_cast<prog::BuiltinOp>(op)) {
      results = run(builtin);
    } else {
      problem = "not evaluated: " + op.getName().getStringRef().str();
    }
    if (!problem.empty())
      return {};
    set(op.getResults(), results);
  }
  return of(block.getTerminator()->getOperands());
}

Values Evaluation::run(prog::BuiltinOp op) {
  llvm::StringRef callee = op.getCallee(), name = callee.split('.').second;
  if (callee.starts_with("system.") || name == "alloc")
    return {};
  llvm::SmallVector<prog::Argument, 4> arguments = prog::argumentsOf(op);
  auto matrix = [&](unsigned i) -> Matrix & { return *of(arguments[i].values.front()); };
  auto number = [&](unsigned list, unsigned i) { return index(arguments[list].values[i]); };
  auto flag = [&](llvm::StringRef keyword) {
    auto value = op.getKeywords().getAs<mlir::BoolAttr>(keyword);
    return value && value.getValue();
  };
  auto part = [&](unsigned shape, unsigned offset) {
    auto result = std::make_shared<Matrix>(number(shape, 0), number(shape, 1));
    for (size_t i = 0; i < result->rows; ++i)
      for (size_t j = 0; j < result->columns; ++j)
        result->at(i, j) = matrix(0).elements[(number(offset, 0) + i) * matrix(0).columns + number(offset, 1) + j];
    return result;
  };
  auto write = [&](unsigned target, unsigned source, unsigned offset) {
    for (size_t i = 0; i < matrix(source).rows; ++i)
      for (size_t j = 0; j < matrix(source).columns; ++j)
        matrix(target).at(number(offset, 0) + i, number(offset, 1) + j) =
            matrix(source).elements[i * matrix(source).columns + j];
    return Values{of(arguments[target].values.front())};
  };
  auto turned = [&](unsigned i, bool turns) {
    return turns ? transposed(matrix(i)) : std::make_shared<Matrix>(matrix(i));
  };

  if (name == "create")
    return {std::make_shared<Matrix>(number(0, 0), number(0, 1), nothing)};
  if (name == "full")
    return {std::make_shared<Matrix>(number(0, 0), number(0, 1), scalar(arguments[1].values.front()))};
  if (name == "load") {
    Shared loaded = part(2, 1);
    return {flag("transpose") ? transposed(*loaded) : loaded};
  }
  if (name == "slice")
    return {part(1, 2)};
  if (name == "store")
    return write(2, 0, 1);
  if (name == "assemble")
    return write(0, 1, 2);
  if (name == "move" || name == "cast")
    return {std::make_shared<Matrix>(matrix(0))};
  if (name == "transpose")
    return {transposed(matrix(0))};
  if (name == "neg")
    return {each(matrix(0), matrix(0), [](double a, double) { return -a; })};
  if (name == "matmul")
    return {product(*turned(0, flag("a_trans")), *turned(1, flag("b_trans")))};
  if (name == "row_expand" || name == "col_expand")
    return {each(Matrix(matrix(0).rows, matrix(0).columns), matrix(1), [](double, double b) { return b; })};
  if (name == "row_sum")
    return {reduced(matrix(0), [](double a, double b) { return a + b; })};
  auto compute = operatorNamed(name);
  if (compute && name.starts_with("row_m"))
    return {reduced(matrix(0), compute)};
  if (compute)
    return {each(matrix(0), matrix(1), compute)};
  problem = "not evaluated: " + callee.str();
  return {};
}

} // namespace pto::passes::tests
