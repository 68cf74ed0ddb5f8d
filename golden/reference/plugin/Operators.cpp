// The operators of the module `pto` in a golden: what LibTorch lacks to say what an instruction computes.
#include "golden/tensor/Convert.h"
#include "golden/tensor/FloatFormat.h"
#include "golden/tensor/Integer.h"
#include "golden/tensor/Rounding.h"
#include <ATen/ATen.h>
#include <algorithm>
#include <cmath>
#include <torch/library.h>

namespace pto::golden {
namespace {

// Only the range of a type that the operator can deal with is accepted; LibTorch adds the golden's line.
DType typeNamed(c10::string_view op, c10::string_view name) {
  std::optional<DType> type = parseDType(llvm::StringRef(name.data(), name.size()));
  TORCH_CHECK(type, "pto.", op, ": unknown type '", name,
              "'; types are f16, bf16, f32, f64, f8e4m3, f8e5m2, i8 … i64, u8 … u64");
  return *type;
}

DType floatNamed(c10::string_view op, c10::string_view name) {
  DType type = typeNamed(op, name);
  TORCH_CHECK(isFloat(type), "pto.", op, ": '", name, "' is an integer type, a float type is needed");
  return type;
}

DType integerNamed(c10::string_view op, c10::string_view name) {
  DType type = typeNamed(op, name);
  TORCH_CHECK(!isFloat(type), "pto.", op, ": '", name, "' is a float type, an integer type is needed");
  return type;
}

at::Tensor doubles(c10::string_view op, const at::Tensor &tensor) {
  TORCH_CHECK(tensor.scalar_type() == at::kDouble, "pto.", op, ": a float64 tensor is needed, not ",
              tensor.scalar_type(), "; convert with .double()");
  return tensor.contiguous();
}

at::Tensor integers(c10::string_view op, const at::Tensor &tensor) {
  TORCH_CHECK(at::isIntegralType(tensor.scalar_type(), /*includeBool=*/true), "pto.", op,
              ": an integer tensor is needed, not ", tensor.scalar_type(), "; convert with .long()");
  return tensor.to(at::kLong).contiguous();
}

template <typename Out, typename In, typename Callable>
at::Tensor map(const at::Tensor &input, at::ScalarType type, Callable &&compute) {
  at::Tensor output = at::empty(input.sizes(), type);
  const In *from = input.data_ptr<In>();
  Out *to = output.data_ptr<Out>();
  for (int64_t i = 0, count = input.numel(); i < count; ++i)
    to[i] = compute(from[i]);
  return output;
}

at::Tensor bits(const at::Tensor &value, c10::string_view name) {
  DType type = typeNamed("bits", name);
  if (!isFloat(type))
    return map<int64_t, int64_t>(integers("bits", value), at::kLong, [&](int64_t integer) {
      return wrapInteger(static_cast<uint64_t>(integer), byteSize(type), /*isUnsigned=*/true);
    });
  return map<int64_t, double>(doubles("bits", value), at::kLong,
                              [&](double number) { return static_cast<int64_t>(encode(type, number)); });
}

at::Tensor wrap(const at::Tensor &value, c10::string_view name) {
  DType type = integerNamed("wrap", name);
  return map<int64_t, int64_t>(integers("wrap", value), at::kLong, [&](int64_t integer) {
    return wrapInteger(static_cast<uint64_t>(integer), byteSize(type), isUnsigned(type));
  });
}

at::Tensor fromBits(const at::Tensor &pattern, c10::string_view name) {
  DType type = typeNamed("from_bits", name);
  if (!isFloat(type))
    return wrap(pattern, name);
  uint64_t mask = largestInteger(byteSize(type), /*isUnsigned=*/true);
  return map<double, int64_t>(integers("from_bits", pattern), at::kDouble,
                              [&](int64_t bits) { return decode(type, static_cast<uint64_t>(bits) & mask); });
}

Rounding roundingNamed(c10::string_view letter) {
  std::optional<Rounding> rounding = parseRounding(std::string_view(letter.data(), letter.size()));
  TORCH_CHECK(rounding, "pto.round: unknown rounding '", letter,
              "'; R is to nearest even, A nearest away from zero, F floor, C ceiling, Z towards zero, O to odd");
  return *rounding;
}

double roundNumber(double value, c10::string_view name, c10::string_view letter) {
  return roundTo(floatNamed("round", name), value, roundingNamed(letter));
}

at::Tensor round(const at::Tensor &value, c10::string_view name, c10::string_view letter) {
  DType type = floatNamed("round", name);
  Rounding rounding = roundingNamed(letter);
  return map<double, double>(doubles("round", value), at::kDouble,
                             [&](double number) { return roundTo(type, number, rounding); });
}

/// A value that is a subnormal of the type once it is rounded becomes the zero of its sign. The others stay as they
/// are, so that they are still rounded only once.
at::Tensor flush(const at::Tensor &value, c10::string_view name) {
  DType type = floatNamed("flush", name);
  double smallest = decode(type, formatOf(type).smallestNormal());
  return map<double, double>(doubles("flush", value), at::kDouble, [&](double number) {
    return std::abs(roundTo(type, number)) < smallest ? std::copysign(0.0, number) : number;
  });
}

/// The instruction set's saturation: NaN becomes 0, everything else the nearest end of the range.
double saturateToFloat(DType type, double value) {
  if (std::isnan(value))
    return 0;
  double largest = decode(type, formatOf(type).largestFinite());
  return roundTo(type, std::clamp(value, -largest, largest));
}

int64_t saturateToInteger(DType type, double value) {
  if (std::isnan(value))
    return 0;
  int64_t low = smallestInteger(byteSize(type), isUnsigned(type));
  uint64_t high = largestInteger(byteSize(type), isUnsigned(type));
  if (value <= static_cast<double>(low))
    return low;
  // 2^64 and 2^63 are not in the range but what the largest integers round to.
  if (value >= static_cast<double>(high))
    return static_cast<int64_t>(high);
  return static_cast<int64_t>(truncateToInteger(value));
}

int64_t saturateInteger(DType type, int64_t value) {
  int64_t low = smallestInteger(byteSize(type), isUnsigned(type));
  uint64_t high = largestInteger(byteSize(type), isUnsigned(type));
  if (value < low)
    return low;
  return static_cast<uint64_t>(value) > high && value > 0 ? static_cast<int64_t>(high) : value;
}

at::Tensor saturate(const at::Tensor &value, c10::string_view name) {
  DType type = typeNamed("saturate", name);
  if (isFloat(type))
    return map<double, double>(doubles("saturate", value), at::kDouble,
                               [&](double number) { return saturateToFloat(type, number); });
  if (value.is_floating_point())
    return map<int64_t, double>(doubles("saturate", value), at::kLong,
                                [&](double number) { return saturateToInteger(type, number); });
  return map<int64_t, int64_t>(integers("saturate", value), at::kLong,
                               [&](int64_t number) { return saturateInteger(type, number); });
}

at::Tensor fma(const at::Tensor &a, const at::Tensor &b, const at::Tensor &c, c10::string_view name) {
  DType type = floatNamed("fma", name);
  std::vector<at::Tensor> operands = at::broadcast_tensors({doubles("fma", a), doubles("fma", b), doubles("fma", c)});
  for (at::Tensor &operand : operands)
    operand = operand.contiguous();
  at::Tensor output = at::empty(operands[0].sizes(), at::kDouble);
  const double *x = operands[0].data_ptr<double>(), *y = operands[1].data_ptr<double>(),
               *z = operands[2].data_ptr<double>();
  double *to = output.data_ptr<double>();
  for (int64_t i = 0, count = output.numel(); i < count; ++i) {
    for (double operand : {x[i], y[i], z[i]})
      TORCH_CHECK(std::isnan(operand) || roundTo(type, operand) == operand, "pto.fma: the operand ", operand,
                  " at element ", i, " is not a value of ", name, "; round it first with pto.round");
    to[i] = fusedMultiplyAdd(type, x[i], y[i], z[i]);
  }
  return output;
}

at::Tensor number(double value) {
  return at::scalar_tensor(value, at::kDouble);
}

// A u64 travels as its int64 pattern, for which LibTorch's signed arithmetic is wrong.
template <typename Callable>
at::Tensor unsignedOp(c10::string_view op, const at::Tensor &a, const at::Tensor &b, Callable &&compute,
                      at::ScalarType type = at::kLong) {
  std::vector<at::Tensor> operands = at::broadcast_tensors({integers(op, a), integers(op, b)});
  at::Tensor left = operands[0].contiguous(), right = operands[1].contiguous();
  at::Tensor output = at::empty(left.sizes(), at::kLong);
  for (int64_t i = 0, count = output.numel(); i < count; ++i)
    output.data_ptr<int64_t>()[i] = static_cast<int64_t>(compute(static_cast<uint64_t>(left.data_ptr<int64_t>()[i]),
                                                                 static_cast<uint64_t>(right.data_ptr<int64_t>()[i])));
  return output.to(type);
}

at::Tensor udiv(const at::Tensor &a, const at::Tensor &b) {
  return unsignedOp("udiv", a, b, [](uint64_t x, uint64_t y) {
    TORCH_CHECK(y, "pto.udiv: division by zero");
    return x / y;
  });
}
at::Tensor urem(const at::Tensor &a, const at::Tensor &b) {
  return unsignedOp("urem", a, b, [](uint64_t x, uint64_t y) {
    TORCH_CHECK(y, "pto.urem: division by zero");
    return x % y;
  });
}
at::Tensor umin(const at::Tensor &a, const at::Tensor &b) {
  return unsignedOp("umin", a, b, [](uint64_t x, uint64_t y) { return std::min(x, y); });
}
at::Tensor umax(const at::Tensor &a, const at::Tensor &b) {
  return unsignedOp("umax", a, b, [](uint64_t x, uint64_t y) { return std::max(x, y); });
}
at::Tensor ult(const at::Tensor &a, const at::Tensor &b) {
  return unsignedOp(
      "ult", a, b, [](uint64_t x, uint64_t y) { return uint64_t(x < y); }, at::kBool);
}
at::Tensor ushr(const at::Tensor &a, const at::Tensor &b) {
  return unsignedOp("ushr", a, b, [](uint64_t x, uint64_t y) { return y < 64 ? x >> y : 0; });
}

template <at::Tensor (*Op)(const at::Tensor &, const at::Tensor &)>
at::Tensor withNumber(const at::Tensor &a, int64_t b) {
  return Op(a, at::scalar_tensor(b, at::kLong));
}

TORCH_LIBRARY(pto, library) {
  library.def("bits(Tensor x, str type) -> Tensor", &bits);
  library.def("from_bits(Tensor x, str type) -> Tensor", &fromBits);
  library.def("round(Tensor x, str type, str mode='R') -> Tensor", &round);
  library.def("round.Scalar(float x, str type, str mode='R') -> float", &roundNumber);
  library.def("flush(Tensor x, str type) -> Tensor", &flush);
  library.def("wrap(Tensor x, str type) -> Tensor", &wrap);
  library.def("saturate(Tensor x, str type) -> Tensor", &saturate);
  library.def("fma(Tensor a, Tensor b, Tensor c, str type) -> Tensor", &fma);
  library.def("fma.ScalarA(float a, Tensor b, Tensor c, str type) -> Tensor",
              [](double a, const at::Tensor &b, const at::Tensor &c, c10::string_view type) {
                return fma(number(a), b, c, type);
              });
  library.def("fma.ScalarB(Tensor a, float b, Tensor c, str type) -> Tensor",
              [](const at::Tensor &a, double b, const at::Tensor &c, c10::string_view type) {
                return fma(a, number(b), c, type);
              });
  library.def("fma.ScalarC(Tensor a, Tensor b, float c, str type) -> Tensor",
              [](const at::Tensor &a, const at::Tensor &b, double c, c10::string_view type) {
                return fma(a, b, number(c), type);
              });
  library.def("udiv(Tensor a, Tensor b) -> Tensor", &udiv);
  library.def("udiv.Scalar(Tensor a, int b) -> Tensor", &withNumber<udiv>);
  library.def("urem(Tensor a, Tensor b) -> Tensor", &urem);
  library.def("urem.Scalar(Tensor a, int b) -> Tensor", &withNumber<urem>);
  library.def("umin(Tensor a, Tensor b) -> Tensor", &umin);
  library.def("umin.Scalar(Tensor a, int b) -> Tensor", &withNumber<umin>);
  library.def("umax(Tensor a, Tensor b) -> Tensor", &umax);
  library.def("umax.Scalar(Tensor a, int b) -> Tensor", &withNumber<umax>);
  library.def("ult(Tensor a, Tensor b) -> Tensor", &ult);
  library.def("ult.Scalar(Tensor a, int b) -> Tensor", &withNumber<ult>);
  library.def("ushr(Tensor a, Tensor b) -> Tensor", &ushr);
  library.def("ushr.Scalar(Tensor a, int b) -> Tensor", &withNumber<ushr>);
}

} // namespace
} // namespace pto::golden
