#include "harness/run/Settings.h"
#include <cstdlib>

std::string pto::harness::defaultCacheDirectory() {
  for (auto [variable, folder] : {std::pair("XDG_CACHE_HOME", "/pto-roundtrip"), {"HOME", "/.cache/pto-roundtrip"}})
    if (const char *value = std::getenv(variable); value && *value)
      return std::string(value) + folder;
  return "";
}
