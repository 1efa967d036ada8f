#pragma once
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "bpel/generate/expressions/syntax.hpp"
#include "models/graph/process_graph.hpp"

/// The expressions and scripts of a model, and in which language they are.
namespace echoflow::generate {

enum class Language : std::uint8_t { xpath, small };

struct Text {
  Language language = Language::small;
  std::string text;   ///< without ${…}, #{…}, or FEEL's leading =
  bool feel = false;  ///< it is written in FEEL
};
Text text_of(const graph::ProcessGraph& graph, const graph::Expression& expression);

/// What a script task's text is.
enum class ScriptKind : std::uint8_t { nothing, mark, assignments };
ScriptKind script_kind(std::string_view script);

/// One effect of a mark, in the order of its word: INCREMENT_X_AND_LOG_Y.
struct MarkEffect {
  std::string verb;    ///< of the table in docs/expressions.md, or "" where the mark only shows itself
  std::string object;  ///< what follows it
};
std::vector<MarkEffect> effects_of(std::string_view mark);

using graph::NodeIndex;

using ExpressionVisitor =
    std::function<void(const graph::Expression& expression, ValueType wanted, graph::ContainerIndex where)>;
/// Every expression whose variables the process needs: conditions, loops, timers; not scripts.
void for_each_expression(const graph::ProcessGraph& graph, const ExpressionVisitor& visit);
/// Scripts of tasks, those of global tasks with the containers that call them.
void for_each_script(const graph::ProcessGraph& graph,
                     const std::function<void(const graph::Expression& script, graph::ContainerIndex where)>& visit);

std::string trimmed(std::string_view text);
/// Names after '$' in XPath, and whether a path goes on behind them.
struct XPathVariable {
  std::string name;
  bool has_parts = false;
};
std::vector<XPathVariable> xpath_variables(std::string_view text);
/// Names of data that are no single words.
std::vector<std::string> spoken_names(const graph::ProcessGraph& graph);

}  // namespace echoflow::generate
