// The same for tests. RapidCheck's header for GoogleTest has to come after GoogleTest's own.
#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <rapidcheck/gtest.h>
