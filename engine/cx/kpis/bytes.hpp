#pragma once
#include <bit>
#include <cstdint>
#include <string>
#include <string_view>

#include "models/records/wire.hpp"

namespace echoflow::kpis {

/// Numbers one behind the other, for long lists of them within a field.
inline void put_number(std::string& out, std::uint64_t value) {
  for (; value >= 0x80; value >>= 7) out.push_back(static_cast<char>(value | 0x80));
  out.push_back(static_cast<char>(value));
}

/// Takes a number off the front; false when there is none.
inline bool take_number(std::string_view& in, std::uint64_t& value) {
  value = 0;
  for (unsigned shift = 0; shift < 64 && !in.empty(); shift += 7) {
    const auto byte = static_cast<unsigned char>(in.front());
    in.remove_prefix(1);
    value |= std::uint64_t{byte & 0x7fu} << shift;
    if (byte < 0x80) return true;
  }
  return false;
}

/// A field that is a floating-point number: its bits, so that it comes back as it was.
template <class V>
void real(V& visit, std::uint32_t id, double& value) {
  auto bits = std::bit_cast<std::uint64_t>(value);
  visit(id, bits);
  value = std::bit_cast<double>(bits);
}

/// A number or enumerator whose default is not zero: one more is written, so that it is never left out.
template <class V, class T>
void one_more(V& visit, std::uint32_t id, T& value) {
  auto number = static_cast<std::uint64_t>(value) + 1;
  visit(id, number);
  value = static_cast<T>(number - 1);
}

/// A field that something writes and reads itself: `encode()` and `decode()`.
template <class V, class T>
void packed(V& visit, std::uint32_t id, T& value) {
  if constexpr (std::is_same_v<V, records::Encoder>) {
    visit(id, value.encode());
  } else {
    std::string bytes;
    visit(id, bytes);
    if (!bytes.empty()) value.decode(bytes);
  }
}

/// A field that may be absent.
template <class V, class T>
void maybe(V& visit, std::uint32_t id, std::optional<T>& value) {
  std::vector<T> list;
  if (value) list.push_back(*value);
  visit(id, list);
  if (!list.empty()) value = std::move(list.back());
}

}  // namespace echoflow::kpis
