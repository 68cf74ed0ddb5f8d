// The memory a kernel's arguments live in: each buffer between two guard zones, outputs poisoned before the run.
#pragma once

#include "golden/tensor/Tensor.h"
#include "harness/case/Case.h"
#include "harness/target/Target.h"
#include <optional>
#include <string>
#include <vector>

namespace pto::harness {

class ArgumentMemory {
public:
  /// Two poisons that differ in every byte tell a value that was written from one that was not.
  enum class Poison { First, Second };

  /// Lays out all arguments; `initial` has a tensor for every In and InOut buffer.
  void layOut(const std::vector<CaseArgument> &args, const std::vector<golden::Tensor> &initial, Poison poison);

  bool isLaidOut() const { return !slots.empty(); }

  std::vector<LaunchArgument> launchArguments();

  /// The buffer's content as a tensor.
  golden::Tensor read(size_t argument) const;

  /// The bytes before or after a buffer that were written to, said in a sentence.
  std::optional<std::string> findGuardDamage() const;
  /// An In argument whose bytes changed, said in a sentence.
  std::optional<std::string> findChangedInput(const std::vector<golden::Tensor> &initial) const;
  /// The elements of a poisoned output that still hold the poison.
  std::vector<int64_t> findUnwritten(size_t argument) const;
  /// An element that the same kernel left different here than in `other`, where the poison was another one, though it
  /// was written; said in a sentence.
  std::optional<std::string> findTraceOfPoison(const ArgumentMemory &other) const;

private:
  struct Slot {
    const CaseArgument *spec = nullptr;
    std::vector<uint8_t> storage; ///< guard, buffer, guard
    size_t size = 0;
  };
  llvm::ArrayRef<uint8_t> bytesOf(const Slot &slot) const;

  std::vector<Slot> slots;
  Poison poison = Poison::First;
};

} // namespace pto::harness
