#pragma once
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "models/graph/import_report.hpp"

/// Event-driven process chains, as both of their file formats give them: what stands between a reader and the graph.
namespace echoflow::epc {

enum class ObjectKind : std::uint8_t {
  function,
  event,
  exclusive,  // the connectors XOR, OR, AND
  inclusive,
  parallel,
  unclear_connector,  // one whose symbol does not say which
  interface,          // to or from another process
  role,
  organisation,
  person,
  data,
  document,
  store,
  system,
  kpi,
  risk,
  note,
};

/// True for what control flow goes through: functions, events, connectors, process interfaces.
bool flows(ObjectKind kind);
bool is_connector(ObjectKind kind);

struct Object {
  std::string id;       ///< as written; made unique in the graph
  std::string element;  ///< its type in the source, for the loss report
  ObjectKind kind = ObjectKind::function;
  graph::Names name;
  graph::Names documentation;
  std::optional<graph::Bounds> bounds;
  std::string linked;  ///< id of the chain that refines it or that it goes on in; "" for none
  std::string target;  ///< KPIs: planned and alarm value
  std::string alarm;
  std::optional<graph::Expression> condition;  ///< events behind a decision, where the source has one
  std::vector<graph::Attribute> attributes;
  SourceLocation where;
};

/// An arrow between two objects of a chain: control flow when both flow and `relation` is not set.
struct Connection {
  std::string id;
  std::string element;
  std::string type;  ///< the source's word: CT_EXEC_1, "input"
  std::string from;  ///< ids as written
  std::string to;
  std::optional<graph::RelationKind> relation;  ///< read with the ends as the source has them; turned where needed
  graph::Names name;
  std::optional<double> probability;
  std::optional<graph::Expression> condition;
  std::vector<graph::Point> waypoints;
  std::vector<graph::Attribute> attributes;
  SourceLocation where;
};

struct Chain {
  std::string id;
  std::string element;
  graph::Names name;
  graph::Names documentation;
  std::vector<Object> objects;
  std::vector<Connection> connections;
  std::vector<graph::Attribute> attributes;
  SourceLocation where;
};

/// A file's chains and what its reader already knows to report.
struct Source {
  graph::Notation notation = graph::Notation::epml;
  std::string file;
  std::string id;
  graph::Names name;
  std::string exporter;
  std::vector<Chain> chains;
  std::vector<graph::Attribute> attributes;
  std::vector<graph::Loss> report;
  Diagnostics findings;
};

/// Turns chains into the graph's words and checks the rules of EPCs (docs/epc-rules.md): a function is a task (of
/// people when a role executes it), one that another chain refines a call of it; an event without incoming flow a
/// start, without outgoing an end, between them a state that is passed (an intermediate throw event without a
/// definition); a connector a gateway. The events behind an XOR or OR split are also the names of the flows to them.
graph::Imported to_graph(Source source);

}  // namespace echoflow::epc
