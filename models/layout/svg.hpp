#pragma once
#include <string>

#include "models/layout/drawing.hpp"

namespace echoflow::layout {

/// One page as a self-contained SVG document in UTF-8.
std::string to_svg(const Drawing& drawing, std::size_t page = 0);

}  // namespace echoflow::layout
