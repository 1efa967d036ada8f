#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace echoflow::xpath {

/// xs:decimal and xs:integer: `digits` / 10^scale, exact, 38 digits at most, scale 0 to 18, without trailing zeros.
struct Decimal {
  __int128 digits = 0;
  std::uint8_t scale = 0;

  static Decimal of(std::int64_t n) { return {n, 0}; }
  bool is_integer() const { return scale == 0; }
  bool is_zero() const { return digits == 0; }
  bool negative() const { return digits < 0; }
};

inline constexpr std::uint8_t max_scale = 18;

/// All operations give nullopt when the result does not fit into 38 digits (err:FOAR0002), or on a division by zero.
/// Products and quotients are cut after the 18th decimal.
std::optional<Decimal> add(const Decimal& a, const Decimal& b);
std::optional<Decimal> subtract(const Decimal& a, const Decimal& b);
std::optional<Decimal> multiply(const Decimal& a, const Decimal& b);
std::optional<Decimal> divide(const Decimal& a, const Decimal& b);
/// Quotient cut towards zero, and what remains with the sign of `a`.
std::optional<Decimal> integer_divide(const Decimal& a, const Decimal& b);
std::optional<Decimal> modulo(const Decimal& a, const Decimal& b);
Decimal negate(const Decimal& a);
int compare(const Decimal& a, const Decimal& b);

enum class Rounding { floor, ceiling, truncate, half_up, half_even };
/// Rounds to `places` decimals; negative places round before the point. nullopt on overflow.
std::optional<Decimal> round(const Decimal& a, int places, Rounding rounding);

/// Reads [+-]digits[.digits] without exponent; decimals after the 18th are cut. nullopt when malformed or too long.
std::optional<Decimal> parse_decimal(std::string_view text);
std::string to_string(const Decimal& a);
double to_double(const Decimal& a);
/// nullopt for NaN, infinities and what does not fit.
std::optional<Decimal> from_double(double value);
std::optional<std::int64_t> to_int64(const Decimal& a);

}  // namespace echoflow::xpath
