// Laws that hold for every well-typed program.
// RC_PARAMS="seed=… max_success=…" repeats and extends a run.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "compiler/equality/Equality.h"
#include "compiler/frontend/program/tests/RandomProgram.h"
#include "compiler/frontend/program/tests/Reading.h"
#include "compiler/frontend/program/tests/TreePrinter.h"

namespace pto::frontend::tests {
namespace {

std::vector<uint8_t> choices() {
  return *rc::gen::resize(300, rc::gen::container<std::vector<uint8_t>>(rc::gen::arbitrary<uint8_t>()));
}

RC_GTEST_PROP(ProgramLaws, PrintingAndReadingGivesAnEqualProgram, ()) {
  mlir::MLIRContext context(mlir::MLIRContext::Threading::DISABLED);
  std::string text = randomProgram(choices());
  Reading reading(context, text);
  RC_LOG() << text << reading.errors();
  RC_ASSERT(static_cast<bool>(reading.program()));
  std::string printed = reading.printed();
  Reading again(context, printed);
  RC_LOG() << printed << again.errors();
  RC_ASSERT(static_cast<bool>(again.program()));
  auto difference = equality::compare(reading.program(), again.program());
  RC_LOG() << (difference ? difference->summary() : "equal");
  RC_ASSERT(!difference);
  RC_ASSERT(equality::structuralHash(reading.program()) == equality::structuralHash(again.program()));
  RC_ASSERT(again.printed() == printed);
}

RC_GTEST_PROP(ProgramLaws, TheTreePrintsToTheSameProgram, ()) {
  mlir::MLIRContext context(mlir::MLIRContext::Threading::DISABLED);
  Reading reading(context, randomProgram(choices()));
  Reading again(context, print(reading.module.body));
  RC_LOG() << again.errors();
  RC_ASSERT(static_cast<bool>(again.program()));
  RC_ASSERT(!equality::compare(reading.program(), again.program()));
}

RC_GTEST_PROP(ProgramLaws, AChangedConstantIsSeen, ()) {
  mlir::MLIRContext context(mlir::MLIRContext::Threading::DISABLED);
  std::string text = randomProgram(choices());
  Reading reading(context, text);
  RC_ASSERT(static_cast<bool>(reading.program()));
  std::string printed = reading.printed();
  // Constants that are printed are reached by some statement.
  size_t place = printed.find(".5)");
  RC_PRE(place != std::string::npos);
  std::string changed = printed;
  changed.replace(place, 2, ".25");
  Reading other(context, changed);
  RC_ASSERT(static_cast<bool>(other.program()));
  RC_ASSERT(equality::compare(reading.program(), other.program()).has_value());
}

} // namespace
} // namespace pto::frontend::tests
