#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace echoflow::channels::csv {

/// Takes the next record (RFC 4180, quotes may hold line breaks) with its line end off the text; nullopt at the end.
std::optional<std::string_view> next_record(std::string_view& text);
/// The record's fields without quotes; the line end is no part of the last.
std::vector<std::string> fields_of(std::string_view record, char separator);
/// ',' or ';' or a tabulator: what the head has most of.
char separator_of(std::string_view head);

}  // namespace echoflow::channels::csv
