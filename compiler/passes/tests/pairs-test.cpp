// The specializer's pairs behind the whole pipeline: what a generic program becomes equals what the one written by
// hand becomes, allocations, flags and addresses included, and one edit is still seen in the function it is made in.
#include "compiler/passes/tests/Programs.h"
#include "compiler/specialize/Specializer.h"
#include "compiler/specialize/tests/Helpers.h"
#include "compiler/specialize/tests/Pair.h"
#include <gmock/gmock.h>

using namespace pto;
using namespace pto::passes;
using specialize::Pair;

namespace {

class PairsBehindPasses : public testing::TestWithParam<std::tuple<std::string, std::string>> {
protected:
  mlir::OwningOpRef<mlir::ModuleOp> specialized(const specialize::Request &request, const std::string &text) {
    std::vector<Diagnostic> diagnostics;
    auto module = specialize::specializeToModule(request, text, context, diagnostics);
    for (const Diagnostic &diagnostic : diagnostics)
      problems += render(diagnostic);
    return module;
  }

  /// The generic program, behind the strategy. Null, with `problems`, after an error.
  mlir::OwningOpRef<mlir::ModuleOp> compiledGeneric() {
    auto module =
        specialized(specialize::makeRequest(pair.head.lookup("entry"), pair.head.lookup("arguments")), pair.text);
    return compiled(std::move(module));
  }
  mlir::OwningOpRef<mlir::ModuleOp> compiledReference(const std::string &text) {
    return compiled(specialized(specialize::makeRequest(pair.head.lookup("reference"), ""), text));
  }
  mlir::OwningOpRef<mlir::ModuleOp> compiled(mlir::OwningOpRef<mlir::ModuleOp> module) {
    if (!module)
      return {};
    problems += llvm::toString(runPipeline(*module, std::get<1>(GetParam())));
    return problems.empty() ? std::move(module) : mlir::OwningOpRef<mlir::ModuleOp>();
  }

  Pair pair = Pair::read(std::get<0>(GetParam()));
  mlir::MLIRContext context{mlir::MLIRContext::Threading::DISABLED};
  std::string problems;
};

TEST_P(PairsBehindPasses, AreEqual) {
  auto generic = compiledGeneric(), reference = compiledReference(pair.text);
  ASSERT_TRUE(generic && reference) << problems;
  EXPECT_EQ(tests::difference(*generic, *reference), "");
}

TEST_P(PairsBehindPasses, DifferByTheirEdit) {
  auto generic = compiledGeneric();
  ASSERT_TRUE(generic) << problems;
  auto edited = compiledReference(pair.edited());
  // An edit may also make a program that is refused.
  if (!edited) {
    EXPECT_NE(problems, "");
    return;
  }
  equality::ProgramEqualityOptions strict;
  strict.memrefs = true;
  auto found = equality::compare(frontend::programIn(*generic), frontend::programIn(*edited), strict);
  ASSERT_TRUE(found);
  // The function, or one that has been made of a scope of it.
  std::string function = pair.head.lookup("path");
  function.resize(function.find("']"));
  EXPECT_THAT(found->path, testing::StartsWith(function)) << found->reason;
}

INSTANTIATE_TEST_SUITE_P(Pairs, PairsBehindPasses,
                         testing::Combine(testing::ValuesIn(specialize::pairFiles()),
                                          testing::Values("PTOAS", "Default", "Full")),
                         [](const auto &info) {
                           return llvm::sys::path::stem(std::get<0>(info.param)).str() + "_" + std::get<1>(info.param);
                         });

} // namespace
