// What each kind of mutation makes of a small kernel.
#include "compiler/mutate/Mutant.h"
#include "compiler/dialect/Places.h"
#include "compiler/tests/Text.h"
#include "llvm/ADT/STLExtras.h"
#include <set>

using namespace pto::mutate;

namespace {

constexpr llvm::StringLiteral kernel = R"(
module attributes {pto.target_arch = "a5", pto.kernel_kind = #pto.kernel_kind<vector>} {
  func.func private @unused(%p: !pto.ptr<f32>) {
    pto.barrier #pto.pipe<PIPE_ALL>
    return
  }
  func.func private @finish() {
    pto.barrier #pto.pipe<PIPE_MTE3>
    return
  }
  func.func @copy(%in: !pto.ptr<f32>, %out: !pto.ptr<f32>) attributes {pto.kernel} {
    %zero = arith.constant 0 : i64
    %one = arith.constant 1 : i64
    %size = arith.constant 256 : i64
    %start = arith.constant 0 : index
    %half = arith.constant 0.5 : f32
    %ub = pto.castptr %zero : i64 -> !pto.ptr<f32, ub>
    pto.mte_gm_ub %in, %ub, %zero, %size nburst(%one, %size, %size)
      : !pto.ptr<f32>, !pto.ptr<f32, ub>, i64, i64, i64, i64, i64
    pto.set_flag["PIPE_MTE2", "PIPE_V", "EVENT_ID0"]
    pto.wait_flag["PIPE_MTE2", "PIPE_V", "EVENT_ID0"]
    pto.vecscope {
      %all = pto.pset_b32 "PAT_ALL" : !pto.mask<b32>
      %a = pto.vlds %ub[%start] : !pto.ptr<f32, ub> -> !pto.vreg<64xf32>
      %b = pto.vadds %a, %half, %all : !pto.vreg<64xf32>, f32, !pto.mask<b32> -> !pto.vreg<64xf32>
      %m = pto.vcmp %a, %b, %all, "lt" : !pto.vreg<64xf32>, !pto.vreg<64xf32>, !pto.mask<b32> -> !pto.mask<b32>
      pto.vsts %b, %ub[%start], %m : !pto.vreg<64xf32>, !pto.ptr<f32, ub>, !pto.mask<b32>
    }
    pto.get_buf "PIPE_V", 3, 0
    pto.rls_buf "PIPE_V", 3, 0
    pto.mte_ub_gm %ub, %out, %size nburst(%one, %size, %size)
      : !pto.ptr<f32, ub>, !pto.ptr<f32>, i64, i64, i64, i64
    func.call @finish() : () -> ()
    return
  }
}
)";

class MutantTest : public ::testing::Test {
protected:
  MutantTest() : module(bench.parseValid(kernel)) {}

  std::vector<Mutant> make(llvm::StringRef wanted) {
    std::vector<const MutationKind *> kinds;
    for (const MutationKind &kind : mutationKinds())
      if (wanted.empty() || kind.name == wanted)
        kinds.push_back(&kind);
    return mutantsOf(*module, *pto::frontend::selectEntry(*module, ""), kinds);
  }

  /// "22 drop pto.set_flag"
  std::vector<std::string> changes(llvm::StringRef kind) {
    std::vector<std::string> found;
    for (const Mutant &mutant : make(kind))
      found.push_back(std::to_string(mutant.place.line) + " " + mutant.change);
    return found;
  }

  bool has(llvm::StringRef kind, const std::string &change) { return llvm::is_contained(changes(kind), change); }

  pto::tests::Bench bench;
  mlir::OwningOpRef<mlir::ModuleOp> module;
};

using Changes = std::vector<std::string>;

TEST_F(MutantTest, DropsEachSynchronizationThatTheEntryExecutes) {
  EXPECT_EQ(changes("drop"), (Changes{"20 drop pto.set_flag", "21 drop pto.wait_flag", "29 drop pto.get_buf",
                                      "30 drop pto.rls_buf", "8 drop pto.barrier"}));
}

TEST_F(MutantTest, GoesIntoWhatIsLaunched) {
  module = bench.parseValid(R"(
module attributes {pto.target_arch = "a5", pto.kernel_kind = #pto.kernel_kind<vector>} {
  func.func @kernel(%in: !pto.ptr<f32, gm>) attributes {pto.kernel} {
    %one = arith.constant 1 : i32
    pto.simt_launch @body<<<%one, %one, %one>>>(%in) : (!pto.ptr<f32, gm>) -> ()
    return
  }
  func.func @body(%in: !pto.ptr<f32, gm>) attributes {pto.simt_entry} {
    pto.syncthreads
    return
  }
}
)");
  EXPECT_EQ(changes("drop"), (Changes{"9 drop pto.syncthreads"}));
}

