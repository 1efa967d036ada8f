#pragma once
#include <map>
#include <set>
#include <string>
#include <vector>

#include "bpel/generate/content.hpp"
#include "bpel/generate/content/correlation.hpp"
#include "bpel/generate/content/description.hpp"
#include "bpel/generate/content/loops.hpp"
#include "bpel/generate/content/texts.hpp"
#include "bpel/generate/content/variables.hpp"

/// What a model says beyond its control flow, as BPEL.
namespace echoflow::generate {

class ModelContent final : public Content {
 public:
  ModelContent(const graph::ProcessGraph& graph, Generated& generated);

  // frame.cpp
  Elements process_frame(ContainerIndex process, Elements own) override;
  Elements scope_variables(ContainerIndex container) override;
  void finish() override;
  // start.cpp
  Start start(ContainerIndex process, const std::vector<NodeIndex>& starts) override;
  // tasks.cpp
  Elements task(NodeIndex node) override;
  Elements global_task(const graph::Definition& task, NodeIndex caller) override;
  Elements enter(NodeIndex node) override;
  Elements leave(NodeIndex node) override;
  // events.cpp
  Elements throw_event(NodeIndex node, const graph::EventDefinition& event) override;
  Elements catch_event(NodeIndex node, const graph::EventDefinition& event) override;
  std::optional<Trigger> pick_arm(NodeIndex node, const graph::EventDefinition& event) override;
  std::optional<Trigger> event_handler(NodeIndex node, const graph::EventDefinition& event) override;
  std::optional<std::pair<int, std::string>> cycle(NodeIndex node, const graph::EventDefinition& event,
                                                   const std::string& counter) override;
  // expressions.cpp
  std::optional<std::string> condition(const graph::Expression& expression, ContainerIndex where,
                                       const std::string& element) override;
  std::optional<std::string> number(const graph::Expression& expression, ContainerIndex where,
                                    const std::string& element) override;
  // collections.cpp
  std::optional<Instances> instances(NodeIndex node, const std::string& counter) override;
  Elements end_of_instances() override;
  // decisions.cpp
  std::optional<std::string> decision(graph::FlowIndex flow) override;

 private:
  /// What a process needs in its frame, gathered while its activities are written.
  struct Frame {
    Elements partner_links, variables;
    std::set<std::string> names;                               ///< of both
    std::map<std::string, std::string_view> correlation_sets;  ///< name → property, of built-in services
    std::set<std::string> keys;                                ///< correlation keys of the model that are used
    bool signals = false;                                      ///< a built-in service is used
    bool people = false, conversation = false;
  };
  /// A message that a process takes.
  struct Inbound {
    std::string port_type, operation;
    bool conversation = false;  ///< it comes from a process of the same model
  };
  /// One that it gives.
  struct Outbound {
    std::string port_type, operation, link;
    bool conversation = false;
    bool answers = false;
  };

