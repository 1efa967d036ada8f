#include "adapters/channels/build.hpp"

#include <algorithm>
#include <array>
#include <charconv>

#include "adapters/http/message.hpp"

namespace echoflow::channels {

namespace {

constexpr std::int64_t last_second = 253'402'300'799;  // of the year 9999

std::vector<std::string_view> words_of(std::string_view text) {
  std::vector<std::string_view> words;
  while (!text.empty() && words.size() < 8) {
    const auto begin = text.find_first_not_of(" ,");
    if (begin == std::string_view::npos) break;
    text.remove_prefix(begin);
    const auto end = std::min(text.find_first_of(" ,"), text.size());
    words.push_back(text.substr(0, end));
    text.remove_prefix(end);
  }
  return words;
}

std::optional<std::int32_t> number(std::string_view text) {
  std::int32_t value = 0;
  auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

std::int32_t month_of(std::string_view word) {
  static constexpr std::array<std::string_view, 12> months{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                           "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  auto it = std::find(months.begin(), months.end(), word.substr(0, 3));
  return it == months.end() ? 0 : static_cast<std::int32_t>(it - months.begin()) + 1;
}

/// "+0130" → 90; names of zones are UTC.
std::int32_t zone_of(std::string_view word) {
  if (word.size() != 5 || (word[0] != '+' && word[0] != '-')) return 0;
  const auto hours = number(word.substr(1, 2)), minutes = number(word.substr(3, 2));
  if (!hours || !minutes || *hours > 14 || *minutes > 59) return 0;
  return (word[0] == '-' ? -1 : 1) * (*hours * 60 + *minutes);
}

std::optional<TimePoint> time_of(std::string_view day, std::string_view month, std::string_view year,
                                 std::string_view clock, std::string_view zone) {
  DateTime value;
  const auto d = number(day), y = number(year);
  const auto m = month_of(month);
  if (!d || !y || !m || *d < 1 || *d > 31 || *y < 1970 || *y > 9999 || clock.size() < 5) return std::nullopt;
  const auto hour = number(clock.substr(0, 2)), minute = number(clock.substr(3, 2));
  const auto second = clock.size() >= 8 ? number(clock.substr(6, 2)) : 0;
  if (!hour || !minute || !second || *hour > 23 || *minute > 59 || *second > 60) return std::nullopt;
  value.year = *y, value.month = m, value.day = *d;
  value.hour = *hour, value.minute = *minute, value.second = std::min(*second, 59);
  value.zone_minutes = zone_of(zone);
  return to_time_point(value);
}

/// The character of "&name;", "&#1234;" or "&#x12;" as UTF-8; empty when unknown.
std::string character_of(std::string_view entity) {
  if (entity == "lt") return "<";
  if (entity == "gt") return ">";
  if (entity == "amp") return "&";
  if (entity == "quot") return "\"";
  if (entity == "apos") return "'";
  if (entity == "nbsp") return " ";
  if (entity.size() < 2 || entity[0] != '#') return {};
  const bool hex = entity[1] == 'x' || entity[1] == 'X';
  const auto digits = entity.substr(hex ? 2 : 1);
  std::uint32_t c = 0;
  auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), c, hex ? 16 : 10);
  if (error != std::errc() || end != digits.data() + digits.size()) return {};
  if (c == 0 || c > 0x10ffff || (c >= 0xd800 && c <= 0xdfff)) return {};
  std::string out;
  if (c < 0x80) return {static_cast<char>(c)};
  if (c >= 0x10000) out += static_cast<char>(0xf0 | (c >> 18));
  if (c >= 0x800) out += static_cast<char>(c >= 0x10000 ? 0x80 | ((c >> 12) & 0x3f) : 0xe0 | (c >> 12));
  out += static_cast<char>(c >= 0x800 ? 0x80 | ((c >> 6) & 0x3f) : 0xc0 | (c >> 6));
  out += static_cast<char>(0x80 | (c & 0x3f));
  return out;
}

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return out;
}

/// What a tag leaves in the text.
void put_tag(std::string_view tag, std::string& out) {
  const auto name = lower(tag.substr(0, tag.find_first_of(" \t\r\n/", tag.starts_with('/') ? 1 : 0)));
  if (name == "br") out += '\n';
  if (name == "/p" || name == "/div" || name == "/li" || name == "/tr" || name == "/h1" || name == "/h2") out += '\n';
}

std::string trimmed(std::string text) {
  const auto end = text.find_last_not_of(" \t\r\n");
  text.erase(end == std::string::npos ? 0 : end + 1);
  text.erase(0, std::min(text.find_first_not_of(" \t\r\n"), text.size()));
  return text;
}

}  // namespace

