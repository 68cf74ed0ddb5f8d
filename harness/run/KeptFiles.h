// --keep-temps: what a case leaves behind for a closer look.
#pragma once

namespace pto::harness {

struct Run;

/// Writes the kernel as it was specialized, inputs, expected and actual outputs below the settings' folder for
/// kept files; does nothing if there is none. What cannot be written becomes a warning of the result.
void keepFiles(Run &run);

} // namespace pto::harness
