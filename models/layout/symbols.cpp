#include "models/layout/symbols.hpp"

#include <algorithm>
#include <array>

namespace echoflow::layout {

namespace {

constexpr std::string_view cx_namespace = "urn:echoflow:cx:";
constexpr std::string_view bpel_operation = "bpel.operation";  // as the graph of a BPEL process names it

/// Operations of the built-in services, as a receiving activity or event waits for them.
constexpr std::array<std::pair<std::string_view, CxSign>, 4> cx_operations = {{
    {"onFeedback", CxSign::feedback},
    {"onAlert", CxSign::alert},
    {"onThreshold", CxSign::threshold},
    {"onTaskEvent", CxSign::escalation},
}};
/// The services that <cx:hears> names.
constexpr std::array<std::pair<std::string_view, CxSign>, 4> cx_services = {{
    {"feedback", CxSign::feedback},
    {"alerts", CxSign::alert},
    {"thresholds", CxSign::threshold},
    {"taskEvents", CxSign::escalation},
}};
/// Extension elements and attributes of the customer-experience language.
constexpr std::array<std::pair<std::string_view, CxSign>, 10> cx_elements = {{
    {"says", CxSign::feedback},
    {"feedback", CxSign::feedback},
    {"survey", CxSign::survey},
    {"alert", CxSign::alert},
    {"threshold", CxSign::threshold},
    {"escalation", CxSign::escalation},
    {"measure", CxSign::kpi},
    {"kpi", CxSign::kpi},
    {"task", CxSign::people_task},
    {"routing", CxSign::people_task},
}};

/// <cx:hears service="alerts" …>: what it listens to.
CxSign heard(std::string_view element) {
  constexpr std::string_view attribute = "service=";
  const auto at = element.find(attribute);
  if (at == std::string_view::npos || at + attribute.size() >= element.size()) return CxSign::feedback;
  const auto value = element.substr(at + attribute.size() + 1);
  for (const auto& [word, sign] : cx_services)
    if (value.starts_with(word)) return sign;
  return CxSign::feedback;
}

CxSign sign_of_operation(std::string_view operation) {
  for (const auto& [word, sign] : cx_operations)
    if (operation.ends_with(word)) return sign;
  return CxSign::none;
}

std::string_view local_name(std::string_view expanded) {
  const auto brace = expanded.rfind('}');
  return brace == std::string_view::npos ? expanded : expanded.substr(brace + 1);
}

struct SymbolOf {
  Symbol operator()(const graph::Activity& activity) const {
    if (activity.kind == graph::ActivityKind::sub_process || activity.kind == graph::ActivityKind::transaction ||
        activity.kind == graph::ActivityKind::event_sub_process ||
        activity.kind == graph::ActivityKind::ad_hoc_sub_process)
      return {110, 80, LabelPlace::inside, Outline::box, true};
    return {100, 80, LabelPlace::inside, Outline::box, true};
  }
  Symbol operator()(const graph::Event&) const { return {36, 36, LabelPlace::below, Outline::round, true}; }
  Symbol operator()(const graph::Gateway&) const { return {50, 50, LabelPlace::above, Outline::diamond, true}; }
  Symbol operator()(const graph::Data& data) const {
    const bool store = data.kind == graph::DataKind::store || data.kind == graph::DataKind::store_reference;
    return store ? Symbol{50, 46} : Symbol{36, 48};
  }
  Symbol operator()(const graph::Role& role) const {
    if (role.kind == graph::RoleKind::lane) return {600, 120, LabelPlace::inside, Outline::box, false, true};
    return {34, 40};
  }
  Symbol operator()(const graph::System&) const { return {44, 36}; }
  Symbol operator()(const graph::Kpi&) const { return {44, 34}; }
  Symbol operator()(const graph::Risk&) const { return {40, 36}; }
  Symbol operator()(const graph::Note&) const { return {110, 30, LabelPlace::inside}; }
  Symbol operator()(const graph::Group&) const { return {200, 140, LabelPlace::inside}; }
};

}  // namespace

Symbol symbol_of(const graph::Node& node) {
  return std::visit(SymbolOf{}, node.detail);
}

bool is_lane(const graph::Node& node) {
  const auto* role = node.as<graph::Role>();
  return role && role->kind == graph::RoleKind::lane;
}

bool is_sub_process(const graph::Node& node) {
  const auto* activity = node.as<graph::Activity>();
  return activity && activity->body != graph::none;
}

std::string caption(const graph::Node& node, std::string_view language) {
  std::string text(node.name.in(language));
  if (const auto* data = node.as<graph::Data>(); data && !data->state.empty() && text.find('[') == std::string::npos)
    text += " [" + data->state + "]";
  if (!text.empty()) return text;
  if (const auto* event = node.as<graph::Event>(); event && event->definitions.size() == 1) {
    const auto& definition = event->definitions.front();
    const bool speaks = definition.type == graph::EventType::timer || definition.type == graph::EventType::conditional;
    if (speaks && definition.expression && definition.expression->text.size() <= 60) return definition.expression->text;
    if (definition.type == graph::EventType::link) return definition.name;
  }
  return text;
}

namespace {
constexpr double flat = 44;
constexpr double flat_icon = 18;
}  // namespace

Bounds text_area(const graph::Node& node, const Bounds& box) {
  const auto* activity = node.as<graph::Activity>();
  if (!activity) return grown(box, -4);
  const bool icon = activity->kind != graph::ActivityKind::task && activity->kind != graph::ActivityKind::sub_process &&
                    activity->kind != graph::ActivityKind::call_activity &&
                    activity->kind != graph::ActivityKind::event_sub_process &&
                    activity->kind != graph::ActivityKind::transaction &&
                    activity->kind != graph::ActivityKind::ad_hoc_sub_process;
  const bool marks = activity->loop.kind != graph::LoopKind::none || activity->for_compensation ||
                     is_sub_process(node) || activity->kind == graph::ActivityKind::ad_hoc_sub_process;
  // In a flat box the sign stands beside the text, not above it.
  if ((icon || cx_sign(node) != CxSign::none) && box.height < flat && !marks)
    return {box.x + flat_icon, box.y + 4, std::max(8.0, box.width - flat_icon - 5), std::max(8.0, box.height - 8)};
  const double top = icon || cx_sign(node) != CxSign::none ? std::min(20.0, box.height / 4) : 4;
  const double low = marks ? std::min(18.0, box.height / 4) : 4;
  return {box.x + 5, box.y + top, std::max(8.0, box.width - 10), std::max(8.0, box.height - top - low)};
}

CxSign cx_sign(const graph::Node& node) {
  for (const auto& attribute : node.attributes) {
    if (attribute.name == bpel_operation)
      if (const auto sign = sign_of_operation(attribute.value); sign != CxSign::none) return sign;
    if (attribute.name.find(cx_namespace) == std::string::npos) continue;
    const auto name = local_name(attribute.name);
    if (name == "hears") return heard(attribute.value);
    for (const auto& [word, sign] : cx_elements)
      if (name == word) return sign;
  }
  if (const auto* activity = node.as<graph::Activity>()) return sign_of_operation(activity->operation);
  if (const auto* event = node.as<graph::Event>())
    for (const auto& definition : event->definitions)
      if (const auto sign = sign_of_operation(definition.operation); sign != CxSign::none) return sign;
  return CxSign::none;
}

}  // namespace echoflow::layout
