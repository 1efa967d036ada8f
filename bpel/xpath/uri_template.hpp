#pragma once
#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace echoflow::xpath {

/// Resolves a reference against an absolute URL (RFC 3986 §5.2). nullopt when the base has no scheme.
std::optional<std::string> combine_url(std::string_view base, std::string_view reference);

/// Replaces {name} and {name=default} by the value, percent-encoded. A name without value becomes its default, else
/// nothing, or stays as it is with `keep_unknown`. nullopt when braces do not match.
std::optional<std::string> expand_template(std::string_view text, const std::map<std::string, std::string>& values,
                                           bool keep_unknown);

}  // namespace echoflow::xpath
