#include "models/documentation/clauses.hpp"

#include <array>

namespace echoflow::documentation {

namespace {

constexpr std::size_t fields = 6;

void read_row(std::string_view line, std::vector<Clause>& rows) {
  if (line.empty() || line.starts_with('#')) return;
  std::array<std::string_view, fields> field;
  for (std::size_t i = 0; i < fields; ++i) {
    const auto end = std::min(line.find('\t'), line.size());
    field[i] = line.substr(0, end);
    line.remove_prefix(std::min(end + 1, line.size()));
  }
  rows.push_back({field[0], field[1], field[2], field[3], field[4], field[5]});
}

std::vector<Clause> read_all() {
  std::vector<Clause> rows;
  for (const auto& file : data_files()) {
    std::string_view text = file.text;
    while (!text.empty()) {
      const auto end = std::min(text.find('\n'), text.size());
      read_row(text.substr(0, end), rows);
      text.remove_prefix(std::min(end + 1, text.size()));
    }
  }
  return rows;
}

}  // namespace

const std::vector<Clause>& clauses() {
  static const std::vector<Clause> rows = read_all();
  return rows;
}

}  // namespace echoflow::documentation
