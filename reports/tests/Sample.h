// Results to report on.
#pragma once

#include "reports/Result.h"

namespace pto::reports {

/// A numeric failure with everything that a screen can show.
inline Result numericFailure() {
  Result result;
  result.name = "micro-op/vmadd@dtype=f32,tail=13";
  result.summary = "fused multiply-add of f32 vectors";
  result.state = State::FailNumeric;
  result.blame = Blame::Kernel;
  result.stage = "compare";
  result.message = "output 'out': 13 of 1024 elements differ";
  result.warnings = {"flag V to MTE3 EVENT_ID1 is left set"};
  result.location = Location{{"cases/micro-op/vmadd/kernel.pto", 17, 10}, "    %3 = pto.vmadd %0, %1, %2"};
  result.target = "sim";
  result.seed = 7;
  result.durationMs = 1.234;
  result.replay = "run_validation --case 'micro-op/vmadd@dtype=f32,tail=13' --seed 7";
  Output output;
  output.name = "out";
  output.dtype = "f32";
  output.shape = {16, 64};
  output.elements = 1024;
  output.differing = 13;
  output.mode = "ulp: 1";
  output.bound = "1 ulp";
  output.tightest = "ulp: 8388608";
  output.worst = {
      {12, {0, 12}, "1.5", "nan", "0x3fc00000", "0x7fc00000", "0x1.8p+0", "nan", "inf"},
      {3, {0, 3}, "1", "2", "0x3f800000", "0x40000000", "0x1p+0", "0x1p+1", "8388608 ulp"},
      {5, {0, 5}, "-0.1", "-0.10000002", "0xbdcccccd", "0xbdccccd0", "-0x1.99999ap-4", "-0x1.9999ap-4", "3 ulp"},
  };
  output.histogram = {{"0", 1011}, {"1", 0}, {"2", 4}, {"3–4", 6}, {"8388608", 2}, {"infinite", 1}};
  output.lanes.assign(64, 0);
  for (int i = 0; i < 13; ++i)
    output.lanes[i] = 1 + i % 3;
  output.writer = Location{{"cases/micro-op/vmadd/kernel.pto", 18, 5}, "    pto.vsts %3, %ub"};
  result.outputs = {output};
  return result;
}

inline Result resultOf(State state, Blame blame = Blame::None, double ms = 1, const char *name = "a/b") {
  Result result;
  result.name = name;
  result.state = state;
  result.blame = blame;
  result.durationMs = ms;
  return result;
}

} // namespace pto::reports
