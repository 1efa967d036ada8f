#include <algorithm>
#include <utility>

#include "bpel/generate/writer.hpp"

namespace echoflow::generate {

using graph::Activity;
using graph::ActivityKind;
using graph::DefinitionKind;
using graph::Loop;
using graph::LoopKind;

namespace {

bool named(const Elements& elements, std::string_view source) {
  return std::any_of(elements.begin(), elements.end(), [&](const Element& each) {
    return each.source == source || (each.name == "extensionActivity" && named(each.children, source));
  });
}

}  // namespace

Elements Writer::activity(Region& region, VertexIndex v) {
  const NodeIndex node = region.net->vertices[v].node;
  const Boundary boundary = boundary_of(node);
  const std::string out = boundary.interrupting.empty() ? std::string() : outcome(region, v);
  const std::string counter = counts_ && compensable(node) ? counter_of(node) : std::string();
  return guarded(node, boundary, out, [&] {
    Elements body = repeated(node, boundary);
    if (!counter.empty()) body.push_back(assign(counter, "$" + counter + " + 1"));
    return body;
  });
}

Elements Writer::repeated(NodeIndex node, const Boundary& boundary) {
  const Loop& loop = graph_.node(node).as<Activity>()->loop;
  switch (loop.kind) {
    case LoopKind::none:
      return once(node);
    case LoopKind::standard:
      return standard_loop(node, loop);
    case LoopKind::multi_sequential:
    case LoopKind::multi_parallel:
      return instances(node, loop, boundary);
  }
  return {};
}

// BPMN 2.0 §13.3.6: the condition is tested before or after each iteration; loopMaximum caps their number.
Elements Writer::standard_loop(NodeIndex node, const Loop& loop) {
  const graph::Node& at = graph_.node(node);
  std::string count;
  std::string most;
  if (loop.maximum) {
    count = declare("iteration", node);
    most = content_.number(*loop.maximum, at.container, at.id).value_or("1");
  }
  std::string again = loop.maximum ? "true()" : "false()";
  if (loop.condition) again = content_.condition(*loop.condition, at.container, at.id).value_or("false()");
  if (!count.empty()) again = "(" + again + ") and $" + count + " < " + most;
  ++depth_;
  Elements body = framed([&] { return once(node); });
  --depth_;
  Elements result;
  if (!count.empty()) {
    result.push_back(assign(count, "0"));
    body.push_back(assign(count, "$" + count + " + 1"));
  }
  Element repeat(loop.test_before ? "while" : "repeatUntil");
  repeat.source = at.id;
  if (loop.test_before) repeat.add(with_text("condition", again));
  repeat.add(sequence_of(std::move(body)));
  if (!loop.test_before) repeat.add(with_text("condition", "not(" + again + ")"));
  result.push_back(std::move(repeat));
  return result;
}

// BPMN 2.0 §13.3.7 (behavior): an instance that is done throws its event, with 'Complex' where a condition says so.
Elements Writer::instance_thrown(const Loop& loop, NodeIndex node, NodeIndex event) {
  const auto reaction = [&] { return net_of({{event}, {}, true}); };
  if (loop.behavior != graph::MultiBehavior::complex) return reaction();
  if (graph_.node(event).as<graph::Event>()->interrupting) {
    refuse(generated_.findings, graph_, event,
           called(graph_, event) + " would end the other instances of " + called(graph_, node) +
               " when one is done, which is not supported: let it not interrupt, or say a completion condition");
    return {};
  }
  Elements result;
  for (const auto& each : loop.complex) {
    if (!catches_thrown(graph_, event, each.event)) continue;
    const graph::Node& at = graph_.node(node);
    Element thrown("if");
    thrown.source = graph_.node(event).id;
    thrown.add(with_text("condition", content_.condition(each.condition, at.container, at.id).value_or("false()")));
    thrown.add(sequence_of(reaction()));
    result.push_back(std::move(thrown));
  }
  return result;
}

// BPMN 2.0 §13.3.7: as many instances as the cardinality or the collection says, one after the other or side by side;
// when the completion condition holds after one of them, the others are cancelled.
Elements Writer::instances(NodeIndex node, const Loop& loop, const Boundary& boundary) {
  const graph::Node& at = graph_.node(node);
  const std::string counter = unique("instance_" + ncname(at.id), {});
  auto made = content_.instances(node, counter);
  if (!made) return {};
  const std::string done = "tns:complete." + ncname(at.id);
  const std::string first = boundary.first_time.empty() ? std::string() : declare("thrown", node);
  append(*variables_, std::move(made->around));
  ++depth_;
  Elements* const outer = variables_;
  Elements* const outer_process = process_variables_;
  const std::string outer_cancelling = std::exchange(cancelling_, {});
  const bool parallel = loop.kind == LoopKind::multi_parallel;
  Elements own = std::move(made->variables);
  variables_ = process_variables_ = &own;
  if (parallel) ++instances_;
  Elements body = std::move(made->before);
  append(body, once(node));
  append(body, std::move(made->after));
  for (const NodeIndex event : boundary.each_time) append(body, instance_thrown(loop, node, event));
  for (const NodeIndex event : boundary.first_time) {
    Element once_only("if");
    once_only.add(with_text("condition", "$" + first + " = 0"));
    Elements reaction{assign(first, "1")};
    append(reaction, net_of({{event}, {}, true}));
    once_only.add(sequence_of(std::move(reaction)));
    body.push_back(std::move(once_only));
  }
  if (loop.completion) {
    Element check("if");
    check.add(with_text("condition", content_.condition(*loop.completion, at.container, at.id).value_or("false()")));
    check.add(fault(done));
    body.push_back(std::move(check));
  }
  append(own, content_.end_of_instances());
  variables_ = outer;
  process_variables_ = outer_process;
  cancelling_ = outer_cancelling;
  if (parallel) --instances_;
  --depth_;
  Element each("forEach", {{"parallel", parallel ? "yes" : "no"}, {"counterName", counter}});
  each.source = at.id;
  each.add(with_text("startCounterValue", "1"));
  each.add(with_text("finalCounterValue", made->count));
  Element& scope = each.add(Element("scope", {{"name", unique("instance_of_" + ncname(at.id), at.id)}}));
  if (!own.empty()) scope.add(Element("variables")).children = std::move(own);
  scope.add(sequence_of(std::move(body)));
  Elements result = std::move(made->first);
  if (!first.empty()) result.push_back(assign(first, "0"));
  if (!loop.completion) {
    result.push_back(std::move(each));
    append(result, std::move(made->last));
    return result;
  }
  Element until = scope_of({std::move(each)}, "instances_of_", node);
  Element handlers("faultHandlers");
  handlers.add(Element("catch", {{"faultName", done}})).add(Element("empty"));
  until.children.insert(until.children.begin(), std::move(handlers));
  result.push_back(std::move(until));
  append(result, std::move(made->last));
  return result;
}

/// One time, with what undoes it.
Elements Writer::once(NodeIndex node) {
  Elements body = core(node);
  if (!named(body, graph_.node(node).id) && !body.empty() && body[0].source.empty())
    body[0].source = graph_.node(node).id;
  if (body.empty()) body.push_back(mark(node));
  if (cancel_.empty()) return body;  // only a transaction that is cancelled undoes by handlers
  Elements handler = undo(node);
  if (handler.empty()) return body;
  // WS-BPEL 2.0 §12.5.1 compensates what an error leaves; BPMN does not. And what a compensation event has undone
  // already is not undone again.
  Element cancelled("if");
  std::string condition = "$" + cancelling() + " = 1";
  if (counts_) {
    condition += " and $" + counter_of(node) + " > 0";
    handler.insert(handler.begin(), assign(counter_of(node), "$" + counter_of(node) + " - 1"));
  }
  cancelled.add(with_text("condition", condition));
  cancelled.add(sequence_of(std::move(handler)));
  handler = {std::move(cancelled)};
  const std::string& id = graph_.node(node).id;
  Element scope("scope", {{"name", unique("done_" + ncname(id), id)}});
  scope.source = id;
  scope.add(Element("compensationHandler")).add(sequence_of(std::move(handler)));
  scope.add(sequence_of(std::move(body)));
  return {scope};
}

Elements Writer::core(NodeIndex node) {
  const Activity& activity = *graph_.node(node).as<Activity>();
  switch (activity.kind) {
    case ActivityKind::task:
    case ActivityKind::user_task:
    case ActivityKind::manual_task:
    case ActivityKind::service_task:
    case ActivityKind::send_task:
    case ActivityKind::receive_task:
    case ActivityKind::script_task:
    case ActivityKind::business_rule_task:
      return content_.task(node);
    case ActivityKind::call_activity:
    case ActivityKind::process_interface:
      return call(node, activity.called);
    case ActivityKind::sub_process:
    case ActivityKind::transaction:
    case ActivityKind::ad_hoc_sub_process:
      return sub_process(node, activity.body);
    case ActivityKind::event_sub_process:
      return {};
  }
  return {};
}

// BPMN 2.0 §10.3.5: a global task or a process of the same file.
Elements Writer::call(NodeIndex node, const std::string& name) {
  const auto task = graph_.definitions.find(name);
  if (task != graph_.definitions.end() && task->second.kind == DefinitionKind::global_task)
    return content_.global_task(task->second, node);
  const ContainerIndex container = graph_.find_container(name);
  if (container == none || graph_.containers[container].parent != none) {
    if (graph_.node(node).as<Activity>()->kind == ActivityKind::process_interface) {
      changed(node, "The process ends here: what it leads to is not in the file.");
      return {mark(node)};
    }
    refuse(generated_.findings, graph_, node,
           called(graph_, node) + " calls '" + name + "', which is neither a process nor a global task of this file");
    return {};
  }
  if (!calling_.insert(container).second) {
    refuse(generated_.findings, graph_, node,
           called(graph_, node) + " calls a process that it is part of, which is not supported");
    return {};
  }
  const std::set<NodeIndex> listening = listening_;
  Elements result = sub_process(node, container);
  listening_ = listening;
  calling_.erase(container);
  return result;
}

// BPMN 2.0 §13.3.5: what can be done is done, one after the other or side by side, until the completion condition
// holds.
Elements Writer::ad_hoc(NodeIndex node) {
  const graph::Node& at = graph_.node(node);
  const Activity& activity = *at.as<Activity>();
  const Entry entry = entry_of(activity.body);
  std::string done;
  if (activity.completion) done = content_.condition(*activity.completion, activity.body, at.id).value_or("true()");
  const std::string complete = "tns:complete." + ncname(at.id);
  if (!done.empty()) ++depth_;
  Elements parts;
  for (const NodeIndex each : entry.nodes) {
    Elements part = net_of({{each}, {}, false});
    if (!done.empty()) {
      Element check("if");
      check.add(with_text("condition", done));
      check.add(fault(complete));
      part.push_back(std::move(check));
    }
    parts.push_back(sequence_of(std::move(part)));
  }
  if (!done.empty()) --depth_;
  Element all(activity.sequential ? "sequence" : "flow");
  all.source = at.id;
  all.children = std::move(parts);
  if (all.children.empty()) return {mark(node)};
  if (done.empty()) return {all};
  if (!activity.cancel_remaining && !activity.sequential) {
    refuse(generated_.findings, graph_, node,
           called(graph_, node) +
               " goes on with what was begun when its completion condition holds, which is not supported");
    return {};
  }
  Element repeat("while");
  repeat.add(with_text("condition", "not(" + done + ")"));
  repeat.add(std::move(all));
  Element scope = scope_of({std::move(repeat)}, "until_", node);
  Element handlers("faultHandlers");
  handlers.add(Element("catch", {{"faultName", complete}})).add(Element("empty"));
  scope.children.insert(scope.children.begin(), std::move(handlers));
  return {scope};
}

}  // namespace echoflow::generate
