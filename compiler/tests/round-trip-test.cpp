// Round trips that succeed, and three ways in which an operation's own printer can break one.
#include "compiler/equality/RoundTrip.h"
#include "compiler/tests/Text.h"
#include "mlir/IR/OpImplementation.h"
#include <gmock/gmock.h>

using namespace pto::equality;
using namespace pto::frontend;
using namespace pto::tests;
using testing::HasSubstr;

namespace {

// liar.op prints as its attribute `how` says, and reads back any word, or none, without an attribute.
class LiarOp : public mlir::Op<LiarOp, mlir::OpTrait::ZeroOperands, mlir::OpTrait::ZeroResults,
                               mlir::OpTrait::ZeroRegions, mlir::OpTrait::ZeroSuccessors> {
public:
  using Op::Op;
  static llvm::StringRef getOperationName() { return "liar.op"; }
  static llvm::ArrayRef<llvm::StringRef> getAttributeNames() { return {}; }

  static mlir::ParseResult parse(mlir::OpAsmParser &parser, mlir::OperationState &state) {
    llvm::StringRef word;
    (void)parser.parseOptionalKeyword(&word);
    return mlir::success();
  }

  void print(mlir::OpAsmPrinter &printer) {
    static unsigned printings = 0;
    auto how = (*this)->getAttrOfType<mlir::StringAttr>("how");
    if (!how && restless)
      printer << " time" << ++printings;
    else if (how && how.getValue() == "unreadable")
      printer << " ]";
  }

  static bool restless;
};
bool LiarOp::restless = false;

class LiarDialect : public mlir::Dialect {
public:
  explicit LiarDialect(mlir::MLIRContext *context) : mlir::Dialect("liar", context, mlir::TypeID::get<LiarDialect>()) {
    addOperations<LiarOp>();
  }
  static llvm::StringRef getDialectNamespace() { return "liar"; }
};

std::optional<Difference> roundTripOf(llvm::StringRef text) {
  Bench bench;
  bench.context.getOrLoadDialect<LiarDialect>();
  auto module = bench.parseValid(text);
  return checkRoundTrip(*module);
}

TEST(RoundTrip, HoldsForAKernel) {
  EXPECT_FALSE(roundTripOf(R"(module attributes {pto.target_arch = "a5"} {
    func.func @k(%gm: !pto.ptr<f32, gm>, %n: i64) attributes {pto.kernel} {
      %ub = pto.castptr %n : i64 -> !pto.ptr<f32, ub>
      pto.mte_gm_ub %gm, %ub, %n, %n nburst(%n, %n, %n) loop(%n, %n, %n)
        : !pto.ptr<f32, gm>, !pto.ptr<f32, ub>, i64, i64, i64, i64, i64, loop i64, i64, i64
      return
    }
  })"));
}

TEST(RoundTrip, HoldsForUnknownOperationsAndLocations) {
  EXPECT_FALSE(roundTripOf("\"x.y\"() ({^a(%0: !x.type<1>):}) {a = #x.attr} : () -> () loc(\"file\":1:2)"));
}

TEST(RoundTrip, ReportsTextThatCannotBeReadBack) {
  std::optional<Difference> difference = roundTripOf("\"liar.op\"() {how = \"unreadable\"} : () -> ()");
  ASSERT_TRUE(difference);
  EXPECT_EQ(difference->path, "printed text, line 2");
  EXPECT_THAT(difference->reason, HasSubstr("expected operation name in quotes"));
  EXPECT_EQ(difference->right, "  liar.op ]");
}

TEST(RoundTrip, ReportsWhatWasLost) {
  std::optional<Difference> difference = roundTripOf("\"liar.op\"() {how = \"forgetful\"} : () -> ()");
  ASSERT_TRUE(difference);
  EXPECT_EQ(difference->path, "module.body[0].liar.op.attribute[how]");
  EXPECT_EQ(difference->reason, "\"forgetful\" on the left, none on the right");
}

TEST(RoundTrip, ReportsTextThatChanges) {
  LiarOp::restless = true;
  std::optional<Difference> difference = roundTripOf("\"liar.op\"() : () -> ()");
  LiarOp::restless = false;
  ASSERT_TRUE(difference);
  EXPECT_EQ(difference->path, "printed text, line 2");
  EXPECT_EQ(difference->reason, "printed differently the second time");
  EXPECT_NE(difference->left, difference->right);
}

} // namespace
