#pragma once
#include "models/documentation/pdf/structure.hpp"

class QPDF;

namespace echoflow::documentation {

/// Puts the structure in place of the flat one that the pages come with, marks the rest of their content as furniture,
/// and ties links to their elements. Throws std::runtime_error where the pages have other pieces than the structure.
void tag_pages(QPDF& pdf, const Structure& structure);

}  // namespace echoflow::documentation
