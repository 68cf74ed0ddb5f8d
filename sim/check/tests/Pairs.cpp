// The bug and its fix, for each thing that can be missing.
#include "sim/check/tests/Script.h"

namespace pto::sim::testing {

using enum Check;

// Flags between two pipes.
const Pair flags[] = {
    {"LoadThenUse", R"(
      load a in
      -set MTE2 V 0
      -wait MTE2 V 0
      !use b a)"},
    {"UseThenStore", R"(
      load a in
      set MTE2 V 0
      wait MTE2 V 0
      use b a
      -set V MTE3 0
      -wait V MTE3 0
      !store b out)"},
    {"LoadThenStore", R"(
      load a in
      -set MTE2 MTE3 0
      -wait MTE2 MTE3 0
      !store a out)"},
    {"OnlySet", R"(
      load a in
      set MTE2 V 0
      -wait MTE2 V 0
      !use b a)"},
    {"SetTooEarly", R"(
      +set MTE2 V 0
      load a in
      -set MTE2 V 0
      wait MTE2 V 0
      !use b a)"},
    {"WaitTooLate", R"(
      load a in
      set MTE2 V 0
      -wait MTE2 V 0
      !use b a
      +wait MTE2 V 0)"},
    {"WrongSource", R"(
      load a in
      +set MTE3 V 0
      +wait MTE3 V 0
      -set MTE2 V 0
      -wait MTE2 V 0
      !use b a)"},
    {"WrongDestination", R"(
      load a in
      +set MTE2 MTE3 0
      +wait MTE2 MTE3 0
      -set MTE2 V 0
      -wait MTE2 V 0
      !use b a)"},
    {"TheOtherLoad", R"(
      load a in
      set MTE2 V 0
      load b in
      -set MTE2 V 1
      wait MTE2 V 0
      use c a
      -wait MTE2 V 1
      !use d b)"},
    {"OneSetForTwoLoads", R"(
      load a in
      +set MTE2 V 0
      load b in
      -set MTE2 V 0
      wait MTE2 V 0
      use c a
      !use d b)"},
    {"OverwrittenWhileItIsRead", R"(
      load a in
      set MTE2 V 0
      wait MTE2 V 0
      use b a
      -set V MTE2 0
      -wait V MTE2 0
      !load a in+256)",
     WriteAfterRead},
    {"OverwrittenWhileItIsStored", R"(
      load a in
      set MTE2 V 0
      wait MTE2 V 0
      use b a
      set V MTE3 0
      wait V MTE3 0
      store b out
      -set MTE3 V 0
      -wait MTE3 V 0
      !use b a)",
     WriteAfterRead},
    {"ReloadedWhileItIsStored", R"(
      load a in
      set MTE2 MTE3 0
      wait MTE2 MTE3 0
      store a out
      -set MTE3 MTE2 0
      -wait MTE3 MTE2 0
      !load a in+256)",
     WriteAfterRead},
    {"WrittenByTwoPipes", R"(
      load a in
      load b in
      set MTE2 V 1
      wait MTE2 V 1
      use c b
      -set V MTE2 0
      -wait V MTE2 0
      !load c in)",
     WriteAfterWrite},
    {"LoadedAfterItWasComputed", R"(
      load a in
      set MTE2 V 0
      load c in
      -set MTE2 V 1
      wait MTE2 V 0
      -wait MTE2 V 1
      !use c a)",
     WriteAfterWrite},
    {"ThroughAThirdPipe", R"(
      load a in
      set MTE2 V 0
      -wait MTE2 V 0
      set V MTE3 0
      wait V MTE3 0
      !store a out
      +wait MTE2 V 0)"},
    {"ACopyOverWhatIsStored", R"(
      load a in
      load b in
      set MTE2 V 0
      set MTE2 MTE3 0
      wait MTE2 V 0
      wait MTE2 MTE3 0
      store b out
      -set MTE3 V 0
      -wait MTE3 V 0
      !copy b a)",
     WriteAfterRead},
    {"ACopyOverALoad", R"(
      load a in
      set MTE2 V 0
      load b in
      -set MTE2 V 1
      wait MTE2 V 0
      -wait MTE2 V 1
      !copy b a)",
     WriteAfterWrite},
    {"TwoPipesThatReadOneLoad", R"(
      load a in
      set MTE2 V 0
      -set MTE2 MTE3 0
      wait MTE2 V 0
      use b a
      -wait MTE2 MTE3 0
      !store a out)"},
    {"PartOfARowInGlobalMemory", R"(
      load a in
      set MTE2 MTE3 0
      wait MTE2 MTE3 0
      store a out
      -set MTE3 MTE2 0
      -wait MTE3 MTE2 0
      !load b out+128)"},
};

