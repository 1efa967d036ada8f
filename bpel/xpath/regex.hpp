#pragma once
#include <string>
#include <string_view>
#include <vector>

/// Regular expressions of XPath 2.0 (functions and operators §7.6) and case mapping, by ICU. UTF-8 in and out. Failures
/// are raised as err:FORX0001 to FORX0004; patterns that backtrack without end are stopped (limit xpath-regex).
namespace echoflow::xpath {

bool regex_matches(const std::string& text, const std::string& pattern, std::string_view flags);
std::string regex_replace(const std::string& text, const std::string& pattern, const std::string& replacement,
                          std::string_view flags, std::size_t max_bytes);
std::vector<std::string> regex_tokens(const std::string& text, const std::string& pattern, std::string_view flags);

std::string upper_case(const std::string& text);
std::string lower_case(const std::string& text);
/// Forms "NFC", "NFD", "NFKC", "NFKD"; raises err:FOCH0003 for others.
std::string normalized_unicode(const std::string& text, const std::string& form);

}  // namespace echoflow::xpath
