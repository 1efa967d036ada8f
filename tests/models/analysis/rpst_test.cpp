#include "models/analysis/structure/rpst.hpp"

#include <gtest/gtest.h>

#include <bit>
#include <random>
#include <set>

#include "tests/models/analysis/model.hpp"

namespace echoflow::structure {
namespace {

using test::Model;
using Set = std::uint32_t;  // of edges, by bit

struct Rules {
  const FlowGraph& graph;

  bool at(EdgeIndex e, VertexIndex v) const { return graph.edges[e].from == v || graph.edges[e].to == v; }

  bool connected(Set set) const {
    Set seen = set & (~set + 1);
    for (bool grew = true; grew;) {
      grew = false;
      for (EdgeIndex e = 0; e < graph.edges.size(); ++e) {
        if (!(set >> e & 1) || (seen >> e & 1)) continue;
        for (EdgeIndex f = 0; f < graph.edges.size(); ++f)
          if ((seen >> f & 1) && (at(f, graph.edges[e].from) || at(f, graph.edges[e].to))) {
            seen |= 1U << e;
            grew = true;
            break;
          }
      }
    }
    return seen == set;
  }

  static bool none_of(const std::vector<EdgeIndex>& edges, Set set) {
    for (const auto e : edges)
      if (set >> e & 1) return false;
    return true;
  }
  static bool all_of(const std::vector<EdgeIndex>& edges, Set set) {
    for (const auto e : edges)
      if (!(set >> e & 1)) return false;
    return true;
  }

  /// The definition of a fragment, word by word.
  bool fragment(Set set) const {
    std::vector<VertexIndex> boundary;
    for (VertexIndex v = 0; v < graph.vertices.size(); ++v) {
      const auto& vertex = graph.vertices[v];
      const bool touched = !none_of(vertex.incoming, set) || !none_of(vertex.outgoing, set);
      const bool whole = all_of(vertex.incoming, set) && all_of(vertex.outgoing, set);
      if (touched && (!whole || v == graph.source || v == graph.sink)) boundary.push_back(v);
    }
    if (boundary.size() != 2 || !connected(set)) return false;
    const auto entry = [&](VertexIndex v) {
      return none_of(graph.vertices[v].incoming, set) || all_of(graph.vertices[v].outgoing, set);
    };
    const auto exit = [&](VertexIndex v) {
      return none_of(graph.vertices[v].outgoing, set) || all_of(graph.vertices[v].incoming, set);
    };
    return (entry(boundary[0]) && exit(boundary[1])) || (entry(boundary[1]) && exit(boundary[0]));
  }

