// The estimating schedule: laws that hold for every kernel, and cycles that can be told by hand.
#include "sim/check/tests/Script.h"
#include "sim/tests/CubeKernel.h"
#include "sim/timing/Analysis.h"
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <map>

namespace pto::sim::testing {
namespace {

Trace traceOfKernel(llvm::StringRef text, unsigned blocks = 1) {
  Kernel kernel(text);
  llvm::Expected<ProgramPtr> program = kernel.decode();
  if (!program) {
    ADD_FAILURE() << llvm::toString(program.takeError());
    return {};
  }
  std::vector<float> in(4096, 1), out(4096, -1);
  std::vector<Argument> arguments = {buffer("in", in), buffer("out", out)};
  LaunchOptions options;
  options.blockDim = blocks;
  return trace(**program, arguments, options);
}

Trace traceOf(llvm::StringRef script, unsigned blocks = 1) {
  return traceOfKernel(kernelOf(script), blocks);
}

/// What holds of every trace.
void expectLawful(const Trace &trace) {
  std::map<uint32_t, std::vector<const TraceEvent *>> byTrack;
  for (const TraceEvent &event : trace.events) {
    EXPECT_LE(event.start, event.begin);
    EXPECT_LE(event.begin, event.end);
    byTrack[event.track].push_back(&event);
    if (event.cause != TraceEvent::none) {
      EXPECT_LE(trace.events[event.cause].begin, event.begin) << "something comes before its cause";
    }
  }
  for (auto &[track, events] : byTrack) {
    llvm::stable_sort(events, [](const auto *a, const auto *b) { return a->start < b->start; });
    for (size_t i = 1; i < events.size(); ++i)
      EXPECT_LE(events[i - 1]->end, events[i]->start) << "two overlap on " << trace.tracks[track].name();
  }
  for (const Trace::Arrow &arrow : trace.arrows)
    EXPECT_LE(trace.events[arrow.from].end, trace.events[arrow.to].begin + 1) << arrow.what;
  Analysis analysis = analyze(trace);
  EXPECT_EQ(analysis.cycles, trace.cycles());
  uint64_t onPath = 0;
  for (const Analysis::Step &step : analysis.path)
    onPath += step.cycles;
  EXPECT_EQ(onPath, analysis.cycles) << "the path does not add up";
  for (const Analysis::Pipe &pipe : analysis.pipes)
    EXPECT_LE(pipe.busy + pipe.waiting, analysis.cycles);
}

/// The events of one kind on a pipe.
std::vector<const TraceEvent *> eventsOf(const Trace &trace, llvm::StringRef pipe, llvm::StringRef op) {
  std::vector<const TraceEvent *> found;
  for (const TraceEvent &event : trace.events)
    if (trace.tracks[event.track].name() == pipe && trace.operations[event.operation].name == op && !event.isIssue)
      found.push_back(&event);
  return found;
}

constexpr const char *loadUseStore =
    "load a in\nset MTE2 V 0\nwait MTE2 V 0\nuse b a\nset V MTE3 0\nwait V MTE3 0\nstore b out";

TEST(Trace, OrderedWorkDoesNotOverlap) {
  Trace trace = traceOf(loadUseStore);
  expectLawful(trace);
  auto load = eventsOf(trace, "PIPE_MTE2", "pto.mte_gm_ub"), scope = eventsOf(trace, "PIPE_V", "pto.vecscope"),
       store = eventsOf(trace, "PIPE_MTE3", "pto.mte_ub_gm");
  ASSERT_EQ(load.size() * scope.size() * store.size(), 1u);
  EXPECT_LT(load[0]->end, scope[0]->begin);
  EXPECT_LT(scope[0]->end, store[0]->begin);
  EXPECT_EQ(load[0]->end - load[0]->begin, 5u) << "256 bytes at 100.9 GB/s and 1.85 GHz";
  EXPECT_EQ(store[0]->end - store[0]->begin, 3u) << "256 bytes at 188.5 GB/s";
  EXPECT_EQ(trace.arrows.size(), 2u);
}

TEST(Trace, UnorderedWorkOverlaps) {
  Trace trace = traceOf("load a in\nuse b a\nstore b out");
  expectLawful(trace);
  EXPECT_LT(eventsOf(trace, "PIPE_V", "pto.vecscope")[0]->begin, eventsOf(trace, "PIPE_MTE2", "pto.mte_gm_ub")[0]->end);
  ASSERT_FALSE(trace.report.findings.empty());
  for (const Finding &finding : trace.report.findings) {
    ASSERT_TRUE(trace.eventAt(finding.earlier) && trace.eventAt(finding.later));
    EXPECT_LT(finding.earlier, finding.later);
    EXPECT_EQ(trace.operations[trace.eventAt(finding.later)->operation].place.line, finding.location.line);
  }
}

TEST(Trace, SaysWhatAPipeWaitsFor) {
  Analysis analysis = analyze(traceOf(loadUseStore));
  ASSERT_EQ(analysis.waits.size(), 2u);
  EXPECT_EQ(analysis.waits[0].what, "PIPE_V -> PIPE_MTE3, EVENT_ID0");
  EXPECT_EQ(analysis.waits[1].what, "PIPE_MTE2 -> PIPE_V, EVENT_ID0");
}

TEST(Trace, ALoopAddsUpAtItsLines) {
  Trace trace = traceOf("loop 4 {\nload a in*i\nset MTE2 MTE3 0\nwait MTE2 MTE3 0\nstore a out*i\nset MTE3 MTE2 "
                        "0\nwait MTE3 MTE2 0\n}");
  expectLawful(trace);
  EXPECT_TRUE(trace.report.findings.empty());
  Analysis analysis = analyze(trace);
  EXPECT_EQ(analysis.path[0].times, 4u);
  EXPECT_EQ(analysis.path[0].cycles % 4, 0u);
}

TEST(Trace, APipeGoesOnWhileAnotherWorks) {
  Trace apart = traceOf("load a in\nset MTE2 MTE3 0\nload b in+256\nwait MTE2 MTE3 0\nstore a out");
  expectLawful(apart);
  EXPECT_LT(eventsOf(apart, "PIPE_MTE3", "pto.mte_ub_gm")[0]->begin,
            eventsOf(apart, "PIPE_MTE2", "pto.mte_gm_ub")[1]->end);
}

TEST(Trace, ABarrierOfAllPipesHoldsUpEverything) {
  Trace trace = traceOf("load a in\nbarrier ALL\nstore a out");
  expectLawful(trace);
  EXPECT_LT(eventsOf(trace, "PIPE_MTE2", "pto.mte_gm_ub")[0]->end,
            eventsOf(trace, "PIPE_MTE3", "pto.mte_ub_gm")[0]->begin);
}

TEST(Trace, BufferIdsOrderToo) {
  Trace trace = traceOf("get MTE2 3\nload a in\nrls MTE2 3\nget MTE3 3\nstore a out\nrls MTE3 3");
  expectLawful(trace);
  EXPECT_LT(eventsOf(trace, "PIPE_MTE2", "pto.mte_gm_ub")[0]->end,
            eventsOf(trace, "PIPE_MTE3", "pto.mte_ub_gm")[0]->begin);
  EXPECT_EQ(trace.arrows.size(), 1u);
}

TEST(Trace, ALaunchTakesAsLongAsItsThreadsHaveToDo) {
  auto cyclesOf = [](const char *threads, const char *turns) {
    Trace trace = traceOfKernel(std::string(R"(
      module attributes {pto.target_arch = "a5", pto.kernel_kind = #pto.kernel_kind<vector>} {
      func.func @kernel(%in: !pto.ptr<f32, gm>, %out: !pto.ptr<f32, gm>) attributes {pto.kernel} {
        %x = arith.constant )") +
                                threads + R"( : i32
        %one = arith.constant 1 : i32
        pto.simt_launch @body<<<%x, %one, %one>>>(%in) : (!pto.ptr<f32, gm>) -> ()
        return
      }
      func.func @body(%in: !pto.ptr<f32, gm>) attributes {pto.simt_entry} {
        %zero = arith.constant 0 : index
        %step = arith.constant 1 : index
        %turns = arith.constant )" +
                                turns +
                                R"( : index
        scf.for %i = %zero to %turns step %step {
          %v = pto.ldg %in[%i] : !pto.ptr<f32, gm> -> f32
        }
        return
      }
      })");
    expectLawful(trace);
    auto launches = eventsOf(trace, "PIPE_V", "pto.simt_launch");
    EXPECT_EQ(launches.size(), 1u);
    return launches.empty() ? 0 : launches[0]->end - launches[0]->begin;
  };
  uint64_t few = cyclesOf("32", "10"), longer = cyclesOf("32", "100"), wide = cyclesOf("2048", "100");
  EXPECT_GT(few, 90u) << "each load of a warp waits for the one before it";
  EXPECT_GT(longer, 5 * few);
  EXPECT_GT(wide, 2 * longer) << "64 warps share what issues";
  EXPECT_LT(wide, 64 * longer) << "a warp goes on while another one waits";
}

TEST(Trace, CoresWaitForEachOther) {
  Trace trace = traceOfKernel(cubeKernel("%in: !pto.ptr<f32>, %out: !pto.ptr<f32>", R"(
      %l1 = pto.castptr $0 : i64 -> !pto.ptr<f32, l1>
      %ub = pto.castptr $0 : i64 -> !pto.ptr<f32, ub>
      %sub = pto.get_subblock_idx
      %is0 = arith.cmpi eq, %sub, $0 : i64
      pto.section.cube {
        pto.mte_gm_l1 %in, %l1, $256 nburst($1, $0, $0) : !pto.ptr<f32>, !pto.ptr<f32, l1>, i64, i64, i64, i64
        pto.set_flag["PIPE_MTE2", "PIPE_MTE1", "EVENT_ID0"]
        pto.wait_flag["PIPE_MTE2", "PIPE_MTE1", "EVENT_ID0"]
        pto.copy_cbuf_to_ubuf %l1, %ub, $0, $1, $8, $0, $0
          : !pto.ptr<f32, l1>, !pto.ptr<f32, ub>, i64, i64, i64, i64, i64
        pto.set_intra_block <PIPE_MTE1>, 1
      }
      pto.section.vector {
        scf.if %is0 {
          pto.wait_intra_block <PIPE_MTE3>, 1
          pto.mte_ub_gm %ub, %out, $256 nburst($1, $0, $0)
            : !pto.ptr<f32, ub>, !pto.ptr<f32>, i64, i64, i64, i64
        }
      })",
                                         ""));
  expectLawful(trace);
  EXPECT_FALSE(trace.report.fault);
  EXPECT_TRUE(trace.report.findings.empty());
  auto copy = eventsOf(trace, "PIPE_MTE1", "pto.copy_cbuf_to_ubuf"),
       store = eventsOf(trace, "PIPE_MTE3", "pto.mte_ub_gm");
  ASSERT_EQ(copy.size() * store.size(), 1u);
  EXPECT_LT(copy[0]->end, store[0]->begin);
  EXPECT_NE(trace.tracks[copy[0]->track].core, trace.tracks[store[0]->track].core);
  EXPECT_EQ(trace.arrows.size(), 2u);
}

