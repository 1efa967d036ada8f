#pragma once
#include <compare>
#include <string>
#include <string_view>

namespace echoflow {

/// A qualified name: namespace URI and local part.
struct QName {
  std::string ns;
  std::string local;

  bool empty() const { return local.empty(); }
  /// Clark notation: "{ns}local", or "local" without a namespace.
  std::string clark() const { return ns.empty() ? local : "{" + ns + "}" + local; }
  /// Reads Clark notation back.
  static QName from_clark(std::string_view text) {
    if (!text.empty() && text.front() == '{') {
      if (auto end = text.find('}'); end != std::string_view::npos)
        return {std::string(text.substr(1, end - 1)), std::string(text.substr(end + 1))};
    }
    return {"", std::string(text)};
  }

  friend bool operator==(const QName&, const QName&) = default;
  friend auto operator<=>(const QName&, const QName&) = default;
};

}  // namespace echoflow
