// Structure tree and analysis of generated models: the times, and by what a model ten times the size takes longer.
#include <algorithm>
#include <cstdio>
#include <ctime>
#include <random>
#include <string>

#include "models/analysis/analysis.hpp"
#include "models/analysis/structure/rpst.hpp"
#include "tests/models/analysis/model.hpp"

namespace {

using namespace echoflow;
using test::Model;

/// The best of several, in milliseconds of processor time.
template <class Act>
double best_of(int rounds, Act act) {
  double best = 1e300;
  for (int i = 0; i < rounds; ++i) {
    const auto from = std::clock();
    act();
    best = std::min(best, 1e3 * static_cast<double>(std::clock() - from) / CLOCKS_PER_SEC);
  }
  return best;
}

/// Nested blocks of every kind, about `size` nodes.
Model blocks(int size) {
  Model m;
  std::mt19937 random(1);
  int made = 0;
  m.start("s");
  std::string last = "s";
  const auto id = [&](const char* kind) { return kind + std::to_string(made++); };
  const auto block = [&](auto&& self, const std::string& from, int depth) -> std::string {
    const auto kind = random() % 4;
    if (depth == 0 || kind == 3) {
      const auto task = id("t");
      m.task(task);
      m.flow(from + " " + task);
      return task;
    }
    const auto split = id("g"), join = id("g");
    const auto gateway = kind == 0   ? graph::GatewayKind::parallel
                         : kind == 1 ? graph::GatewayKind::exclusive
                                     : graph::GatewayKind::inclusive;
    m.gateway(split, gateway);
    m.gateway(join, gateway);
    m.flow(from + " " + split);
    for (int i = 0; i < 3; ++i) m.flow(self(self, split, depth - 1) + " " + join);
    return join;
  };
  while (made < size) last = block(block, last, 4);
  m.end("e");
  m.flow(last + " e");
  return m;
}

/// Exclusive gateways joined at random, forwards and back: one region without blocks.
Model tangle(int size) {
  Model m;
  std::mt19937 random(2);
  m.start("s");
  for (int i = 0; i < size; ++i) m.exclusive("g" + std::to_string(i));
  m.end("e");
  m.flow("s g0");
  for (int i = 1; i < size; ++i) m.flow("g" + std::to_string(i - 1) + " g" + std::to_string(i));
  for (int i = 0; i < size; ++i)
    m.flow("g" + std::to_string(random() % static_cast<unsigned>(size)) + " g" +
           std::to_string(random() % static_cast<unsigned>(size)));
  m.flow("g" + std::to_string(size - 1) + " e");
  return m;
}

/// Branches side by side that are no blocks: each waits for half of its left neighbour.
Model ladder(int branches) {
  Model m;
  m.start("s");
  m.parallel("split");
  m.parallel("join");
  m.end("e");
  m.flow("s split").flow("join e");
  for (int i = 0; i < branches; ++i) {
    const auto n = std::to_string(i);
    m.task("a" + n);
    m.parallel("out" + n);
    m.exclusive("x" + n);
    m.task("b" + n);
    m.task("c" + n);
    m.exclusive("y" + n);
    i % 2 == 0 ? m.parallel("in" + n) : m.inclusive("in" + n);
    m.flow("split a" + n + " out" + n + " x" + n + " b" + n + " y" + n + " in" + n + " join");
    m.flow("x" + n + " c" + n + " y" + n);
  }
  for (int i = 0; i + 1 < branches; ++i) m.flow("out" + std::to_string(i) + " in" + std::to_string(i + 1));
  return m;
}

void measure(const char* name, const Model& m) {
  analysis::Options sound;
  sound.style = sound.data = sound.waiting = false;
  const int rounds = m.graph.node_count() > 2'000 ? 5 : 50;
  std::size_t fragments = 0;
  const auto tree =
      best_of(rounds, [&] { fragments = structure::rpst(structure::flow_graph(m.graph, 0)).fragments.size(); });
  analysis::Analysis found;
  const auto sure = best_of(rounds, [&] { found = analysis::analyse(m.graph, sound); });
  const auto all = best_of(rounds, [&] { found = analysis::analyse(m.graph); });
  std::printf(
      "%-22s %6zu nodes %6zu fragments  tree %8.3f ms  soundness %8.3f ms  all %8.3f ms  searched %zu, %zu states, %zu "
      "findings\n",
      name, m.graph.node_count(), fragments, tree, sure, all, found.searched, found.states, found.findings.size());
}

double all_of(const Model& m) {
  return best_of(5, [&] { analysis::analyse(m.graph); });
}

}  // namespace

int main() {
  measure("blocks", blocks(50));
  measure("blocks", blocks(1'000));
  measure("blocks", blocks(10'000));
  measure("tangle", tangle(50));
  measure("tangle", tangle(1'000));
  measure("tangle", tangle(10'000));
  measure("20 branches, no blocks", ladder(20));
  measure("60 branches, no blocks", ladder(60));
  const auto small = blocks(1'000), large = blocks(10'000);
  const double nodes = static_cast<double>(large.graph.node_count()) / static_cast<double>(small.graph.node_count());
  std::printf("blocks: %.1f times the nodes take %.1f times as long\n", nodes, all_of(large) / all_of(small));
  const auto few = tangle(1'000), many = tangle(10'000);
  std::printf("tangle: 10.0 times the nodes take %.1f times as long\n", all_of(many) / all_of(few));
  return 0;
}
