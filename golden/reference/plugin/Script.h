// A golden's TorchScript text: compiled, checked against its arguments, called.
#pragma once

#include "golden/reference/PluginApi.h"

namespace pto::golden {

/// Once a process: one thread, float64 as the default type, no fusing optimizer.
void prepareTorch();

void evaluateScript(const ScriptRequest &request, ScriptReceiver &receiver);

} // namespace pto::golden