TEST_F(MutantTest, DropsBothSidesOfWhatBelongsTogether) {
  EXPECT_EQ(changes("drop-pair"),
            (Changes{"20 drop pto.set_flag and pto.wait_flag", "29 drop pto.get_buf and pto.rls_buf"}));
  for (const Mutant &mutant : make("drop-pair"))
    EXPECT_NE(mutant.plainText.find("_flag") == std::string::npos, mutant.plainText.find("_buf") == std::string::npos);
}

TEST_F(MutantTest, RetargetsOneSideAndBoth) {
  EXPECT_TRUE(has("retarget", "20 let pto.set_flag name EVENT_ID1"));
  EXPECT_TRUE(has("retarget", "21 let pto.wait_flag name PIPE_MTE3 for PIPE_V"));
  EXPECT_TRUE(has("retarget", "20 let pto.set_flag and pto.wait_flag name PIPE_MTE3 for PIPE_MTE2"));
  EXPECT_TRUE(has("retarget", "30 let pto.rls_buf name buffer id 4"));
  EXPECT_TRUE(has("retarget", "8 let pto.barrier name PIPE_V for PIPE_MTE3"));
}

TEST_F(MutantTest, MovesReleasesUpAndWaitsDownPastWhatDoesSomething) {
  EXPECT_EQ(changes("move"),
            (Changes{"20 move pto.set_flag before pto.mte_gm_ub", "21 move pto.wait_flag after pto.vecscope",
                     "29 move pto.get_buf after pto.rls_buf"}));
}

TEST_F(MutantTest, SwapsNeighbours) {
  EXPECT_EQ(changes("swap"),
            (Changes{"20 swap pto.set_flag and pto.wait_flag", "29 swap pto.get_buf and pto.rls_buf"}));
}

TEST_F(MutantTest, ShiftsAddressesByAnElementAndABlock) {
  EXPECT_EQ(changes("address"),
            (Changes{"17 add 4 to the address of pto.castptr", "17 add 32 to the address of pto.castptr",
                     "24 add 1 to the offset of pto.vlds", "24 add 8 to the offset of pto.vlds",
                     "27 add 1 to the offset of pto.vsts", "27 add 8 to the offset of pto.vsts"}));
}

TEST_F(MutantTest, ChangesTransfers) {
  EXPECT_TRUE(has("burst", "18 add 32 to the burst of pto.mte_gm_ub"));
  EXPECT_TRUE(has("burst", "31 subtract 1 from the number of bursts of pto.mte_ub_gm"));
  // There is one burst.
  for (const std::string &change : changes("burst"))
    EXPECT_EQ(change.find("stride"), std::string::npos) << change;
}

TEST_F(MutantTest, ChangesMasksOperationsAndConstants) {
  EXPECT_EQ(changes("mask"),
            (Changes{"23 make pattern of pto.pset_b32 PAT_ALLF", "23 make pattern of pto.pset_b32 PAT_H",
                     "23 make pattern of pto.pset_b32 PAT_VL1"}));
  EXPECT_TRUE(has("operation", "26 make cmp_mode of pto.vcmp le"));
  EXPECT_TRUE(has("operation", "25 replace pto.vadds by pto.vmaxs"));
  EXPECT_TRUE(has("constant", "14 make the constant 257 : i64"));
  EXPECT_TRUE(has("constant", "16 make the constant 0.5078125 : f32"));
}

TEST_F(MutantTest, EveryMutantIsAKernelOfItsOwnWithTheLinesOfTheOriginal) {
  std::set<std::string> texts = {printPlain(*module)};
  for (const Mutant &mutant : make("")) {
    if (mutant.text.empty()) {
      EXPECT_NE(mutant.refusal, "") << mutant.change;
      continue;
    }
    EXPECT_TRUE(texts.insert(mutant.plainText).second) << mutant.change;
    pto::tests::Bench other;
    auto again = other.parseValid(mutant.text);
    EXPECT_EQ(printPlain(*again), mutant.plainText);
    again->walk([&](mlir::Operation *op) {
      if (op->getName().getStringRef() == "pto.mte_ub_gm") {
        EXPECT_EQ(pto::placeOf(op->getLoc()).line, 31u) << mutant.change;
      }
    });
  }
  EXPECT_GT(texts.size(), 60u);
}

} // namespace
