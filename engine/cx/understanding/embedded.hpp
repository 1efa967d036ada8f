#pragma once
#include <span>
#include <string_view>

namespace echoflow::understanding {

/// The files of data/, which the library carries with it.
struct EmbeddedText {
  std::string_view name;
  std::string_view text;
};
std::span<const EmbeddedText> data_files();
/// The content of one of them; empty when there is none of that name.
std::string_view data_file(std::string_view name);

}  // namespace echoflow::understanding
