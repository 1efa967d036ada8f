#include <array>
#include <cmath>
#include <cstdint>

#include "models/documentation/pdf/archive.hpp"

namespace echoflow::documentation {

namespace {

void put16(std::string& to, std::uint32_t value) {
  to += static_cast<char>(value >> 8 & 0xff);
  to += static_cast<char>(value & 0xff);
}
void put32(std::string& to, std::uint32_t value) {
  put16(to, value >> 16);
  put16(to, value & 0xffff);
}
void put_fixed(std::string& to, double value) {
  put32(to, static_cast<std::uint32_t>(std::lround(value * 65536)));
}

/// ICC.1:2001-04 §6.5.17 textDescriptionType: only its ASCII part says something.
std::string description(const std::string& text) {
  std::string out("desc\0\0\0\0", 8);
  put32(out, static_cast<std::uint32_t>(text.size() + 1));
  out += text;
  out += '\0';
  out.append(4 + 4 + 2 + 1 + 67, '\0');  // no Unicode, no ScriptCode
  return out;
}
std::string plain(const std::string& text) {
  std::string out("text\0\0\0\0", 8);
  out += text;
  return out += '\0';
}
std::string xyz(double x, double y, double z) {
  std::string out("XYZ \0\0\0\0", 8);
  for (double part : {x, y, z}) put_fixed(out, part);
  return out;
}
/// The transfer curve of sRGB at 1024 points.
std::string curve() {
  constexpr int points = 1024;
  std::string out("curv\0\0\0\0", 8);
  put32(out, points);
  for (int i = 0; i < points; ++i) {
    const double v = i / double(points - 1);
    const double linear = v <= 0.04045 ? v / 12.92 : std::pow((v + 0.055) / 1.055, 2.4);
    put16(out, static_cast<std::uint32_t>(std::lround(linear * 65535)));
  }
  return out;
}

struct Tag {
  const char* name;
  std::size_t content;  ///< index of its bytes; the three curves share theirs
};

std::string header(std::size_t size) {
  std::string out;
  put32(out, static_cast<std::uint32_t>(size));
  out.append(4, '\0');
  put32(out, 0x02100000);  // version 2.1
  out += "mntrRGB XYZ ";
  for (std::uint32_t part : {2026u, 1u, 1u, 0u, 0u, 0u}) put16(out, part);
  out += "acsp";
  out.append(28, '\0');
  for (double part : {0.9642, 1.0, 0.8249}) put_fixed(out, part);  // D50
  out.resize(128, '\0');
  return out;
}

}  // namespace

std::string srgb_profile() {
  // Primaries and white of IEC 61966-2-1, adapted to D50 by Bradford's method.
  const std::array<std::string, 7> contents = {description("sRGB IEC61966-2-1"),
                                               plain("No copyright, use freely"),
                                               xyz(0.9642, 1.0, 0.8249),
                                               xyz(0.43607, 0.22249, 0.01392),
                                               xyz(0.38515, 0.71687, 0.09708),
                                               xyz(0.14307, 0.06061, 0.71410),
                                               curve()};
  constexpr Tag tags[] = {{"desc", 0}, {"cprt", 1}, {"wtpt", 2}, {"rXYZ", 3}, {"gXYZ", 4},
                          {"bXYZ", 5}, {"rTRC", 6}, {"gTRC", 6}, {"bTRC", 6}};
  std::array<std::size_t, 7> offsets{};
  std::string data;
  const std::size_t begin = 128 + 4 + std::size(tags) * 12;
  for (std::size_t i = 0; i < contents.size(); ++i) {
    offsets[i] = begin + data.size();
    data += contents[i];
    while (data.size() % 4) data += '\0';
  }
  std::string out = header(begin + data.size());
  put32(out, std::size(tags));
  for (const auto& tag : tags) {
    out += tag.name;
    put32(out, static_cast<std::uint32_t>(offsets[tag.content]));
    put32(out, static_cast<std::uint32_t>(contents[tag.content].size()));
  }
  return out + data;
}

}  // namespace echoflow::documentation
