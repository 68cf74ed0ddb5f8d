// An argument of a run: what the case says of it, what it holds before and has to hold afterwards, and its memory on
// the target, which lies between two guard zones and, for outputs, is poisoned before a launch.
#pragma once

#include "golden/compare/Compare.h"
#include "harness/case/Case.h"
#include "harness/target/Target.h"
#include <optional>
#include <string>
#include <vector>

namespace pto::harness {

/// Two poisons that differ in every byte tell a value that was written from one that was not.
enum class Poison { First, Second };

class Buffer {
public:
  explicit Buffer(const CaseArgument &spec) : spec(&spec) {}

  /// Zeros behind it that a kernel may touch unseen.
  size_t slack = 0;

  const CaseArgument *spec;
  golden::Tensor initial;     ///< of what goes in
  golden::Reference expected; ///< of what comes out

  bool goesIn() const { return !spec->isScalar && spec->direction != Direction::Out; }
  bool comesOut() const { return !spec->isScalar && spec->direction != Direction::In; }
  bool isLaidOut() const { return !memory.empty(); }

  /// As it is before a launch.
  void layOut(Poison poison);
  LaunchArgument launchArgument();

  /// The content as a tensor.
  golden::Tensor read() const;

  /// The bytes before or after it that were written to, said in a sentence.
  std::optional<std::string> findGuardDamage() const;
  /// Bytes of an input that changed, said in a sentence.
  std::optional<std::string> findChange() const;
  /// The elements of a poisoned output that still hold the poison.
  std::vector<int64_t> findUnwritten() const;
  /// An element that the same kernel left different in `other`, where the poison was another one, though it was
  /// written; said in a sentence.
  std::optional<std::string> findTraceOfPoison(const Buffer &other) const;

private:
  llvm::ArrayRef<uint8_t> bytes() const;

  std::vector<uint8_t> memory; ///< guard, bytes, slack, guard; empty before the first launch, and of a scalar
  Poison poison = Poison::First;
};

/// What one of the searches finds first.
std::optional<std::string> firstFound(llvm::ArrayRef<Buffer> buffers,
                                      std::optional<std::string> (Buffer::*find)() const);

} // namespace pto::harness
