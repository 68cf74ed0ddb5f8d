// What a case says of its outputs: how they are compared, and what a comparison may leave unchecked.
#pragma once

#include "harness/case/Arguments.h"
#include "harness/case/CaseKeys.h"

namespace pto::harness {

/// `compare` and `allow`: one for all outputs, or a map of their names.
void readOutputKeys(Reader &reader, const CaseDraft &draft, Arguments &arguments);

} // namespace pto::harness
