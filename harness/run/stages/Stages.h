// The stages of a run, one file each. A stage returns false where it ended the run.
#pragma once

namespace pto::harness {

struct Run;

bool parse(Run &run);          ///< kernel text → module
bool verify(Run &run);         ///< the dialect's rules
bool selectEntry(Run &run);    ///< which function is launched, and does it take what the case declares
bool roundTrip(Run &run);      ///< print → parse → equal, print again → same text
bool decode(Run &run);         ///< the target makes the kernel ready, or refuses it by name
bool generate(Run &run);       ///< seeded inputs
bool evaluate(Run &run);       ///< LibTorch's references, or those kept from an earlier run
bool launch(Run &run);         ///< the target runs the kernel; guards and inputs are checked
bool compareOutputs(Run &run); ///< outputs against references

// Of a program:
bool specialize(Run &run);     ///< generic program and the case's arguments → concrete program, as a module
bool runPasses(Run &run);      ///< the pipeline, with verification and a round trip after each pass
bool compareProgram(Run &run); ///< against the hand-written program that the case names

} // namespace pto::harness