// Barriers, and transfers of one pipe that overlap each other.
const Pair barriers[] = {
    {"StoredTwiceToTheSamePlace", R"(
      load a in
      load b in+256
      set MTE2 MTE3 0
      wait MTE2 MTE3 0
      store a out
      -barrier MTE3
      !store b out)",
     WriteAfterWrite},
    {"LoadedTwiceToTheSamePlace", R"(
      load a in
      -barrier MTE2
      !load a in+256)",
     WriteAfterWrite},
    {"BarrierOfAnotherPipe", R"(
      load a in
      -barrier MTE2
      +barrier MTE3
      !load a in+256)",
     WriteAfterWrite},
    {"BarrierOfTheVectorPipeAlone", R"(
      load a in
      -barrier ALL
      +barrier V
      !use b a)"},
    {"BarrierTooEarly", R"(
      +barrier ALL
      load a in
      -barrier ALL
      !use b a)"},
    {"AllForAStore", R"(
      load a in
      set MTE2 V 0
      wait MTE2 V 0
      use b a
      -barrier ALL
      !store b out)"},
    {"RowsThatOverlap", R"(
      load a in
      -barrier MTE2
      !load a+128 in+1024)",
     WriteAfterWrite},
    {"OverlapByOneBlock", R"(
      load a in
      -barrier MTE2
      !load a+224 in+1024)",
     WriteAfterWrite},
    {"ReadBackThroughGlobalMemory", R"(
      load a in
      set MTE2 MTE3 0
      wait MTE2 MTE3 0
      store a out
      -set MTE3 MTE2 0
      -wait MTE3 MTE2 0
      !load b out)"},
    {"OverwrittenInGlobalMemory", R"(
      load a in
      use c b
      set V MTE3 0
      wait V MTE3 0
      -set MTE2 MTE3 0
      -wait MTE2 MTE3 0
      !store c in)",
     WriteAfterRead},
    {"CopiedWithinUb", R"(
      load a in
      -set MTE2 V 0
      -wait MTE2 V 0
      !copy b a)"},
    {"StoredAfterACopy", R"(
      load a in
      set MTE2 V 0
      wait MTE2 V 0
      copy b a
      -set V MTE3 0
      -wait V MTE3 0
      !store b out)"},
    {"HalvesOfRowsInGlobalMemory", R"(
      load a in
      load b in
      set MTE2 MTE3 0
      wait MTE2 MTE3 0
      store a out
      -barrier MTE3
      !store b out+128)",
     WriteAfterWrite},
    {"BarrierOfTheLoadsForARead", R"(
      load a in
      set MTE2 V 0
      wait MTE2 V 0
      use b a
      -barrier ALL
      +barrier MTE2
      !load a in)",
     WriteAfterRead},
    {"BarrierInABranchThatIsNotTaken", R"(
      loop 2 {
      load a in
      -barrier ALL
      +if0 {
      +barrier ALL
      +}
      !use b a
      barrier ALL
      })"},
};

