#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "models/base/time.hpp"
#include "models/documentation/words.hpp"

/// Numbers and times as people of the document's language read them.
namespace echoflow::documentation {

std::string number_text(const Words& words, std::int64_t value);
std::string number_text(const Words& words, double value, int decimals);
/// "22.11.2026 04:55 UTC", "2026-11-22 04:55 UTC".
std::string time_text(const Words& words, TimePoint at);
std::string time_text(const Words& words, const std::optional<TimePoint>& at);
/// An xsd:date or xsd:dateTime in that form; other text as it is; "" gives "".
std::string date_text(const Words& words, std::string_view date);
/// "2 h 5 min", "3 d 4 h", "0.4 s".
std::string seconds_text(const Words& words, double seconds);
/// An xsd:duration in words ("1 Stunde"); other text as it is.
std::string duration_text(const Words& words, std::string_view duration);
/// A value with its unit; seconds become seconds_text.
std::string value_text(const Words& words, double value, std::string_view unit);

}  // namespace echoflow::documentation
