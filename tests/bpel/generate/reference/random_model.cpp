#include "tests/bpel/generate/reference/random_model.hpp"

#include <algorithm>
#include <set>

#include "tests/bpel/generate/reference/random_blocks.hpp"

namespace echoflow::generate::reference {

std::string_view name_of(Shape shape) {
  switch (shape) {
    case Shape::blocks:
      return "blocks";
    case Shape::branching:
      return "branching";
    case Shape::acyclic:
      return "acyclic";
    case Shape::cyclic:
      return "cyclic";
    case Shape::tangled:
      return "tangled";
    case Shape::scopes:
      return "scopes";
  }
  return "";
}

namespace {

using Ways = std::vector<std::set<int>>;

/// Nodes in a row, each leading to later ones; `gateways` says which kinds may fall.
void net(Draft& draft, int nodes, const std::vector<std::string>& gateways, int back) {
  const bool one_token = gateways.size() == 1;
  std::vector<std::string> all{draft.event("startEvent", "")};
  std::vector<std::string> kinds{""};
  for (int i = 0; i < nodes; ++i) {
    const bool gateway = draft.chance(50);
    kinds.push_back(gateway ? gateways[static_cast<std::size_t>(draft.pick(static_cast<int>(gateways.size())))] : "");
    if (gateway)
      all.push_back(draft.gateway(kinds.back()));
    else if (draft.chance(25))
      all.push_back(draft.event("intermediateCatchEvent", draft.timer()));
    else
      all.push_back(draft.task());
  }
  all.push_back(draft.event("endEvent", ""));
  kinds.emplace_back();
  const int count = static_cast<int>(all.size());
  Ways to(all.size());
  for (int i = 0; i + 1 < count; ++i) {
    const auto at = static_cast<std::size_t>(i);
    const bool reached = std::any_of(to.begin(), to.begin() + i, [&](const auto& ways) { return ways.count(i) != 0; });
    if (i > 0 && !reached && (one_token && kinds[at - 1].empty())) to[at - 1].clear();
    if (i > 0 && !reached) to[at - 1].insert(i);
    const int ways = kinds[at].empty() ? 1 : 1 + draft.pick(3);
    for (int w = 0; w < ways; ++w) to[at].insert(i + 1 + draft.pick(std::min(6, count - i - 1)));
  }
  for (std::size_t i = 0; i < to.size(); ++i) {
    const bool decides = (kinds[i] == "exclusive" || kinds[i] == "inclusive") && to[i].size() > 1;
    std::size_t left = to[i].size();
    if (kinds[i] == "exclusive" && i > 1 && draft.chance(back)) {
      const std::string counts = draft.fresh("t");
      draft.add("<scriptTask id='" + counts + "' scriptFormat='text/xpath'><script>n = n + 1</script></scriptTask>");
      draft.flow(all[i], counts, "n &lt; " + std::to_string(1 + draft.pick(4)));
      draft.flow(counts, all[1 + static_cast<std::size_t>(draft.pick(static_cast<int>(i) - 1))]);
      if (to[i].size() == 1) {
        draft.otherwise(all[i], all[static_cast<std::size_t>(*to[i].begin())]);
        continue;
      }
    }
    for (const int t : to[i]) {
      const std::string& target = all[static_cast<std::size_t>(t)];
      if (decides && --left == 0)
        draft.otherwise(all[i], target);
      else
        draft.flow(all[i], target, decides ? draft.flag() : "");
    }
  }
}

}  // namespace

std::string random_model(Shape shape, unsigned seed) {
  Draft draft(seed * 6 + static_cast<unsigned>(shape));
  const int nodes = 3 + draft.pick(12);
  switch (shape) {
    case Shape::acyclic:
      net(draft, nodes,
          draft.chance(50) ? std::vector<std::string>{"exclusive", "parallel"}
                           : std::vector<std::string>{"exclusive", "parallel", "inclusive"},
          0);
      break;
    case Shape::cyclic:
      net(draft, nodes, {"exclusive"}, 60);
      break;
    case Shape::tangled:
      net(draft, nodes, {"exclusive", "exclusive", "parallel", "inclusive"}, 30);
      break;
    case Shape::blocks:
    case Shape::branching:
    case Shape::scopes:
      RandomBlocks(draft, shape).process();
      break;
  }
  return draft.text("p");
}

}  // namespace echoflow::generate::reference
