#include <algorithm>
#include <map>
#include <set>

#include "models/notations/epc/chain.hpp"
#include "models/notations/epc/meaning.hpp"
#include "models/notations/epc/rules.hpp"
#include "models/notations/epc/voice.hpp"

namespace echoflow::epc {
namespace {

using graph::ActivityKind;
using graph::ContainerIndex;
using graph::GatewayKind;
using graph::LossKind;
using graph::NodeIndex;
using graph::RelationKind;

constexpr std::string_view kind_attribute = "epc.kind";
constexpr std::string_view id_attribute = "epc.id";
constexpr std::string_view xpath = "urn:oasis:names:tc:wsbpel:2.0:sublang:xpath1.0";

std::string_view word(ObjectKind kind) {
  switch (kind) {
    case ObjectKind::function:
      return "function";
    case ObjectKind::event:
      return "event";
    case ObjectKind::exclusive:
      return "xor";
    case ObjectKind::inclusive:
      return "or";
    case ObjectKind::parallel:
      return "and";
    case ObjectKind::unclear_connector:
      return "connector";
    case ObjectKind::interface:
      return "processInterface";
    case ObjectKind::role:
      return "role";
    case ObjectKind::organisation:
      return "organisation";
    case ObjectKind::person:
      return "person";
    case ObjectKind::data:
    case ObjectKind::document:
    case ObjectKind::store:
      return "object";
    case ObjectKind::system:
      return "application";
    case ObjectKind::kpi:
      return "kpi";
    case ObjectKind::risk:
      return "risk";
    case ObjectKind::note:
      return "note";
  }
  return {};
}

/// A connector that does not say what it is is complex, as is what is none.
GatewayKind gateway_kind(ObjectKind kind) {
  if (kind == ObjectKind::exclusive) return GatewayKind::exclusive;
  if (kind == ObjectKind::inclusive) return GatewayKind::inclusive;
  return kind == ObjectKind::parallel ? GatewayKind::parallel : GatewayKind::complex;
}

/// Ends of a relation in the graph's direction: who does → activity, activity → what is read or written.
enum class End { actor, activity, thing };

End end_of(const graph::Node& node) {
  if (node.as<graph::Role>() || node.as<graph::System>() || node.as<graph::Risk>() || node.as<graph::Note>())
    return End::actor;
  if (node.as<graph::Data>() || node.as<graph::Kpi>()) return End::thing;
  return End::activity;
}

class Builder {
 public:
  explicit Builder(Source source) : source_(std::move(source)) {}

  graph::Imported build();

 private:
  graph::ProcessGraph& graph() { return out_.graph; }
  void report(LossKind kind, const std::string& id, const std::string& element, std::string what,
              const SourceLocation& where) {
    out_.report.push_back({kind, id, element, std::move(what), where});
  }
  void error(const SourceLocation& where, std::string message) {
    add_finding(out_.findings, {"EPC", Severity::error, std::move(message), where});
  }

  void name_containers();
  std::string numbered(const std::string& id);
  std::string unique(const std::string& id, ContainerIndex container);
  void add_objects(Chain& chain, ContainerIndex container);
  graph::Detail detail_of(const Object& object);
  void add_connections(Chain& chain);
  void add_flow(Connection& connection, NodeIndex from, NodeIndex to);
  void add_relation(Connection& connection, NodeIndex from, NodeIndex to);
  void link_chains();

