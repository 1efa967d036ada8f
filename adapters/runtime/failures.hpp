#pragma once
#include <string>

#include "adapters/runtime/runtime.hpp"
#include "engine/core/command.hpp"
#include "engine/ports/store.hpp"

namespace echoflow::runtime {

/// What a failure of the store means for a caller.
Failure store_failure(const engine::StoreError& error);
/// True when the database as a whole cannot be written (not just one row of it).
bool is_outage(engine::StoreErrorKind kind);
Failure refusal_failure(const engine::Refusal& refusal);
Failure unavailable(std::string reason);
Failure not_found(std::string code, std::string message);

}  // namespace echoflow::runtime