  std::set<Set> canonical() const {
    std::vector<Set> all;
    for (Set set = 1; set < 1U << graph.edges.size(); ++set)
      if (fragment(set)) all.push_back(set);
    std::set<Set> found;
    for (const auto a : all) {
      bool overlaps = false;
      for (const auto b : all) overlaps = overlaps || ((a & b) != 0 && (a & ~b) != 0 && (b & ~a) != 0);
      if (!overlaps) found.insert(a);
    }
    return found;
  }
};

Set set_of(const Rpst& tree, FragmentIndex f) {
  Set set = 0;
  for (const auto e : tree.edges(f)) set |= 1U << e;
  return set;
}

/// What holds of every tree, whatever its size.
void check_shape(const FlowGraph& graph, const Rpst& tree) {
  ASSERT_FALSE(tree.fragments.empty());
  EXPECT_EQ(tree.fragments[0].entry, graph.source);
  EXPECT_EQ(tree.fragments[0].exit, graph.sink);
  std::vector<int> held(graph.edges.size(), 0);
  for (FragmentIndex f = 0; f < tree.fragments.size(); ++f) {
    const auto& fragment = tree.fragments[f];
    if (fragment.kind == FragmentKind::trivial) {
      ++held[fragment.edge];
      EXPECT_EQ(graph.edges[fragment.edge].from, fragment.entry);
      EXPECT_EQ(graph.edges[fragment.edge].to, fragment.exit);
      EXPECT_TRUE(fragment.children.empty());
      continue;
    }
    ASSERT_GE(fragment.children.size(), 2U);
    for (const auto c : fragment.children) {
      EXPECT_GT(c, f);
      EXPECT_EQ(tree.fragments[c].parent, f);
    }
    const auto child = [&](std::size_t i) -> const Fragment& { return tree.fragments[fragment.children[i]]; };
    if (fragment.kind == FragmentKind::polygon) {
      EXPECT_EQ(child(0).entry, fragment.entry);
      for (std::size_t i = 0; i + 1 < fragment.children.size(); ++i) EXPECT_EQ(child(i).exit, child(i + 1).entry);
      EXPECT_EQ(tree.fragments[fragment.children.back()].exit, fragment.exit);
      for (const auto c : fragment.children) EXPECT_NE(tree.fragments[c].kind, FragmentKind::polygon);
    }
    if (fragment.kind == FragmentKind::bond) {
      EXPECT_EQ(child(0).entry, fragment.entry);
      if (fragment.cyclic) {
        EXPECT_EQ(child(1).entry, fragment.exit);
      }
      for (const auto c : fragment.children) EXPECT_NE(tree.fragments[c].kind, FragmentKind::bond);
    }
  }
  for (const auto count : held) EXPECT_EQ(count, 1);
}

/// A process of gateways and tasks with flows at random.
Model random_model(std::mt19937& random, int nodes, int extra) {
  Model model;
  model.start("s");
  for (int i = 0; i < nodes; ++i)
    random() % 3 == 0 ? model.task("n" + std::to_string(i)) : model.exclusive("n" + std::to_string(i));
  model.end("e");
  const auto pick = [&] { return "n" + std::to_string(random() % static_cast<unsigned>(nodes)); };
  model.flow("s n0");
  for (int i = 1; i < nodes; ++i)
    if (random() % 8 != 0)
      model.flow("n" + std::to_string(random() % static_cast<unsigned>(i)) + " n" + std::to_string(i));
  for (int i = 0; i < extra; ++i) model.flow(pick() + " " + pick());
  if (random() % 8 != 0) model.flow("n" + std::to_string(nodes - 1) + " e");
  return model;
}

TEST(Rpst, FindsTheCanonicalFragmentsOfSmallGraphs) {
  std::mt19937 random(7);
  int compared = 0, rigids = 0, loops = 0;
  for (int round = 0; round < 1500; ++round) {
    const auto model = random_model(random, 1 + static_cast<int>(random() % 6), static_cast<int>(random() % 5));
    const auto graph = flow_graph(model.graph, 0);
    if (graph.edges.size() > 12) continue;
    const auto tree = rpst(graph);
    check_shape(graph, tree);
    std::set<Set> found;
    for (FragmentIndex f = 0; f < tree.fragments.size(); ++f) {
      found.insert(set_of(tree, f));
      rigids += tree.fragments[f].kind == FragmentKind::rigid;
      loops += tree.fragments[f].kind == FragmentKind::bond && tree.fragments[f].cyclic;
    }
    ASSERT_EQ(found, Rules{graph}.canonical()) << "round " << round;
    ASSERT_EQ(found.size(), tree.fragments.size()) << "round " << round;
    ++compared;
  }
  EXPECT_GT(compared, 400);
  EXPECT_GT(rigids, 20);
  EXPECT_GT(loops, 100);
}

TEST(Rpst, HoldsTogetherOnLargeGraphs) {
  std::mt19937 random(11);
  for (int round = 0; round < 60; ++round) {
    const auto model = random_model(random, 20 + static_cast<int>(random() % 300), static_cast<int>(random() % 120));
    const auto graph = flow_graph(model.graph, 0);
    const auto tree = rpst(graph);
    check_shape(graph, tree);
    // Every fragment is entered at one vertex and left at one other.
    for (FragmentIndex f = 0; f < tree.fragments.size(); ++f) {
      std::set<EdgeIndex> mine;
      for (const auto e : tree.edges(f)) mine.insert(e);
      for (const auto e : mine)
        for (const auto v : {graph.edges[e].from, graph.edges[e].to}) {
          if (v == tree.fragments[f].entry || v == tree.fragments[f].exit) continue;
          for (const auto i : graph.vertices[v].incoming) ASSERT_TRUE(mine.count(i));
          for (const auto o : graph.vertices[v].outgoing) ASSERT_TRUE(mine.count(o));
        }
    }
  }
}

TEST(Rpst, AnOrderWithChoiceAndLoop) {
  Model m;
  m.start("s");
  m.exclusive("again");
  m.task("work");
  m.exclusive("done");
  m.parallel("fork");
  m.task("a");
  m.task("b");
  m.parallel("join");
  m.end("e");
  m.flow("s again work done fork a join e").flow("done again").flow("fork b join");
  const auto graph = flow_graph(m.graph, 0);
  const auto tree = rpst(graph);
  check_shape(graph, tree);
  const auto& root = tree.fragments[0];
  ASSERT_EQ(root.kind, FragmentKind::polygon);
  std::vector<FragmentKind> kinds;
  for (const auto c : root.children) kinds.push_back(tree.fragments[c].kind);
  using enum FragmentKind;
  EXPECT_EQ(kinds, (std::vector{trivial, trivial, bond, trivial, bond, trivial, trivial}));
  const auto& loop = tree.fragments[root.children[2]];
  EXPECT_TRUE(loop.cyclic);
  EXPECT_EQ(loop.logic, Logic::exclusive);
  EXPECT_EQ(tree.fragments[loop.children[0]].kind, polygon);
  const auto& both = tree.fragments[root.children[4]];
  EXPECT_FALSE(both.cyclic);
  EXPECT_EQ(both.logic, Logic::parallel);
}

TEST(Rpst, ARigidOfOneLogic) {
  Model m;
  m.start("s");
  for (const auto* id : {"g1", "g2", "g3", "g4"}) m.exclusive(id);
  m.end("e");
  m.flow("s g1 g2 g4 e").flow("g1 g3 g4").flow("g2 g3");
  const auto graph = flow_graph(m.graph, 0);
  const auto tree = rpst(graph);
  const auto& rigid = tree.fragments[tree.fragments[0].children[2]];
  ASSERT_EQ(rigid.kind, FragmentKind::rigid);
  EXPECT_FALSE(rigid.cyclic);
  EXPECT_EQ(rigid.logic, Logic::exclusive);
  ASSERT_EQ(rigid.children.size(), 5U);
  EXPECT_EQ(tree.fragments[rigid.children[0]].entry, rigid.entry);
  EXPECT_EQ(tree.fragments[rigid.children[4]].exit, rigid.exit);
}

TEST(FlowGraph, AnEmptyContainerIsOneEdge) {
  const Model m;
  const auto graph = flow_graph(m.graph, 0);
  EXPECT_EQ(graph.edges.size(), 1U);
  EXPECT_EQ(rpst(graph).fragments.size(), 1U);
}

TEST(FlowGraph, BoundaryEventsBranchStartOrStayOut) {
  Model m;
  m.start("s");
  m.task("work");
  m.boundary("late", "work", graph::EventType::timer);
  m.task("apologise");
  m.end("e");
  m.flow("s work e").flow("late apologise");
  const auto branches = flow_graph(m.graph, 0);
  EXPECT_EQ(branches.vertices[branches.source].outgoing.size(), 1U);
  const auto at = std::find_if(branches.vertices.begin(), branches.vertices.end(),
                               [](const Vertex& v) { return v.part == Part::boundary; });
  ASSERT_NE(at, branches.vertices.end());
  EXPECT_EQ(at->outgoing.size(), 2U);
  const auto starts = flow_graph(m.graph, 0, Boundaries::starts);
  EXPECT_EQ(starts.vertices[starts.source].outgoing.size(), 2U);
  const auto without = flow_graph(m.graph, 0, Boundaries::left_out);
  EXPECT_EQ(without.vertices.size(), 5U);
  EXPECT_EQ(rpst(without).fragments[0].children.size(), 4U);
}

TEST(FlowGraph, LinksLeadOnAndOrphansAreRepaired) {
  Model m;
  m.start("s");
  m.event("to", graph::EventPosition::intermediate_throw, graph::EventType::link);
  m.event("from", graph::EventPosition::intermediate_catch, graph::EventType::link);
  for (const auto* id : {"to", "from"})
    m.graph.node(m.graph.find(id)).as<graph::Event>()->definitions[0].name = "page 2";
  m.end("e");
  m.task("x");
  m.task("y");
  m.flow("s to").flow("from e").flow("x y x");
  const auto graph = flow_graph(m.graph, 0);
  int links = 0, repairs = 0;
  for (const auto& edge : graph.edges) {
    links += edge.kind == EdgeKind::link;
    repairs += edge.kind == EdgeKind::repair;
  }
  EXPECT_EQ(links, 1);
  EXPECT_EQ(repairs, 2);
  check_shape(graph, rpst(graph));
}

}  // namespace
}  // namespace echoflow::structure
