#include "adapters/channels/import/csv.hpp"

#include <algorithm>

namespace echoflow::channels::csv {

std::optional<std::string_view> next_record(std::string_view& text) {
  if (text.empty()) return std::nullopt;
  bool quoted = false;
  std::size_t end = 0;
  for (; end < text.size(); ++end) {
    if (text[end] == '"') quoted = !quoted;
    if (text[end] == '\n' && !quoted) break;
  }
  const auto size = std::min(end + 1, text.size());
  const auto record = text.substr(0, size);
  text.remove_prefix(size);
  return record;
}

std::vector<std::string> fields_of(std::string_view record, char separator) {
  while (record.ends_with('\n') || record.ends_with('\r')) record.remove_suffix(1);
  std::vector<std::string> fields(1);
  bool quoted = false;
  for (std::size_t i = 0; i < record.size(); ++i) {
    const char c = record[i];
    if (c == '"' && quoted && i + 1 < record.size() && record[i + 1] == '"') {
      fields.back() += '"';
      ++i;
    } else if (c == '"' && (quoted || fields.back().empty())) {
      quoted = !quoted;
    } else if (c == separator && !quoted) {
      fields.emplace_back();
    } else {
      fields.back() += c;
    }
  }
  return fields;
}

char separator_of(std::string_view head) {
  char best = ',';
  for (char c : {';', '\t'})
    if (std::count(head.begin(), head.end(), c) > std::count(head.begin(), head.end(), best)) best = c;
  return best;
}

}  // namespace echoflow::channels::csv
