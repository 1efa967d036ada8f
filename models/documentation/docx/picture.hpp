#pragma once
#include <string>

#include "models/layout/drawing.hpp"

namespace echoflow::documentation {

/// A page of a drawing as a PNG, at `scale` dots a point; "" when it could not be painted.
std::string picture(const layout::Page& page, const std::string& language, double scale);

}  // namespace echoflow::documentation
