#pragma once
#include <cstdint>
#include <string>
#include <string_view>

/// The records of a ZIP file that both reader and writer know; all integers are little-endian.
namespace echoflow::archive::format {

inline constexpr std::uint32_t local_signature = 0x04034b50;
inline constexpr std::uint32_t central_signature = 0x02014b50;
inline constexpr std::uint32_t end_signature = 0x06054b50;
inline constexpr std::size_t local_size = 30;
inline constexpr std::size_t central_size = 46;
inline constexpr std::size_t end_size = 22;
inline constexpr std::uint16_t stored = 0;
inline constexpr std::uint16_t deflated = 8;
inline constexpr std::uint16_t flag_encrypted = 1;
inline constexpr std::uint16_t flag_utf8 = 1u << 11;

/// The caller has checked that the bytes are there.
inline std::uint16_t u16(std::string_view bytes, std::size_t at) {
  auto b = [&](std::size_t i) { return static_cast<std::uint16_t>(static_cast<unsigned char>(bytes[at + i])); };
  return static_cast<std::uint16_t>(b(0) | (b(1) << 8));
}
inline std::uint32_t u32(std::string_view bytes, std::size_t at) {
  return u16(bytes, at) | (static_cast<std::uint32_t>(u16(bytes, at + 2)) << 16);
}
inline void put16(std::string& out, std::uint32_t value) {
  out += static_cast<char>(value & 0xff);
  out += static_cast<char>((value >> 8) & 0xff);
}
inline void put32(std::string& out, std::uint32_t value) {
  put16(out, value & 0xffff);
  put16(out, value >> 16);
}

}  // namespace echoflow::archive::format
