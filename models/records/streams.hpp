#pragma once
#include <cstdint>
#include <optional>
#include <string_view>

/// The journal has rows of many kinds of stream. What a row is of is known by the number of its first event: every kind
/// has a range of its own. The numbers are permanent.
namespace echoflow::records {

enum class StreamKind : std::uint32_t {
  instance = 0,    ///< events 1 … 99 (event_types.hpp)
  feedback = 100,  ///< 100 … 199
  task = 200,      ///< 200 … 299
  delivery = 300,  ///< 300 … 399
  kpi = 400,       ///< 400 … 499
  alert = 500,     ///< 500 … 599
  document = 600,  ///< 600 … 699
};

/// The number of the first event of a row: 0 when it has none.
constexpr std::uint32_t first_event_of(std::string_view events) {
  std::uint32_t number = 0;
  for (unsigned shift = 0; shift < 28 && !events.empty(); shift += 7) {
    const auto byte = static_cast<unsigned char>(events.front());
    events.remove_prefix(1);
    number |= (byte & 0x7fu) << shift;
    if (byte < 0x80) return number;
  }
  return 0;
}

/// Of which kind of stream a row is, by its events; none: it is erased, empty or of a kind that is not known.
constexpr std::optional<StreamKind> stream_of(std::string_view events) {
  const auto number = first_event_of(events);
  if (number == 0 || number >= 700) return std::nullopt;
  return static_cast<StreamKind>(number / 100 * 100);
}

}  // namespace echoflow::records
