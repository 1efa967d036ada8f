#pragma once
#include <span>
#include <string>
#include <string_view>
#include <vector>

/// Which section of a document answers which clause of a standard: data/clauses.tsv, in words of our own.
namespace echoflow::documentation {

struct EmbeddedText {
  std::string_view name, text;
};
/// The data files that the library carries.
std::span<const EmbeddedText> data_files();

struct Clause {
  std::string_view standard, edition, number, section, german, english;
};
/// Every row, in the file's order.
const std::vector<Clause>& clauses();

}  // namespace echoflow::documentation