  /// The instances of a loop that is being written.
  struct Loop {
    NodeIndex node = graph::none;
    Elements variables;  ///< of one instance
    std::set<std::string> names;
    std::string count, done;  ///< XPath
  };
  // collections.cpp
  std::optional<std::string> items_of(NodeIndex node, const Collections& collections);
  void take_items(NodeIndex node, const Collections& collections, const std::string& items, const std::string& counter,
                  Instances& made);
  void give_items(NodeIndex node, const Collections& collections, const std::string& counter, Instances& made);
  void count_instances(NodeIndex node, Instances& made);
  /// A copy by the stylesheet of data: what it does, and with what.
  Element transformed(const std::string& source, const std::string& arguments, const std::string& variable,
                      const std::string& only_if = {});
  KnownVariables known(ContainerIndex where, bool given);
  // expressions.cpp
  /// `given`: what nobody has set reads as nothing, else as a fault.
  std::optional<std::string> xpath(const graph::Expression& expression, ContainerIndex where, ValueType wanted,
                                   const std::string& element, bool given = false);
  std::optional<std::string> time_text(const graph::EventDefinition& event, NodeIndex node);
  // frame.cpp
  void refuse(const std::string& element, const SourceLocation& where, const std::string& why);
  void warn(const std::string& element, const SourceLocation& where, const std::string& why);
  void refuse(NodeIndex node, const std::string& why);
  std::string name_of(NodeIndex node) const;
  void add_link(const std::string& name, Element link);
  void add_variable(const std::string& name, const std::string& attribute, const std::string& type,
                    const std::string& initial = {});
  // messages.cpp
  Inbound inbound_of(NodeIndex node, const std::string& message, const std::string& operation);
  Outbound outbound_of(NodeIndex node, const std::string& message, const std::string& operation);
  std::string operation_name(NodeIndex node, const std::string& message, const std::string& operation) const;
  bool comes_from_model(NodeIndex node) const;
  NodeIndex receiver_of(NodeIndex sender, const std::string& message) const;
  Elements send(NodeIndex node, const std::string& message, const std::string& operation);
  Elements receive(NodeIndex node, const std::string& message, const std::string& operation);
  /// receive, onMessage or onEvent without variable and correlations.
  Element listening(const std::string& element, const Inbound& inbound);
  Element keep(const std::string& content_xpath, ContainerIndex where, bool conversation);
  Element kept_variable(const std::string& content_xpath, const ModelVariable& variable);
  Element fill(const std::string& variable, const std::string& message, NodeIndex node, bool conversation,
               std::vector<const ModelVariable*> needed = {});
  /// From here on the process knows to which conversation its messages belong.
  void converse();
  void correlate(Element& listening, NodeIndex node);
  std::string message_variable(const Inbound& inbound, NodeIndex node);
  std::string process_name(ContainerIndex process) const;
  // correlation.cpp
  /// `described`: the WSDL message.
  void correlate_keys(Element& activity, NodeIndex node, const std::string& message, const std::string& described,
                      bool answers);
  std::vector<const ModelVariable*> key_variables(NodeIndex node, const std::string& message) const;
  Elements key_sets();
  // signals.cpp
  std::string signal_name(const std::string& ref) const;
  Elements raise(NodeIndex node, const std::string& signal);
  Element hearing(const std::string& element, NodeIndex node, const graph::EventDefinition& event);
  // events.cpp
  Elements wait_for_condition(NodeIndex node, const graph::EventDefinition& event);
  std::optional<Trigger> message_trigger(NodeIndex node, const graph::EventDefinition& event,
                                         const std::string& element);
  std::optional<Trigger> signal_trigger(NodeIndex node, const graph::EventDefinition& event,
                                        const std::string& element);
  std::optional<Trigger> timer_trigger(NodeIndex node, const graph::EventDefinition& event, bool repeats);
  std::optional<Trigger> condition_trigger(NodeIndex node, const graph::EventDefinition& event);
  // tasks.cpp
  Elements script(const graph::Expression& script, NodeIndex node);
  Elements passed_through(NodeIndex node);
  Elements thrown(const std::string& object, NodeIndex node, const SourceLocation& where);
  Elements mark(const std::string& word, NodeIndex node, const SourceLocation& where);
  Elements call_service(NodeIndex node, const graph::Activity& activity);
  Elements work(const graph::Activity& activity, NodeIndex node);
  Elements work_itself(const graph::Activity& activity, NodeIndex node);
  // associations.cpp
  Elements associations(NodeIndex node, graph::RelationKind kind, const std::set<std::string>* only);
  Elements made_inputs(NodeIndex node);
  const ModelVariable* outer_of(const graph::Relation& relation) const;
  const ModelVariable* assigned_to(const graph::Relation& relation, const graph::Expression& to) const;
  bool is_required(const graph::Relation& relation) const;
  // people.cpp
  Elements people(NodeIndex node);
  std::vector<std::string> owners(NodeIndex node) const;
  // voice.cpp
  bool hears(NodeIndex node) const;
  std::optional<Trigger> heard(const std::string& element, NodeIndex node);
  Elements listen(NodeIndex node);  ///< in line
  Elements says(NodeIndex node);
  Elements measures(NodeIndex node);
  Elements kpis(ContainerIndex process) const;
  void add_task_details(NodeIndex node, Element& task) const;
  // decisions.cpp
  /// The ways that a user task decides about: the flows of the split behind it, where they have no conditions.
  std::vector<graph::FlowIndex> decided_by(NodeIndex task) const;
  NodeIndex decider_of(NodeIndex split) const;
  graph::Names way_name(graph::FlowIndex flow) const;
  std::string outcome_name(graph::FlowIndex flow) const;

  const graph::ProcessGraph& graph_;
  Generated& generated_;
  Variables variables_;
  std::vector<CorrelationKey> keys_;
  Description description_;
  Frame frame_;
  std::vector<Loop> loops_;     ///< the innermost last
  bool transforms_ = false;     ///< the stylesheet of data is used
  ContainerIndex process_ = 0;  ///< whose BPEL is being written
};

/// Beside the generated processes, where they use it.
inline constexpr std::string_view data_stylesheet_file = "data.xsl";
std::string_view data_stylesheet_text();

/// <copy><from>xpath</from><to variable="…"/></copy>; `optional`: nothing happens where there is nothing to copy.
Element copy_to(const std::string& xpath, const std::string& variable, bool optional = false);

}  // namespace echoflow::generate
