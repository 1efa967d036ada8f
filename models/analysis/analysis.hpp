#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "models/base/diagnostic.hpp"

namespace echoflow::graph {
class ProcessGraph;
}

/// What can be said of a process model without running it: soundness, data flow, waiting, customers, and style.
namespace echoflow::analysis {

/// error: the model cannot do what it shows; warning: it goes wrong, or lacks something, in runs that can happen; hint:
/// it could be read or kept more easily.
enum class Level : std::uint8_t { error, warning, hint };
std::string_view to_string(Level level);

struct Finding {
  std::string rule;  ///< "AN101": docs/analysis.md
  Level level = Level::warning;
  std::vector<std::string> elements;  ///< ids in the source; the first is the place
  std::string sentence;               ///< what is wrong and what helps, in the language asked for
  /// A shortest run that shows it: ids of the nodes in the order in which they act, and after a node that chooses the
  /// ids of the flows, or of the boundary events, that it chose. Empty where the place itself shows it.
  std::vector<std::string> witness;
  /// Whether it holds whatever the conditions of the model say; a deployment warns of these alone.
  bool certain = true;
  SourceLocation where;
};

struct Options {
  std::string language = "en";  ///< of the sentences: "en" or "de"
  bool soundness = true;
  bool data = true;
  bool waiting = true;  ///< time-outs, escalation, customers without KPI, handlers that nothing reaches
  bool style = true;
  std::size_t most_states = 50'000;  ///< of all state-space searches together; beyond it a finding says so
};

struct Analysis {
  std::vector<Finding> findings;  ///< by level, rule, and place
  std::size_t fragments = 0;      ///< of the structure trees
  std::size_t searched = 0;       ///< those of them that a state-space search had to decide
  std::size_t states = 0;         ///< that the searches looked at
};

Analysis analyse(const graph::ProcessGraph& graph, const Options& options = {});

/// As warnings of a deployment: what is certain, and no hints.
Diagnostics to_diagnostics(const Analysis& analysis, const std::string& file);

/// A rule by its number, for those who list them. Texts hold {0}, {1} for what they are about.
struct Rule {
  std::string_view id;
  Level level;
  std::string_view title_en, title_de;
  std::string_view text_en, text_de;
};
const std::vector<Rule>& rules();

}  // namespace echoflow::analysis
