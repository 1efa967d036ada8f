#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "adapters/channels/channel.hpp"
#include "adapters/json/value.hpp"
#include "models/cx/feedback.hpp"

/// What every network's reader needs.
namespace echoflow::channels {

/// Most pieces of feedback that one webhook call may bring.
inline constexpr std::size_t most_items = 1'000;

/// A body as JSON object, or the refusal 400.
Result<json::Value, Refusal> json_body(const http::Request& request);
/// Value of a query parameter; empty when absent or malformed.
std::string query_value(const http::Request& request, std::string_view name);

/// nullopt outside of the years 1970 to 9999.
std::optional<TimePoint> from_unix_seconds(std::optional<std::int64_t> seconds);
std::optional<TimePoint> from_unix_millis(std::optional<std::int64_t> millis);
std::optional<TimePoint> from_iso(std::string_view text);
/// "Wed, 02 Oct 2002 13:00:00 GMT" and "Wed Oct 10 20:19:24 +0000 2018".
std::optional<TimePoint> from_http_date(std::string_view text);

/// Adds to the reply context, kept ascending; an empty value is left out.
void remember(cx::Feedback& feedback, std::string_view name, std::string value);
std::string recall(const cx::Feedback& feedback, std::string_view name);

/// Text of an HTML fragment: tags gone, <br> and </p> as line breaks, entities read.
std::string text_of_html(std::string_view html);

/// Fills channel, network, customer, conversation (where empty: the external id) and the time of arrival.
void complete(cx::Feedback& feedback, const Channel& channel, TimePoint now);

http::Response plain_response(int status, std::string text, std::string type = "text/plain; charset=utf-8");

}  // namespace echoflow::channels
