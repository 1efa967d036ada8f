#pragma once
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "bpel/generate/element.hpp"
#include "bpel/generate/generate.hpp"

/// The seam between the control flow and what flows: the flow asks, the content answers with elements. Who is asked for
/// what he cannot say adds an error to `Generated::findings` (rule "MODEL", naming the element) and answers nullopt or
/// nothing.
namespace echoflow::generate {

using graph::ContainerIndex;
using graph::NodeIndex;

/// How a part of a process is begun.
struct Start {
  Elements activities;  ///< the first activities: a receive or a pick with createInstance="yes", and what follows it
  /// Several starts: a variable of the process (declared by the content) holds 1 … n, the number of the start in the
  /// order of the nodes that were asked about.
  std::string choice;
};

/// An onEvent, onAlarm or onMessage that waits for a body as its last child.
struct Trigger {
  Element element;
  Elements first;     ///< what is to be done first in the body (keep what came)
  std::string guard;  ///< XPath; the body is done only where it is true; "" always
  Elements before;    ///< what is to be done before the scope or pick is entered (a counter set to 0, …)
  /// Names of variables (with their declarations) that the guard or `first` needs outside the handler.
  Elements variables;
  /// XPath that may hold already when the scope is entered: then the event has happened (a conditional event).
  std::string at_once;
};

/// The instances of a multi-instance activity.
struct Instances {
  Elements around;     ///< variables of the scope around all instances
  Elements first;      ///< before all of them
  Elements last;       ///< when all are done
  std::string count;   ///< XPath, an unsigned integer
  Elements variables;  ///< of the scope around one instance
  Elements before;     ///< in that scope, before the activity; `counter` is the name of the forEach's counter
  Elements after;      ///< after it, in that scope: what it gives is put into the collection
};

class Content {
 public:
  virtual ~Content() = default;

  // --- the frame -----------------------------------------------------------------------------------------------------
  /// <partnerLinks>, <variables>, <correlationSets>, <imports> … of a process: everything that stands before its
  /// activity, in BPEL's order. `own` are the variables that the flow needs there.
  virtual Elements process_frame(ContainerIndex process, Elements own) = 0;
  /// Variables of a sub-process's scope (its data objects and properties).
  virtual Elements scope_variables(ContainerIndex container) = 0;
  /// `starts`: start events, receive tasks and catch events that instantiate (also those behind an instantiating
  /// event-based gateway), or nothing: the process is begun by a message that the content makes up.
  virtual Start start(ContainerIndex process, const std::vector<NodeIndex>& starts) = 0;
  /// WSDL, schemas, descriptor: everything but the .bpel files, after all processes.
  virtual void finish() = 0;

  // --- what is done --------------------------------------------------------------------------------------------------
  /// What a task does, its data associations included: not loops, boundary events or compensation.
  virtual Elements task(NodeIndex node) = 0;
  /// The same of a global task that the call activity `caller` calls.
  virtual Elements global_task(const graph::Definition& task, NodeIndex caller) = 0;
  /// Before and after an inlined sub-process or called process: its data associations.
  virtual Elements enter(NodeIndex node) = 0;
  virtual Elements leave(NodeIndex node) = 0;
  /// A message or signal that is thrown by an event (also by a multi-instance activity's behaviour: `node` is that
  /// one).
  virtual Elements throw_event(NodeIndex node, const graph::EventDefinition& event) = 0;
  /// Waits in line until a message, signal, timer or condition comes.
  virtual Elements catch_event(NodeIndex node, const graph::EventDefinition& event) = 0;
  /// The same as an onMessage/onAlarm of a pick; nullopt when a pick cannot wait for it.
  virtual std::optional<Trigger> pick_arm(NodeIndex node, const graph::EventDefinition& event) = 0;
  /// The same as an onEvent/onAlarm of a scope; `node` is a boundary event or the start of an event sub-process.
  virtual std::optional<Trigger> event_handler(NodeIndex node, const graph::EventDefinition& event) = 0;
  /// A timer cycle with a fixed number of repetitions that is waited for in line: the tokens it gives, and an XPath of
  /// the duration until the token that `counter` (XPath, from 1) numbers. nullopt: it has no fixed number.
  virtual std::optional<std::pair<int, std::string>> cycle(NodeIndex node, const graph::EventDefinition& event,
                                                           const std::string& counter) = 0;

  // --- expressions: XPath 1.0 over the process's variables
  // ------------------------------------------------------------
  virtual std::optional<std::string> condition(const graph::Expression& expression, ContainerIndex where,
                                               const std::string& element) = 0;
  virtual std::optional<std::string> number(const graph::Expression& expression, ContainerIndex where,
                                            const std::string& element) = 0;
  /// The condition of a flow that has none, where people decide: the task before the split ends with one of its ways as
  /// its outcome. nullopt: no task decides it.
  virtual std::optional<std::string> decision(graph::FlowIndex) { return std::nullopt; }
  /// From here on, until `end_of_instances`, what the content declares belongs to one instance.
  virtual std::optional<Instances> instances(NodeIndex node, const std::string& counter) = 0;
  /// The variables that the content needs in the scope of one instance.
  virtual Elements end_of_instances() = 0;
};

/// Everything goes into `generated`; it and the graph must outlive the content.
std::unique_ptr<Content> make_content(const graph::ProcessGraph& graph, Generated& generated);
/// A name for BPEL made of a model's id: an NCName without a dot, unique where the id is.
std::string ncname(std::string_view id);

}  // namespace echoflow::generate