TEST(Trace, AScopeWaitsForItsRegisters) {
  Trace trace = traceOf("load a in\nbarrier ALL\nscope {\nmask m 64\nld v a\nadd w v\nst w b m\n}");
  expectLawful(trace);
  uint64_t loaded = 0, added = 0, stored = 0;
  for (const TraceEvent &event : trace.events) {
    llvm::StringRef name = trace.operations[event.operation].name;
    (name == "pto.vlds" ? loaded : name == "pto.vadd" || name == "pto.vadds" ? added : stored) = event.begin;
  }
  EXPECT_EQ(added - loaded, 9u) << "the latency of a load";
  EXPECT_GT(stored, added);
}

TEST(Trace, ADeadlockShowsWhatItReached) {
  Trace trace = traceOf("load a in\nwait MTE2 V 0\nuse b a");
  expectLawful(trace);
  ASSERT_TRUE(trace.report.fault);
  EXPECT_EQ(trace.report.fault->kind, Fault::Kind::Deadlock);
  EXPECT_TRUE(trace.events.back().isStuck);
  EXPECT_EQ(trace.tracks[trace.events.back().track].pipe, "PIPE_V");
}

TEST(Trace, BlocksStartTogether) {
  Trace trace = traceOf("load a in*b\nset MTE2 MTE3 0\nwait MTE2 MTE3 0\nstore a out*b", 4);
  expectLawful(trace);
  EXPECT_EQ(trace.cycles(), traceOf("load a in*b\nset MTE2 MTE3 0\nwait MTE2 MTE3 0\nstore a out*b").cycles());
  std::set<unsigned> blocks;
  for (const Track &track : trace.tracks)
    blocks.insert(track.block);
  EXPECT_EQ(blocks.size(), 4u);
}

TEST(Trace, ALongRunIsCutOff) {
  Trace trace = traceOf("loop 200000 {\nload a in\nset MTE2 V 0\nwait MTE2 V 0\n}");
  EXPECT_FALSE(trace.report.fault);
  ASSERT_TRUE(trace.cutOff);
  EXPECT_LE(trace.events.size(), 2 * traceLimit);
}

TEST(Trace, EveryPairOfTheChecksIsLawful) {
  for (const char *script :
       {"loop 3 {\nload a in*i\nset MTE2 V 0\nwait MTE2 V 0\nuse b a\nset V MTE3 1\nwait V MTE3 1\nstore b out*i\n}",
        "load a in\nbarrier ALL\nscope {\nmask m 64\nld v a\nst v b m\nbar VST_VLD\nld w b\nst w c m\n}",
        "load a in\nload b in+256\nbarrier MTE2\nset MTE2 MTE3 0\nwait MTE2 MTE3 0\nstore a out\nstore b out+256"})
    expectLawful(traceOf(script));
}

} // namespace
} // namespace pto::sim::testing
