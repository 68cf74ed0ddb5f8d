// A case as it will run: one point of its matrix, every default filled in, every placeholder replaced.
#pragma once

#include "base/Check.h"
#include "base/Conventions.h"
#include "base/Diagnostic.h"
#include "golden/compare/Vacuity.h"
#include "golden/generate/Generator.h"
#include "reports/Result.h"
#include "llvm/ADT/STLFunctionalExtras.h"
#include "llvm/Support/Error.h"
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace pto::harness {

enum class Direction { In, Out, InOut };

/// Why a comparison that checks too little is right after all.
struct Allowance {
  std::string reason;
  Place place;
};

struct CaseArgument {
  std::string name;
  golden::DType dtype = golden::DType::F32;
  std::string dtypeText; ///< as written: "si16"
  bool isScalar = false;
  std::vector<int64_t> shape; ///< buffers
  Direction direction = Direction::In;
  golden::Generator init;      ///< In and InOut buffers
  double value = 0;            ///< scalars: as a float …
  int64_t integer = 0;         ///< … and as an integer, exact
  golden::CompareMode compare; ///< Out and InOut buffers
  /// What an output has to hold, where that is data and no golden computes it.
  std::optional<golden::Generator> expected;
  /// What their comparison may leave unchecked.
  std::map<golden::Vacuity, Allowance> allow;
  Place place;
};

/// "out: zero"
std::string nameOfAllowance(const CaseArgument &output, golden::Vacuity kind);

/// What a case says of a failure that is known.
struct ExpectedFailure {
  std::string reason;
  std::optional<reports::State> state; ///< nothing: see `accepts`
  std::string stage;                   ///< empty: any
  std::vector<Check> checks;           ///< what they find is expected
  Place place, stagePlace;

  /// Without a state, a failure of a kernel that still compiles and comes to its end. With one, what a check finds is
  /// another failure where that check is not named, and so is a failure without what the named ones find.
  bool accepts(const reports::Result &result) const;
  /// "fail-check of read-after-write at stage run"
  std::string describe() const;
};

class ScratchFolder;

/// A folder in a layout of the public suites: the host's sources say what the kernel is given, a script makes the
/// data, and another one judges what comes out.
struct HostFolder {
  std::vector<std::string> sources; ///< main.cpp, and launch.cpp if it is there
  std::string golden, compare;      ///< the scripts: golden.py or gen_data.py, and compare.py
  std::string cases;                ///< cases.py of a folder with many cases; empty: it is one
  /// The one of them that this is, by the name that `main` and compare.py are told; empty: they were not read.
  std::string caseName;
  std::shared_ptr<const ScratchFolder> copy; ///< that they share; null: a case makes its own

  /// What `main` and compare.py get as arguments.
  std::vector<std::string> told() const {
    return caseName.empty() ? std::vector<std::string>() : std::vector<std::string>{caseName};
  }
  /// Where its scripts keep what this output has to hold, by their layout's convention.
  std::string goldenOf(llvm::StringRef output) const;
};

struct Case {
  std::string name;     ///< "micro-op/vadd@dtype=f16,tail=13"
  std::string inFolder; ///< by its folder and all axes, where `name` says otherwise: "micro-op/binary@op=vadd,tail=13"
  /// "micro-op/binary"
  llvm::StringRef folderName() const { return llvm::StringRef(inFolder.empty() ? name : inFolder).split('@').first; }
  size_t points = 1;  ///< of the case file that this is one of
  std::string folder; ///< absolute
  std::string summary;
  std::vector<std::string> tags;

  std::string kernelFile;           ///< absolute path of the source
  std::string kernelText;           ///< placeholders replaced; lines are those of the file
  std::string entry;                ///< empty: the only function with a body
  std::string equals;               ///< programs: the hand-written program that the specialized one has to equal
  std::string strategy = "Default"; ///< programs: the list of passes …
  std::string platform;             ///< … and the machine; empty: the compiler's own choice
  Place entryPlace, equalsPlace;    ///< of `kernel:` where it does not say them

  /// A PyPTO program, not a kernel in MLIR.
  bool isProgram() const { return llvm::StringRef(kernelFile).ends_with(".py"); }

  /// Without a case.yaml: arguments, launches and goldens come from here, when the case is loaded.
  std::optional<HostFolder> host;

  std::vector<CaseArgument> args;
  std::string golden; ///< TorchScript, placeholders replaced
  Place goldenPlace;  ///< of the first character of the text

  uint32_t blocks = 1;
  uint64_t seed = 0;
  std::vector<Check> allowedChecks; ///< what they find is no failure
  Conventions conventions;
  std::optional<double> timeoutSeconds;
  std::optional<ExpectedFailure> xfail;
  std::optional<std::string> skip;
  Place place; ///< of the case file
};

/// What `discover` found: the runnable points, and everything that is wrong with the others.
struct CaseSet {
  std::vector<Case> cases; ///< sorted by name
  struct Broken {
    std::string name;
    std::vector<Diagnostic> errors;
  };
  std::vector<Broken> broken;
  /// Folders and files that look like a case and are none, such as a kernel without a case.yaml beside it.
  std::vector<Diagnostic> lookalikes;
};

/// The cases that a folder with a cases.py has.
using SplitFolder = llvm::function_ref<llvm::Expected<std::vector<Case>>(const Case &folder)>;

/// Reads every case.yaml below `root` whose name, up to '@', can match one of `globs` (empty: all). Folders are
/// visited in sorted order; what a symbolic link leads to is read once, under its own name if it has one. A root that
/// is no directory is an error of its own in `broken` with an empty name. Without `split`, a folder with a cases.py is
/// one case.
CaseSet discover(const std::string &root, const std::vector<std::string> &globs = {}, SplitFolder split = nullptr);

/// `*` matches within a path segment or a point, `**` across, `?` one character; a pattern without '@' matches
/// all points of the case; a pattern that is a folder's name matches all cases below it.
bool matches(llvm::StringRef glob, llvm::StringRef name);
/// The same of either name of a case.
inline bool matches(llvm::StringRef glob, const Case &spec) {
  return matches(glob, spec.name) || matches(glob, spec.inFolder);
}

} // namespace pto::harness
