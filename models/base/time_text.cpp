// The lexical forms of dates, times and durations (XML Schema part 2 §3.2).
#include <cstdio>

#include "models/base/micros.hpp"
#include "models/base/time.hpp"

namespace echoflow {
namespace {

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

std::string_view trim(std::string_view text) {
  constexpr std::string_view space = " \t\r\n";
  const auto first = text.find_first_not_of(space);
  return first == std::string_view::npos ? std::string_view{}
                                         : text.substr(first, text.find_last_not_of(space) - first + 1);
}

/// Takes pieces off the front of a text.
class Scanner {
 public:
  explicit Scanner(std::string_view text) : left_(trim(text)) {}
  bool done() const { return left_.empty(); }
  char peek() const { return left_.empty() ? '\0' : left_.front(); }
  bool take(char c) {
    if (peek() != c || left_.empty()) return false;
    left_.remove_prefix(1);
    return true;
  }
  /// A number of `least` to `most` digits.
  std::optional<std::int64_t> number(std::size_t least, std::size_t most) {
    std::size_t n = 0;
    std::int64_t value = 0;
    while (n < left_.size() && is_digit(left_[n]) && n < most) value = value * 10 + (left_[n++] - '0');
    if (n < least || (n < left_.size() && is_digit(left_[n]))) return std::nullopt;
    left_.remove_prefix(n);
    return value;
  }
  std::optional<std::int32_t> two_digits(std::int32_t least, std::int32_t most) {
    const auto value = number(2, 2);
    if (!value || *value < least || *value > most) return std::nullopt;
    return static_cast<std::int32_t>(*value);
  }
  /// ".ddd…" as microseconds; nothing is 0, a point without digits is an error.
  std::optional<std::int32_t> fraction() {
    if (!take('.')) return 0;
    std::size_t n = 0;
    std::int32_t value = 0;
    for (; n < left_.size() && is_digit(left_[n]); ++n)
      if (n < 6) value = value * 10 + (left_[n] - '0');
    if (n == 0) return std::nullopt;
    for (std::size_t i = n; i < 6; ++i) value *= 10;
    left_.remove_prefix(n);
    return value;
  }

