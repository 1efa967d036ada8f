#pragma once
#include <map>
#include <string>
#include <vector>

#include "models/documentation/notes.hpp"
#include "models/documentation/words.hpp"
#include "models/graph/process_graph.hpp"

/// The steps of a process in words: what the step table, the responsibilities and the comparison of versions need.
namespace echoflow::documentation {

struct Step {
  graph::NodeIndex node = graph::none;
  std::string number;  ///< "3", "3.1" inside a sub-process
  std::string anchor;
  std::string name;
  std::string kind;       ///< of activity or event
  std::string about;      ///< its documentation, repetition, called process
  bool decision = false;  ///< a gateway with several ways out
  std::vector<std::string> who, with_what, inputs, outputs, records, deadlines, exceptions;
  std::vector<std::string> next;  ///< where it goes on, with the names of the ways
};

struct ProcessSteps {
  graph::ContainerIndex container = 0;
  std::string name;
  std::vector<Step> steps;
};

/// What is shown of the graph: one process, or all of it.
class StepReader {
 public:
  StepReader(const graph::ProcessGraph& graph, const Words& words, const std::string& process);

  const std::vector<ProcessSteps>& processes() const { return processes_; }
  /// The containers that are shown, sub-processes included.
  bool shown(graph::ContainerIndex container) const;
  /// "3 Check the claim"; the name alone of what is no step.
  std::string title(graph::NodeIndex node) const;
  /// Its name, or "without a name (id)".
  std::string name(graph::NodeIndex node) const;
  std::string number(graph::NodeIndex node) const;
  /// Where the flow goes on behind a node: numbers and names of steps, or "end".
  std::vector<std::string> next(graph::NodeIndex node) const;
  std::string anchor(graph::NodeIndex node) const;
  /// The innermost lane, executing roles, or the participant; empty where nobody is named.
  std::vector<std::string> who(graph::NodeIndex node) const;
  /// The deadline of a timer event in words.
  std::string deadline(const graph::Event& event) const;
  /// "Beginn höchstens 2 Stunden", and what an escalation does.
  std::string deadline(const DeadlineNote& deadline) const;
  std::string escalation(const EscalationNote& escalation) const;
  std::string event_kind(const graph::Event& event) const;
  /// The relations that begin or end at a node, and an activity's boundary events.
  const std::vector<std::size_t>& relations_of(graph::NodeIndex node) const;
  const std::vector<graph::NodeIndex>& boundary_of(graph::NodeIndex node) const;
  const Words& words() const { return words_; }
  const graph::ProcessGraph& graph() const { return graph_; }

 private:
  void index_relations();
  void number_steps(graph::ContainerIndex container, const std::string& prefix, std::vector<Step>& to, int depth);
  std::vector<graph::NodeIndex> in_order(graph::ContainerIndex container) const;
  bool is_step(graph::NodeIndex node) const;
  Step describe(graph::NodeIndex node, std::string number) const;
  void add_activity(Step& step, const graph::Activity& activity) const;
  void add_data(Step& step) const;
  void add_boundary(Step& step) const;
  void add_deadlines(Step& step) const;
  std::string time_text(const std::string& text) const;
  std::string branches(graph::NodeIndex gateway) const;
  std::string way(graph::FlowIndex flow) const;
  void ends_of(graph::NodeIndex node, std::vector<graph::NodeIndex>& ends) const;
  std::string where(graph::FlowIndex flow) const;
  std::string called(const std::string& id) const;

  const graph::ProcessGraph& graph_;
  const Words& words_;
  std::vector<ProcessSteps> processes_;
  std::vector<bool> shown_;
  std::map<graph::NodeIndex, std::string> numbers_;
  std::map<graph::NodeIndex, std::vector<std::size_t>> relations_;      ///< by each end
  std::map<graph::NodeIndex, std::vector<graph::NodeIndex>> boundary_;  ///< by the activity
};

}  // namespace echoflow::documentation