// Scalars: the scalar unit waits like a pipe, and all that comes later waits with it.
const Pair scalars[] = {
    {"LoadedScalar", R"(
      load a in
      -set MTE2 S 0
      -wait MTE2 S 0
      !sld a)"},
    {"ComputedScalar", R"(
      load a in
      set MTE2 V 0
      wait MTE2 V 0
      use b a
      -set V S 0
      -wait V S 0
      !sld b+4)"},
    {"StoredScalar", R"(
      sst a
      -set S MTE3 0
      -wait S MTE3 0
      !store a out)"},
    {"ScalarForAScope", R"(
      sst a
      -set S V 0
      -wait S V 0
      !use b a)"},
    {"ScalarOverARegister", R"(
      load a in
      set MTE2 V 0
      wait MTE2 V 0
      use b a
      -set V S 0
      -wait V S 0
      !sst a)",
     WriteAfterRead},
    {"WaitOfTheScalarUnitHoldsTheOthers", R"(
      load a in
      -set MTE2 S 0
      -wait MTE2 S 0
      !use b a)"},
    {"ScalarInGlobalMemory", R"(
      load a in
      set MTE2 MTE3 0
      wait MTE2 MTE3 0
      store a out
      -set MTE3 S 0
      -wait MTE3 S 0
      !sld out+8)"},
    {"LoadOfAStoredScalar", R"(
      sst out
      -set S MTE2 0
      -wait S MTE2 0
      !load a out)"},
    {"ALoadOverAScalarThatIsRead", R"(
      load a in
      set MTE2 S 0
      wait MTE2 S 0
      sld a
      -set S MTE2 0
      -wait S MTE2 0
      !load a in+256)",
     WriteAfterRead},
    {"ARegisterOverAScalarThatIsRead", R"(
      load a in
      load b in
      set MTE2 S 0
      wait MTE2 S 0
      sld a
      -set S V 0
      -wait S V 0
      !use a b)",
     WriteAfterRead},
    {"ALoadOverAScalarThatIsWritten", R"(
      sst a
      -set S MTE2 0
      -wait S MTE2 0
      !load a in)",
     WriteAfterWrite},
    {"AScalarOverARowThatIsStored", R"(
      load a in
      set MTE2 MTE3 0
      wait MTE2 MTE3 0
      store a out
      -set MTE3 S 0
      -wait MTE3 S 0
      !sst a+128)",
     WriteAfterRead},
};

