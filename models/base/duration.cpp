#include "models/base/duration.hpp"

#include <algorithm>
#include <chrono>
#include <limits>
#include <string>

namespace echoflow {
namespace {

constexpr std::int64_t micros_per_second = 1'000'000;
constexpr std::int64_t micros_per_day = 86'400 * micros_per_second;
constexpr std::int64_t year_limit = 200'000;  // keeps every sum within 64 bits of microseconds

bool is_digit(char c) { return c >= '0' && c <= '9'; }

std::string_view trim(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t' || text.front() == '\n' || text.front() == '\r')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t' || text.back() == '\n' || text.back() == '\r')) text.remove_suffix(1);
  return text;
}

/// Consumes from the front of a text.
class Scanner {
 public:
  explicit Scanner(std::string_view text) : text_(text) {}
  bool at_end() const { return text_.empty(); }
  char peek() const { return text_.empty() ? '\0' : text_.front(); }
  bool accept(char c) {
    if (peek() != c || text_.empty()) return false;
    text_.remove_prefix(1);
    return true;
  }
  /// One or more digits; nullopt when none or too many.
  std::optional<std::int64_t> digits() {
    std::size_t n = 0;
    std::int64_t value = 0;
    while (n < text_.size() && is_digit(text_[n])) {
      if (n >= 12) return std::nullopt;
      value = value * 10 + (text_[n++] - '0');
    }
    if (n == 0) return std::nullopt;
    text_.remove_prefix(n);
    return value;
  }
  std::optional<std::int64_t> digits(std::size_t exactly) {
    if (text_.size() < exactly) return std::nullopt;
    for (std::size_t i = 0; i < exactly; ++i)
      if (!is_digit(text_[i])) return std::nullopt;
    std::int64_t value = 0;
    for (std::size_t i = 0; i < exactly; ++i) value = value * 10 + (text_[i] - '0');
    text_.remove_prefix(exactly);
    return value;
  }
  /// Digits after a decimal point, in microseconds; more precise ones are cut.
  std::optional<std::int64_t> fraction() {
    std::size_t n = 0;
    std::int64_t value = 0, unit = micros_per_second / 10;
    for (; n < text_.size() && is_digit(text_[n]); ++n, unit /= 10) value += unit * (text_[n] - '0');
    if (n == 0) return std::nullopt;
    text_.remove_prefix(n);
    return value;
  }

 private:
  std::string_view text_;
};

struct Field { char letter; std::int64_t months; std::int64_t micros; };
constexpr Field date_fields[] = {{'Y', 12, 0}, {'M', 1, 0}, {'D', 0, micros_per_day}};
constexpr Field time_fields[] = {{'H', 0, 3600 * micros_per_second}, {'M', 0, 60 * micros_per_second}, {'S', 0, micros_per_second}};

/// Reads "1Y2M3D" or "1H2M3.4S" in order. False when malformed; `any` tells whether a field was there.
template <std::size_t N>
bool read_fields(Scanner& in, const Field (&fields)[N], Duration& total, bool& any) {
  std::size_t next = 0;
  while (is_digit(in.peek())) {
    auto value = in.digits();
    if (!value || *value > 100'000'000'000) return false;
    std::int64_t fraction = 0;
    bool has_fraction = in.accept('.');
    if (has_fraction) {
      auto read = in.fraction();
      if (!read) return false;
      fraction = *read;
    }
    while (next < N && in.peek() != fields[next].letter) ++next;
    if (next == N || (has_fraction && fields[next].letter != 'S')) return false;
    std::int64_t months = 0, micros = 0;
    if (__builtin_mul_overflow(*value, fields[next].months, &months) || __builtin_add_overflow(total.months, months, &total.months)) return false;
    if (__builtin_mul_overflow(*value, fields[next].micros, &micros) || __builtin_add_overflow(total.micros, micros + fraction, &total.micros)) return false;
    in.accept(fields[next].letter);
    any = true;
    ++next;
  }
  return true;
}

std::optional<int> read_zone(Scanner& in) {
  if (in.at_end() || in.accept('Z')) return 0;
  int sign = in.accept('+') ? 1 : in.accept('-') ? -1 : 0;
  auto hours = in.digits(2);
  if (sign == 0 || !hours || !in.accept(':')) return std::nullopt;
  auto minutes = in.digits(2);
  if (!minutes || *hours > 14 || *minutes > 59 || (*hours == 14 && *minutes != 0)) return std::nullopt;
  return sign * static_cast<int>(*hours * 60 + *minutes);
}

std::optional<std::int64_t> read_time(Scanner& in) {
  auto hour = in.digits(2);
  if (!hour || !in.accept(':')) return std::nullopt;
  auto minute = in.digits(2);
  if (!minute || !in.accept(':')) return std::nullopt;
  auto second = in.digits(2);
  if (!second) return std::nullopt;
  std::int64_t fraction = 0;
  if (in.accept('.')) {
    auto read = in.fraction();
    if (!read) return std::nullopt;
    fraction = *read;
  }
  bool midnight = *hour == 24 && *minute == 0 && *second == 0 && fraction == 0;
  if ((*hour > 23 && !midnight) || *minute > 59 || *second > 59) return std::nullopt;
  return ((*hour * 60 + *minute) * 60 + *second) * micros_per_second + fraction;
}

}  // namespace

