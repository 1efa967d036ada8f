#pragma once
#include <string_view>

namespace echoflow::parse {

/// Without the leading and trailing white space of XML.
std::string_view trimmed(std::string_view text);

/// A name without a colon, as Namespaces in XML 1.0 has it. `text` is UTF-8.
bool is_ncname(std::string_view text);

}  // namespace echoflow::parse