// Loops: what one turn leaves open for the next.
const Pair loops[] = {
    {"OneBufferInALoop", R"(
      -set V MTE2 0
      loop 4 {
      -wait V MTE2 0
      !load a in*i
      set MTE2 V 0
      wait MTE2 V 0
      use b a
      -set V MTE2 0
      }
      -wait V MTE2 0)",
     WriteAfterRead},
    {"OneOutputInALoop", R"(
      load a in
      set MTE2 V 0
      wait MTE2 V 0
      -set MTE3 V 0
      loop 4 {
      -wait MTE3 V 0
      !use b a
      set V MTE3 0
      wait V MTE3 0
      store b out*i
      -set MTE3 V 0
      }
      -wait MTE3 V 0)",
     WriteAfterRead},
    {"PingPong", R"(
      -set V MTE2 0
      -set V MTE2 1
      loop 6 {
      -dwait V MTE2 p
      !load a*p in*i
      set MTE2 V 0
      wait MTE2 V 0
      use c a*p
      -dset V MTE2 p
      }
      -wait V MTE2 0
      -wait V MTE2 1)",
     WriteAfterRead},
    {"PingPongSetBeforeItsUse", R"(
      set V MTE2 0
      set V MTE2 1
      loop 6 {
      dwait V MTE2 p
      !load a*p in*i
      set MTE2 V 0
      wait MTE2 V 0
      +dset V MTE2 p
      use c a*p
      -dset V MTE2 p
      }
      wait V MTE2 0
      wait V MTE2 1)",
     WriteAfterRead},
    {"PingPongOfLoads", R"(
      loop 6 {
      load a*p in*i
      -dset MTE2 V p
      -dwait MTE2 V p
      +dset MTE2 MTE3 p
      +dwait MTE2 MTE3 p
      !use c a*p
      barrier ALL
      })"},
    {"TheSameGlobalRowEachTurn", R"(
      load a in
      set MTE2 MTE3 0
      wait MTE2 MTE3 0
      loop 3 {
      !store a out
      -barrier MTE3
      })",
     WriteAfterWrite},
    {"NoTurnSetsTheFlag", R"(
      load a in
      +loop 0 {
      set MTE2 V 0
      wait MTE2 V 0
      +}
      !use b a)"},
    {"FlagInABranchNotTaken", R"(
      loop 2 {
      load a in
      +if0 {
      set MTE2 V 0
      wait MTE2 V 0
      +}
      !use b a
      barrier ALL
      })"},
    {"WaitedForAfterTheFirstTurnOnly", R"(
      loop 3 {
      load a*i in*i
      set MTE2 V 0
      +if0 {
      wait MTE2 V 0
      +}
      !use h a*i
      })"},
    {"BarrierAtTheEndOfATurn", R"(
      loop 4 {
      !load a in*i
      set MTE2 V 0
      wait MTE2 V 0
      !use b a
      set V MTE3 0
      wait V MTE3 0
      store b out*i
      -barrier ALL
      })",
     WriteAfterRead},
    {"DoubleBuffered", R"(
      -set MTE3 V 0
      -set MTE3 V 1
      loop 5 {
      load a*p in*i
      set MTE2 V 0
      wait MTE2 V 0
      -dwait MTE3 V p
      !use c*p a*p
      set V MTE3 0
      wait V MTE3 0
      set V MTE2 0
      wait V MTE2 0
      store c*p out*i
      -dset MTE3 V p
      }
      -wait MTE3 V 0
      -wait MTE3 V 1)",
     WriteAfterRead},
    {"ADynamicFlagThatIsNotWaitedFor", R"(
      loop 4 {
      load a*p in*i
      -dset MTE2 V p
      -dwait MTE2 V p
      !use c a*p
      barrier ALL
      })"},
    {"LoadedInALoopAndUsedAfterIt", R"(
      loop 3 {
      load a+256*i in*i
      }
      -set MTE2 V 0
      -wait MTE2 V 0
      !use b a+512)"},
};

// Buffer ids.
const Pair buffers[] = {
    {"NotTaken", R"(
      get MTE2 0
      load a in
      rls MTE2 0
      -get V 0
      !use b a
      -rls V 0)"},
    {"GivenBackTooEarly", R"(
      get MTE2 0
      +rls MTE2 0
      load a in
      -rls MTE2 0
      get V 0
      !use b a
      rls V 0)"},
    {"AnotherBuffer", R"(
      get MTE2 0
      load a in
      rls MTE2 0
      -get V 0
      +get V 1
      !use b a
      -rls V 0
      +rls V 1)"},
    {"TakenWithoutWaiting", R"(
      get MTE2 0
      load a in
      rls MTE2 0
      -get V 0
      +get V 0 1
      !use b a
      rls V 0)"},
    {"OverwrittenInALoop", R"(
      loop 4 {
      -get MTE2 0
      !load a in*i
      -rls MTE2 0
      +set MTE2 V 0
      +wait MTE2 V 0
      -get V 0
      use b a
      -rls V 0
      })",
     WriteAfterRead},
    {"InputAndOutputOfALoop", R"(
      loop 4 {
      get MTE2 0
      load a in*i
      rls MTE2 0
      get V 0
      -get V 1
      !use b a
      -rls V 1
      rls V 0
      -get MTE3 1
      +set V MTE3 0
      +wait V MTE3 0
      store b out*i
      -rls MTE3 1
      })",
     WriteAfterRead},
    {"TakenTwice", R"(
      get MTE2 0
      load a in
      +!get V 0
      rls MTE2 0
      -get V 0
      barrier ALL
      use b a
      rls V 0)",
     BufferId},
    {"Kept", R"(
      !get MTE2 0
      load a in
      -rls MTE2 0)",
     BufferId},
    {"GivenBackUntaken", R"(
      -get V 3
      use b a
      !rls V 3)",
     BufferId},
    {"GivenBackByAnotherPipe", R"(
      +!get MTE2 3
      -get MTE2 3
      load a in
      +!rls V 3
      -rls MTE2 3)",
     BufferId},
    {"TheSecondOfTwoBuffers", R"(
      get MTE2 0
      load a in
      rls MTE2 0
      get V 0
      get V 1
      use c a
      rls V 1
      rls V 0
      -get MTE3 1
      !store c out
      -rls MTE3 1)"},
    {"GivenBackByTheReaderTooEarly", R"(
      loop 3 {
      get MTE2 0
      !load a in*i
      rls MTE2 0
      get V 0
      +rls V 0
      use b a
      -rls V 0
      })",
     WriteAfterRead},
};

