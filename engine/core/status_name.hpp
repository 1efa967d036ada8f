#pragma once
#include <string_view>

#include "engine/core/batch.hpp"

namespace echoflow::engine {

/// The word for it over REST, in documents and in exports: "running", "suspended" …
std::string_view to_string(InstanceStatus status);

}  // namespace echoflow::engine
