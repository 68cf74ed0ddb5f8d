// From a launch of the host to arguments of a case, and the scripts' runs.
#include "harness/run/stages/Host.h"
#include "compiler/dialect/Types.h"
#include "compiler/frontend/Abi.h"
#include "harness/run/Display.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/Path.h"

using namespace pto;
using namespace pto::harness;
using reports::Blame;
using reports::State;

reports::Location pto::harness::hostLocation(const Run &run, Place place) {
  return place.file.empty() ? caseLocation(run.spec.place) : caseLocation(std::move(place));
}

/// The name of the type that the host's tensors have for it.
static std::optional<std::string> hostType(mlir::Type type) {
  for (std::string &text : frontend::hostTypesOf(type))
    if (golden::parseDType(text))
      return std::move(text);
  return std::nullopt;
}

namespace {

/// Makes arguments of the case of those that the host passes. A buffer is one argument, in however many launches.
class Declaration {
public:
  explicit Declaration(Run &run) : run(run), program(run.host->program) {}

  bool add(const HostLaunch &launch) {
    place = placeAt(launch.file, launch.place);
    std::optional<mlir::func::FuncOp> entry = findEntry(run, launch.kernel, place);
    if (!entry)
      return false;
    llvm::ArrayRef<mlir::Type> types = entry->getArgumentTypes();
    if (types.size() != launch.arguments.size())
      return fail("the host launches '" + launch.kernel + "' with " + std::to_string(launch.arguments.size()) +
                  " arguments, and the kernel takes " + std::to_string(types.size()));
    KernelLaunch made{*entry, {}, launch.blocks};
    for (auto [given, type] : llvm::zip(launch.arguments, types)) {
      std::optional<size_t> number = numberOf(given, type);
      if (!number)
        return false;
      if (llvm::is_contained(made.arguments, *number))
        return fail("the host passes '" + run.spec.args[*number].name + "' twice to '" + launch.kernel + "'");
      made.arguments.push_back(*number);
    }
    run.launches.push_back(std::move(made));
    return true;
  }

private:
  bool fail(std::string message) {
    return run.fail(State::InfraError, Blame::Case, std::move(message), hostLocation(run, place));
  }

  /// Of the argument that it becomes, or already is.
  std::optional<size_t> numberOf(const HostArgument &given, mlir::Type type) {
    bool isBuffer = given.kind == HostArgument::Kind::Buffer;
    if (auto known = isBuffer ? run.host->arguments.find(given.buffer) : run.host->arguments.end();
        known != run.host->arguments.end())
      return known->second;
    CaseArgument argument;
    argument.name = given.name;
    argument.place = place;
    for (const CaseArgument &other : run.spec.args)
      if (other.name == given.name)
        argument.name = given.name + "#" + std::to_string(run.spec.args.size());
    std::optional<std::string> dtype = hostType(type);
    if (!dtype) {
      fail("the argument '" + given.name + "' of the kernel has a type that no host's data has");
      return std::nullopt;
    }
    argument.dtypeText = *dtype;
    argument.dtype = *golden::parseDType(*dtype);
    if (!(isBuffer ? fillBuffer(argument, given) : fillScalar(argument, given, type)))
      return std::nullopt;
    size_t number = run.spec.args.size();
    if (isBuffer)
      run.host->arguments[given.buffer] = number;
    run.own->args.push_back(std::move(argument));
    return number;
  }

  bool fillScalar(CaseArgument &argument, const HostArgument &given, mlir::Type type) {
    argument.isScalar = true;
    argument.value = given.real;
    argument.integer = given.integer;
    unsigned width = type.isIntOrFloat() ? (type.getIntOrFloatBitWidth() + 7) / 8 : 8;
    return width == given.bytes || mlir::isa<ir::PtrType>(type) ||
           fail("the host passes " + std::to_string(given.bytes) + " bytes as '" + given.name +
                "', and the kernel takes " + std::to_string(width));
  }

  bool fillBuffer(CaseArgument &argument, const HostArgument &given) {
    const HostBuffer &buffer = program.buffers[given.buffer];
    unsigned width = golden::byteSize(argument.dtype);
    if (buffer.bytes.empty() || buffer.bytes.size() % width)
      return fail("'" + buffer.name + "' has " + std::to_string(buffer.bytes.size()) +
                  " bytes, which are no whole number of " + argument.dtypeText);
    argument.shape = {static_cast<int64_t>(buffer.bytes.size() / width)};
    // A kernel may write to any of them: which ones the host reads back is its own affair.
    argument.direction = buffer.isFilled ? Direction::InOut : Direction::Out;
    argument.init = golden::Bytes{std::make_shared<const std::vector<uint8_t>>(buffer.bytes)};
    return true;
  }

  Run &run;
  const HostProgram &program;
  Place place; ///< of the launch
};

} // namespace

bool pto::harness::launchAsHost(Run &run) {
  run.own->blocks = run.host->program.launches.front().blocks;
  Declaration declaration(run);
  return llvm::all_of(run.host->program.launches, [&](const HostLaunch &launch) { return declaration.add(launch); });
}

std::optional<ScriptResult> pto::harness::runScript(Run &run, llvm::StringRef script,
                                                    std::vector<std::string> arguments) {
  using namespace std::chrono;
  double limit = run.spec.timeoutSeconds.value_or(run.workshop.settings.timeoutSeconds);
  auto left = duration<double>(limit) - (steady_clock::now() - run.started);
  // A little less than the watch over the worker takes, so that the script is named.
  llvm::Expected<ScriptResult> result = run.workshop.python.run(
      scriptIn(*run.host->copy, run.spec, script, std::move(arguments)), duration_cast<milliseconds>(left * 0.9));
  if (result)
    return std::move(*result);
  run.fail(State::InfraError, Blame::Case, llvm::toString(result.takeError()),
           caseLocation(Place{run.spec.folder + "/" + script.str()}));
  return std::nullopt;
}

void pto::harness::tellWhatWasPrinted(Run &run, const ScriptResult &script) {
  constexpr size_t mostTold = 20;
  llvm::SmallVector<llvm::StringRef> lines;
  llvm::StringRef(script.printed).rtrim().split(lines, '\n');
  for (llvm::StringRef line : llvm::ArrayRef(lines).take_back(mostTold))
    if (!line.empty())
      run.result.details.push_back(line.str());
}
