#include "bpel/outline/drawer.hpp"

namespace echoflow::outline {
namespace {

using graph::EventPosition;
using graph::EventType;

graph::Event start_of(EventType type, bool interrupting, std::string ref = {}) {
  graph::Event event;
  event.position = EventPosition::start;
  event.interrupting = interrupting;
  graph::EventDefinition definition;
  definition.type = type;
  definition.ref = std::move(ref);
  event.definitions.push_back(std::move(definition));
  return event;
}

}  // namespace

graph::Event Drawer::timer(const std::optional<ast::Expression>& for_, const std::optional<ast::Expression>& until,
                           const std::optional<ast::Expression>& every) const {
  graph::Event event = start_of(EventType::timer, false);
  auto& definition = event.definitions.front();
  if (every) {
    definition.timer = graph::TimerKind::cycle;
    definition.expression = expression(*every);
  }
  if (until) {
    definition.timer = graph::TimerKind::date;
    definition.expression = expression(*until);
  }
  if (for_) {
    definition.timer = graph::TimerKind::duration;
    definition.expression = expression(*for_);
  }
  return event;
}

void Drawer::declare(const ast::ScopeBody& body, ContainerIndex in) {
  auto& names = variables_.emplace_back();
  for (const auto& variable : body.variables) {
    auto node = node_of(variable, "", in);
    node.name = graph::Names(variable.name);
    graph::Data data;
    data.kind = graph::DataKind::property;
    if (variable.message_type) data.item = variable.message_type->clark();
    if (variable.type) data.item = variable.type->clark();
    if (variable.element) data.item = variable.element->clark();
    node.detail = std::move(data);
    names.emplace(variable.name, add(std::move(node)));
  }
}

Piece Drawer::draw_one(const ast::Scope& scope, ContainerIndex in) {
  const NodeIndex n = add_task(scope, "scope", graph::ActivityKind::sub_process, in);
  if (scope.isolated == ast::YesNo::yes) graph_.node(n).attributes.push_back({"bpel.isolated", "yes", {}});
  const auto body = add_body(n, scope);
  declare(scope.body, body);
  auto node = node_of(static_cast<const ast::Element&>(scope), "#start", body);
  node.documentation = {};
  node.detail = graph::Event{};
  const NodeIndex start = add(std::move(node));
  fill_body(body, start, scope, scope.body.activity);
  handlers(scope.body, body);
  if (scope.compensation_handler)
    handler(*scope.compensation_handler, "compensationHandler", start_of(EventType::compensation, true),
            scope.compensation_handler->activity, body);
  if (scope.termination_handler)
    handler(*scope.termination_handler, "terminationHandler", start_of(EventType::cancel, true),
            scope.termination_handler->activity, body);
  variables_.pop_back();
  return {n, n};
}

void Drawer::handlers(const ast::ScopeBody& body, ContainerIndex in) {
  if (body.fault_handlers) fault_handlers(*body.fault_handlers, in);
  if (!body.event_handlers) return;
  for (const auto& event : body.event_handlers->on_events) on_event(event, in);
  for (const auto& alarm : body.event_handlers->on_alarms) on_alarm(alarm, in);
}

void Drawer::fault_handlers(const ast::FaultHandlers& handlers, ContainerIndex in) {
  for (const auto& one : handlers.catches) {
    const auto fault = one.fault_name ? *one.fault_name : QName{};
    handler(one, "catch", start_of(EventType::error, true, one.fault_name ? fault.clark() : std::string()),
            one.activity, in);
  }
  if (handlers.catch_all)
    handler(*handlers.catch_all, "catchAll", start_of(EventType::error, true), handlers.catch_all->activity, in);
}

void Drawer::handler(const ast::Element& element, std::string_view kind, graph::Event start,
                     const ast::ActivityPtr& activity, ContainerIndex in) {
  auto node = node_of(element, "", in);
  node.attributes.push_back({"bpel.activity", std::string(kind), {}});
  const auto& definition = start.definitions.front();
  const auto local = definition.ref.substr(definition.ref.find('}') + 1);
  node.name = graph::Names(local.empty() ? std::string(kind) : local);
  graph::Activity detail;
  detail.kind = graph::ActivityKind::event_sub_process;
  node.detail = std::move(detail);
  const NodeIndex n = add(std::move(node));
  const auto body = add_body(n, element);
  auto begin = node_of(element, "#start", body);
  begin.documentation = {};
  begin.detail = std::move(start);
  const NodeIndex index = add(std::move(begin));
  // A handler is not entered by links of a flow around it.
  const auto* outer = child_of_flow_;
  child_of_flow_ = nullptr;
  fill_body(body, index, element, activity);
  child_of_flow_ = outer;
}

void Drawer::on_event(const ast::OnEvent& event, ContainerIndex in) {
  handler(event, "onEvent", start_of(EventType::message, false), event.activity, in);
  const NodeIndex n = graph_.find(event.origin.path);
  if (n == graph::none) return;
  auto& node = graph_.node(n);
  node.name = {};
  describe_message(node, event.partner_link, event.operation);
  if (event.filter.channels) node.attributes.push_back({"cx.channels", *event.filter.channels, {}});
  if (event.filter.when) node.attributes.push_back({"cx.when", event.filter.when->text, {}});
}

void Drawer::on_alarm(const ast::OnAlarm& alarm, ContainerIndex in) {
  handler(alarm, "onAlarm", timer(alarm.for_, alarm.until, alarm.repeat_every), alarm.activity, in);
}

/// WS-BPEL 2.0 §10.3: an invoke with handlers stands in a scope of its own.
Piece Drawer::with_own_handlers(const ast::Invoke& invoke, ContainerIndex in) {
  auto node = node_of(static_cast<const ast::Element&>(invoke), "#scope", in);
  node.name = graph::Names(invoke.name.empty() ? invoke.operation : invoke.name);
  node.attributes.push_back({"bpel.activity", "scope", {}});
  graph::Activity detail;
  detail.kind = graph::ActivityKind::sub_process;
  node.detail = std::move(detail);
  const NodeIndex n = add(std::move(node));
  const auto body = add_body(n, invoke);
  auto begin = node_of(static_cast<const ast::Element&>(invoke), "#start", body);
  begin.documentation = {};
  begin.detail = graph::Event{};
  const NodeIndex start = add(std::move(begin));
  const NodeIndex task = invoke_task(invoke, body);
  connect(start, task);
  auto end = node_of(static_cast<const ast::Element&>(invoke), "#end", body);
  end.documentation = {};
  graph::Event event;
  event.position = EventPosition::end;
  end.detail = std::move(event);
  const NodeIndex last = add(std::move(end));
  connect(task, last);
  fault_handlers(invoke.fault_handlers, body);
  if (invoke.compensation_handler)
    handler(*invoke.compensation_handler, "compensationHandler", start_of(EventType::compensation, true),
            invoke.compensation_handler->activity, body);
  return {n, n};
}

}  // namespace echoflow::outline