Result<json::Value, Refusal> json_body(const http::Request& request) {
  auto value = json::parse(request.body);
  if (!value) return fail(Refusal{400, "malformed", value.error().message});
  if (value->kind != json::Kind::object) return fail(Refusal{400, "malformed", "The body must be a JSON object."});
  return std::move(value).value();
}

std::string query_value(const http::Request& request, std::string_view name) {
  const auto pairs = http::parse_query(request.query);
  if (!pairs) return {};
  for (const auto& [key, value] : *pairs)
    if (key == name) return value;
  return {};
}

std::optional<TimePoint> from_unix_seconds(std::optional<std::int64_t> seconds) {
  if (!seconds || *seconds < 0 || *seconds > last_second) return std::nullopt;
  return TimePoint{*seconds * 1'000'000};
}

std::optional<TimePoint> from_unix_millis(std::optional<std::int64_t> millis) {
  if (!millis || *millis < 0 || *millis / 1'000 > last_second) return std::nullopt;
  return TimePoint{*millis * 1'000};
}

std::optional<TimePoint> from_iso(std::string_view text) {
  std::string fixed(text);
  // "+0000" instead of "+00:00"
  if (fixed.size() > 5 && (fixed[fixed.size() - 5] == '+' || fixed[fixed.size() - 5] == '-') &&
      fixed.find('T') != std::string::npos)
    fixed.insert(fixed.end() - 2, ':');
  auto value = parse_deadline(fixed);
  if (!value || value->micros < 0 || value->micros / 1'000'000 > last_second) return std::nullopt;
  return *value;
}

std::optional<TimePoint> from_http_date(std::string_view text) {
  const auto words = words_of(text);
  if (words.size() >= 6 && month_of(words[1]))  // Wed Oct 10 20:19:24 +0000 2018
    return time_of(words[2], words[1], words[5], words[3], words[4]);
  const std::size_t at = !words.empty() && number(words[0]) ? 0 : 1;
  if (words.size() < at + 4) return std::nullopt;
  return time_of(words[at], words[at + 1], words[at + 2], words[at + 3], words.size() > at + 4 ? words[at + 4] : "");
}

void remember(cx::Feedback& feedback, std::string_view name, std::string value) {
  if (value.empty()) return;
  auto& context = feedback.reply_context;
  auto it = std::lower_bound(context.begin(), context.end(), name,
                             [](const auto& pair, std::string_view key) { return pair.first < key; });
  if (it != context.end() && it->first == name)
    it->second = std::move(value);
  else
    context.insert(it, {std::string(name), std::move(value)});
}

std::string recall(const cx::Feedback& feedback, std::string_view name) {
  for (const auto& [key, value] : feedback.reply_context)
    if (key == name) return value;
  return {};
}

std::string text_of_html(std::string_view html) {
  std::string out;
  for (std::size_t i = 0; i < html.size();) {
    if (html[i] == '<') {
      const auto rest = html.substr(i);
      std::string_view skipped = rest.starts_with("<style") ? "</style" : rest.starts_with("<script") ? "</script" : "";
      if (rest.starts_with("<!--")) skipped = "-->";
      if (!skipped.empty()) i = std::min(html.find(skipped, i + 1), html.size());
      const auto end = std::min(html.find('>', i), html.size());
      if (skipped.empty()) put_tag(html.substr(i + 1, end - std::min(i + 1, end)), out);
      i = end + 1;
    } else if (html[i] == '&') {
      const auto end = html.substr(i, 12).find(';');
      const auto c = end == std::string_view::npos ? std::string() : character_of(html.substr(i + 1, end - 1));
      out += c.empty() ? "&" : c;
      i += c.empty() ? 1 : end + 1;
    } else {
      out += html[i++];
    }
  }
  return trimmed(std::move(out));
}

void complete(cx::Feedback& feedback, const Channel& channel, TimePoint now) {
  feedback.channel = channel.name();
  feedback.network = channel.network();
  feedback.received_at = now;
  if (feedback.conversation.empty()) feedback.conversation = feedback.external_id;
  if (feedback.customer.empty()) feedback.customer = channel.network() + ":" + feedback.author.id;
}

http::Response plain_response(int status, std::string text, std::string type) {
  return {status, std::move(type), std::move(text), {}, {}};
}

}  // namespace echoflow::channels
