// The same for files that read a command line.
#pragma once

#include <CLI/CLI.hpp>
