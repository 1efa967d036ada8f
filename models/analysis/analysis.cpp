#include "models/analysis/analysis.hpp"

#include <algorithm>

#include "models/analysis/checks.hpp"
#include "models/analysis/soundness.hpp"

namespace echoflow::analysis {
namespace {

std::vector<View> views_of(const graph::ProcessGraph& graph) {
  std::vector<std::vector<NodeIndex>> nodes(graph.containers.size());
  for (NodeIndex n = 0; n < graph.node_count(); ++n)
    if (graph.node(n).container < nodes.size()) nodes[graph.node(n).container].push_back(n);
  std::vector<View> views;
  views.reserve(nodes.size());
  for (graph::ContainerIndex c = 0; c < nodes.size(); ++c) views.emplace_back(graph, c, std::move(nodes[c]));
  return views;
}

/// The inside of an ad hoc sub-process runs in any order, as people choose.
bool in_any_order(const View& view) {
  const auto owner = view.graph.containers[view.container].owner;
  if (owner == none) return false;
  const auto* activity = view.graph.node(owner).as<graph::Activity>();
  return activity && activity->kind == graph::ActivityKind::ad_hoc_sub_process;
}

}  // namespace

std::string_view to_string(Level level) {
  switch (level) {
    case Level::error:
      return "error";
    case Level::warning:
      return "warning";
    case Level::hint:
      return "hint";
  }
  return "";
}

Analysis analyse(const graph::ProcessGraph& graph, const Options& options) {
  Analysis analysis;
  Reporter reporter(graph, options, analysis);
  const auto views = views_of(graph);
  auto states = options.most_states;
  for (const auto& view : views) {
    analysis.fragments += view.tree.fragments.size();
    if (options.soundness && !in_any_order(view)) check_soundness(view, reporter, analysis, states);
  }
  if (options.data) check_data(graph, views, reporter);
  if (options.waiting) check_waiting(graph, reporter);
  if (options.style)
    for (const auto& view : views) check_style(view, reporter);
  std::stable_sort(analysis.findings.begin(), analysis.findings.end(), [](const Finding& a, const Finding& b) {
    return std::pair(a.level, std::string_view(a.rule)) < std::pair(b.level, std::string_view(b.rule));
  });
  return analysis;
}

Diagnostics to_diagnostics(const Analysis& analysis, const std::string& file) {
  Diagnostics found;
  for (const auto& finding : analysis.findings) {
    if (!finding.certain || finding.level == Level::hint) continue;
    auto where = finding.where;
    if (where.file.empty()) where.file = file;
    add_finding(found, {finding.rule, Severity::warning, finding.sentence, where});
  }
  return found;
}

}  // namespace echoflow::analysis
