#pragma once
#include <set>
#include <vector>

#include "models/documentation/steps.hpp"

namespace echoflow::documentation {

/// The nodes of a container as they are read: what comes before stands before, loops aside; branches stay in the
/// source's order; what no start reaches and events' sub-processes stand behind the normal flow.
class StepOrder {
 public:
  explicit StepOrder(const StepReader& reader) : reader_(reader), graph_(reader.graph()) {}
  std::vector<graph::NodeIndex> of(graph::ContainerIndex container);

 private:
  bool is_event_sub_process(graph::NodeIndex node) const;
  bool begins(graph::NodeIndex node) const;
  /// Where flow and boundary events lead, in the source's order.
  std::vector<graph::NodeIndex> following(graph::NodeIndex node) const;
  std::set<graph::NodeIndex> reached_from(std::vector<graph::NodeIndex> open) const;
  void visit(graph::NodeIndex from);

  const StepReader& reader_;
  const graph::ProcessGraph& graph_;
  std::set<graph::NodeIndex> seen_;
  std::vector<graph::NodeIndex> finished_;  ///< in postorder
};

}  // namespace echoflow::documentation