// Inside a vector scope.
const Pair scopes[] = {
    {"StoreThenLoad", R"(
      load a in
      barrier ALL
      scope {
      ld v a
      st v b
      -bar VST_VLD
      !ld w b
      st w c
      })",
     MissingMemBar},
    {"BarrierOfAnotherKind", R"(
      load a in
      barrier ALL
      scope {
      ld v a
      st v b
      -bar VST_VLD
      +bar VLD_VST
      !ld w b
      st w c
      })",
     MissingMemBar},
    {"BarrierTooEarlyInAScope", R"(
      load a in
      barrier ALL
      scope {
      ld v a
      +bar VV_ALL
      st v b
      -bar VV_ALL
      !ld w b
      st w c
      })",
     MissingMemBar},
    {"StoreOverALoadOfAnotherRegister", R"(
      load a in
      load b in
      barrier ALL
      scope {
      ld v a
      ld w b
      st v c
      -bar VLD_VST
      !st v b
      st w d
      })",
     MissingMemBar},
    {"StoreThenStore", R"(
      load a in
      load b in
      barrier ALL
      scope {
      ld v a
      ld w b
      st v c
      -bar VST_VST
      !st w c
      })",
     MissingMemBar},
    {"PartsThatOverlap", R"(
      load a in
      barrier ALL
      scope {
      ld v a
      st v b
      -bar VST_VLD
      !ld w b+128
      st w c
      })",
     MissingMemBar},
    {"OneElementOfARegister", R"(
      load a in
      barrier ALL
      scope {
      ld v a
      1pt v b+64
      -bar VST_VLD
      !ld w b
      st w c
      })",
     MissingMemBar},
    {"ScalarAfterARegister", R"(
      load a in
      barrier ALL
      scope {
      ld v a
      st v b
      -bar VST_LD
      !sld b+8
      })",
     MissingMemBar},
    {"RegisterAfterAScalar", R"(
      load a in
      barrier ALL
      scope {
      ld v a
      sst b+8
      -bar ST_VLD
      !ld w b
      st w c
      })",
     MissingMemBar},
    {"ScalarOverALoadedRegister", R"(
      load a in
      barrier ALL
      scope {
      ld v a
      -bar VLD_ST
      !sst a
      st v c
      })",
     MissingMemBar},
    {"RegisterOverALoadedScalar", R"(
      load a in
      load b in
      barrier ALL
      scope {
      ld v a
      sld b
      -bar LD_VST
      !st v b
      })",
     MissingMemBar},
    {"AllOfTheVectorKinds", R"(
      load a in
      barrier ALL
      scope {
      ld v a
      st v b
      -bar VV_ALL
      +bar SS_ALL
      !ld w b
      st w c
      })",
     MissingMemBar},
    {"TheNextTurnLoadsWhatWasStored", R"(
      load a in
      barrier ALL
      scope {
      ld v a
      loop 3 {
      !ld w b
      add x w
      st x b
      -bar VST_VLD
      }
      })",
     MissingMemBar},
    {"TheNextTurnStoresOverIt", R"(
      load a in
      barrier ALL
      scope {
      loop 3 {
      ld v a*i
      !st v b
      -bar VST_VST
      }
      })",
     MissingMemBar},
    {"TheNextTurnStoresOverALoad", R"(
      load a in
      load a+256 in
      load a+512 in
      barrier ALL
      scope {
      loop 2 {
      !ld v a*i
      ld w a+256*i
      -bar VLD_VST
      !st v a+256*i
      st w d*i
      -bar VV_ALL
      }
      })",
     MissingMemBar},
    {"ARegisterOfTheTurnBefore", R"(
      load a in
      load b in
      load b+256 in
      load b+512 in
      barrier ALL
      scope {
      ld v a
      carry 2 x v {
      ld w b*i
      -bar VLD_VST
      !st x b*i
      yield w
      })",
     MissingMemBar},
    {"AChainOfBarriersThatALoadCarriesOn", R"(
      load a in
      load b in
      barrier ALL
      scope {
      ld v a
      ld w b
      st v c
      bar VST_VLD
      -ld x d
      bar VLD_VST
      !st w c
      })",
     MissingMemBar},
    {"TheSecondOfTwoStores", R"(
      load a in
      barrier ALL
      scope {
      ld v a
      st v b
      bar VST_VLD
      st v c
      -bar VST_VLD
      !ld w c
      st w d
      })",
     MissingMemBar},
    {"AStoreUnderAMask", R"(
      load a in
      barrier ALL
      scope {
      mask m 16
      ld v a
      st v b m
      -bar VST_VLD
      !ld w b
      st w c
      })",
     MissingMemBar},
    {"OverWhatWasStoredFromTheSameRegister", R"(
      load b in
      barrier ALL
      scope {
      ld v b
      add w v
      st v b
      -bar VST_VST
      !st w b
      })",
     MissingMemBar},
    {"FlagInsteadOfTwoScopes", R"(
      load a in
      -set MTE2 V 0
      -wait MTE2 V 0
      scope {
      !ld v a
      st v b
      })",
     ReadAfterWrite},
};

