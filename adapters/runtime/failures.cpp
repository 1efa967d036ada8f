#include "adapters/runtime/failures.hpp"

namespace echoflow::runtime {

bool is_outage(engine::StoreErrorKind kind) {
  switch (kind) {
    case engine::StoreErrorKind::unavailable:
    case engine::StoreErrorKind::full:
    case engine::StoreErrorKind::read_only:
    case engine::StoreErrorKind::busy:
      return true;
    case engine::StoreErrorKind::conflict:
    case engine::StoreErrorKind::corrupt:
    case engine::StoreErrorKind::other:
      return false;
  }
  return false;
}

Failure store_failure(const engine::StoreError& error) {
  if (is_outage(error.kind)) return unavailable(error.message);
  if (error.kind == engine::StoreErrorKind::conflict) return {FailureKind::conflict, "conflict", error.message};
  return {FailureKind::internal, "store", error.message};
}

Failure refusal_failure(const engine::Refusal& refusal) {
  const bool unknown = refusal.code == "unknown-activity" || refusal.code == "unknown-variable";
  return {unknown ? FailureKind::not_found : FailureKind::conflict, refusal.code, refusal.detail};
}

Failure unavailable(std::string reason) {
  return {FailureKind::unavailable, "unavailable", std::move(reason)};
}

Failure not_found(std::string code, std::string message) {
  return {FailureKind::not_found, std::move(code), std::move(message)};
}

}  // namespace echoflow::runtime
