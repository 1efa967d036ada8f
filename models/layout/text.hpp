#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "models/layout/diagram.hpp"

/// Text measured without a font: Helvetica's widths, which Arial and Liberation Sans share.
namespace echoflow::layout {

inline constexpr double line_height = 1.2;  ///< of the font's size

/// In points. Characters outside Latin-1 count as wide as they are at most in the usual fonts.
double text_width(std::string_view text, double size, bool bold = false);

/// Breaks at spaces, after hyphens and slashes, and inside words that are wider than a line (with a hyphen). Never
/// gives an empty line; no line at all for a text of white space. Control characters become spaces.
std::vector<std::string> wrap(std::string_view text, double width, double size, bool bold = false);

/// The text in the largest font from `size` down to `smallest` that fits; where none does, cut at the end with an
/// ellipsis and marked so. `bounds` is left to the caller but for its width and height.
Label fit(std::string_view text, double width, double height, double size, double smallest);

/// The text in lines no wider than `width`, however many.
Label flowing(std::string_view text, double width, double size);

}  // namespace echoflow::layout
