#pragma once
// Inside models/notations/bpmn only: what the readers of all elements share.
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "models/graph/import_report.hpp"
#include "models/notations/bpmn/ledger.hpp"
#include "models/notations/bpmn/source.hpp"

namespace echoflow::bpmn {

/// What an element of the source became.
enum class ThingKind : std::uint8_t { node, flow, message_flow, participant, relation, container, definition };
struct Thing {
  ThingKind kind = ThingKind::node;
  std::uint32_t index = graph::none;  ///< none for definitions
};

/// An element that is read when all nodes exist, and where it stood.
struct Waiting {
  xml::NodeIndex element = xml::no_node;
  graph::ContainerIndex container = graph::none;
  graph::NodeIndex owner = graph::none;
};

struct Reading {
  explicit Reading(const Source& source) : source(source), ledger(source) {}

  const Source& source;
  Ledger ledger;
  graph::ProcessGraph graph;
  Diagnostics findings;
  std::map<xml::NodeIndex, Thing> things;
  std::size_t copied = 0;              ///< bytes that were read once and stand in several places of the graph
  std::map<std::string, int> numbers;  ///< that ids were given to be unique
  std::string language;                ///< of all texts, as the document element says; lower case

  std::vector<Waiting> flows;
  std::vector<Waiting> defaults;  ///< elements with a default flow
  std::vector<Waiting> boundaries;
  std::vector<Waiting> lane_sets;
  std::vector<Waiting> data_associations;
  std::vector<Waiting> artifacts;  ///< associations
  std::vector<Waiting> collaborations;
  std::vector<Waiting> categorised;  ///< nodes with a categoryValueRef

  const xml::Document& document() const { return source.document(); }
};

// --- attributes: each call says that the attribute is understood
// ------------------------------------------------------

std::string take(Reading& r, xml::NodeIndex n, std::string_view attribute);
bool take_flag(Reading& r, xml::NodeIndex n, std::string_view attribute, bool otherwise);
int take_number(Reading& r, xml::NodeIndex n, std::string_view attribute, int otherwise);
double take_decimal(Reading& r, xml::NodeIndex n, std::string_view attribute);
/// A reference, as the id that it means; one that means nothing is kept as it is (the rules report it).
std::string take_reference(Reading& r, xml::NodeIndex n, std::string_view attribute);

// --- content: each call says that the element is understood
// -----------------------------------------------------------

/// A reference in an element's text; "" for no_node.
std::string read_reference(Reading& r, xml::NodeIndex element);
std::string read_text(Reading& r, xml::NodeIndex element);
graph::Expression read_expression(Reading& r, xml::NodeIndex element);
/// By the name of a child; nullopt when there is none.
std::optional<graph::Expression> read_expression_child(Reading& r, xml::NodeIndex parent, std::string_view local);
std::string read_reference_child(Reading& r, xml::NodeIndex parent, std::string_view local);
/// Whether text of one place may be copied to another once more: a small file must not become a huge graph.
bool may_copy(Reading& r, std::size_t bytes);
/// Keeps an element with all that is in it as XML text.
void keep_as_text(Reading& r, xml::NodeIndex element, std::vector<graph::Attribute>& attributes);

/// What every element may have: name, documentation, extensions. All that nobody read of the element before is kept in
/// `attributes`, so that this comes last.
struct Common {
  graph::Names name;
  graph::Names documentation;
  std::vector<graph::Attribute> attributes;
};
Common read_common(Reading& r, xml::NodeIndex n);
/// The same where there is no place for a documentation: it becomes an attribute.
Common read_common_without_documentation(Reading& r, xml::NodeIndex n);

// --- adding -------------------------------------------------------------------------------------------------------

/// Adds the node of an element, bare, so that its parts can name it. An id that is missing or taken is replaced, which
/// the report says.
graph::NodeIndex open_node(Reading& r, xml::NodeIndex n, graph::ContainerIndex container);
/// Reads what is common to all and left of the element, into its node. What was put into its attributes stays.
void close_node(Reading& r, xml::NodeIndex n, graph::NodeIndex node, graph::Detail detail);
/// Both, for an element without parts.
graph::NodeIndex add_node(Reading& r, xml::NodeIndex n, graph::ContainerIndex container, graph::Detail detail);
/// The element's own id, or one that says what and where it is.
std::string own_id(Reading& r, xml::NodeIndex n);
/// The node that an element became, or none.
graph::NodeIndex node_of(const Reading& r, xml::NodeIndex n);
void finding(Reading& r, Severity severity, std::string rule, xml::NodeIndex n, std::string message);

}  // namespace echoflow::bpmn
