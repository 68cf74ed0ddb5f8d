// Text in JSON is UTF-8; a message that quotes a broken file may not be.
#pragma once

#include "llvm/Support/JSON.h"

namespace pto::reports {

inline llvm::json::Value jsonText(llvm::StringRef text) {
  return llvm::json::isUTF8(text) ? llvm::json::Value(text.str()) : llvm::json::Value(llvm::json::fixUTF8(text));
}

inline llvm::json::Array jsonTexts(llvm::ArrayRef<std::string> list) {
  llvm::json::Array array;
  for (const std::string &text : list)
    array.push_back(jsonText(text));
  return array;
}

} // namespace pto::reports
