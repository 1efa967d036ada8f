#pragma once
#include <functional>
#include <string>

class QPDF;

namespace echoflow::documentation {

/// Hears of each requirement whether it is met.
using Need = std::function<void(bool fine, const std::string& sentence)>;

/// What PDF/A-3 level A and PDF/UA-1 ask of the structure: each piece of each page belongs to an element or is
/// furniture, figures have words, tables are even and name their headers, headings leave no level out, links lead both
/// ways.
void check_structure(QPDF& pdf, const Need& need);

}  // namespace echoflow::documentation
