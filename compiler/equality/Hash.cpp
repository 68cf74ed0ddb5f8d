// What is equal has the same hash: what equality ignores, the hash leaves out.
#include "compiler/dialect/program/Dims.h"
#include "compiler/equality/Kinds.h"
#include "compiler/equality/ProgramParts.h"
#include "llvm/ADT/DenseMap.h"

namespace pto::equality {

namespace {

using mlir::Operation;
using mlir::Value;

/// Values and blocks count by the order in which they are first met, which equal operations share.
class KernelHash {
public:
  llvm::hash_code operation(Operation *op) {
    auto ofValue = [&](Value value) { return this->value(value); };
    auto flags = mlir::OperationEquivalence::IgnoreLocations;
    llvm::hash_code code = mlir::OperationEquivalence::computeHash(op, ofValue, ofValue, flags);
    for (mlir::Block *successor : op->getSuccessors())
      code = llvm::hash_combine(code, block(successor));
    for (mlir::Region &region : op->getRegions())
      for (mlir::Block &inner : region) {
        code = llvm::hash_combine(code, region.getRegionNumber(), block(&inner));
        for (Value argument : inner.getArguments())
          code = llvm::hash_combine(code, value(argument));
        for (Operation &each : inner)
          code = llvm::hash_combine(code, operation(&each));
      }
    return code;
  }

private:
  llvm::hash_code value(Value value) {
    return llvm::hash_combine(value.getType(), values.try_emplace(value, values.size()).first->second);
  }
  unsigned block(mlir::Block *block) { return blocks.try_emplace(block, blocks.size()).first->second; }

  llvm::DenseMap<Value, unsigned> values;
  llvm::DenseMap<mlir::Block *, unsigned> blocks;
};

/// Variables count as their position, symbols and allocations as nothing.
class ProgramHash {
public:
  llvm::hash_code function(prog::FuncOp op) {
    llvm::hash_code code = llvm::hash_combine(op.getSymName(), op.getKind(), op.getKeywordsAttr(), op.getDirections());
    for (mlir::Type type : op.getType().getInputs())
      code = llvm::hash_combine(code, this->type(type));
    return llvm::hash_combine(code, block(op.getBlock()));
  }

private:
  llvm::hash_code type(mlir::Type type) {
    llvm::hash_code code = llvm::hash_value(type.getTypeID().getAsOpaquePointer());
    if (std::optional<prog::DType> dtype = prog::elementTypeOf(type))
      code = llvm::hash_combine(code, isIndexOrInt64(*dtype) ? prog::DType::Index : *dtype);
    if (prog::Dims shape = prog::shapeOf(type))
      for (prog::Dim dim : shape)
        code = llvm::hash_combine(code, prog::constantOf(dim).value_or(-1));
    return code;
  }

  void number(Value value) { numbers[value] = numbers.size(); }

  llvm::hash_code value(Value value, unsigned depth = 0) {
    if (auto it = numbers.find(value); it != numbers.end())
      return llvm::hash_value(it->second);
    Operation *op = value.getDefiningOp();
    if (!op || depth > 8)
      return llvm::hash_value(0);
    llvm::hash_code code = llvm::hash_value(op->getName().getStringRef());
    if (auto constant = mlir::dyn_cast<prog::ConstOp>(op))
      return llvm::hash_combine(code, constant.getValue());
    if (auto binary = mlir::dyn_cast<prog::BinaryOp>(op))
      code = llvm::hash_combine(code, binary.getKind());
    if (auto unary = mlir::dyn_cast<prog::UnaryOp>(op))
      code = llvm::hash_combine(code, unary.getKind());
    for (Value operand : op->getOperands())
      code = llvm::hash_combine(code, this->value(operand, depth + 1));
    return code;
  }

  llvm::hash_code block(mlir::Block &block) {
    for (Value argument : block.getArguments())
      number(argument);
    llvm::hash_code code = llvm::hash_value(block.getNumArguments());
    for (Operation *op : statementsOf(block)) {
      code = llvm::hash_combine(code, op->getName().getStringRef(), op->getNumResults());
      if (auto builtin = mlir::dyn_cast<prog::BuiltinOp>(op))
        code = llvm::hash_combine(code, builtin.getCallee(), builtin.getKeywords());
      if (auto call = mlir::dyn_cast<prog::CallOp>(op))
        code = llvm::hash_combine(code, call.getCallee(), call.getDirectionsAttr());
      for (Value operand : op->getOperands())
        code = llvm::hash_combine(code, value(operand));
      for (mlir::Region &region : op->getRegions())
        code = llvm::hash_combine(code, this->block(region.front()));
      for (Value result : op->getResults())
        number(result);
    }
    return code;
  }

  llvm::DenseMap<Value, size_t> numbers;
};

} // namespace

llvm::hash_code hashOfProgram(prog::ProgramOp program) {
  llvm::hash_code code = llvm::hash_value(0);
  for (prog::FuncOp function : functionsByName(program))
    code = llvm::hash_combine(code, ProgramHash().function(function));
  return code;
}

llvm::hash_code hashOfKernel(Operation *op) {
  return KernelHash().operation(op);
}

} // namespace pto::equality
