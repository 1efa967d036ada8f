#pragma once
#include <charconv>
#include <string>
#include <string_view>

namespace echoflow::kpis {

/// The name of a part of the saved state: "spans 12 <id>", the kind, the number of the part, whose it is.
struct PartName {
  std::string kind, id;
  std::size_t part = 0;

  static std::string make(std::string_view kind, std::size_t part, const std::string& id = {}) {
    return std::string(kind) + " " + std::to_string(part) + (id.empty() ? "" : " " + id);
  }
  static PartName read(std::string_view name) {
    PartName parts;
    const auto first = name.find(' ');
    parts.kind = name.substr(0, first);
    if (first == std::string_view::npos) return parts;
    name.remove_prefix(first + 1);
    const auto second = name.find(' ');
    const auto number = name.substr(0, second);
    std::from_chars(number.data(), number.data() + number.size(), parts.part);
    if (second != std::string_view::npos) parts.id = name.substr(second + 1);
    return parts;
  }
};

}  // namespace echoflow::kpis
