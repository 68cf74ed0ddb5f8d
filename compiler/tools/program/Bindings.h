// What --bind says: values of the parameters of functions that build programs.
#pragma once

#include "compiler/frontend/program/ModuleScope.h"

namespace CLI {
class App;
}

namespace pto {

struct Bindings {
  void addTo(CLI::App &command);
  /// Nothing for one that cannot be read, which has been said then.
  std::optional<frontend::FactoryArguments> read() const;

private:
  std::vector<std::string> words;
};

} // namespace pto
