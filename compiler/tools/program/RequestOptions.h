// The options that say which program is meant, and for which arguments and machine.
#pragma once

#include "compiler/specialize/Request.h"

namespace CLI {
class App;
}

namespace pto {

struct RequestOptions {
  void addTo(CLI::App &command);
  /// Nothing for an argument that cannot be read, which has been said then.
  std::optional<specialize::Request> read() const;

private:
  specialize::Request request;
  std::vector<std::string> arguments;
};

} // namespace pto
