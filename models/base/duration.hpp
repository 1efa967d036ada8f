#pragma once
#include <optional>
#include <string_view>

#include "models/base/time.hpp"

/// The date and time types of XML Schema, as far as deadlines need them.
namespace echoflow {

/// An xsd:duration: months and microseconds, both of one sign.
struct Duration {
  std::int64_t months = 0;
  std::int64_t micros = 0;
  bool is_positive() const { return months > 0 || micros > 0; }
  friend bool operator==(const Duration&, const Duration&) = default;
};

/// Reads an xsd:duration ("P1DT2.5S"); surrounding white space is allowed. nullopt when malformed or out of range.
std::optional<Duration> parse_duration(std::string_view text);

/// Reads an xsd:dateTime or xsd:date (its first moment); without a time zone UTC is meant. nullopt when malformed.
std::optional<TimePoint> parse_deadline(std::string_view text);

/// XML Schema Part 2, Appendix E: months first, with the day pinned to the month's last, then the rest.
TimePoint add(TimePoint start, const Duration& duration);

}  // namespace echoflow
