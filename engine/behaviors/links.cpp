#include "engine/behaviors/links.hpp"

#include "engine/behaviors/completion.hpp"
#include "engine/behaviors/evaluation.hpp"
#include "engine/behaviors/faults.hpp"

namespace echoflow::engine::links {

using instances::Isolation;
using instances::LinkState;
using instances::LinkStatus;
using program::ActivityKind;
using program::LinkId;

namespace {

const LinkState* link_state(const StepContext& context, const Activity& flow, LinkId link) {
  auto position = position_of(context.program().as<program::Flow>(flow.node).links, link);
  return position < flow.flow_data->links.size() ? &flow.flow_data->links[position] : nullptr;
}

/// The innermost isolated scope from an activity up to the flow; null when there is none.
const Activity* isolated_scope_between(const StepContext& context, const Activity* at, const Activity& flow) {
  for (; at != nullptr && at->id != flow.id; at = context.find(at->parent))
    if (at->scope_data && context.program().as<program::Scope>(at->node).isolated) return at;
  return nullptr;
}

void determine(StepContext& context, ActivityId flow_id, LinkId link, bool value) {
  const Activity* flow = context.find(flow_id);
  if (flow == nullptr) return;
  const LinkState* state = link_state(context, *flow, link);
  if (state == nullptr || state->status != LinkStatus::unset) return;
  ActivityId target = state->target;
  context.emit(records::LinkDetermined{flow_id, link, value});
  if (target != 0) context.queue_join(target);
}

/// WS-BPEL 2.0 §12.8: a link that leaves an isolated scope gets its status when that scope has completed.
/// `around` is the innermost activity that encloses the link's source.
void determine_or_hold(StepContext& context, const Activity* around, const Activity& flow, LinkId link, bool value) {
  if (const Activity* isolated = isolated_scope_between(context, around, flow)) {
    for (const auto& held : isolated->scope_data->held_links)
      if (held.flow == flow.id && held.link == link) return;
    context.emit(records::LinkHeld{isolated->id, flow.id, link, value});
    return;
  }
  determine(context, flow.id, link, value);
}

void set_dead_below(StepContext& context, ActivityId around_id, NodeId node) {
  for (LinkId link : context.program().node(node).outgoing) {
    const Activity* around = context.find(around_id);
    if (around == nullptr) return;
    const Activity* flow = find_flow(context.state(), *around, context.program().links[link].flow);
    if (flow == nullptr) continue;
    const Activity* inside = around->node == node ? context.find(around->parent) : around;
    determine_or_hold(context, inside, *flow, link, false);
  }
  for (NodeId inner : inner_nodes(context.program(), node)) set_dead_below(context, around_id, inner);
}

void add(std::vector<NodeId>& nodes, NodeId node) {
  if (node != program::none) nodes.push_back(node);
}

void add_scope(std::vector<NodeId>& nodes, const program::Scope& scope) {
  add(nodes, scope.activity);
  for (const auto& handler : scope.catches) add(nodes, handler.activity);
  add(nodes, scope.catch_all);
  add(nodes, scope.termination_handler);
  // Links never cross the boundary of event and compensation handlers (SA00071).
}

}  // namespace

std::vector<NodeId> inner_nodes(const Program& program, NodeId node) {
  std::vector<NodeId> nodes;
  switch (program.node(node).kind) {
    case ActivityKind::sequence:
      return program.as<program::SequenceNode>(node).activities;
    case ActivityKind::flow:
      return program.as<program::Flow>(node).activities;
    case ActivityKind::if_:
      for (const auto& branch : program.as<program::If>(node).branches) add(nodes, branch.activity);
      return nodes;
    case ActivityKind::pick:
      for (const auto& branch : program.as<program::Pick>(node).on_messages) add(nodes, branch.activity);
      for (const auto& branch : program.as<program::Pick>(node).on_alarms) add(nodes, branch.activity);
      return nodes;
    case ActivityKind::while_:
      add(nodes, program.as<program::While>(node).activity);
      return nodes;
    case ActivityKind::repeat_until:
      add(nodes, program.as<program::RepeatUntil>(node).activity);
      return nodes;
    case ActivityKind::for_each:
      add(nodes, program.as<program::ForEach>(node).activity);
      return nodes;
    case ActivityKind::scope:
      add_scope(nodes, program.as<program::Scope>(node));
      return nodes;
    case ActivityKind::assign:
    case ActivityKind::compensate:
    case ActivityKind::compensate_scope:
    case ActivityKind::empty:
    case ActivityKind::exit:
    case ActivityKind::extension_activity:
    case ActivityKind::invoke:
    case ActivityKind::measure:
    case ActivityKind::people_activity:
    case ActivityKind::receive:
    case ActivityKind::reply:
    case ActivityKind::rethrow:
    case ActivityKind::throw_:
    case ActivityKind::validate:
    case ActivityKind::wait:
      return nodes;
  }
  return nodes;
}

// WS-BPEL 2.0 §11.6.2: an activity waits for the status of all its incoming links, then for its join condition.
void try_join(StepContext& context, ActivityId id) {
  const Activity* activity = context.find(id);
  if (activity == nullptr || !activity->joining || activity->terminating) return;
  const program::Node& node = context.node_of(*activity);
  bool any = false;
  for (LinkId link : node.incoming) {
    const Activity* flow = find_flow(context.state(), *activity, context.program().links[link].flow);
    const LinkState* state = flow == nullptr ? nullptr : link_state(context, *flow, link);
    if (state == nullptr || state->status == LinkStatus::unset) return;
    any = any || state->status == LinkStatus::positive;
  }
  if (node.join_condition != nullptr) {
    auto result = node.join_condition->evaluate_boolean(evaluation_for(context, *activity));
    if (!result) return faults::raise(context, id, std::move(result.error()));
    any = *result;
  }
  if (any) {
    context.emit(records::ActivityStarted{id});
    context.queue_start(id);
  } else if (node.suppress_join_failure) {
    completion::end(context, *activity, Outcome::skipped);
  } else {
    faults::raise(context, id,
                  standard_fault("joinFailure", "The join condition of " + node.element_id + " is false."));
  }
}

// WS-BPEL 2.0 §11.6.2: the transition conditions are evaluated in the order of the source elements.
std::optional<Fault> fire_outgoing(StepContext& context, const Activity& activity) {
  const ActivityId id = activity.id;
  for (LinkId link : context.node_of(activity).outgoing) {
    const Activity* source = context.find(id);
    const Activity* flow = find_flow(context.state(), *source, context.program().links[link].flow);
    if (flow == nullptr) continue;
    bool value = true;
    if (const Expression* condition = context.program().links[link].transition_condition) {
      auto result = condition->evaluate_boolean(evaluation_for(context, *source));
      if (!result) {
        set_dead(context, *source, source->node);
        return std::move(result.error());
      }
      value = *result;
    }
    determine_or_hold(context, context.find(source->parent), *flow, link, value);
  }
  return std::nullopt;
}

void set_dead(StepContext& context, const Activity& around, NodeId node) {
  if (context.program().links.empty() || node == program::none) return;
  set_dead_below(context, around.id, node);
}

void release_held(StepContext& context, const Activity& scope, bool negative) {
  if (scope.scope_data->held_links.empty()) return;
  auto held = scope.scope_data->held_links;
  for (const auto& link : held) determine(context, link.flow, link.link, link.value && !negative);
}

}  // namespace echoflow::engine::links
