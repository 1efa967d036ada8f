#pragma once
#include <string_view>

namespace echoflow::rules {

/// Whether this engine implements a process extension (SA00009), by its namespace.
bool understood_extension(std::string_view uri);
/// Whether this engine implements an expression or query language (SA00004). "" is the default, XPath 1.0.
bool understood_language(std::string_view language);

}  // namespace echoflow::rules
