#pragma once
#include "engine/ports/compiler.hpp"

namespace echoflow::scenario {

/// The compiler of the product, which compiles the same files once only in this program.
const engine::ProcessCompiler& cached_compiler();

}  // namespace echoflow::scenario
