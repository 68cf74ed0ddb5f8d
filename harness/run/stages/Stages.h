// The stages of a run, one file each, named after the stage. A stage returns false where it ended the run.
#pragma once

namespace pto::harness {

struct Run;

bool load(Run &run);       ///< a folder without a case.yaml: its script makes the data, its host program is followed
bool parse(Run &run);      ///< kernel text → module
bool specialize(Run &run); ///< generic program and the case's arguments → concrete program, as a module
bool verify(Run &run);     ///< the dialect's rules
bool entry(Run &run);      ///< which function is launched, and does it take what the case declares
bool roundTrip(Run &run);  ///< print → parse → equal, print again → same text
bool passes(Run &run);     ///< the pipeline, with verification and a round trip after each pass
bool equality(Run &run);   ///< the program against the hand-written one that the case names
bool decode(Run &run);     ///< the target makes the kernel ready, or refuses it by name
bool inputs(Run &run);     ///< seeded inputs
bool golden(Run &run);     ///< LibTorch's references, or those kept from an earlier run
bool run(Run &run);        ///< the target runs the kernel; guards and inputs are checked
bool compare(Run &run);    ///< outputs against references
bool judge(Run &run);      ///< outputs as the folder's own script judges them

} // namespace pto::harness
