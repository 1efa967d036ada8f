#include <algorithm>

#include "bpel/generate/writer.hpp"

namespace echoflow::generate {

using structure::FragmentIndex;
using structure::FragmentKind;

namespace {}  // namespace

Elements Writer::run(Region& region, const std::vector<FragmentIndex>& fragments) {
  return run_part(region, fragments, 0, fragments.size());
}

/// Fragments one after the other; of the vertices between them, what works. The first and last vertex belong to others.
Elements Writer::run_part(Region& region, const std::vector<FragmentIndex>& fragments, std::size_t from,
                          std::size_t to) {
  Elements result;
  for (std::size_t i = from; i < to; ++i) {
    const structure::Fragment& fragment = region.structure->tree().fragments[fragments[i]];
    if (fragment.kind != FragmentKind::trivial) {
      append(result, block(region, fragments[i]));
      continue;
    }
    if (i + 1 == fragments.size()) continue;
    const VertexIndex v = region.net->edges[fragment.edge].to;
    append(result, vertex(region, v));
    const Vertex& at = region.net->vertices[v];
    if (at.op != Op::work || at.pair == none || at.gives < 2) continue;
    std::size_t until = i + 1;
    while (until < to) {
      const structure::Fragment& other = region.structure->tree().fragments[fragments[until]];
      if (other.kind == FragmentKind::trivial && region.net->edges[other.edge].to == at.pair) break;
      ++until;
    }
    append(result, several(region, fragments, i + 1, until, at));
    i = until - 1;
  }
  return result;
}

// BPMN 2.0 §10.3.2 (completionQuantity, startQuantity): what lies between runs once for each token.
Elements Writer::several(Region& region, const std::vector<FragmentIndex>& fragments, std::size_t from, std::size_t to,
                         const Vertex& giver) {
  ++depth_;
  ++instances_;
  Elements body = framed([&] { return sided(true, [&] { return run_part(region, fragments, from, to); }); });
  --instances_;
  --depth_;
  if (body.empty()) return {};
  Element each("forEach",
               {{"parallel", "yes"}, {"counterName", unique("token_" + ncname(graph_.node(giver.node).id), {})}});
  each.add(with_text("startCounterValue", "1"));
  each.add(with_text("finalCounterValue", std::to_string(giver.gives)));
  each.add(as_scope(std::move(body), "tokens_", giver.node));
  Elements result;
  result.push_back(std::move(each));
  return result;
}

Elements Writer::vertex(Region& region, VertexIndex v) {
  const Vertex& at = region.net->vertices[v];
  if (region.consumed.count(v) != 0) return {};
  if (at.op == Op::arrive) return arrive(region, v);
  // A split with one way: its condition must hold, its event must come.
  const bool one_way = at.out.size() == 1;
  if (one_way && at.op == Op::event_split) return pick(region, v, [](EdgeIndex) { return Elements{}; });
  if (one_way && (at.op == Op::xor_split || at.op == Op::or_split)) return choose(region, v, {});
  if (at.op != Op::work) return {};
  if (at.turn > 0) {
    const auto wait =
        content_.cycle(at.node, graph_.node(at.node).as<graph::Event>()->definitions[0], std::to_string(at.turn));
    Element element("wait", {{"name", unique(ncname(graph_.node(at.node).id), graph_.node(at.node).id)}});
    element.source = graph_.node(at.node).id;
    element.add(with_text("for", wait ? wait->second : "'PT0S'"));
    return {element};
  }
  if (started_.count(at.node) != 0) return {};
  return graph_.node(at.node).as<graph::Activity>() != nullptr ? activity(region, v) : event(at.node);
}

/// Counts a token; the outcome is 1 for the one that makes the count.
Elements Writer::arrive(Region& region, VertexIndex v) {
  const Vertex& at = region.net->vertices[v];
  const std::string count = [&] {
    const auto [found, added] = region.variables.try_emplace(at.of);
    if (added) found->second = declare("arrived", at.node);
    return found->second;
  }();
  const std::string mine = outcome(region, v);
  Element result = assign(count, "$" + count + " + 1");
  Element second = assign(mine, "number($" + count + " = " + std::to_string(at.need) + ")");
  result.add(std::move(second.children[0]));
  result.set("name", unique(ncname(graph_.node(at.node).id), graph_.node(at.node).id));
  result.source = graph_.node(at.node).id;
  return {result};
}

Elements Writer::block(Region& region, FragmentIndex fragment) {
  const Skeleton skeleton = region.structure->skeleton(fragment);
  if (skeleton.cyclic) return cycle(region, skeleton);
  const bool bond = std::all_of(skeleton.units.begin(), skeleton.units.end(), [&](const Unit& unit) {
    return unit.from == skeleton.entry && unit.to == skeleton.exit;
  });
  const Op split = region.net->vertices[skeleton.entry].op;
  const Op join = region.net->vertices[skeleton.exit].op;
  if (bond && join != Op::and_join && split == Op::xor_split) {
    std::map<EdgeIndex, Elements> contents;
    for (const Unit& unit : skeleton.units) contents[unit.first] = run(region, unit.run);
    return choose(region, skeleton.entry, contents);
  }
  if (bond && join != Op::and_join && split == Op::event_split) {
    return pick(region, skeleton.entry, [&](EdgeIndex edge) {
      for (const Unit& unit : skeleton.units) {
        if (unit.first == edge) return run(region, unit.run);
      }
      return Elements{};
    });
  }
  if (bond && split == Op::and_split && (join == Op::and_join || join == Op::or_join))
    return side_by_side(region, skeleton);
  return linked(region, skeleton);
}

Elements Writer::side_by_side(Region& region, const Skeleton& skeleton) {
  Element flow("flow");
  flow.source = gateway_id(region.net->vertices[skeleton.entry].node);
  for (const Unit& unit : skeleton.units) {
    Elements content = run(region, unit.run);
    if (!content.empty()) flow.add(sequence_of(std::move(content)));
  }
  if (flow.children.empty()) return {};
  return {flow};
}

}  // namespace echoflow::generate
