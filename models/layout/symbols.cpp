#include "models/layout/symbols.hpp"

#include <algorithm>
#include <array>

namespace echoflow::layout {

namespace {

constexpr std::string_view cx_namespace = "urn:echoflow:cx:";

/// Words of the customer-experience language, in an element's extension names or in the operation that it waits for.
constexpr std::array<std::pair<std::string_view, CxSign>, 12> cx_words = {{
    {"onFeedback", CxSign::feedback},
    {"FeedbackListener", CxSign::feedback},
    {"survey", CxSign::survey},
    {"onAlert", CxSign::alert},
    {"AlertListener", CxSign::alert},
    {"onThreshold", CxSign::threshold},
    {"ThresholdListener", CxSign::threshold},
    {"onTaskEvent", CxSign::escalation},
    {"TaskListener", CxSign::escalation},
    {"feedback", CxSign::feedback},
    {"alert", CxSign::alert},
    {"threshold", CxSign::threshold},
}};
constexpr std::array<std::pair<std::string_view, CxSign>, 4> cx_elements = {{
    {"measure", CxSign::kpi},
    {"kpi", CxSign::kpi},
    {"task", CxSign::people_task},
    {"routing", CxSign::people_task},
}};

CxSign sign_in(std::string_view text) {
  for (const auto& [word, sign] : cx_words)
    if (text.find(word) != std::string_view::npos) return sign;
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
  const double top = icon || cx_sign(node) != CxSign::none ? std::min(20.0, box.height / 4) : 4;
  const double low = marks ? std::min(18.0, box.height / 4) : 4;
  return {box.x + 5, box.y + top, std::max(8.0, box.width - 10), std::max(8.0, box.height - top - low)};
}

CxSign cx_sign(const graph::Node& node) {
  if (const auto* activity = node.as<graph::Activity>()) {
    for (const auto* text : {&activity->operation, &activity->implementation})
      if (const auto sign = sign_in(*text); sign != CxSign::none && text->find("cx") != std::string::npos) return sign;
  }
  for (const auto& attribute : node.attributes) {
    if (attribute.name.find(cx_namespace) == std::string::npos) continue;
    const auto name = local_name(attribute.name);
    for (const auto& [word, sign] : cx_elements)
      if (name == word) return sign;
    if (const auto sign = sign_in(name); sign != CxSign::none) return sign;
    if (const auto sign = sign_in(attribute.value); sign != CxSign::none) return sign;
  }
  return CxSign::none;
}

}  // namespace echoflow::layout
