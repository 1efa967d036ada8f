#pragma once
// Inside models/notations/bpmn only: what the rules know of a document.
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "models/base/diagnostic.hpp"
#include "models/notations/bpmn/check.hpp"
#include "models/notations/bpmn/source.hpp"

namespace echoflow::bpmn {

using Elements = std::vector<xml::NodeIndex>;

class Checking {
 public:
  explicit Checking(const Source& source);

  const Source& source;
  Diagnostics findings;

  /// Adds a finding of this rule; `message` says what to change.
  void report(std::string_view rule, xml::NodeIndex n, std::string message);

  /// "task t1": how messages call an element.
  std::string call(xml::NodeIndex n) const;
  bool is_activity(xml::NodeIndex n) const;
  /// A sub-process of any kind.
  bool is_sub_process(xml::NodeIndex n) const;
  bool is_event_sub_process(xml::NodeIndex n) const;
  bool is_event(xml::NodeIndex n) const;
  bool is_gateway(xml::NodeIndex n) const;
  bool is_choreography_activity(xml::NodeIndex n) const;
  bool is_flow_node(xml::NodeIndex n) const;
  bool is_executable(xml::NodeIndex n) const;
  /// Whether the file is of a tool whose messages need no operations: their names are what tells them apart.
  bool names_messages_only() const { return names_messages_only_; }

  /// The process, sub-process or choreography around an element, no_node at the top.
  xml::NodeIndex scope(xml::NodeIndex n) const;
  xml::NodeIndex process(xml::NodeIndex n) const;
  /// Sequence flows by what they name, whatever the nodes list.
  const Elements& incoming(xml::NodeIndex node) const;
  const Elements& outgoing(xml::NodeIndex node) const;
  /// Boundary events of an activity.
  const Elements& boundary(xml::NodeIndex activity) const;
  /// Event definitions of an event, those that it refers to as well.
  Elements definitions(xml::NodeIndex event) const;
  bool has_definition(xml::NodeIndex event, std::string_view local) const;
  /// Elements of a kind in the document's order.
  const Elements& all(std::string_view local) const;
  Elements flow_nodes(xml::NodeIndex scope) const;

  /// Whether "{ns}local" is of a namespace that the file imports.
  bool imports(const std::string& name) const;
  /// The item definition of data, or of what refers to data.
  xml::NodeIndex item(xml::NodeIndex data) const;
  /// The item definition that an attribute names.
  xml::NodeIndex item_by(xml::NodeIndex n, std::string_view attribute) const;
  /// Two item definitions for the same things: the same one, or one structure.
  bool same_item(xml::NodeIndex a, xml::NodeIndex b) const;

 private:
  void index_flows();
  bool process_executable(xml::NodeIndex process) const;
  std::map<xml::NodeIndex, Elements> incoming_;
  std::map<xml::NodeIndex, Elements> outgoing_;
  std::map<xml::NodeIndex, Elements> boundary_;
  std::map<std::string, Elements, std::less<>> by_local_;
  std::set<std::string, std::less<>> imported_;
  Elements none_;
  bool names_messages_only_ = false;
  bool any_executable_ = false;
};

/// Whether BPMN0201 says where elements of this name may stand.
bool has_listed_place(std::string_view local);

// --- one function for each family; each reports what it finds
// ---------------------------------------------------------

void check_identity(Checking& c);
void check_references(Checking& c);
void check_structure(Checking& c);
void check_schema(Checking& c);
void check_values(Checking& c);
void check_expressions(Checking& c);
void check_sequence_flows(Checking& c);
void check_gateways(Checking& c);
void check_activities(Checking& c);
void check_loops(Checking& c);
void check_event_types(Checking& c);
void check_event_flow(Checking& c);
void check_links(Checking& c);
void check_timers(Checking& c);
void check_compensation(Checking& c);
void check_data_sets(Checking& c);
void check_data_associations(Checking& c);
void check_items(Checking& c);
void check_services(Checking& c);
void check_calls(Checking& c);
void check_collaboration(Checking& c);
void check_visibility(Checking& c);

}  // namespace echoflow::bpmn
