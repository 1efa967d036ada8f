#pragma once
#include <string_view>
#include <vector>

namespace echoflow::source {

/// Without the leading and trailing white space of XML.
std::string_view trimmed(std::string_view text);

/// The parts between white space.
std::vector<std::string_view> words(std::string_view text);

/// A name without a colon, as Namespaces in XML 1.0 has it. `text` is UTF-8.
bool is_ncname(std::string_view text);

}  // namespace echoflow::source
