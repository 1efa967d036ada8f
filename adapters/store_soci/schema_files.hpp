#pragma once
#include <span>
#include <string_view>

namespace echoflow::store {

struct EmbeddedText {
  std::string_view name;  ///< the file's name
  std::string_view text;
};

/// The files of schema/, by name; generated when building.
std::span<const EmbeddedText> schema_files();

}  // namespace echoflow::store
