#pragma once
#include <optional>
#include <string>
#include <vector>

#include "models/graph/process_graph.hpp"

/// What a model notes of customers, deadlines and figures (docs/cx-in-bpmn.md, docs/cx-in-epc.md), read from the
/// attributes of its elements.
namespace echoflow::documentation {

/// What an event or a receiving task waits for.
struct Hearing {
  std::string service;  ///< feedback, alerts, thresholds, taskEvents; "": a message of a BPEL process
  std::string when;
  std::string channels;
};
std::optional<Hearing> hearing_of(const graph::Node& node);
/// Does it answer a customer?
bool answers(const graph::Node& node);

enum class EscalationAct : std::uint8_t { reassign, notify, priority, event, unknown };
struct EscalationNote {
  std::string name;
  EscalationAct act = EscalationAct::unknown;
  std::string to;  ///< people, separated by commas; of a priority its number
};
struct DeadlineNote {
  bool to_begin = false;  ///< a task's start, else its end
  std::string name;
  std::string time;  ///< a duration, a time, or an expression
  std::string calendar;
  std::vector<EscalationNote> escalations;
};
std::vector<DeadlineNote> deadlines_of(const graph::Node& node);

/// A <cx:kpi>; thresholds are numbers or durations as written.
struct KpiNote {
  std::string name, title, measure, from, to, of, built_in, target, warning, critical, unit;
};
std::vector<KpiNote> kpis_of(const graph::Container& process);

}  // namespace echoflow::documentation
