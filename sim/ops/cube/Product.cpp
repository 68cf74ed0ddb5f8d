// mad and its like.
#include "sim/ops/cube/Product.h"
#include "sim/memory/Port.h"
#include "sim/ops/Declarations.h"
#include "sim/ops/OpTable.h"
#include "sim/ops/cube/Extents.h"
#include "llvm/Support/MathExtras.h"
#include <cmath>
#include <limits>

namespace pto::sim {

namespace {

constexpr int64_t leftAlignment = 512, resultAlignment = 1024, biasAlignment = 64, scaleAlignment = 32;
/// Scales lie at a sixteenth of the address of what they scale.
constexpr uint64_t scaleShare = 16;
constexpr size_t scaledColumns = 64; ///< that a fractal of scales is for

MatrixProduct::Factor factorOf(FactorType type, size_t blocks) {
  return {.bytes = nullptr, .type = type, .blocks = blocks};
}

size_t bytesOf(const MatrixProduct::Factor &factor, size_t k) {
  if (factor.blocks == 0)
    return llvm::divideCeil(k * bitsOf(factor.type), 8);
  return llvm::divideCeil(k, fractalColumns(factor.type)) * factor.blocks * fractalBytes;
}

// destination[m, n] = start + sum over k of lhs[m, k] * rhs[k, n], for whole fractals: what lies beyond m and n is
// computed from what lies there in L0A and L0B.
struct Multiply {
  template <class P>
  static const Instruction *run(Core &core, const Instruction &at) {
    const ProductOperands &operands = *at.carried<const ProductOperands *>();
    Extents extents(core, at);
    size_t m = extents.read("m", operands.m, 4095), n = extents.read("n", operands.n, 4095),
           k = extents.read("k", operands.k, 4095);
    if (!extents.valid)
      return nullptr;
    if (m == 0 || n == 0 || k == 0)
      return &at + 1;
    if (operands.isScaled && k % scaledColumns != 0)
      return core.fault(at, Fault::Kind::Illegal,
                        "has k = " + llvm::Twine(k) + "; products with scales take a multiple of 64");
    MatrixProduct product{};
    product.lhs = factorOf(operands.lhsType, m == 1 && operands.takesRow ? 0 : llvm::divideCeil(m, fractalRows));
    product.rhs = factorOf(operands.rhsType, llvm::divideCeil(n, fractalRows));
    product.k = k;
    product.rounding = operands.rounding;
    product.saturatesInputs = operands.saturates.value_or(core.control.saturatesFloats());
    if (!core.charge(at, int64_t(1 + product.lhsRows() * product.rhsRows() * k / 4096)))
      return nullptr;

    Port<P> port(core, at);
    uint64_t destination = core.scalar(operands.destination);
    size_t count = product.lhsRows() * product.rhsRows();
    if (!readFactor(port, product.lhs, MemorySpace::L0a, core.scalar(operands.lhs), k, operands.isScaled) ||
        !readFactor(port, product.rhs, MemorySpace::L0b, core.scalar(operands.rhs), k, operands.isScaled) ||
        !checkUnitFlags(core, at, operands.unitFlag, destination, count * 4))
      return nullptr;
    const uint8_t *bias = nullptr;
    if (operands.bias && !(bias = port.read({.space = MemorySpace::Bt,
                                             .base = core.scalar(*operands.bias),
                                             .bytes = int64_t(n * 4),
                                             .alignment = biasAlignment})))
      return nullptr;
    Range range{
        .space = MemorySpace::L0c, .base = destination, .bytes = int64_t(count * 4), .alignment = resultAlignment};
    product.result = operands.accumulates ? port.update(range) : port.write(range);
    if (!product.result)
      return nullptr;
    start(product, operands, bias, n);
    static thread_local std::vector<uint32_t> scratch;
    scratch.resize(std::max(scratch.size(), product.scratchWords()));
    product.scratch = scratch.data();
    operands.multiply(product);
    if (operands.lhsType != FactorType::S8)
      finishProduct(product.result, count, product.saturatesInputs);
    changeUnitFlags(core, at, operands.unitFlag, destination, count * 4);
    return &at + 1;
  }

private:
  template <class P>
  static bool readFactor(Port<P> &port, MatrixProduct::Factor &factor, MemorySpace space, uint64_t address, size_t k,
                         bool isScaled) {
    factor.bytes = port.read({.space = space,
                              .base = address,
                              .bytes = int64_t(bytesOf(factor, k)),
                              .alignment = leftAlignment,
                              .isTail = true});
    if (!factor.bytes || !isScaled)
      return factor.bytes;
    factor.scales = port.read({.space = space == MemorySpace::L0a ? MemorySpace::L0aScale : MemorySpace::L0bScale,
                               .base = address / scaleShare,
                               .bytes = int64_t(std::max<size_t>(factor.blocks, 1) * (k / scaledColumns) * 32),
                               .alignment = scaleAlignment,
                               .isTail = true});
    return factor.scales;
  }

  // What the sums start from.
  static void start(const MatrixProduct &product, const ProductOperands &operands, const uint8_t *bias, size_t n) {
    size_t rows = product.lhsRows(), rowBytes = fractalRows * 4;
    if (!operands.accumulates)
      std::memset(product.result, 0, rows * product.rhsRows() * 4);
    for (size_t column = 0; bias && column < product.rhs.blocks; ++column)
      for (size_t row = 0; row < rows; ++row)
        std::memcpy(product.result + (column * rows + row) * rowBytes, bias + column * rowBytes,
                    std::min(rowBytes, n * 4 - column * rowBytes));
  }
};

constexpr Code product = Code::accessing<Multiply>(Pipe::M);

} // namespace

void finishProduct(uint8_t *result, size_t count, bool saturates) {
  constexpr float largest = std::numeric_limits<float>::max();
  for (size_t i = 0; i < count; ++i) {
    float value;
    std::memcpy(&value, result + i * sizeof(float), sizeof(float));
    if (value != value)
      value = std::bit_cast<float>(0x7fc00000);
    else if (saturates && std::isinf(value))
      value = std::copysign(largest, value);
    else
      continue;
    std::memcpy(result + i * sizeof(float), &value, sizeof(float));
  }
}

std::optional<UnitsOfL0c> unitsOfProduct(const Core &core, const Instruction &at) {
  if (at.code.by[0] != product.by[0])
    return std::nullopt;
  const ProductOperands &operands = *at.carried<const ProductOperands *>();
  size_t blocks =
      llvm::divideCeil(core.scalar(operands.m), fractalRows) * llvm::divideCeil(core.scalar(operands.n), fractalRows);
  return UnitsOfL0c{operands.unitFlag, core.scalar(operands.destination), blocks * fractalRows * fractalRows * 4};
}

void declareProducts(OpTable &table) {
  for (llvm::StringRef op :
       {"pto.mad", "pto.mad_acc", "pto.mad_bias", "pto.mad_mx", "pto.mad_mx_acc", "pto.mad_mx_bias"})
    table.add(op, product);
}

} // namespace pto::sim
