#include "models/notations/bpmn/readers.hpp"

namespace echoflow::bpmn {
namespace {

using graph::Event;
using graph::EventPosition;

struct Kind {
  std::string_view local;
  EventPosition position;
};

// BPMN 2.0 §10.5 (events).
constexpr Kind kinds[] = {
    {"startEvent", EventPosition::start},
    {"intermediateCatchEvent", EventPosition::intermediate_catch},
    {"intermediateThrowEvent", EventPosition::intermediate_throw},
    {"boundaryEvent", EventPosition::boundary},
    {"endEvent", EventPosition::end},
    {"implicitThrowEvent", EventPosition::intermediate_throw},
};

}  // namespace

bool read_event(Reading& r, xml::NodeIndex n, graph::ContainerIndex container) {
  for (const auto& kind : kinds) {
    if (!r.source.is(n, kind.local)) continue;
    const auto node = open_node(r, n, container);
    Event event;
    event.position = kind.position;
    std::vector<graph::Attribute> more;
    event.definitions = read_event_definitions(r, n, more);
    event.parallel_multiple = take_flag(r, n, "parallelMultiple", false);
    if (kind.position == EventPosition::start) event.interrupting = take_flag(r, n, "isInterrupting", true);
    if (kind.position == EventPosition::boundary) {
      event.interrupting = take_flag(r, n, "cancelActivity", true);
      take(r, n, "attachedToRef");
      r.boundaries.push_back({n, container, node});
    }
    r.graph.node(node).attributes = std::move(more);
    read_data_of(r, n, container, node);
    close_node(r, n, node, std::move(event));
    return true;
  }
  return false;
}

}  // namespace echoflow::bpmn