// Blocks of a launch.
const Pair blocks[] = {
    {"EightBlocksStoreOneRow", R"(
      load a in
      set MTE2 MTE3 0
      wait MTE2 MTE3 0
      +!store a out
      -store a out*b)",
     BlockRace, 8},
    {"EightBlocksAddToOneRow", R"(
      load a in
      set MTE2 MTE3 0
      wait MTE2 MTE3 0
      -atomic add
      !store a out)",
     BlockRace, 8},
    {"OneBlockReadsWhatAnotherWrites", R"(
      +!load a out
      -load a in
      set MTE2 MTE3 0
      wait MTE2 MTE3 0
      store a out*b)",
     BlockRace, 2},
    {"OneBlockWritesWhatAnotherReads", R"(
      load a in+256
      set MTE2 MTE3 0
      wait MTE2 MTE3 0
      +!store a in*b
      -store a out*b)",
     BlockRace, 2},
    {"OneBlockAddsWhereAnotherTakesTheLarger", R"(
      load a in
      set MTE2 MTE3 0
      wait MTE2 MTE3 0
      loop 2 {
      if0 {
      atomic add
      +!store a out+256
      -store a out*b
      }
      barrier MTE3
      atomic max
      +!store a out+256
      barrier MTE3
      })",
     BlockRace, 2},
    {"RowsOfBlocksThatOverlap", R"(
      load a in*b
      set MTE2 MTE3 0
      wait MTE2 MTE3 0
      !store a out*b
      +barrier MTE3
      +store a out+128*b)",
     BlockRace, 3},
    {"ScalarsOfBlocks", R"(
      +!sst out
      -sst out*b)",
     BlockRace, 2},
    {"ARowThatTheNextBlockReads", R"(
      +!load a out*b
      -load a in*b
      set MTE2 MTE3 0
      wait MTE2 MTE3 0
      store a out+256*b)",
     BlockRace, 3},
};

std::vector<Pair> allPairs() {
  std::vector<Pair> all;
  for (llvm::ArrayRef<Pair> group :
       std::initializer_list<llvm::ArrayRef<Pair>>{flags, barriers, scalars, loops, buffers, scopes, blocks})
    all.insert(all.end(), group.begin(), group.end());
  return all;
}

} // namespace pto::sim::testing
