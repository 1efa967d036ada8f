#include "bpel/xpath/value.hpp"

#include <charconv>
#include <cmath>
#include <limits>

#include "models/base/namespaces.hpp"

namespace echoflow::xpath {
namespace {

constexpr bool is_space(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && is_space(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_space(text.back())) text.remove_suffix(1);
  return text;
}

double read_digits(std::string_view text, std::chars_format format) {
  double value = 0;
  const auto end = std::from_chars(text.data(), text.data() + text.size(), value, format);
  if (end.ptr != text.data() + text.size()) return std::numeric_limits<double>::quiet_NaN();
  if (end.ec == std::errc{}) return value;
  // Out of range: the magnitude decides between nothing and infinity.
  const auto exponent = text.find_first_of("eE");
  const bool tiny = exponent == std::string_view::npos ? text.find_first_not_of("-0.") > text.find('.')
                                                       : text.substr(exponent + 1).starts_with('-');
  const double magnitude = tiny ? 0.0 : std::numeric_limits<double>::infinity();
  return text.starts_with('-') ? -magnitude : magnitude;
}

}  // namespace

std::string_view type_name(Type type) {
  switch (type) {
    case Type::node:
      return "node";
    case Type::untyped_atomic:
      return "untypedAtomic";
    case Type::string:
      return "string";
    case Type::any_uri:
      return "anyURI";
    case Type::boolean:
      return "boolean";
    case Type::decimal:
      return "decimal";
    case Type::integer:
      return "integer";
    case Type::non_positive_integer:
      return "nonPositiveInteger";
    case Type::negative_integer:
      return "negativeInteger";
    case Type::long_:
      return "long";
    case Type::int_:
      return "int";
    case Type::short_:
      return "short";
    case Type::byte_:
      return "byte";
    case Type::non_negative_integer:
      return "nonNegativeInteger";
    case Type::unsigned_long:
      return "unsignedLong";
    case Type::unsigned_int:
      return "unsignedInt";
    case Type::unsigned_short:
      return "unsignedShort";
    case Type::unsigned_byte:
      return "unsignedByte";
    case Type::positive_integer:
      return "positiveInteger";
    case Type::float_:
      return "float";
    case Type::double_:
      return "double";
    case Type::date:
      return "date";
    case Type::time:
      return "time";
    case Type::date_time:
      return "dateTime";
    case Type::duration:
      return "duration";
    case Type::day_time_duration:
      return "dayTimeDuration";
    case Type::year_month_duration:
      return "yearMonthDuration";
    case Type::qname:
      return "QName";
  }
  return {};
}

// XPath 1.0 §4.4: optional whitespace, optional minus, digits with at most one point.
double parse_number(std::string_view text) {
  text = trimmed(text);
  const auto digits = text.starts_with('-') ? text.substr(1) : text;
  bool any = false, point = false;
  for (const char c : digits) {
    if (c == '.' && !point)
      point = true;
    else if (c >= '0' && c <= '9')
      any = true;
    else
      return std::numeric_limits<double>::quiet_NaN();
  }
  if (!any) return std::numeric_limits<double>::quiet_NaN();
  // Short integers, the common case, need no general conversion.
  if (!point && text.size() <= 15 && !text.starts_with('-')) {
    std::int64_t n = 0;
    for (const char c : digits) n = n * 10 + (c - '0');
    return static_cast<double>(n);
  }
  return read_digits(text, std::chars_format::fixed);
}

double parse_double(std::string_view text, bool& valid) {
  text = trimmed(text);
  valid = true;
  if (text == "INF") return std::numeric_limits<double>::infinity();
  if (text == "-INF") return -std::numeric_limits<double>::infinity();
  if (text == "NaN") return std::numeric_limits<double>::quiet_NaN();
  if (text.starts_with('+')) text.remove_prefix(1);
  const auto digits = text.substr(text.starts_with('-') ? 1 : 0);
  if (!digits.empty() && (digits.front() == '.' || (digits.front() >= '0' && digits.front() <= '9'))) {
    // from_chars reads no '+' after the exponent's letter either way it is written; it does accept one there.
    const double value = read_digits(text, std::chars_format::general);
    if (!std::isnan(value)) return value;
  }
  valid = false;
  return std::numeric_limits<double>::quiet_NaN();
}

std::string atomic_text(const Item& item, bool one) {
  switch (item.type) {
    case Type::node:
      return {};
    case Type::boolean:
      return item.boolean() ? "true" : "false";
    case Type::float_:
      return double_text(item.number(), true);
    case Type::double_:
      return one ? number_text(item.number()) : double_text(item.number(), false);
    case Type::untyped_atomic:
    case Type::string:
    case Type::any_uri:
      return item.text();
    case Type::decimal:
    case Type::integer:
    case Type::non_positive_integer:
    case Type::negative_integer:
    case Type::long_:
    case Type::int_:
    case Type::short_:
    case Type::byte_:
    case Type::non_negative_integer:
    case Type::unsigned_long:
    case Type::unsigned_int:
    case Type::unsigned_short:
    case Type::unsigned_byte:
    case Type::positive_integer:
      return to_string(item.decimal());
    case Type::date:
      return format_date(item.date_time());
    case Type::time:
      return format_time(item.date_time());
    case Type::date_time:
      return format_date_time(item.date_time());
    case Type::duration:
    case Type::day_time_duration:
      return duration_text(item.duration(), "PT0S");
    case Type::year_month_duration:
      return duration_text(item.duration(), "P0M");
    case Type::qname: {
      const auto& q = item.qname();
      return q.prefix.empty() ? q.name.local : q.prefix + ":" + q.name.local;
    }
  }
  return {};
}

void raise(std::string_view code, std::string message) {
  if (!code.empty()) message = std::string(code) + ": " + message;
  raise_fault("subLanguageExecutionFault", std::move(message));
}

void raise_limit(std::string_view limit, std::string message) {
  throw EvaluationError{{std::string(ns::bpel), "subLanguageExecutionFault"},
                        message + " (limit " + std::string(limit) + ").",
                        std::string(limit)};
}

void raise_fault(std::string_view bpel_fault, std::string message) {
  throw EvaluationError{{std::string(ns::bpel), std::string(bpel_fault)}, std::move(message), {}};
}

}  // namespace echoflow::xpath
