#include "models/base/number_text.hpp"

#include <charconv>
#include <cmath>
#include <cstdint>

namespace echoflow {
namespace {

// Shortest digits that read back to the value, and the decimal exponent of the first of them.
struct Shortest {
  char digits[32];
  int count = 0;
  int exponent = 0;
};

Shortest shortest(double magnitude, bool is_float) {
  char buffer[48];
  const auto end = is_float ? std::to_chars(buffer, buffer + sizeof buffer, static_cast<float>(magnitude),
                                            std::chars_format::scientific)
                            : std::to_chars(buffer, buffer + sizeof buffer, magnitude, std::chars_format::scientific);
  Shortest s;
  const char* p = buffer;
  for (; p != end.ptr && *p != 'e'; ++p)
    if (*p != '.') s.digits[s.count++] = *p;
  if (p != end.ptr) ++p;
  if (p != end.ptr && *p == '+') ++p;
  std::from_chars(p, end.ptr, s.exponent);
  return s;
}

std::string plain(double magnitude, bool is_float) {
  const auto s = shortest(magnitude, is_float);
  std::string out;
  if (s.exponent < 0) {
    out = "0.";
    out.append(static_cast<std::size_t>(-s.exponent - 1), '0');
    out.append(s.digits, static_cast<std::size_t>(s.count));
    return out;
  }
  for (int i = 0; i <= s.exponent || i < s.count; ++i) {
    if (i == s.exponent + 1) out += '.';
    out += i < s.count ? s.digits[i] : '0';
  }
  return out;
}

std::string scientific(double magnitude, bool is_float) {
  const auto s = shortest(magnitude, is_float);
  std::string out(1, s.digits[0]);
  out += '.';
  if (s.count == 1) out += '0';
  out.append(s.digits + 1, static_cast<std::size_t>(s.count - 1));
  return out + 'E' + std::to_string(s.exponent);
}

}  // namespace

std::string number_text(double value) {
  if (std::isnan(value)) return "NaN";
  if (std::isinf(value)) return value < 0 ? "-Infinity" : "Infinity";
  if (value == 0) return "0";
  const double whole = std::trunc(value);
  if (whole == value && std::fabs(value) < 1e15) return std::to_string(static_cast<std::int64_t>(value));
  return value < 0 ? "-" + plain(-value, false) : plain(value, false);
}

std::string double_text(double value, bool is_float) {
  if (std::isnan(value)) return "NaN";
  if (std::isinf(value)) return value < 0 ? "-INF" : "INF";
  if (value == 0) return std::signbit(value) ? "-0" : "0";
  const double magnitude = std::fabs(value);
  auto text = magnitude >= 1e-6 && magnitude < 1e6 ? plain(magnitude, is_float) : scientific(magnitude, is_float);
  return value < 0 ? "-" + text : text;
}

}  // namespace echoflow
