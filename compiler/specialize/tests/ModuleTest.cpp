// The pairs once more, as IR: what the importer makes of the specialized and of the hand-written program is equal.
// Errors that only the importer can find point into the user's file.
#include "compiler/equality/Equality.h"
#include "compiler/frontend/program/Import.h"
#include "compiler/specialize/Specializer.h"
#include "compiler/specialize/tests/Helpers.h"
#include "compiler/specialize/tests/Pair.h"
#include "mlir/IR/MLIRContext.h"
#include <gmock/gmock.h>

namespace pto::specialize {
namespace {

class ModuleTest : public testing::TestWithParam<std::string> {
protected:
  mlir::OwningOpRef<mlir::ModuleOp> make(const Request &request, const std::string &text) {
    std::vector<Diagnostic> diagnostics;
    auto module = specializeToModule(request, text, context, diagnostics);
    if (!module)
      for (const Diagnostic &diagnostic : diagnostics)
        ADD_FAILURE() << render(diagnostic);
    return module;
  }

  mlir::MLIRContext context{mlir::MLIRContext::Threading::DISABLED};
};

TEST_P(ModuleTest, theGenericProgramsIrEqualsTheOneWrittenByHand) {
  Pair pair = Pair::read(GetParam());
  auto generic = make(makeRequest(pair.head.lookup("entry"), pair.head.lookup("arguments")), pair.text);
  auto reference = make(makeRequest(pair.head.lookup("reference"), ""), pair.text);
  ASSERT_TRUE(generic && reference);
  auto difference = equality::compare(programIn(*generic), programIn(*reference), {});
  EXPECT_FALSE(difference) << difference->summary() << "\n" << difference->left << difference->right;
}

TEST_P(ModuleTest, oneEditIsSeenWhereItIsMade) {
  Pair pair = Pair::read(GetParam());
  auto generic = make(makeRequest(pair.head.lookup("entry"), pair.head.lookup("arguments")), pair.text);
  std::vector<Diagnostic> diagnostics;
  auto edited = specializeToModule(makeRequest(pair.head.lookup("reference"), ""), pair.edited(), context, diagnostics);
  // An edit may also make a program that the importer refuses; the path is the function then.
  if (!edited) {
    EXPECT_FALSE(diagnostics.empty());
    return;
  }
  ASSERT_TRUE(generic);
  auto difference = equality::compare(programIn(*generic), programIn(*edited), {});
  ASSERT_TRUE(difference);
  EXPECT_EQ(difference->path, pair.head.lookup("path")) << difference->reason;
}

TEST(PairFiles, thereAreThirtyFivePairsOrMore) {
  EXPECT_GE(pairFiles().size(), 35u);
}

INSTANTIATE_TEST_SUITE_P(Pairs, ModuleTest, testing::ValuesIn(pairFiles()),
                         [](const auto &info) { return llvm::sys::path::stem(info.param).str(); });

TEST(ImportErrors, pointIntoTheUsersFile) {
  mlir::MLIRContext context(mlir::MLIRContext::Threading::DISABLED);
  std::vector<Diagnostic> diagnostics;
  std::string text = R"(import pypto.language as pl


@pl.jit.incore
def kernel(x: pl.Tensor, y: pl.Out[pl.Tensor]):
    rows, cols = x.shape
    t = pl.load(x, [0, 0], [rows, cols])
    y = pl.store(pl.relux(t), [0, 0], y)
    return y
)";
  EXPECT_FALSE(specializeToModule(makeRequest("kernel", "x:f32[4,4] y:f32[4,4]"), text, context, diagnostics));
  ASSERT_EQ(diagnostics.size(), 1u);
  EXPECT_EQ(diagnostics[0].place.file, "program.py");
  EXPECT_EQ(diagnostics[0].place.line, 8u);
  EXPECT_THAT(diagnostics[0].excerpt, testing::HasSubstr("pl.relux(t)"));
}

} // namespace
} // namespace pto::specialize
