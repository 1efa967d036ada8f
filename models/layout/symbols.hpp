#pragma once
#include <string>

#include "models/graph/process_graph.hpp"
#include "models/layout/points.hpp"

/// What a node looks like: BPMN 2.0 §7.6 and its Annex B for all notations, and signs of our own for what BPMN has no
/// word for.
namespace echoflow::layout {

/// How large a symbol is, and where its text stands.
enum class LabelPlace : std::uint8_t { inside, below, above, none };

struct Symbol {
  double width = 36;
  double height = 36;
  LabelPlace label = LabelPlace::below;
  Outline outline = Outline::box;
  bool flows = false;      ///< may have sequence flows: activities, events, gateways
  bool container = false;  ///< lanes
};

inline constexpr double font_size = 11;
inline constexpr double smallest_font = 6.5;
inline constexpr double label_width = 90;

Symbol symbol_of(const graph::Node& node);

/// The node's text in that language: its name, else a word for a call activity's callee or a timer's expression, else
/// "".
std::string caption(const graph::Node& node, std::string_view language);

/// What in an activity's box is left for its text: without its signs at the top and at the bottom.
Bounds text_area(const graph::Node& node, const Bounds& box);

/// Customer-experience nodes have a sign of their own instead of BPMN's.
enum class CxSign : std::uint8_t { none, feedback, survey, alert, threshold, people_task, escalation, kpi };
CxSign cx_sign(const graph::Node& node);

bool is_lane(const graph::Node& node);
bool is_sub_process(const graph::Node& node);

}  // namespace echoflow::layout