  Source source_;
  graph::Imported out_;
  Kinds kinds_;
  std::vector<std::string> links_;                            // of each node: the chain that it refers to
  std::vector<std::optional<graph::Expression>> conditions_;  // of each node: an event's
  std::map<std::string, NodeIndex> nodes_;                    // of the chain at hand, by the source's id
  std::set<std::string> container_ids_;
  std::map<std::string, std::string> chains_;  // id of the container, by the source's id
  std::map<std::string, int> numbers_;         // how often an id was made unique
};

graph::Imported Builder::build() {
  graph().notation = source_.notation;
  graph().file = source_.file;
  graph().id = source_.id;
  graph().name = source_.name;
  graph().exporter = source_.exporter;
  graph().expression_language = std::string(xpath);
  graph().target_namespace = std::string("urn:epc:");
  graph().target_namespace += source_.id;
  graph().attributes = std::move(source_.attributes);
  out_.report = std::move(source_.report);
  out_.findings = std::move(source_.findings);
  name_containers();
  for (std::size_t i = 0; i < source_.chains.size(); ++i) {
    add_objects(source_.chains[i], static_cast<ContainerIndex>(i));
    add_connections(source_.chains[i]);
  }
  link_chains();
  give_voice(graph(), out_.findings);
  give_meaning(graph(), kinds_, conditions_, out_.report);
  measure_kpis(graph(), out_.findings);
  check_rules(graph(), kinds_, out_.findings);
  order_findings(out_.findings);
  return std::move(out_);
}

void Builder::name_containers() {
  for (auto& chain : source_.chains) {
    graph::Container container;
    // A process is known by its name: by it people ask for it, not by the number that a tool gave it.
    const std::string name = key_name(chain.name.in(""));
    container.id = name.empty() ? chain.id : name;
    for (int count = 2; !container_ids_.insert(container.id).second; ++count)
      container.id = (name.empty() ? chain.id : name) + "_" + std::to_string(count);
    if (chains_.emplace(chain.id, container.id).second)
      report(LossKind::kept, chain.id, chain.element, "", chain.where);
    else
      report(LossKind::changed, chain.id, chain.element,
             "The file has this id more than once; this one became '" + container.id + "'.", chain.where);
    container.name = chain.name;
    container.documentation = chain.documentation;
    container.attributes = chain.attributes;
    container.attributes.push_back({std::string(id_attribute), chain.id, {}});
    container.where = chain.where;
    graph().containers.push_back(std::move(container));
  }
}

std::string Builder::numbered(const std::string& id) {
  return id + "." + std::to_string(++numbers_[id] + 1);
}

/// The source's id where no other node has it, else with the chain's id in front.
std::string Builder::unique(const std::string& id, ContainerIndex container) {
  if (!id.empty() && graph().find(id) == graph::none) return id;
  std::string wanted = graph().containers[container].id + ".";
  wanted += id.empty() ? std::string("object") : id;
  std::string made = wanted;
  while (graph().find(made) != graph::none) made = numbered(wanted);
  return made;
}

graph::Detail Builder::detail_of(const Object& object) {
  switch (object.kind) {
    case ObjectKind::function:
      return graph::Activity{};
    case ObjectKind::interface: {
      graph::Activity activity;
      activity.kind = ActivityKind::process_interface;
      return activity;
    }
    case ObjectKind::event:
      return graph::Event{};
    case ObjectKind::exclusive:
    case ObjectKind::inclusive:
    case ObjectKind::parallel:
    case ObjectKind::unclear_connector:
      return graph::Gateway{gateway_kind(object.kind), {}, false, false, {}};
    case ObjectKind::role:
      return graph::Role{graph::RoleKind::role};
    case ObjectKind::organisation:
      return graph::Role{graph::RoleKind::organisation};
    case ObjectKind::person:
      return graph::Role{graph::RoleKind::person};
    // What an EPC shows as information is what people and systems work with, not a variable of the process.
    case ObjectKind::data:
    case ObjectKind::document:
      return graph::Data{graph::DataKind::document, {}, {}, {}, false};
    case ObjectKind::store:
      return graph::Data{graph::DataKind::store, {}, {}, {}, false};
    case ObjectKind::system:
      return graph::System{};
    case ObjectKind::kpi:
      return graph::Kpi{object.target, object.alarm};
    case ObjectKind::risk:
      return graph::Risk{};
    case ObjectKind::note:
      return graph::Note{};
  }
  return graph::Note{};
}

void Builder::add_objects(Chain& chain, ContainerIndex container) {
  nodes_.clear();
  for (auto& object : chain.objects) {
    graph::Node node;
    node.id = unique(object.id, container);
    node.name = std::move(object.name);
    node.documentation = std::move(object.documentation);
    node.container = container;
    node.bounds = object.bounds;
    node.where = object.where;
    node.attributes.push_back({std::string(kind_attribute), std::string(word(object.kind)), {}});
    if (node.id != object.id) node.attributes.push_back({std::string(id_attribute), object.id, {}});
    for (auto& attribute : object.attributes) node.attributes.push_back(std::move(attribute));
    node.detail = detail_of(object);
    const std::string id = node.id;
    const NodeIndex index = graph().add_node(std::move(node));
    if (!nodes_.emplace(object.id, index).second && !object.id.empty())
      error(object.where, "The chain has two elements with the id '" + object.id + "'; give one of them another.");
    kinds_.push_back(object.kind);
    links_.push_back(object.linked);
    conditions_.push_back(std::move(object.condition));
    if (id == object.id)
      report(LossKind::kept, id, object.element, "", object.where);
    else
      report(LossKind::changed, object.id, object.element,
             "Its id is not the only one like it; it became '" + id + "'.", object.where);
    if (object.kind == ObjectKind::unclear_connector)
      error(object.where, "It is not said whether this connector is XOR, OR or AND; give it one of their symbols.");
  }
}

void Builder::add_connections(Chain& chain) {
  for (auto& connection : chain.connections) {
    const auto from = nodes_.find(connection.from);
    const auto to = nodes_.find(connection.to);
    if (from == nodes_.end() || to == nodes_.end()) {
      const std::string missing = from == nodes_.end() ? connection.from : connection.to;
      report(LossKind::left_out, connection.id, connection.element, "Its end '" + missing + "' is not there.",
             connection.where);
      // What belongs to a step may be missing; the way from step to step may not.
      add_finding(out_.findings,
                  {"EPC", connection.relation || !connection.type.empty() ? Severity::warning : Severity::error,
                   "The arrow '" + connection.id + "' ends at '" + missing +
                       "', which the chain does not have; correct the end or remove the arrow.",
                   connection.where});
      continue;
    }
    const bool control = !connection.relation && flows(kinds_[from->second]) && flows(kinds_[to->second]);
    if (control)
      add_flow(connection, from->second, to->second);
    else
      add_relation(connection, from->second, to->second);
  }
}

void Builder::add_flow(Connection& connection, NodeIndex from, NodeIndex to) {
  graph::Flow flow;
  flow.id = connection.id;
  flow.name = std::move(connection.name);
  flow.condition = std::move(connection.condition);
  flow.probability = connection.probability;
  flow.waypoints = std::move(connection.waypoints);
  flow.attributes = std::move(connection.attributes);
  flow.where = connection.where;
  report(LossKind::kept, connection.id, connection.element, "", connection.where);
  graph().add_flow(from, to, std::move(flow));
}

/// What an arrow between two kinds of things says when its own word says nothing.
RelationKind relation_between(const graph::Node& from, const graph::Node& to) {
  const bool to_activity = end_of(to) == End::activity;
  const graph::Node& other = to_activity ? from : to;
  const graph::Node& activity = to_activity ? to : from;
  if (other.as<graph::Note>()) return RelationKind::annotates;
  if (!activity.as<graph::Activity>()) return RelationKind::other;
  if (other.as<graph::Role>()) return RelationKind::executes;
  if (other.as<graph::System>()) return RelationKind::supports;
  if (other.as<graph::Risk>()) return RelationKind::occurs_at;
  if (other.as<graph::Kpi>()) return RelationKind::measured_by;
  if (other.as<graph::Data>()) return to_activity ? RelationKind::reads : RelationKind::writes;
  return RelationKind::other;
}

void Builder::add_relation(Connection& connection, NodeIndex from, NodeIndex to) {
  graph::Relation relation;
  relation.id = connection.id;
  relation.type = connection.type;
  relation.kind = connection.relation.value_or(relation_between(graph().node(from), graph().node(to)));
  // A source's arrow from an activity to a role says the same as one back.
  const bool turned = static_cast<int>(end_of(graph().node(from))) > static_cast<int>(end_of(graph().node(to)));
  relation.from = turned ? to : from;
  relation.to = turned ? from : to;
  relation.waypoints = std::move(connection.waypoints);
  if (turned) std::reverse(relation.waypoints.begin(), relation.waypoints.end());
  relation.attributes = std::move(connection.attributes);
  for (const auto& [language, text] : connection.name.all()) relation.attributes.push_back({"name", text, language});
  relation.where = connection.where;
  if (relation.kind == RelationKind::other)
    report(LossKind::changed, connection.id, connection.element,
           "What '" + connection.type + "' means between these two is not known here; it is drawn as an association.",
           connection.where);
  else
    report(LossKind::kept, connection.id, connection.element, "", connection.where);
  graph().relations.push_back(std::move(relation));
}

/// A function that another chain of the file refines calls it; an interface goes on in it.
void Builder::link_chains() {
  for (NodeIndex n = 0; n < graph().node_count(); ++n) {
    auto& node = graph().node(n);
    auto* activity = node.as<graph::Activity>();
    if (!activity || links_[n].empty()) continue;
    const auto linked = chains_.find(links_[n]);
    if (linked == chains_.end()) {
      node.attributes.push_back({"epc.linked", links_[n], {}});
      add_finding(out_.findings, {"EPC014", Severity::warning,
                                  "'" + node.id + "' goes on in the chain '" + links_[n] +
                                      "', which is not in the file; export both together.",
                                  node.where});
      continue;
    }
    activity->called = linked->second;
    if (activity->kind == ActivityKind::task) activity->kind = ActivityKind::call_activity;
  }
}

}  // namespace

bool is_connector(ObjectKind kind) {
  return kind == ObjectKind::exclusive || kind == ObjectKind::inclusive || kind == ObjectKind::parallel ||
         kind == ObjectKind::unclear_connector;
}

bool flows(ObjectKind kind) {
  return kind == ObjectKind::function || kind == ObjectKind::event || kind == ObjectKind::interface ||
         is_connector(kind);
}

graph::Imported to_graph(Source source) {
  return Builder(std::move(source)).build();
}

}  // namespace echoflow::epc
