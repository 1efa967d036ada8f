#pragma once
#include <cstdint>
#include <optional>
#include <string_view>

namespace echoflow::cx {

/// Which way a text speaks; `unsure` is an abstention, never a fourth opinion.
enum class Polarity : std::uint8_t { negative, neutral, positive, unsure };

constexpr std::string_view to_string(Polarity polarity) {
  switch (polarity) {
    case Polarity::negative:
      return "negative";
    case Polarity::neutral:
      return "neutral";
    case Polarity::positive:
      return "positive";
    case Polarity::unsure:
      return "unsure";
  }
  return "";
}

constexpr std::optional<Polarity> polarity_from(std::string_view name) {
  for (auto each : {Polarity::negative, Polarity::neutral, Polarity::positive, Polarity::unsure})
    if (to_string(each) == name) return each;
  return std::nullopt;
}

}  // namespace echoflow::cx
