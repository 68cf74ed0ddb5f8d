// LLVM's APFloat as the judge of our conversions.
#pragma once

#include "golden/tensor/DType.h"
#include "llvm/ADT/APFloat.h"

namespace pto::golden {

inline const llvm::fltSemantics &semanticsOf(DType type) {
  switch (type) {
  case DType::F16:
    return llvm::APFloat::IEEEhalf();
  case DType::BF16:
    return llvm::APFloat::BFloat();
  case DType::F32:
    return llvm::APFloat::IEEEsingle();
  case DType::F8E4M3:
    return llvm::APFloat::Float8E4M3FN();
  case DType::F8E5M2:
    return llvm::APFloat::Float8E5M2();
  default:
    return llvm::APFloat::IEEEdouble();
  }
}

inline double oracleDecode(DType type, uint64_t bits) {
  llvm::APFloat value(semanticsOf(type), llvm::APInt(byteSize(type) * 8, bits));
  bool inexact;
  value.convert(llvm::APFloat::IEEEdouble(), llvm::APFloat::rmNearestTiesToEven, &inexact);
  return value.convertToDouble();
}

inline llvm::APFloat oracleValue(DType type, double value,
                                 llvm::RoundingMode mode = llvm::APFloat::rmNearestTiesToEven) {
  llvm::APFloat rounded(value);
  bool inexact;
  rounded.convert(semanticsOf(type), mode, &inexact);
  return rounded;
}

inline uint64_t oracleEncode(DType type, double value, llvm::RoundingMode mode = llvm::APFloat::rmNearestTiesToEven) {
  return oracleValue(type, value, mode).bitcastToAPInt().getZExtValue();
}

} // namespace pto::golden
