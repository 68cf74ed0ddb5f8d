// `compare:` of a case: how an output is compared, and whether its type can be.
#pragma once

#include "golden/compare/Compare.h"
#include "harness/case/Reader.h"

namespace pto::harness {

bool isModeName(llvm::StringRef name);

golden::CompareMode defaultMode(golden::DType dtype);

/// A mode, before it is known which outputs it is for.
struct ModeChoice {
  golden::CompareMode mode;
  llvm::StringRef name;
  const YamlNode *node = nullptr;
};
std::optional<ModeChoice> readMode(Reader &reader, const YamlNode &node);

/// Reports a mode that cannot compare an output of this type.
bool checkMode(Reader &reader, const ModeChoice &choice, llvm::StringRef output, golden::DType dtype);

} // namespace pto::harness
