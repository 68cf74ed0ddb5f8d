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

/// Whether a file gets what the kernel leaves in it.
static bool isOutput(const HostProgram &program, size_t buffer) {
  return llvm::any_of(program.outputs, [&](const HostOutput &output) { return output.buffer == buffer; });
}

namespace {

/// One argument of the launch, made into one of the case.
class Declaration {
public:
  Declaration(Run &run, const HostLaunch &launch) : run(run), launch(launch), program(run.host->program) {}

  bool add(const HostArgument &given, mlir::Type type) {
    CaseArgument argument;
    argument.name = given.name;
    argument.place = placeAt(launch.file, launch.place);
    std::optional<std::string> dtype = hostType(type);
    if (!dtype)
      return fail("the argument '" + given.name + "' of the kernel has a type that no host's data has");
    argument.dtypeText = *dtype;
    argument.dtype = *golden::parseDType(*dtype);
    bool filled =
        given.kind == HostArgument::Kind::Buffer ? addBuffer(argument, given) : addScalar(argument, given, type);
    if (filled)
      run.own->args.push_back(std::move(argument));
    return filled;
  }

private:
  bool fail(std::string message) {
    return run.fail(State::InfraError, Blame::Case, std::move(message),
                    hostLocation(run, placeAt(launch.file, launch.place)));
  }

  bool addScalar(CaseArgument &argument, const HostArgument &given, mlir::Type type) {
    argument.isScalar = true;
    argument.value = given.real;
    argument.integer = given.integer;
    unsigned width = type.isIntOrFloat() ? (type.getIntOrFloatBitWidth() + 7) / 8 : 8;
    return width == given.bytes || mlir::isa<ir::PtrType>(type) ||
           fail("the host passes " + std::to_string(given.bytes) + " bytes as '" + given.name +
                "', and the kernel takes " + std::to_string(width));
  }

  bool addBuffer(CaseArgument &argument, const HostArgument &given) {
    HostBuffer &buffer = program.buffers[given.buffer];
    unsigned width = golden::byteSize(argument.dtype);
    if (buffer.bytes.empty() || buffer.bytes.size() % width)
      return fail("'" + buffer.name + "' has " + std::to_string(buffer.bytes.size()) +
                  " bytes, which are no whole number of " + argument.dtypeText);
    for (const CaseArgument &other : run.spec.args)
      if (const auto *bytes = std::get_if<golden::Bytes>(&other.init); bytes && bytes->bytes == shared[given.buffer])
        return fail("the host passes '" + buffer.name + "' twice, as '" + other.name + "' and as '" + given.name + "'");
    argument.shape = {static_cast<int64_t>(buffer.bytes.size() / width)};
    bool comesOut = isOutput(program, given.buffer);
    argument.direction = !comesOut ? Direction::In : buffer.isFilled ? Direction::InOut : Direction::Out;
    shared[given.buffer] = std::make_shared<const std::vector<uint8_t>>(buffer.bytes);
    argument.init = golden::Bytes{shared[given.buffer]};
    return true;
  }

  Run &run;
  const HostLaunch &launch;
  HostProgram &program;
  std::map<size_t, std::shared_ptr<const std::vector<uint8_t>>> shared;
};

} // namespace

bool pto::harness::declareArguments(Run &run) {
  const HostLaunch &launch = run.host->program.launches.front();
  llvm::ArrayRef<mlir::Type> types = run.entry.getArgumentTypes();
  if (types.size() != launch.arguments.size())
    return run.fail(State::InfraError, Blame::Case,
                    "the host launches '" + launch.kernel + "' with " + std::to_string(launch.arguments.size()) +
                        " arguments, and the kernel takes " + std::to_string(types.size()),
                    hostLocation(run, placeAt(launch.file, launch.place)));
  Declaration declaration(run, launch);
  for (auto [given, type] : llvm::zip(launch.arguments, types))
    if (!declaration.add(given, type))
      return false;
  return true;
}

std::optional<ScriptResult> pto::harness::runScript(Run &run, const std::string &script) {
  using namespace std::chrono;
  double limit = run.spec.timeoutSeconds.value_or(run.workshop.settings.timeoutSeconds);
  auto left = duration<double>(limit) - (steady_clock::now() - run.started);
  // A little less than the watch over the worker takes, so that the script is named.
  llvm::Expected<ScriptResult> result =
      run.workshop.python.run(run.host->folder.path() + "/" + run.spec.name + "/" + script,
                              run.host->folder.path() + "/" + run.spec.name, duration_cast<milliseconds>(left * 0.9));
  if (result)
    return std::move(*result);
  run.fail(State::InfraError, Blame::Case, llvm::toString(result.takeError()),
           caseLocation(Place{run.spec.folder + "/" + script}));
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
