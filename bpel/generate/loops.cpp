#include <algorithm>

#include "bpel/generate/writer.hpp"

namespace echoflow::generate {

namespace {

bool one_token(Op op) {
  switch (op) {
    case Op::pass:
    case Op::xor_join:
    case Op::or_join:
    case Op::xor_split:
    case Op::event_split:
      return true;
    case Op::work:
    case Op::arrive:
    case Op::and_join:
    case Op::complex_join:
    case Op::and_split:
    case Op::or_split:
      return false;
  }
  return false;
}

}  // namespace

Elements Writer::cycle(Region& region, const Skeleton& skeleton) {
  std::string others;
  NodeIndex where = none;
  for (const VertexIndex v : skeleton.vertices) {
    const Vertex& at = region.net->vertices[v];
    if (one_token(at.op) || (at.op == Op::complex_join && at.need == 1)) continue;
    if (where == none) where = at.node;
    others += (others.empty() ? "" : ", ") + called(graph_, at.node);
  }
  if (!others.empty()) {
    refuse(generated_.findings, graph_, where,
           "a cycle is entered or left between parallel flows, at " + others +
               ": put the parallel part between one split and one join inside of the cycle");
    return {};
  }
  const bool ends = skeleton.units.size() == 2 && region.net->vertices[skeleton.exit].op == Op::xor_split &&
                    region.net->vertices[skeleton.exit].out.size() == 2;
  if (ends && skeleton.units[0].from == skeleton.entry && skeleton.units[1].from == skeleton.exit)
    return simple_loop(region, skeleton, skeleton.units[0], skeleton.units[1]);
  if (ends && skeleton.units[1].from == skeleton.entry && skeleton.units[0].from == skeleton.exit)
    return simple_loop(region, skeleton, skeleton.units[1], skeleton.units[0]);
  return machine(region, skeleton);
}

/// One way in, one way out: while, or repeatUntil where something comes before the decision.
Elements Writer::simple_loop(Region& region, const Skeleton& skeleton, const Unit& forward, const Unit& back) {
  const VertexIndex split = skeleton.exit;
  const NodeIndex node = region.net->vertices[split].node;
  ++depth_;
  std::string again;
  bool before_decision = false;
  Elements* const outer = variables_;
  const auto round = [&] {
    Elements first = run(region, forward.run);
    before_decision = !first.empty();
    if (!before_decision) {
      const std::vector<Way> all = ways(region, split);
      if (all.size() == 2 && all[1].condition.empty()) {
        again = all[0].edge == back.first ? all[0].condition : "not(" + all[0].condition + ")";
        return run(region, back.run);
      }
    }
    Elements* const inner = variables_;
    variables_ = outer;
    const std::string more = declare("again", node);
    variables_ = inner;
    std::map<EdgeIndex, Elements> contents;
    for (const EdgeIndex edge : region.net->vertices[split].out)
      contents[edge] = {assign(more, edge == back.first ? "1" : "0")};
    Elements chosen = choose(region, split, contents);
    first.insert(first.end(), chosen.begin(), chosen.end());
    Elements rest = run(region, back.run);
    if (!rest.empty()) {
      Element repeat("if");
      repeat.add(with_text("condition", "$" + more + " = 1"));
      repeat.add(sequence_of(std::move(rest)));
      first.push_back(std::move(repeat));
    }
    again = "$" + more + " = 1";
    before_decision = true;
    return first;
  };
  Elements body = framed([&] { return sided(true, round); });
  --depth_;
  Element loop(before_decision ? "repeatUntil" : "while");
  loop.source = gateway_id(node);
  Element condition = with_text("condition", before_decision ? "not(" + again + ")" : again);
  if (!before_decision) loop.add(std::move(condition));
  loop.add(sequence_of(std::move(body)));
  if (before_decision) loop.add(std::move(condition));
  return {loop};
}

/// Any other cycle that has one token: a variable says at which vertex the token is, and a loop moves it.
Elements Writer::machine(Region& region, const Skeleton& skeleton) {
  const Net& net = *region.net;
  const NodeIndex node = net.vertices[skeleton.entry].node;
  const std::string at = declare("at", node);
  std::map<VertexIndex, int> number;
  for (const VertexIndex v : skeleton.vertices) number.emplace(v, static_cast<int>(number.size()) + 1);
  if (!is_split(net.vertices[skeleton.exit].op)) number[skeleton.exit] = 0;
  for (const VertexIndex v : skeleton.vertices) {
    if (net.vertices[v].of != none) outcome(region, net.vertices[v].of);  // decided in one round, asked for in the next
  }
  ++depth_;
  Element chosen("if");
  bool first = true;
  Elements body = framed([&] {
    for (const VertexIndex v : skeleton.vertices) {
      if (number[v] == 0) continue;
      std::map<EdgeIndex, Elements> contents;
      for (const EdgeIndex edge : net.vertices[v].out) {
        contents[edge] = {assign(at, "0")};
        for (const Unit& unit : skeleton.units) {
          if (unit.first != edge) continue;
          const auto write = [&] {
            Elements moved = framed([&] { return sided(true, [&] { return run(region, unit.run); }); });
            moved.push_back(assign(at, std::to_string(number[unit.to])));
            return moved;
          };
          if (net.vertices[v].op == Op::event_split) region.consumed.insert(first_work(region, edge));
          contents[edge] = write();
        }
      }
      Elements step;
      if (net.vertices[v].op == Op::event_split)
        step = pick(region, v, [&](EdgeIndex edge) { return contents[edge]; });
      else if (net.vertices[v].op == Op::xor_split)
        step = choose(region, v, contents);
      else if (!contents.empty())
        step = contents.begin()->second;
      Element& branch = first ? chosen : chosen.add(Element("elseif"));
      branch.add(with_text("condition", "$" + at + " = " + std::to_string(number[v])));
      branch.add(sequence_of(std::move(step)));
      first = false;
    }
    return Elements{chosen};
  });
  --depth_;
  Element loop("while");
  loop.source = gateway_id(node);
  loop.add(with_text("condition", "$" + at + " != 0"));
  loop.add(sequence_of(std::move(body)));
  return {assign(at, std::to_string(number[skeleton.entry])), loop};
}

}  // namespace echoflow::generate
