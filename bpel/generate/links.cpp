#include <algorithm>

#include "bpel/generate/writer.hpp"

namespace echoflow::generate {

namespace {

/// The links of one flow, and what each activity of it is source and target of.
class LinkTable {
 public:
  struct Ends {
    Elements sources;
    Elements targets;
    std::string all;  ///< "$a and $b": a join condition
  };

  explicit LinkTable(std::function<std::string()> name) : name_(std::move(name)) {}

  void link(Ends& from, Ends& to, const std::string& condition) {
    const std::string name = name_();
    links.push_back(Element("link", {{"name", name}}));
    Element source("source", {{"linkName", name}});
    if (!condition.empty()) source.add(with_text("transitionCondition", condition));
    from.sources.push_back(std::move(source));
    to.targets.push_back(Element("target", {{"linkName", name}}));
    to.all += (to.all.empty() ? "$" : " and $") + name;
  }

  Elements links;

 private:
  std::function<std::string()> name_;
};

/// WS-BPEL 2.0 §11.6: targets, then sources, before all else in the activity.
Element with_ends(Element activity, LinkTable::Ends ends, bool all) {
  const bool taken = std::any_of(activity.children.begin(), activity.children.end(), [](const Element& child) {
    return child.name == "targets" || child.name == "sources";
  });
  if (taken) {
    Element outer("sequence");
    outer.add(std::move(activity));
    activity = std::move(outer);
  }
  Elements front;
  if (!ends.targets.empty()) {
    Element targets("targets");
    if (all && ends.targets.size() > 1) targets.add(with_text("joinCondition", ends.all));
    for (Element& each : ends.targets) targets.add(std::move(each));
    front.push_back(std::move(targets));
  }
  if (!ends.sources.empty()) {
    Element sources("sources");
    sources.children = std::move(ends.sources);
    front.push_back(std::move(sources));
  }
  activity.children.insert(activity.children.begin(), std::make_move_iterator(front.begin()),
                           std::make_move_iterator(front.end()));
  return activity;
}

}  // namespace

/// Writes what a split decides, and says the condition of each way.
Elements Writer::decide(Region& region, VertexIndex v, Element& at, std::map<EdgeIndex, std::string>& conditions) {
  const Vertex& vertex = region.net->vertices[v];
  Elements before;
  if (vertex.op == Op::event_split || (vertex.op == Op::xor_split && vertex.of == none && vertex.out.size() > 1)) {
    const std::string way = declare("way", vertex.node);
    std::map<EdgeIndex, Elements> contents;
    int number = 0;
    for (const EdgeIndex edge : vertex.out) {
      contents[edge] = {assign(way, std::to_string(++number))};
      conditions[edge] = "$" + way + " = " + std::to_string(number);
    }
    Elements chosen = vertex.op == Op::event_split ? pick(region, v, [&](EdgeIndex edge) { return contents[edge]; })
                                                   : choose(region, v, contents);
    at = sequence_of(std::move(chosen));
  } else if (vertex.op == Op::xor_split) {
    for (const EdgeIndex edge : vertex.out) {
      const int number = region.net->edges[edge].outcome;
      if (number < 0)
        conditions[edge] = "false()";
      else if (vertex.of != none)
        conditions[edge] = "$" + outcome(region, vertex.of) + " = " + std::to_string(number);
    }
  } else if (vertex.op == Op::or_split) {
    for (const Way& way : inclusive_ways(region, v)) conditions[way.edge] = way.condition;
  }
  return before;
}

// Acyclic blocks as a flow with links, after Eshuis & Kumar, "Converting unstructured into semi-structured process
// models" (2016): every split and join is an activity; a join waits until it knows of all its links (WS-BPEL 2.0
// §11.6.3, dead path elimination).
Elements Writer::linked(Region& region, const Skeleton& skeleton) {
  const Net& net = *region.net;
  LinkTable table([&] { return unique("link", {}); });
  std::map<VertexIndex, LinkTable::Ends> ends;
  std::map<VertexIndex, Element> at;
  std::map<EdgeIndex, std::string> conditions;
  Elements activities;
  bool synchronises = false;
  bool decides = false;
  for (const VertexIndex v : skeleton.vertices) {
    const Op op = net.vertices[v].op;
    synchronises = synchronises || op == Op::and_join;
    decides = decides || op == Op::xor_split || op == Op::or_split || op == Op::event_split;
    if (op == Op::complex_join)
      refuse(generated_.findings, graph_, net.vertices[v].node,
             called(graph_, net.vertices[v].node) + " is not supported here");
    Element element("empty");
    if (v != skeleton.exit) decide(region, v, element, conditions);
    if (element.source.empty()) element.source = gateway_id(net.vertices[v].node);
    at[v] = std::move(element);
  }
  const bool uncertain = synchronises && decides;
  std::string reached;
  if (uncertain) {
    reached = declare("reached", net.vertices[skeleton.exit].node);
    at[skeleton.exit] = assign(reached, "1");
  }
  std::set<std::pair<VertexIndex, VertexIndex>> direct;
  for (const Unit& unit : skeleton.units) {
    Elements content = run(region, unit.run);
    const std::string& condition = conditions[unit.first];
    const bool last = unit.to == skeleton.exit && !uncertain;
    if (content.empty() && last) continue;
    if (content.empty() && direct.insert({unit.from, unit.to}).second) {
      table.link(ends[unit.from], ends[unit.to], condition);
      continue;
    }
    LinkTable::Ends own;
    table.link(ends[unit.from], own, condition);
    if (!last) table.link(own, ends[unit.to], "");
    activities.push_back(with_ends(sequence_of(std::move(content)), std::move(own), false));
  }
  if (const auto none_holds = conditions.find(none); none_holds != conditions.end()) conditions.erase(none_holds);
  Elements gateways;
  for (const VertexIndex v : skeleton.vertices) {
    if (v == skeleton.exit && !uncertain) continue;
    if (net.vertices[v].op == Op::or_split) {
      for (const Way& way : inclusive_ways(region, v)) {
        if (way.edge != none) continue;
        LinkTable::Ends own;
        table.link(ends[v], own, way.condition);
        activities.push_back(with_ends(fault("tns:noFlow"), std::move(own), false));
      }
    }
    gateways.push_back(with_ends(std::move(at[v]), std::move(ends[v]), net.vertices[v].op == Op::and_join));
  }
  Element flow("flow");
  if (!table.links.empty()) flow.add(Element("links")).children = std::move(table.links);
  for (Element& each : gateways) flow.add(std::move(each));
  for (Element& each : activities) flow.add(std::move(each));
  Elements result;
  if (uncertain) result.push_back(assign(reached, "0"));
  result.push_back(std::move(flow));
  if (uncertain) {
    // A parallel join that does not get all its tokens lets none through (BPMN 2.0 §13.4.1): what follows never
    // happens.
    Element stuck("if");
    stuck.add(with_text("condition", "$" + reached + " = 0"));
    Element& wait = stuck.add(Element("wait", {{"name", unique("waits_forever", {})}}));
    wait.source = gateway_id(net.vertices[skeleton.exit].node);
    wait.add(with_text("until", "'9999-12-31T00:00:00Z'"));
    result.push_back(std::move(stuck));
  }
  return result;
}

}  // namespace echoflow::generate
