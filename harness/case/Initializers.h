// `init:` of an argument: which generator makes its data, and whether it can.
#pragma once

#include "golden/generate/Generator.h"
#include "harness/case/Reader.h"

namespace pto::harness {

/// The buffer that is to be filled.
struct InitTarget {
  golden::DType dtype;
  const std::vector<int64_t> &shape;
  const std::string &folder; ///< that paths are relative to
};

golden::Generator defaultInit(golden::DType dtype);
std::optional<golden::Generator> readInit(Reader &reader, const YamlNode &node, const InitTarget &target);

} // namespace pto::harness
