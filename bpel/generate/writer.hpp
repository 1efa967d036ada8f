#pragma once
#include <functional>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "bpel/generate/content.hpp"
#include "bpel/generate/skeleton.hpp"

// Inside bpel/generate only: what writes the control flow. One file for each kind of block.
namespace echoflow::generate {

/// The control flow of one net while it is written.
struct Region {
  const Net* net = nullptr;
  const Structure* structure = nullptr;
  std::map<VertexIndex, std::string> variables;  ///< what a vertex's outcome is kept in
  std::set<VertexIndex> consumed;                ///< done by what stands before (the arms of a pick)
};

class Writer {
 public:
  Writer(const graph::ProcessGraph& graph, Content& content, Generated& generated);

  /// A .bpel file.
  void process(ContainerIndex process);

 private:
  using Body = std::function<Elements()>;

  /// Where an escalation is caught: a boundary event or an event sub-process around what is being written.
  struct Catcher {
    std::string escalation;          ///< id of its definition; "": any
    std::string fault;               ///< interrupting: the fault that interrupts
    int depth = 0;                   ///< how many repeated constructs are around it
    std::vector<std::string> links;  ///< not interrupting: one for each place that throws
  };
  /// A way out of a choice.
  struct Way {
    EdgeIndex edge = 0;
    std::string condition;  ///< "": otherwise
  };
  /// What runs side by side with a net, or with one round of a loop, joined to it by links.
  struct Sides {
    Elements links;
    Elements activities;
    bool round = false;  ///< of a loop: its next round waits for them
  };
  /// A way out of an event-based gateway.
  struct Arm {
    EdgeIndex edge = 0;
    NodeIndex node = none;
    std::vector<graph::EventDefinition> events;  ///< any one of them
  };
  struct Boundary {
    std::vector<NodeIndex> interrupting;  ///< outcome 1, 2 …
    std::vector<NodeIndex> reacting;
    std::vector<NodeIndex> undoing;
    std::vector<NodeIndex> each_time;  ///< caught when an instance is done (multi-instance behaviour)
    std::vector<NodeIndex> first_time;
  };
  struct Handlers {
    Elements faults;
    Elements events;
    Elements before;
    Elements first;   ///< in the scope, before all else
    Elements beside;  ///< in the scope, side by side with its activity
    Elements variables;
    bool all = false;  ///< there is a catchAll
  };

  // process.cpp
  std::string unique(std::string base, std::string_view source);
  std::string declare(std::string base, NodeIndex node, std::string_view initial = "0");
  Elements framed(const Body& body);
  Elements sided(bool round, const Body& body);
  Element scope_of(Elements activities, const std::string& base, NodeIndex node);
  Element as_scope(Elements activities, const std::string& base, NodeIndex node);
  Element mark(NodeIndex node);
  /// Id of a gateway; "" for what joins or splits without one, so that an activity's id stays its own.
  std::string gateway_id(NodeIndex node) const;
  Entry entry_of(ContainerIndex container) const;
  Entry process_entry(ContainerIndex process, std::vector<NodeIndex>& starts) const;
  Elements net_of(const Entry& entry, const std::string& choice = {});
  void changed(NodeIndex node, std::string what);

  // regions.cpp
  Elements run(Region& region, const std::vector<structure::FragmentIndex>& fragments);
  Elements run_part(Region& region, const std::vector<structure::FragmentIndex>& fragments, std::size_t from,
                    std::size_t to);
  Elements several(Region& region, const std::vector<structure::FragmentIndex>& fragments, std::size_t from,
                   std::size_t to, const Vertex& giver);
  Elements vertex(Region& region, VertexIndex v);
  Elements arrive(Region& region, VertexIndex v);
  Elements block(Region& region, structure::FragmentIndex fragment);
  Elements side_by_side(Region& region, const Skeleton& skeleton);

  // choices.cpp
  const std::string& outcome(Region& region, VertexIndex v);
  std::vector<Way> ways(Region& region, VertexIndex split);
  std::vector<Way> inclusive_ways(Region& region, VertexIndex split);
  Elements choose(Region& region, VertexIndex split, const std::map<EdgeIndex, Elements>& contents);
  Elements pick(Region& region, VertexIndex split, const std::function<Elements(EdgeIndex)>& contents);
  std::vector<Arm> arms_of(Region& region, VertexIndex split);
  Elements first_of(NodeIndex gateway, const std::vector<Arm>& arms,
                    const std::function<Elements(EdgeIndex)>& contents);
  Element forever(NodeIndex node);
  VertexIndex first_work(const Region& region, EdgeIndex edge) const;
  std::vector<graph::EventDefinition> awaited(NodeIndex node) const;
  void listen(NodeIndex node, const std::vector<graph::EventDefinition>& events);

  // links.cpp
  Elements linked(Region& region, const Skeleton& skeleton);
  Elements decide(Region& region, VertexIndex v, Element& at, std::map<EdgeIndex, std::string>& conditions);

