#pragma once
#include <string_view>

#include "adapters/rest/route.hpp"

namespace echoflow::rest {

// What many routes take from the query.
inline constexpr std::string_view text_schema = R"({"type":"string"})";
inline constexpr std::string_view flag_schema = R"({"type":"boolean","default":false})";
inline constexpr std::string_view time_schema = R"({"type":"string","format":"date-time"})";
inline constexpr std::string_view evidence_type = "application/x-ndjson";
inline const QueryParameter limit{"limit", R"({"type":"integer","minimum":1,"maximum":1000,"default":50})",
                                  "How many items a page has."};
inline const QueryParameter cursor{"cursor", text_schema, "The nextCursor of the page before."};

}  // namespace echoflow::rest
