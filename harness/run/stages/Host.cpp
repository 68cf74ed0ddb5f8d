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

static double valueOf(llvm::APFloat number) {
  bool loses = false;
  number.convert(llvm::APFloat::IEEEdouble(), llvm::APFloat::rmNearestTiesToEven, &loses);
  return number.convertToDouble();
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
    // Those that the kernel does not use may be missing at the end.
    auto missing = entry->getArguments().drop_front(std::min(launch.arguments.size(), types.size()));
    std::string counts = "the host launches '" + launch.kernel + "' with " + std::to_string(launch.arguments.size()) +
                         " arguments, and the kernel takes " + std::to_string(types.size());
    if (launch.arguments.size() > types.size() ||
        !llvm::all_of(missing, [](mlir::BlockArgument each) { return each.use_empty(); }))
      return fail(std::move(counts));
    if (!missing.empty())
      run.result.notes.push_back(counts + ", of which it does not use the last");
    KernelLaunch made{*entry, {}, launch.blocks};
    for (auto [given, type] : llvm::zip(launch.arguments, types)) {
      std::optional<size_t> number = numberOf(given, type);
      if (!number)
        return false;
      if (llvm::is_contained(made.arguments, *number))
        return fail("the host passes '" + run.spec.args[*number].name + "' twice to '" + launch.kernel + "'");
      made.arguments.push_back(*number);
    }
    for (mlir::BlockArgument each : missing) {
      std::optional<size_t> number = fillMissing(each);
      if (!number)
        return false;
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
    std::optional<CaseArgument> argument = declare(given.name, type);
    if (!argument || !(isBuffer ? fillBuffer(*argument, given) : fillScalar(*argument, given, type)))
      return std::nullopt;
    if (isBuffer)
      run.host->arguments[given.buffer] = run.spec.args.size();
    return add(std::move(*argument));
  }

  /// Of one that the host does not pass.
  std::optional<size_t> fillMissing(mlir::BlockArgument given) {
    std::optional<CaseArgument> argument = declare("argument " + std::to_string(given.getArgNumber()), given.getType());
    if (!argument)
      return std::nullopt;
    argument->isScalar = !mlir::isa<ir::PtrType>(given.getType());
    argument->shape = {1};
    argument->direction = Direction::Out;
    return add(std::move(*argument));
  }

  size_t add(CaseArgument argument) {
    run.own->args.push_back(std::move(argument));
    return run.spec.args.size() - 1;
  }

  /// With the name and type alone.
  std::optional<CaseArgument> declare(std::string name, mlir::Type type) {
    CaseArgument argument;
    argument.name = name;
    argument.place = place;
    for (const CaseArgument &other : run.spec.args)
      if (other.name == name)
        argument.name = name + "#" + std::to_string(run.spec.args.size());
    std::optional<std::string> dtype = hostType(type);
    if (!dtype) {
      fail("the argument '" + name + "' of the kernel has a type that no host's data has");
      return std::nullopt;
    }
    argument.dtypeText = *dtype;
    argument.dtype = *golden::parseDType(*dtype);
    return argument;
  }

  bool fillScalar(CaseArgument &argument, const HostArgument &given, mlir::Type type) {
    argument.isScalar = true;
    argument.value = given.real;
    argument.integer = given.integer;
    unsigned width = type.isIntOrFloat() ? (type.getIntOrFloatBitWidth() + 7) / 8 : 8;
    auto real = mlir::dyn_cast<mlir::FloatType>(type);
    bool isInteger = given.kind == HostArgument::Kind::Integer;
    // A host has no type for some floats: it passes their bits.
    if (real && isInteger && width == given.bytes)
      argument.value = valueOf(
          llvm::APFloat(real.getFloatSemantics(), llvm::APInt(real.getWidth(), static_cast<uint64_t>(given.integer))));
    if (!isInteger && type.isSignlessInteger(32) && given.bytes == 4)
      argument.integer = llvm::bit_cast<int32_t>(static_cast<float>(given.real));
    std::string sizes = "the host passes " + std::to_string(given.bytes) + " bytes as '" + given.name +
                        "', and the kernel takes " + std::to_string(width);
    if (isInteger && given.bytes < width && mlir::isa<mlir::IntegerType>(type)) {
      run.result.notes.push_back(sizes + ": it gets the number " + std::to_string(given.integer));
      return true;
    }
    return width == given.bytes || mlir::isa<ir::PtrType>(type) || fail(std::move(sizes));
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