 private:
  std::string_view left_;
};

std::int32_t last_day(std::int64_t year, std::int32_t month) {
  if (month == 2) return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0 ? 29 : 28;
  return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
}

bool scan_date(Scanner& in, DateTime& t) {
  const bool negative = in.take('-');
  if (in.peek() == '0') {
    const auto year = in.number(4, 4);
    if (!year) return false;
    t.year = *year;
  } else {
    const auto year = in.number(4, 9);
    if (!year) return false;
    t.year = *year;
  }
  if (negative) t.year = -t.year;
  if (t.year > farthest_year || t.year < -farthest_year || !in.take('-')) return false;
  const auto month = in.two_digits(1, 12);
  if (!month || !in.take('-')) return false;
  const auto day = in.two_digits(1, last_day(t.year, *month));
  if (!day) return false;
  t.month = *month;
  t.day = *day;
  return true;
}

bool scan_clock(Scanner& in, DateTime& t) {
  const auto hour = in.two_digits(0, 24);
  if (!hour || !in.take(':')) return false;
  const auto minute = in.two_digits(0, 59);
  if (!minute || !in.take(':')) return false;
  const auto second = in.two_digits(0, 59);
  if (!second) return false;
  const auto micro = in.fraction();
  if (!micro || (*hour == 24 && (*minute != 0 || *second != 0 || *micro != 0))) return false;
  t.hour = *hour;
  t.minute = *minute;
  t.second = *second;
  t.micro = *micro;
  return true;
}

bool scan_zone(Scanner& in, DateTime& t) {
  if (in.take('Z')) {
    t.zone_minutes = 0;
  } else if (in.peek() == '+' || in.peek() == '-') {
    const std::int32_t sign = in.take('-') ? -1 : (in.take('+'), 1);
    const auto hours = in.two_digits(0, 14);
    if (!hours || !in.take(':')) return false;
    const auto minutes = in.two_digits(0, 59);
    if (!minutes || (*hours == 14 && *minutes != 0)) return false;
    t.zone_minutes = sign * (*hours * 60 + *minutes);
  }
  return in.done();
}

Error malformed(std::string_view text, std::string_view type, std::string_view example) {
  constexpr std::size_t most = 60;
  std::string shown(trim(text).substr(0, most));
  return {"\"" + shown + "\" is no " + std::string(type) + ": write it like " + std::string(example)};
}

void put_number(std::string& out, std::int64_t value, int width) {
  char buffer[32];
  std::snprintf(buffer, sizeof buffer, "%0*lld", width, static_cast<long long>(value));
  out += buffer;
}

void put_fraction(std::string& out, std::int64_t micro) {
  if (micro == 0) return;
  char buffer[16];
  std::snprintf(buffer, sizeof buffer, ".%06lld", static_cast<long long>(micro));
  out += buffer;
  out.erase(out.find_last_not_of('0') + 1);
}

void put_date(std::string& out, const DateTime& t) {
  if (t.year < 0) out += '-';
  put_number(out, t.year < 0 ? -t.year : t.year, 4);
  out += '-';
  put_number(out, t.month, 2);
  out += '-';
  put_number(out, t.day, 2);
}

void put_clock(std::string& out, const DateTime& t) {
  put_number(out, t.hour, 2);
  out += ':';
  put_number(out, t.minute, 2);
  out += ':';
  put_number(out, t.second, 2);
  put_fraction(out, t.micro);
}

void put_zone(std::string& out, const DateTime& t) {
  if (!t.zone_minutes) return;
  std::int32_t zone = *t.zone_minutes;
  if (zone == 0) {
    out += 'Z';
    return;
  }
  out += zone < 0 ? '-' : '+';
  zone = zone < 0 ? -zone : zone;
  put_number(out, zone / 60, 2);
  out += ':';
  put_number(out, zone % 60, 2);
}

// One "12D" of a duration: the number times `unit` is added to `sum`.
bool add_field(std::int64_t number, std::int64_t unit, std::int64_t& sum) {
  std::int64_t product = 0;
  return !__builtin_mul_overflow(number, unit, &product) && !__builtin_add_overflow(sum, product, &sum);
}

struct Field {
  char letter;
  std::int64_t unit;
  bool months;
};
constexpr Field date_fields[] = {{'Y', 12, true}, {'M', 1, true}, {'D', day_micros, false}};
constexpr Field clock_fields[] = {{'H', hour_micros, false}, {'M', minute_micros, false}, {'S', second_micros, false}};

// Fields in their order, each at most once; a fraction only before 'S'. Returns how many there were, -1 when malformed.
int scan_fields(Scanner& in, const Field (&fields)[3], Duration& out) {
  int count = 0;
  std::size_t next = 0;
  while (is_digit(in.peek())) {
    const auto number = in.number(1, 18);
    if (!number) return -1;
    const bool has_fraction = in.peek() == '.';
    const auto fraction = in.fraction();
    if (!fraction) return -1;
    while (next < 3 && !(in.peek() == fields[next].letter)) ++next;
    if (next == 3) return -1;
    const Field& field = fields[next++];
    in.take(field.letter);
    if (has_fraction && field.letter != 'S') return -1;
    if (!add_field(*number, field.unit, field.months ? out.months : out.micros)) return -1;
    if (!add_field(*fraction, 1, out.micros)) return -1;
    ++count;
  }
  return count;
}

}  // namespace

Result<DateTime> parse_date_time(std::string_view text) {
  Scanner in(text);
  DateTime t;
  if (!scan_date(in, t) || !in.take('T') || !scan_clock(in, t) || !scan_zone(in, t))
    return fail(malformed(text, "xsd:dateTime", "2026-03-01T08:05:09Z"));
  if (t.hour != 24) return t;
  t.hour = 0;
  return add(t, {0, day_micros});
}

Result<DateTime> parse_date(std::string_view text) {
  Scanner in(text);
  DateTime t;
  if (!scan_date(in, t) || !scan_zone(in, t)) return fail(malformed(text, "xsd:date", "2026-03-01"));
  return t;
}

Result<DateTime> parse_time(std::string_view text) {
  Scanner in(text);
  DateTime t;
  if (!scan_clock(in, t) || !scan_zone(in, t)) return fail(malformed(text, "xsd:time", "08:05:09Z"));
  if (t.hour == 24) t.hour = 0;
  return t;
}

Result<TimePoint> parse_deadline(std::string_view text) {
  if (const auto t = parse_date_time(text)) return to_time_point(*t);
  if (const auto t = parse_date(text)) return to_time_point(*t);
  return fail(malformed(text, "xsd:dateTime or xsd:date", "2026-03-01T08:05:09Z or 2026-03-01"));
}

Result<Duration> parse_duration(std::string_view text) {
  const auto error = [&] { return fail(malformed(text, "xsd:duration", "P1Y2M3DT4H5M6.5S, PT10S or P2D")); };
  Scanner in(text);
  const bool negative = in.take('-');
  Duration d;
  if (!in.take('P')) return error();
  const int date = scan_fields(in, date_fields, d);
  int clock = 0;
  if (in.take('T') && (clock = scan_fields(in, clock_fields, d)) == 0) return error();
  if (date < 0 || clock < 0 || date + clock == 0 || !in.done()) return error();
  return negative ? negate(d) : d;
}

std::string format_date_time(const DateTime& t) {
  std::string out;
  put_date(out, t);
  out += 'T';
  put_clock(out, t);
  put_zone(out, t);
  return out;
}

std::string format_date(const DateTime& t) {
  std::string out;
  put_date(out, t);
  put_zone(out, t);
  return out;
}

std::string format_time(const DateTime& t) {
  std::string out;
  put_clock(out, t);
  put_zone(out, t);
  return out;
}

std::string format_time_point(TimePoint value) {
  return format_date_time(to_date_time(value));
}

std::string format_duration(const Duration& value) {
  // Unsigned, so that the lowest number has a magnitude too.
  const auto magnitude = [](std::int64_t n) {
    return n < 0 ? 0 - static_cast<std::uint64_t>(n) : static_cast<std::uint64_t>(n);
  };
  const std::uint64_t months = magnitude(value.months);
  std::uint64_t micros = magnitude(value.micros);
  if (months == 0 && micros == 0) return "PT0S";
  std::string out = value.months < 0 || value.micros < 0 ? "-P" : "P";
  const auto put = [&](std::uint64_t n, char letter) {
    if (n != 0) (out += std::to_string(n)) += letter;
  };
  put(months / 12, 'Y');
  put(months % 12, 'M');
  put(micros / day_micros, 'D');
  micros %= day_micros;
  if (micros == 0) return out;
  out += 'T';
  put(micros / hour_micros, 'H');
  micros %= hour_micros;
  put(micros / minute_micros, 'M');
  micros %= minute_micros;
  if (micros == 0) return out;
  out += std::to_string(micros / second_micros);
  put_fraction(out, static_cast<std::int64_t>(micros % second_micros));
  out += 'S';
  return out;
}

}  // namespace echoflow
