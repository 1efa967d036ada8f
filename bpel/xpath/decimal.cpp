#include "bpel/xpath/decimal.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>

namespace echoflow::xpath {
namespace {

constexpr __int128 power_of_ten(int n) {
  __int128 result = 1;
  while (n-- > 0) result *= 10;
  return result;
}

Decimal normalized(__int128 digits, int scale) {
  while (scale > 0 && digits % 10 == 0) {
    digits /= 10;
    --scale;
  }
  return {digits, static_cast<std::uint8_t>(scale)};
}

bool scaled_up(__int128& digits, int by) {
  return !__builtin_mul_overflow(digits, power_of_ten(by), &digits);
}

// Brings both to one scale; false on overflow.
bool align(Decimal a, Decimal b, __int128& x, __int128& y, int& scale) {
  scale = std::max(a.scale, b.scale);
  x = a.digits;
  y = b.digits;
  return scaled_up(x, scale - a.scale) && scaled_up(y, scale - b.scale);
}

unsigned __int128 magnitude(__int128 value) {
  return value < 0 ? -static_cast<unsigned __int128>(value) : static_cast<unsigned __int128>(value);
}

constexpr __int128 largest = static_cast<__int128>(~static_cast<unsigned __int128>(0) >> 1);

}  // namespace

std::optional<Decimal> add(const Decimal& a, const Decimal& b) {
  __int128 x, y, sum;
  int scale;
  if (!align(a, b, x, y, scale) || __builtin_add_overflow(x, y, &sum) || magnitude(sum) > magnitude(largest))
    return std::nullopt;
  return normalized(sum, scale);
}

std::optional<Decimal> subtract(const Decimal& a, const Decimal& b) {
  return add(a, negate(b));
}

Decimal negate(const Decimal& a) {
  return {-a.digits, a.scale};
}

std::optional<Decimal> multiply(const Decimal& a, const Decimal& b) {
  __int128 x = a.digits, y = b.digits, product;
  int scale = a.scale + b.scale;
  int scale_x = a.scale, scale_y = b.scale;
  while (__builtin_mul_overflow(x, y, &product)) {  // give up decimals, the longer tail first
    if (scale <= max_scale || (scale_x == 0 && scale_y == 0)) return std::nullopt;
    auto& cut = scale_x >= scale_y ? x : y;
    (scale_x >= scale_y ? scale_x : scale_y) -= 1;
    cut /= 10;
    --scale;
  }
  for (; scale > max_scale; --scale) product /= 10;
  if (magnitude(product) > magnitude(largest)) return std::nullopt;
  return normalized(product, scale);
}

std::optional<Decimal> divide(const Decimal& a, const Decimal& b) {
  __int128 x, y;
  int scale;
  if (b.is_zero() || !align(a, b, x, y, scale)) return std::nullopt;
  __int128 quotient = x / y;
  __int128 remainder = x % y;
  int places = 0;
  while (remainder != 0 && places < max_scale) {
    __int128 next, shifted;
    if (__builtin_mul_overflow(remainder, __int128{10}, &shifted)) break;
    if (__builtin_mul_overflow(quotient, __int128{10}, &next)) break;
    quotient = next + shifted / y;
    remainder = shifted % y;
    ++places;
  }
  return normalized(quotient, places);
}

std::optional<Decimal> integer_divide(const Decimal& a, const Decimal& b) {
  __int128 x, y;
  int scale;
  if (b.is_zero() || !align(a, b, x, y, scale)) return std::nullopt;
  return Decimal{x / y, 0};
}

std::optional<Decimal> modulo(const Decimal& a, const Decimal& b) {
  __int128 x, y;
  int scale;
  if (b.is_zero() || !align(a, b, x, y, scale)) return std::nullopt;
  return normalized(x % y, scale);
}

int compare(const Decimal& a, const Decimal& b) {
  __int128 x, y;
  int scale;
  if (align(a, b, x, y, scale)) return x < y ? -1 : x > y;
  // Only the integer parts of so different sizes matter.
  const __int128 whole_a = a.digits / power_of_ten(a.scale);
  const __int128 whole_b = b.digits / power_of_ten(b.scale);
  return whole_a < whole_b ? -1 : whole_a > whole_b;
}

std::optional<Decimal> round(const Decimal& a, int places, Rounding rounding) {
  if (places >= a.scale) return a;
  const int drop = a.scale - places;
  if (drop > 38) return Decimal{};
  const __int128 unit = power_of_ten(drop);
  __int128 quotient = a.digits / unit;
  const __int128 remainder = a.digits % unit;
  const auto rest = magnitude(remainder);
  const auto half = magnitude(unit) / 2;
  const int away = a.digits < 0 ? -1 : 1;
  switch (rounding) {
    case Rounding::truncate:
      break;
    case Rounding::floor:
      if (remainder < 0) --quotient;
      break;
    case Rounding::ceiling:
      if (remainder > 0) ++quotient;
      break;
    case Rounding::half_up:
      if (rest > half || (rest == half && away > 0)) quotient += away;
      break;
    case Rounding::half_even:
      if (rest > half || (rest == half && quotient % 2 != 0)) quotient += away;
      break;
  }
  if (places >= 0) return normalized(quotient, places);
  if (!scaled_up(quotient, -places)) return std::nullopt;
  return Decimal{quotient, 0};
}

std::optional<Decimal> parse_decimal(std::string_view text) {
  bool negative = false;
  std::size_t i = 0;
  if (i < text.size() && (text[i] == '+' || text[i] == '-')) negative = text[i++] == '-';
  __int128 digits = 0;
  int scale = 0;
  bool any = false, after_point = false;
  for (; i < text.size(); ++i) {
    if (text[i] == '.' && !after_point) {
      after_point = true;
      continue;
    }
    if (text[i] < '0' || text[i] > '9') return std::nullopt;
    any = true;
    if (after_point && scale == max_scale) continue;
    if (__builtin_mul_overflow(digits, __int128{10}, &digits)) return std::nullopt;
    if (__builtin_add_overflow(digits, __int128{text[i] - '0'}, &digits)) return std::nullopt;
    if (after_point) ++scale;
  }
  if (!any) return std::nullopt;
  return normalized(negative ? -digits : digits, scale);
}

std::string to_string(const Decimal& a) {
  char buffer[64];
  int n = 0;
  auto rest = magnitude(a.digits);
  for (int i = 0; rest != 0 || i <= a.scale; ++i) {
    if (i == a.scale && i > 0) buffer[n++] = '.';
    buffer[n++] = static_cast<char>('0' + static_cast<int>(rest % 10));
    rest /= 10;
  }
  if (a.negative()) buffer[n++] = '-';
  std::reverse(buffer, buffer + n);
  return {buffer, static_cast<std::size_t>(n)};
}

double to_double(const Decimal& a) {
  constexpr __int128 exact = __int128{1} << 53;
  if (a.digits < exact && a.digits > -exact)
    return static_cast<double>(a.digits) / static_cast<double>(power_of_ten(a.scale));
  const auto text = to_string(a);
  double value = 0;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

std::optional<Decimal> from_double(double value) {
  if (!std::isfinite(value) || std::fabs(value) >= 1e38) return std::nullopt;
  char buffer[400];
  const auto end = std::to_chars(buffer, buffer + sizeof buffer, value, std::chars_format::fixed);
  return parse_decimal({buffer, static_cast<std::size_t>(end.ptr - buffer)});
}

std::optional<std::int64_t> to_int64(const Decimal& a) {
  if (!a.is_integer() || a.digits > std::numeric_limits<std::int64_t>::max() ||
      a.digits < std::numeric_limits<std::int64_t>::min())
    return std::nullopt;
  return static_cast<std::int64_t>(a.digits);
}

}  // namespace echoflow::xpath
