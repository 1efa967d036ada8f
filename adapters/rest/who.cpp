#include "adapters/rest/who.hpp"

#include "adapters/cx/feedback/accesses.hpp"
#include "adapters/runtime/failures.hpp"
#include "models/cx/listeners.hpp"

namespace echoflow::rest {

Result<std::string, http::Response> who_of(const Call& call) {
  std::string who = call.identity.subject;
  if (who.empty()) who = std::string(call.request.header("X-Actor"));
  if (who.empty()) return fail(bad_request("Say who acts: the header X-Actor is missing."));
  if (who.size() > 200) return fail(bad_request("The header X-Actor is longer than 200 bytes."));
  return who;
}

std::optional<http::Response> note_access(Api& api, const Call& call, std::string what, std::vector<std::int64_t> ids) {
  if (!api.options().accesses || ids.empty()) return std::nullopt;
  // Who may look without saying who he is (no tokens are configured) is noted as such.
  const auto who = who_of(call);
  auto noted = api.options().accesses->note({who ? *who : "(no token)", std::move(what), std::move(ids)});
  if (noted) return std::nullopt;
  return respond(runtime::store_failure(noted.error()));
}

bool holds_customers_data(const program::Program& program) {
  return !cx::listeners(program).empty();
}

}  // namespace echoflow::rest
