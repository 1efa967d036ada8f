#include "engine/cx/understanding/embedded.hpp"

namespace echoflow::understanding {

std::string_view data_file(std::string_view name) {
  for (const auto& file : data_files())
    if (file.name == name) return file.text;
  return {};
}

}  // namespace echoflow::understanding
