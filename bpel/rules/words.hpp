#pragma once
#include <string>
#include <string_view>

#include "models/base/qname.hpp"

/// Pieces of the sentences that findings are made of.
namespace echoflow::rules {

inline std::string quoted(std::string_view text) {
  return "\"" + std::string(text) + "\"";
}
inline std::string quoted(const QName& name) {
  return quoted(name.clark());
}

}  // namespace echoflow::rules
