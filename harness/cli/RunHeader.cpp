// Filling in a run's header.
#include "harness/cli/RunHeader.h"
#include "harness/cli/Checkout.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/Support/FileSystem.h"
#include <climits>
#include <unistd.h>

using namespace pto;
using namespace pto::harness;

static std::string absolute(llvm::StringRef path) {
  llvm::SmallString<256> result(path);
  llvm::sys::fs::make_absolute(result);
  return result.str().str();
}

static std::string hostName() {
  char name[HOST_NAME_MAX + 1] = {};
  return gethostname(name, sizeof name - 1) == 0 ? name : "";
}

reports::RunHeader pto::harness::headerOf(const Options &options, size_t cases) {
  const Settings &settings = options.settings;
  reports::RunHeader header;
  header.version = PTO_VERSION;
  header.commit = commitOf(llvm::sys::fs::getMainExecutable(nullptr, reinterpret_cast<void *>(&headerOf)));
  header.casesRoot = absolute(options.casesRoot);
  header.casesCommit = commitOf(header.casesRoot);
  header.host = hostName();
  header.started = reports::formatTime(std::chrono::system_clock::now());
  header.command = options.command;
  header.cases = cases;
  header.options = llvm::json::Object{{"target", settings.target},
                                      {"seed", settings.seed},
                                      {"timeout", settings.timeoutSeconds},
                                      {"budget", settings.instructionBudget},
                                      {"memory", settings.memoryLimit},
                                      {"werror", settings.warningsAreErrors},
                                      {"check", settings.checked},
                                      {"order", settings.order.text()},
                                      {"allow", settings.allowedChecks},
                                      {"conventions", settings.conventions.texts()},
                                      {"gm-slack", settings.slack},
                                      {"allow-python", settings.allowPython},
                                      {"jobs", static_cast<int64_t>(options.jobs)}};
  return header;
}
