#include "models/notations/bpmn/rules/checking.hpp"

namespace echoflow::bpmn {
namespace {

// BPMN 2.0 §8.4.9 (gateway direction).
void check_direction(Checking& c, xml::NodeIndex n) {
  const auto in = c.incoming(n).size();
  const auto out = c.outgoing(n).size();
  const auto direction = c.source.attribute(n, "gatewayDirection");
  const std::string is = "The " + c.call(n) + " is " + std::string(direction) + " but has " + std::to_string(in) +
                         " incoming and " + std::to_string(out) + " outgoing flows: ";
  if (in == 0 && out == 0) return;
  if (direction == "Converging" && (in < 2 || out > 1))
    c.report("BPMN0501", n, is + "a converging gateway has several incoming and one outgoing.");
  if (direction == "Diverging" && (out < 2 || in > 1))
    c.report("BPMN0501", n, is + "a diverging gateway has one incoming and several outgoing.");
  if (direction == "Mixed" && (in < 2 || out < 2)) c.report("BPMN0501", n, is + "a mixed gateway has several of both.");
}

// BPMN 2.0 §10.6.1 (a gateway splits or merges).
void check_connections(Checking& c, xml::NodeIndex n) {
  const auto in = c.incoming(n).size();
  const auto out = c.outgoing(n).size();
  if (in > 1 || out > 1) return;
  if (in + out == 0 || c.source.is(n, "eventBasedGateway")) {
    if (in + out == 0)
      c.report("BPMN0502", n, "The " + c.call(n) + " is connected with nothing: connect it or remove it.");
    return;
  }
  c.report("BPMN0503", n,
           "The " + c.call(n) +
               " neither splits nor merges: give it several incoming or outgoing flows, "
               "or remove it.");
}

constexpr std::string_view events_after[] = {"messageEventDefinition", "signalEventDefinition", "timerEventDefinition",
                                             "conditionalEventDefinition"};

bool may_wait(const Checking& c, xml::NodeIndex event) {
  const auto definitions = c.definitions(event);
  if (definitions.empty()) return false;
  for (const auto definition : definitions) {
    bool known = false;
    for (const auto allowed : events_after) known = known || c.source.is(definition, allowed);
    if (!known) return false;
  }
  return true;
}

void check_target(Checking& c, xml::NodeIndex gateway, xml::NodeIndex target) {
  if (c.source.is(target, "receiveTask")) {
    if (!c.boundary(target).empty())
      c.report("BPMN0506", target,
               "The " + c.call(target) + " behind " + c.call(gateway) + " has events at its boundary: remove them.");
  } else if (!c.source.is(target, "intermediateCatchEvent") || !may_wait(c, target)) {
    c.report("BPMN0505", target,
             "The " + c.call(target) + " stands behind " + c.call(gateway) +
                 ", where only receive tasks and catching events of message, signal, timer or "
                 "condition may stand: replace it.");
  }
  if (c.incoming(target).size() > 1)
    c.report(
        "BPMN0507", target,
        "The " + c.call(target) + " behind " + c.call(gateway) + " has other incoming flows: lead them elsewhere.");
}

// BPMN 2.0 §10.6.6 (event-based gateway).
void check_event_based(Checking& c, xml::NodeIndex n) {
  const auto& out = c.outgoing(n);
  if (out.size() < 2)
    c.report("BPMN0504", n,
             "The " + c.call(n) + " has fewer than two outgoing flows: it chooses between several events.");
  bool message = false;
  bool receive = false;
  for (const auto flow : out) {
    const auto target = c.source.resolve_attribute(flow, "targetRef");
    if (!c.is_flow_node(target)) continue;
    check_target(c, n, target);
    receive = receive || c.source.is(target, "receiveTask");
    message = message || (c.is_event(target) && c.has_definition(target, "messageEventDefinition"));
  }
  if (message && receive)
    c.report("BPMN0508", n,
             "Behind the " + c.call(n) + " stand receive tasks and catching message events: use one kind.");
  const bool instantiate = c.source.flag(n, "instantiate", false);
  if (instantiate && !c.incoming(n).empty())
    c.report("BPMN0509", n,
             "The " + c.call(n) +
                 " starts the process and has incoming flows: remove them or "
                 "instantiate=\"true\".");
  if (!instantiate && c.source.attribute(n, "eventGatewayType") == "Parallel")
    c.report("BPMN0510", n,
             "The " + c.call(n) +
                 " waits for all its events, which only a gateway that starts the process "
                 "can: set instantiate=\"true\" or eventGatewayType=\"Exclusive\".");
}

}  // namespace

void check_gateways(Checking& c) {
  for (const auto n : c.source.elements()) {
    if (!c.is_gateway(n)) continue;
    check_direction(c, n);
    check_connections(c, n);
    if (c.source.is(n, "eventBasedGateway")) check_event_based(c, n);
  }
}

}  // namespace echoflow::bpmn
