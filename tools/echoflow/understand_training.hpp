#pragma once
#include "tools/echoflow/settings.hpp"

namespace echoflow::tool {

/// understand --train FILE --out MODEL
int train_classifier(const Settings& settings);
/// understand --benchmark FILE [--test FILE | --model FILE]
int run_benchmark(const Settings& settings);

}  // namespace echoflow::tool
