#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/rest/api.hpp"
#include "models/program/program.hpp"

/// Who acts and who looks.
namespace echoflow::rest {

/// The token's subject, or without tokens the header X-Actor; the refusal where nobody says.
Result<std::string, http::Response> who_of(const Call& call);

/// Journals that somebody has seen (or taken away) what customers said; the refusal, where that cannot be written.
std::optional<http::Response> note_access(Api& api, const Call& call, std::string what, std::vector<std::int64_t> ids);

/// Do its instances hold what customers said or people decided about them?
bool holds_customers_data(const program::Program& program);

}  // namespace echoflow::rest