  // loops.cpp
  Elements cycle(Region& region, const Skeleton& skeleton);
  Elements simple_loop(Region& region, const Skeleton& skeleton, const Unit& forward, const Unit& back);
  Elements machine(Region& region, const Skeleton& skeleton);

  // activities.cpp
  Elements activity(Region& region, VertexIndex v);
  Elements whole_activity(NodeIndex node, const std::string& outcome);
  Elements repeated(NodeIndex node, const Boundary& boundary);
  Elements standard_loop(NodeIndex node, const graph::Loop& loop);
  Elements instance_thrown(const graph::Loop& loop, NodeIndex node, NodeIndex event);
  Elements instances(NodeIndex node, const graph::Loop& loop, const Boundary& boundary);
  Elements once(NodeIndex node);
  Elements core(NodeIndex node);
  Elements call(NodeIndex node, const std::string& called);
  Elements ad_hoc(NodeIndex node);

  // boundary.cpp
  Boundary boundary_of(NodeIndex node) const;
  Elements guarded(NodeIndex node, const Boundary& boundary, const std::string& outcome, const Body& body);
  void interrupt(Handlers& handlers, NodeIndex event, const Elements& then);
  void react(Handlers& handlers, NodeIndex event, const Body& body);
  static void catch_fault(Handlers& handlers, const std::string& fault, Elements then);
  void watch(Handlers& handlers, NodeIndex event, const graph::EventDefinition& definition, const Body& body);
  static void put_handlers(Element& scope, Handlers handlers, const Elements& body);
  static Elements with_variables(Elements variables, Elements activities);
  Elements attend(NodeIndex node, const std::vector<NodeIndex>& events, Elements activity);
  void react_to(const std::vector<Catcher>& catchers, const std::vector<NodeIndex>& events,
                const std::function<Elements(NodeIndex)>& reaction);

  // containers.cpp
  struct EventParts {
    std::vector<NodeIndex> interrupting;
    std::vector<NodeIndex> reacting;
    std::vector<NodeIndex> escalations;  ///< one for each escalation that is caught
  };
  EventParts event_parts(ContainerIndex container);
  Elements cancellation(NodeIndex transaction);
  Elements container(ContainerIndex container, NodeIndex owner, bool process, const Body& body);
  Elements handle(Handlers& handlers, const std::vector<NodeIndex>& events, NodeIndex owner);
  Elements sub_process(NodeIndex node, ContainerIndex container);
  Elements event_sub_process(NodeIndex node);
  NodeIndex start_of(NodeIndex event_sub_process) const;

  // events.cpp
  Elements event(NodeIndex node);
  Elements throw_one(NodeIndex node, const graph::EventDefinition& definition);
  Elements catch_all_of(NodeIndex node, const graph::Event& event);
  Elements escalate(NodeIndex node, const graph::EventDefinition& definition);
  static Element fault(const std::string& name);

  // compensation.cpp
  bool compensable(NodeIndex node) const;
  const std::string& counter_of(NodeIndex node);
  const std::string& cancelling();
  Elements undo(NodeIndex node);
  Elements compensate(NodeIndex node, const graph::EventDefinition& definition);
  Elements undo_container(ContainerIndex container);
  Elements undo_counted(NodeIndex node);
  std::vector<NodeIndex> last_first(ContainerIndex container) const;

  const graph::ProcessGraph& graph_;
  Content& content_;
  Generated& generated_;
  std::set<std::string> names_;
  Elements* variables_ = nullptr;          ///< of the scope that is being written
  Elements* process_variables_ = nullptr;  ///< of the process, or of the instance of a multi-instance activity
  Sides* sides_ = nullptr;                 ///< of what is being written
  int depth_ = 0;                          ///< repeated constructs around what is being written
  std::vector<Catcher> catchers_;          ///< the innermost last
  std::string terminate_;                  ///< fault that ends the sub-process; "": exit
  bool terminates_ = false;
  std::string cancel_;
  bool cancels_ = false;
  bool counts_ = false;  ///< the process throws compensation, so that what is done is counted
  std::map<NodeIndex, std::string> counters_;
  std::string cancelling_;         ///< variable that is 1 while a transaction is undone
  std::set<NodeIndex> listening_;  ///< what waits for messages and signals, so far
  bool again_ = false;             ///< what is written is written elsewhere as well, and done in one of the places
  int instances_ = 0;              ///< parallel instances around what is being written
  std::set<NodeIndex> started_;    ///< done by the start of the process
  std::set<ContainerIndex> calling_;
};

/// Whether a boundary event catches the event of that definition.
bool catches_thrown(const graph::ProcessGraph& graph, NodeIndex boundary, const std::string& thrown);
/// Names of the faults that only the flow throws ("tns:interrupt.…") below an element.
void internal_faults(const Element& element, std::set<std::string>& names);

}  // namespace echoflow::generate
