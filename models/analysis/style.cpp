#include <algorithm>
#include <map>

#include "models/analysis/checks.hpp"

namespace echoflow::analysis {
namespace {

using graph::Activity;
using graph::ActivityKind;
using graph::Event;
using graph::EventPosition;
using graph::Gateway;
using graph::GatewayKind;

constexpr std::size_t most_named_elements = 50;  // 7PMG G7

class Style {
 public:
  Style(const View& view, Reporter& reporter) : view_(view), graph_(view.graph), reporter_(reporter) {}

  void run() {
    if (graph_.notation == graph::Notation::bpel) return;  // a program is named and built by other rules
    for (const auto n : view_.nodes) {
      const auto& node = graph_.node(n);
      if (const auto* gateway = node.as<Gateway>())
        check_gateway(n, *gateway);
      else if (const auto* activity = node.as<Activity>())
        check_activity(n, *activity);
      else if (const auto* event = node.as<Event>())
        check_event(n, *event);
    }
    check_names();
    check_size();
    check_terminals();
    check_blocks();
  }

 private:
  bool epc() const { return graph_.notation == graph::Notation::aml || graph_.notation == graph::Notation::epml; }
  std::size_t in(NodeIndex n) const { return graph_.incoming(n).size(); }
  std::size_t out(NodeIndex n) const { return graph_.outgoing(n).size(); }

  void check_gateway(NodeIndex n, const Gateway& gateway) {
    if (in(n) == 1 && out(n) == 1) reporter_.add({"AN404", {n}});
    if (in(n) > 1 && out(n) > 1) reporter_.add({"AN409", {n}});
    if (in(n) + out(n) == 0) reporter_.add({"AN410", {n}});
    if (out(n) < 2) return;
    if (gateway.kind == GatewayKind::inclusive) reporter_.add({"AN408", {n}});
    if (gateway.kind != GatewayKind::exclusive && gateway.kind != GatewayKind::inclusive) return;
    std::size_t silent = 0, conditions = 0;
    for (const auto f : graph_.outgoing(n)) {
      const auto& flow = graph_.flow(f);
      silent += flow.name.empty() && !flow.condition && !flow.probability && graph_.node(n).default_flow != f;
      conditions += flow.condition.has_value();
    }
    // The events that follow an EPC's connector say what decides; one flow may be understood as "otherwise".
    if (!epc() && silent > 1) reporter_.add({"AN403", {n}});
    if (conditions == out(n) && graph_.node(n).default_flow == graph::none)
      reporter_.add({"AN413", {n}, {}, {}, false});
  }

  void check_activity(NodeIndex n, const Activity& activity) {
    const bool aside = activity.kind == ActivityKind::event_sub_process || activity.for_compensation;
    const auto owner = graph_.containers[view_.container].owner;
    const auto* around = owner == none ? nullptr : graph_.node(owner).as<Activity>();
    const bool any_order = around && around->kind == ActivityKind::ad_hoc_sub_process;
    if (graph_.node(n).name.empty()) reporter_.add({"AN401", {n}});
    if (in(n) + out(n) == 0 && !aside && !any_order && view_.flow.vertices.size() > 3) reporter_.add({"AN410", {n}});
    std::size_t conditions = 0;
    for (const auto f : graph_.outgoing(n)) conditions += graph_.flow(f).condition.has_value();
    if (out(n) > 1 && conditions == 0) reporter_.add({"AN405", {n}});
    if (out(n) > 1 && conditions == out(n) && graph_.node(n).default_flow == graph::none)
      reporter_.add({"AN413", {n}, {}, {}, false});
  }

  void check_event(NodeIndex n, const Event& event) {
    if (event.position == EventPosition::boundary) return;
    if (in(n) + out(n) == 0) reporter_.add({"AN410", {n}});
    if (event.position != EventPosition::start && event.position != EventPosition::end && graph_.node(n).name.empty())
      reporter_.add({"AN401", {n}});
    if (out(n) > 1) reporter_.add({"AN405", {n}});
  }

  void check_names() {
    std::map<std::string, std::vector<NodeIndex>> by_name;
    for (const auto n : view_.nodes) {
      const auto* activity = graph_.node(n).as<Activity>();
      if (activity && activity->kind != ActivityKind::call_activity &&
          activity->kind != ActivityKind::process_interface && !graph_.node(n).name.empty())
        by_name[std::string(graph_.node(n).name.in(""))].push_back(n);
    }
    for (const auto& [name, nodes] : by_name) {
      if (nodes.size() < 2) continue;
      std::string ids;
      for (std::size_t i = 0; i < nodes.size() && i < 4; ++i) {
        if (i > 0) ids += ", ";
        ids += graph_.node(nodes[i]).id;
      }
      if (nodes.size() > 4) ids += ", …";
      reporter_.add({"AN402", nodes, {ids, reporter_.quoted(name)}});
    }
  }

  void check_size() {
    std::vector<NodeIndex> flowing;
    for (const auto n : view_.nodes)
      if (view_.acting[n] != none) flowing.push_back(n);
    if (flowing.size() > most_named_elements)
      reporter_.add(
          {"AN406", {flowing[0]}, {reporter_.name_of_container(view_.container), std::to_string(flowing.size())}});
  }

  void check_terminals() {
    std::vector<NodeIndex> plain_starts, starts, ends, others;
    for (const auto n : view_.nodes) {
      const auto* event = graph_.node(n).as<Event>();
      if (event && event->position == EventPosition::start) {
        starts.push_back(n);
        if (event->definitions.empty()) plain_starts.push_back(n);
      } else if (event && event->position == EventPosition::end) {
        ends.push_back(n);
      } else if (view_.acting[n] != none) {
        others.push_back(n);
      }
    }
    if (!epc() && plain_starts.size() > 1)
      reporter_.add(
          {"AN407", plain_starts, {reporter_.name_of_container(view_.container), std::to_string(plain_starts.size())}});
    if (starts.empty() != ends.empty())
      reporter_.add({"AN412", {starts.empty() ? ends[0] : starts[0]}, {reporter_.name_of_container(view_.container)}});
  }

  /// 7PMG G4: model as structured as possible.
  void check_blocks() {
    for (const auto& fragment : view_.tree.fragments) {
      if (fragment.kind != FragmentKind::rigid || fragment.exit == view_.flow.sink ||
          fragment.entry == view_.flow.source)
        continue;
      reporter_.add({"AN411",
                     {view_.flow.vertices[fragment.entry].node, view_.flow.vertices[fragment.exit].node},
                     {reporter_.name(fragment.entry, view_), reporter_.name(fragment.exit, view_)}});
    }
  }

  const View& view_;
  const graph::ProcessGraph& graph_;
  Reporter& reporter_;
};

}  // namespace

void check_style(const View& view, Reporter& reporter) {
  Style(view, reporter).run();
}

}  // namespace echoflow::analysis
