#pragma once
#include <stdexcept>
#include <string>

#include "engine/ports/store.hpp"

/// What the library's exceptions mean: the only place that knows their codes.
namespace echoflow::store {

/// A failure of our own inside a transaction: rolls it back and becomes the error.
struct StoreFailure : std::runtime_error {
  explicit StoreFailure(engine::StoreError told) : std::runtime_error(told.message), error(std::move(told)) {}
  engine::StoreError error;
};
[[noreturn]] void refuse(engine::StoreErrorKind kind, std::string message);

struct Trouble {
  engine::StoreError error;
  bool session_lost = false;  ///< the session must be opened again
};

/// Explains the exception being handled. `where` names the database for people; `system_error` is errno's value at the
/// database's last failure, 0 when unknown. `session_broken`: the server is gone, or was never reached.
Trouble explain_current_exception(const std::string& where, int system_error, bool session_broken);

}  // namespace echoflow::store
