#include "models/notations/bpmn/check.hpp"

#include "models/notations/bpmn/rules/checking.hpp"

namespace echoflow::bpmn {
namespace {

constexpr void (*families[])(Checking&) = {
    check_identity,      check_references,        check_structure, check_schema,     check_values,
    check_expressions,   check_sequence_flows,    check_gateways,  check_activities, check_loops,
    check_event_types,   check_event_flow,        check_links,     check_timers,     check_compensation,
    check_data_sets,     check_data_associations, check_items,     check_services,   check_calls,
    check_collaboration, check_visibility,
};

}  // namespace

Diagnostics check(const xml::Document& document, const std::string& file) {
  const Source source(document, file);
  if (!source.is(source.root(), "definitions")) return {};
  Checking checking(source);
  for (const auto family : families) family(checking);
  order_findings(checking.findings);
  return std::move(checking.findings);
}

}  // namespace echoflow::bpmn