std::optional<Duration> parse_duration(std::string_view text) {
  Scanner in(trim(text));
  bool negative = in.accept('-');
  if (!in.accept('P')) return std::nullopt;
  Duration total;
  bool any = false;
  if (!read_fields(in, date_fields, total, any)) return std::nullopt;
  if (in.accept('T')) {
    bool any_time = false;
    if (!read_fields(in, time_fields, total, any_time) || !any_time) return std::nullopt;
    any = true;
  }
  if (!any || !in.at_end() || total.months > year_limit * 12) return std::nullopt;
  if (total.micros > year_limit * 366 * micros_per_day) return std::nullopt;
  if (negative) total = {-total.months, -total.micros};
  return total;
}

std::optional<TimePoint> parse_deadline(std::string_view text) {
  using namespace std::chrono;
  Scanner in(trim(text));
  bool negative = in.accept('-');
  auto year_digits = in.digits();
  if (!year_digits || *year_digits > 32'000 || !in.accept('-')) return std::nullopt;
  auto month_digits = in.digits(2);
  if (!month_digits || !in.accept('-')) return std::nullopt;
  auto day_digits = in.digits(2);
  if (!day_digits) return std::nullopt;
  year_month_day date{year{static_cast<int>(negative ? -*year_digits : *year_digits)},
                      month{static_cast<unsigned>(*month_digits)}, day{static_cast<unsigned>(*day_digits)}};
  if (!date.ok()) return std::nullopt;
  std::int64_t time_of_day = 0;
  if (in.accept('T')) {
    auto read = read_time(in);
    if (!read) return std::nullopt;
    time_of_day = *read;
  }
  auto zone = read_zone(in);
  if (!zone || !in.at_end()) return std::nullopt;
  std::int64_t days_since = sys_days(date).time_since_epoch().count();
  return TimePoint{days_since * micros_per_day + time_of_day - *zone * 60 * micros_per_second};
}

TimePoint add(TimePoint start, const Duration& duration) {
  using namespace std::chrono;
  std::int64_t micros = start.micros;
  if (duration.months != 0) {
    std::int64_t days_since = micros / micros_per_day - (micros % micros_per_day < 0 ? 1 : 0);
    std::int64_t time_of_day = micros - days_since * micros_per_day;
    year_month_day date{sys_days{days{days_since}}};
    std::int64_t months = static_cast<int>(date.year()) * 12LL + static_cast<unsigned>(date.month()) - 1 + duration.months;
    std::int64_t years = std::clamp<std::int64_t>(months >= 0 ? months / 12 : (months - 11) / 12, -30'000, 30'000);
    year_month target{year{static_cast<int>(years)}, month{static_cast<unsigned>((months % 12 + 12) % 12 + 1)}};
    auto day_of_month = std::min(date.day(), year_month_day_last{target.year(), month_day_last{target.month()}}.day());
    micros = static_cast<std::int64_t>(sys_days{target / day_of_month}.time_since_epoch().count()) * micros_per_day + time_of_day;
  }
  std::int64_t sum = 0;
  if (__builtin_add_overflow(micros, duration.micros, &sum))
    sum = duration.micros > 0 ? std::numeric_limits<std::int64_t>::max() : std::numeric_limits<std::int64_t>::min();
  return {sum};
}

}  // namespace echoflow
