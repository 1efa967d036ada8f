#include "models/documentation/format.hpp"

#include <array>
#include <cmath>

namespace echoflow::documentation {

namespace {

std::string grouped(const Words& words, std::string digits) {
  const char separator = words.language() == "de" ? '.' : ',';
  const std::size_t first = !digits.empty() && digits.front() == '-' ? 1 : 0;
  for (std::size_t at = digits.size(); at > first + 3;) {
    at -= 3;
    digits.insert(at, 1, separator);
  }
  return digits;
}

std::string day_text(const Words& words, const DateTime& t) {
  return words.language() == "de" ? fmt::format("{:02}.{:02}.{:04}", t.day, t.month, t.year)
                                  : fmt::format("{:04}-{:02}-{:02}", t.year, t.month, t.day);
}

struct Part {
  std::int64_t count;
  Word one, many;
};

}  // namespace

std::string number_text(const Words& words, std::int64_t value) {
  return grouped(words, std::to_string(value));
}

std::string number_text(const Words& words, double value, int decimals) {
  if (!std::isfinite(value)) return words(Word::none_given);
  std::string text = fmt::format("{:.{}f}", value, decimals);
  if (decimals > 0) {
    while (text.back() == '0') text.pop_back();
    if (text.back() == '.') text.pop_back();
  }
  const auto point = text.find('.');
  std::string whole = grouped(words, text.substr(0, point));
  if (point == std::string::npos) return whole;
  whole += words.language() == "de" ? ',' : '.';
  return whole + text.substr(point + 1);
}

std::string time_text(const Words& words, TimePoint at) {
  const DateTime t = to_date_time(at);
  return day_text(words, t) + fmt::format(" {:02}:{:02} UTC", t.hour, t.minute);
}

std::string time_text(const Words& words, const std::optional<TimePoint>& at) {
  return at ? time_text(words, *at) : words(Word::none_given);
}

std::string date_text(const Words& words, std::string_view date) {
  if (auto day = parse_date(date)) return day_text(words, *day);
  if (auto moment = parse_date_time(date)) return time_text(words, to_time_point(*moment));
  return std::string(date);
}

std::string seconds_text(const Words& words, double seconds) {
  if (!std::isfinite(seconds)) return words(Word::none_given);
  if (seconds < 0) {
    std::string text = "−";
    return text += seconds_text(words, -seconds);
  }
  if (seconds < 60) return number_text(words, seconds, seconds < 10 ? 1 : 0) + " s";
  const auto minutes = static_cast<std::int64_t>(std::llround(std::min(seconds, 1e15) / 60));
  if (minutes < 60) return fmt::format("{} min", minutes);
  const auto hours = minutes / 60;
  if (hours < 24) return minutes % 60 ? fmt::format("{} h {} min", hours, minutes % 60) : fmt::format("{} h", hours);
  return hours % 24 ? fmt::format("{} d {} h", hours / 24, hours % 24) : fmt::format("{} d", hours / 24);
}

std::string duration_text(const Words& words, std::string_view duration) {
  auto parsed = parse_duration(duration);
  if (!parsed || parsed->months < 0 || parsed->micros < 0) return std::string(duration);
  const std::int64_t seconds = parsed->micros / 1'000'000;
  const std::array<Part, 6> parts = {{{parsed->months / 12, Word::year_one, Word::year_many},
                                      {parsed->months % 12, Word::month_one, Word::month_many},
                                      {seconds / 86400, Word::day_one, Word::day_many},
                                      {seconds / 3600 % 24, Word::hour_one, Word::hour_many},
                                      {seconds / 60 % 60, Word::minute_one, Word::minute_many},
                                      {seconds % 60, Word::second_one, Word::second_many}}};
  std::string text;
  for (const auto& part : parts) {
    if (part.count == 0) continue;
    if (!text.empty()) text += ' ';
    text += words(part.count == 1 ? part.one : part.many, part.count);
  }
  return text.empty() ? words(Word::second_many, 0) : text;
}

std::string value_text(const Words& words, double value, std::string_view unit) {
  if (unit == "s") return seconds_text(words, value);
  std::string text = number_text(words, value, 2);
  if (unit.empty() || unit == "count") return text;
  if (unit == "percent") return text + " %";
  text += ' ';
  return text += unit;
}

}  // namespace echoflow::documentation
