#pragma once
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "models/graph/import_report.hpp"

/// What became of a model's elements, counted and as text.
namespace echoflow::notations {

struct LossCounts {
  std::size_t kept = 0;
  std::size_t changed = 0;
  std::size_t left_out = 0;
};

struct LossSummary {
  LossCounts total;
  std::map<std::string, LossCounts> by_element;  ///< by the element's type in the source
};

LossSummary summarise(const std::vector<graph::Loss>& report);

/// "kept", "changed", "left out"
std::string_view word(graph::LossKind kind);

/// A table of the counts, then a line for each element that was not kept as it is: "file:line: changed id (type): …".
std::string to_text(const std::vector<graph::Loss>& report);

/// The lines of `report` that are more than keeping, as warnings of a deployment: rule "LOSS".
Diagnostics as_warnings(const std::vector<graph::Loss>& report);

}  // namespace echoflow::notations
