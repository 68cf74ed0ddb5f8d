// What the first line of results.jsonl says of a run.
#pragma once

#include "harness/cli/Options.h"
#include "reports/RunRecord.h"

namespace pto::harness {

/// `cases` were selected.
reports::RunHeader headerOf(const Options &options, size_t cases);

} // namespace pto::harness
