// What --bind says: `build.rows=16`.
#include "compiler/tools/program/Bindings.h"
#include "llvm/Support/raw_ostream.h"
#include <CLI/CLI.hpp>

namespace pto {

void Bindings::addTo(CLI::App &command) {
  command
      .add_option("--bind", words,
                  "a parameter of a function that builds programs: an int, a float, a dtype; "
                  "repeatable")
      ->type_name("FUNCTION.PARAMETER=VALUE")
      ->allow_extra_args(false);
}

std::optional<frontend::FactoryArguments> Bindings::read() const {
  frontend::FactoryArguments arguments;
  for (llvm::StringRef word : words) {
    auto [name, text] = word.split('=');
    auto [function, parameter] = name.rsplit('.');
    int64_t integer;
    double real;
    if (function.empty() || parameter.empty() || text.empty()) {
      llvm::errs() << "error: expected --bind FUNCTION.PARAMETER=VALUE, found " << word << '\n';
      return std::nullopt;
    }
    arguments[function][parameter] = !text.getAsInteger(10, integer)     ? frontend::Value::ofInteger(integer)
                                     : !text.getAsDouble(real)           ? frontend::Value::ofFloat(real)
                                     : text == "True" || text == "False" ? frontend::Value::boolean(text == "True")
                                                                         : frontend::Value::path("pl." + text.str());
  }
  return arguments;
}

} // namespace pto
