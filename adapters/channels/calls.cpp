#include "adapters/channels/calls.hpp"

#include <algorithm>
#include <charconv>

namespace echoflow::channels {

namespace {

constexpr std::chrono::seconds longest_rest_between_calls{3'600};
constexpr std::size_t most_answer_bytes = 4u << 20;

std::optional<std::int64_t> whole_number(std::string_view text) {
  std::int64_t number = 0;
  auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (text.empty() || error != std::errc() || end != text.data() + text.size() || number < 0) return std::nullopt;
  return number;
}

Later later_of(const http::ClientFailure& failure, const std::string& network) {
  using Kind = http::ClientFailureKind;
  switch (failure.kind) {
    case Kind::bad_url:
      return {std::chrono::minutes(10), "The address of " + network + " is malformed; check the channel's settings.",
              false};
    case Kind::unreachable:
      return {std::chrono::seconds(10), network + " cannot be reached.", true};
    case Kind::timeout:
      return {std::chrono::seconds(10), network + " did not answer in time.", true};
    case Kind::too_large:
      return {std::chrono::minutes(1), "The answer of " + network + " is too large.", true};
  }
  return {};
}

}  // namespace

std::chrono::milliseconds rest_of(const http::ClientAnswer& answer, TimePoint now, std::chrono::seconds preset) {
  auto rest = preset;
  if (auto after = whole_number(answer.header("Retry-After")))
    rest = std::chrono::seconds(std::min<std::int64_t>(*after, longest_rest_between_calls.count()));
  else if (auto reset = whole_number(answer.header("x-rate-limit-reset")))
    rest = std::chrono::seconds(*reset - now.micros / 1'000'000);
  return std::clamp(rest, std::chrono::seconds(1), longest_rest_between_calls);
}

Result<Answer, Later> call(http::Client& client, const std::string& network, http::ClientRequest request,
                           TimePoint now) {
  request.max_answer_bytes = std::min(request.max_answer_bytes, most_answer_bytes);
  request.once = request.method == "POST";  // a text that is said twice is worse than one that is asked after
  auto plain = client.send(request);
  if (!plain) return fail(later_of(plain.error(), network));
  if (plain->status == 429)
    return fail(Later{rest_of(*plain, now, std::chrono::seconds(60)), network + " asks for fewer calls (429).", false});
  if (plain->status >= 500 || plain->status < 200)
    return fail(Later{rest_of(*plain, now, std::chrono::seconds(10)),
                      network + " has trouble (status " + std::to_string(plain->status) + ").", true});
  Answer answer{plain->status, {}, std::move(plain).value()};
  if (auto body = json::parse(answer.plain.body)) answer.body = std::move(body).value();
  return answer;
}

http::ClientRequest json_post(std::string url, std::string body, const std::string& bearer) {
  http::ClientRequest request{std::move(url), "POST", {{"Content-Type", "application/json"}}, std::move(body)};
  if (!bearer.empty()) request.headers.emplace_back("Authorization", "Bearer " + bearer);
  return request;
}

http::ClientRequest form_post(std::string url, const http::Pairs& fields) {
  return {std::move(url), "POST", {{"Content-Type", "application/x-www-form-urlencoded"}}, form_text(fields)};
}

http::ClientRequest get(std::string url, const std::string& bearer) {
  http::ClientRequest request{std::move(url), "GET", {}, ""};
  if (!bearer.empty()) request.headers.emplace_back("Authorization", "Bearer " + bearer);
  return request;
}

std::string form_text(const http::Pairs& fields) {
  std::string text;
  for (const auto& [name, value] : fields)
    ((text += text.empty() ? "" : "&") += http::percent_encoded(name) + "=") += http::percent_encoded(value);
  return text;
}

}  // namespace echoflow::channels
