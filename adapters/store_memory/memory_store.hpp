#pragma once
#include <memory>

#include "engine/ports/store.hpp"

namespace echoflow::store {

/// A store that forgets everything when it goes: for servers that run in memory, and for tests. Same semantics as the
/// databases, checked by the same tests.
std::unique_ptr<engine::Store> make_memory_store();

}  // namespace echoflow::store
