#include "models/notations/bpmn/readers.hpp"

namespace echoflow::bpmn {
namespace {

using graph::Gateway;
using graph::GatewayDirection;
using graph::GatewayKind;

struct GatewayElement {
  std::string_view local;
  GatewayKind kind;
};

// BPMN 2.0 §10.6 (gateways).
constexpr GatewayElement gateway_kinds[] = {
    {"exclusiveGateway", GatewayKind::exclusive}, {"inclusiveGateway", GatewayKind::inclusive},
    {"parallelGateway", GatewayKind::parallel},   {"eventBasedGateway", GatewayKind::event_based},
    {"complexGateway", GatewayKind::complex},
};

struct Direction {
  std::string_view word;
  GatewayDirection value;
};
constexpr Direction directions[] = {{"Converging", GatewayDirection::converging},
                                    {"Diverging", GatewayDirection::diverging},
                                    {"Mixed", GatewayDirection::mixed}};

}  // namespace

bool read_gateway(Reading& r, xml::NodeIndex n, graph::ContainerIndex container) {
  for (const auto& kind : gateway_kinds) {
    if (!r.source.is(n, kind.local)) continue;
    const auto node = open_node(r, n, container);
    Gateway gateway;
    gateway.kind = kind.kind;
    const std::string direction = take(r, n, "gatewayDirection");
    for (const auto& known : directions)
      if (known.word == direction) gateway.direction = known.value;
    if (kind.kind == GatewayKind::event_based) {
      gateway.instantiate = take_flag(r, n, "instantiate", false);
      gateway.parallel_events = take(r, n, "eventGatewayType") == "Parallel";
    }
    if (kind.kind == GatewayKind::complex) gateway.activation = read_expression_child(r, n, "activationCondition");
    if (!take(r, n, "default").empty()) r.defaults.push_back({n, container, node});
    close_node(r, n, node, std::move(gateway));
    return true;
  }
  return false;
}

}  // namespace echoflow::bpmn
