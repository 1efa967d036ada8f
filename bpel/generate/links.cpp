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
    std::string any;  ///< "$a or $b"
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
    to.any += (to.any.empty() ? "$" : " or $") + name;
  }

  Elements links;

 private:
  std::function<std::string()> name_;
};

/// WS-BPEL 2.0 §11.6: targets, then sources, before all else in the activity.
Element with_ends(Element activity, LinkTable::Ends ends, const std::string& condition) {
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
    if (!condition.empty() && ends.targets.size() > 1) targets.add(with_text("joinCondition", condition));
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

namespace {

/// The joins of a block that a token which is stuck at `from` could still come to.
std::vector<VertexIndex> inclusive_joins_behind(const Net& net, const Skeleton& skeleton, VertexIndex from) {
  std::vector<VertexIndex> result;
  std::set<VertexIndex> seen{from};
  std::vector<VertexIndex> stack{from};
  while (!stack.empty()) {
    const VertexIndex v = stack.back();
    stack.pop_back();
    for (const Unit& unit : skeleton.units) {
      if (unit.from != v || v == skeleton.exit || !seen.insert(unit.to).second) continue;
      if (net.vertices[unit.to].op == Op::or_join) result.push_back(unit.to);
      stack.push_back(unit.to);
    }
  }
  return result;
}

}  // namespace

// Acyclic blocks as a flow with links, after Eshuis & Kumar, "Converting unstructured into semi-structured process
// models" (2016): every split and join is an activity; a join waits until it knows of all its links (WS-BPEL 2.0
// §11.6.3, dead path elimination).
Elements Writer::linked(Region& region, const Skeleton& skeleton) {
  const Net& net = *region.net;
  LinkTable table([&] { return unique("link", {}); });
  std::map<VertexIndex, LinkTable::Ends> ends;
  std::map<VertexIndex, LinkTable::Ends> stuck;
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
  const auto waits = [&](VertexIndex v) { return uncertain && net.vertices[v].op == Op::and_join; };
  std::set<std::pair<VertexIndex, VertexIndex>> direct;
  for (const Unit& unit : skeleton.units) {
    Elements content = run(region, unit.run);
    const std::string& condition = conditions[unit.first];
    const bool last = unit.to == skeleton.exit && !uncertain;
    if (content.empty() && last) continue;
    if (content.empty() && direct.insert({unit.from, unit.to}).second) {
      table.link(ends[unit.from], ends[unit.to], condition);
      if (waits(unit.to)) table.link(ends[unit.from], stuck[unit.to], condition);
      continue;
    }
    LinkTable::Ends own;
    table.link(ends[unit.from], own, condition);
    if (!last) table.link(own, ends[unit.to], "");
    if (waits(unit.to)) table.link(own, stuck[unit.to], "");
    activities.push_back(with_ends(sequence_of(std::move(content)), std::move(own), {}));
  }
  if (const auto none_holds = conditions.find(none); none_holds != conditions.end()) conditions.erase(none_holds);
  // BPMN 2.0 §13.4.1: a parallel join that gets some of its tokens keeps them; an inclusive join behind it waits.
  for (auto& [v, own] : stuck) {
    for (const VertexIndex join : inclusive_joins_behind(net, skeleton, v)) table.link(own, ends[join], "false()");
    const std::string some = "(" + own.any + ") and not(" + own.all + ")";
    activities.push_back(with_ends(forever(net.vertices[v].node), std::move(own), some));
  }
  Elements gateways;
  for (const VertexIndex v : skeleton.vertices) {
    if (v == skeleton.exit && !uncertain) continue;
    if (net.vertices[v].op == Op::or_split) {
      for (const Way& way : inclusive_ways(region, v)) {
        if (way.edge != none) continue;
        LinkTable::Ends own;
        table.link(ends[v], own, way.condition);
        activities.push_back(with_ends(fault("tns:noFlow"), std::move(own), {}));
      }
    }
    const std::string all = net.vertices[v].op == Op::and_join ? ends[v].all : std::string();
    gateways.push_back(with_ends(std::move(at[v]), std::move(ends[v]), all));
  }
  Element flow("flow");
  if (!table.links.empty()) flow.add(Element("links")).children = std::move(table.links);
  for (Element& each : gateways) flow.add(std::move(each));
  for (Element& each : activities) flow.add(std::move(each));
  return {flow};
}

}  // namespace echoflow::generate
