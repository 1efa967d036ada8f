#include <algorithm>

#include "models/layout/layered_state.hpp"

namespace echoflow::layout::layered {

namespace {

constexpr std::size_t cells_for_many_sweeps = 3000;
constexpr std::size_t cells_for_exchanges = 1500;
constexpr std::size_t most_steps_of_exchanges = 20'000'000;  // cells and pieces looked at
constexpr int many_sweeps = 24;
constexpr int few_sweeps = 6;

class Order {
 public:
  explicit Order(State& state) : state_(state), across_(outward(state.network)) {
    // An item's cell has the item's number.
    across_.up.resize(state.cells.size(), 0);
    across_.down.resize(state.cells.size(), 0);
  }

  void from_hints() {
    for (auto& layer : state_.layers) {
      std::stable_sort(layer.begin(), layer.end(), [&](std::uint32_t a, std::uint32_t b) {
        const auto& x = state_.cells[a];
        const auto& y = state_.cells[b];
        return std::pair(x.band, x.hint) < std::pair(y.band, y.hint);
      });
      settle(layer);
    }
  }

  bool small() const { return state_.cells.size() <= cells_for_exchanges; }

  /// The barycentre heuristic, down and up, as long as it takes crossings away.
  void sweep() {
    auto best = cost();
    if (best == 0) return;
    auto kept = state_.layers;
    const int sweeps = state_.cells.size() > cells_for_many_sweeps ? few_sweeps : many_sweeps;
    int without_gain = 0;
    for (int i = 0; i < sweeps && best > 0 && without_gain < 6; ++i) {
      pass(i % 2 == 0);
      const auto now = cost();
      if (now < best) {
        best = now;
        kept = state_.layers;
        without_gain = 0;
      } else {
        ++without_gain;
      }
    }
    state_.layers = std::move(kept);
    for (auto& layer : state_.layers) number(layer);
  }

  /// Branches of a fork, or of a join, change places with their neighbours where fewer lines cross then.
  void exchange_branches() {
    auto best = cost();
    int rounds = 0;
    for (bool better = true; better && best > 0 && rounds < most_rounds; ++rounds) {
      better = false;
      for (std::uint32_t c = 0; c < state_.cells.size() && best > 0; ++c)
        for (const bool forward : {true, false})
          if (try_branches(c, forward, best)) better = true;
    }
  }

  /// Neighbours in a column change places where fewer lines cross then.
  void exchange_neighbours() {
    for (int round = 0; round < most_rounds; ++round) {
      bool better = false;
      for (auto& layer : state_.layers)
        for (std::size_t i = 0; i + 1 < layer.size(); ++i) {
          const auto before = i > 0 ? state_.cells[layer[i - 1]].beside : nothing;
          const auto after = i + 2 < layer.size() ? state_.cells[layer[i + 2]].beside : nothing;
          if (!may_change(layer[i], layer[i + 1]) || before == layer[i] || after == layer[i + 1]) continue;
          if (pair_cost(layer[i + 1], layer[i]) >= pair_cost(layer[i], layer[i + 1])) continue;
          std::swap(layer[i], layer[i + 1]);
          number(layer);
          better = true;
        }
      if (!better) return;
    }
  }

 private:
  static constexpr int most_rounds = 20;

  bool may_change(std::uint32_t a, std::uint32_t b) const {
    const auto& x = state_.cells[a];
    const auto& y = state_.cells[b];
    return x.band == y.band && x.beside == nothing && y.beside == nothing;
  }

  /// Crossings of the lines of two cells in one column, the first one above.
  std::uint64_t pair_cost(std::uint32_t above, std::uint32_t below) const {
    std::uint64_t sum = across_.down[above] + across_.up[below];
    const auto count = [&](const auto& pieces, bool right) {
      for (const auto p : pieces[above])
        for (const auto q : pieces[below]) {
          const auto a = right ? state_.pieces[p].right : state_.pieces[p].left;
          const auto b = right ? state_.pieces[q].right : state_.pieces[q].left;
          sum += state_.cells[a].place > state_.cells[b].place;
        }
    };
    count(state_.after, true);
    count(state_.before, false);
    return sum;
  }

  /// What is reached from a cell through cells that are reached from nowhere else.
  void mark_branch(std::uint32_t first, std::uint32_t origin, bool forward, std::uint8_t mark) {
    const auto& onward = forward ? state_.after : state_.before;
    const auto& back = forward ? state_.before : state_.after;
    std::vector<std::uint32_t> todo{first};
    while (!todo.empty()) {
      const auto c = todo.back();
      todo.pop_back();
      const bool own = std::all_of(back[c].begin(), back[c].end(), [&](std::uint32_t p) {
        const auto from = forward ? state_.pieces[p].left : state_.pieces[p].right;
        return marks_[from] == mark || (c == first && from == origin);
      });
      if (!own || marks_[c] != 0) continue;
      marks_[c] = mark;
      marked_.push_back(c);
      for (const auto p : onward[c]) todo.push_back(forward ? state_.pieces[p].right : state_.pieces[p].left);
    }
  }

  bool try_branches(std::uint32_t c, bool forward, std::uint64_t& best) {
    const auto& pieces = forward ? state_.after[c] : state_.before[c];
    if (pieces.size() < 2) return false;
    std::vector<std::pair<std::uint32_t, std::uint32_t>> firsts;  // place and cell
    for (const auto p : pieces) {
      const auto first = forward ? state_.pieces[p].right : state_.pieces[p].left;
      firsts.emplace_back(state_.cells[first].place, first);
    }
    std::sort(firsts.begin(), firsts.end());
    bool better = false;
    for (std::size_t b = 0; b + 1 < firsts.size(); ++b) {
      marks_.resize(state_.cells.size(), 0);
      mark_branch(firsts[b].second, c, forward, 2);
      mark_branch(firsts[b + 1].second, c, forward, 1);
      if (exchange_marked(best)) {
        better = true;
        std::swap(firsts[b].second, firsts[b + 1].second);
      }
      for (const auto m : marked_) marks_[m] = 0;
      marked_.clear();
    }
    return better;
  }

  /// Puts the cells with mark 1 above those with mark 2, in the places of both; takes it back unless it is better.
  bool exchange_marked(std::uint64_t& best) {
    const auto size = state_.cells.size() + state_.pieces.size();
    if (steps_left_ < size) return false;
    steps_left_ -= size;
    std::vector<std::uint32_t> touched;
    for (const auto c : marked_) touched.push_back(state_.cells[c].layer);
    std::sort(touched.begin(), touched.end());
    touched.erase(std::unique(touched.begin(), touched.end()), touched.end());
    std::vector<std::vector<std::uint32_t>> kept;
    for (const auto k : touched) {
      auto& layer = state_.layers[k];
      kept.push_back(layer);
      for (std::size_t from = 0; from < layer.size();) {
        std::vector<std::size_t> places;
        std::vector<std::uint32_t> cells;
        const auto band = state_.cells[layer[from]].band;
        for (; from < layer.size() && state_.cells[layer[from]].band == band; ++from)
          if (marks_[layer[from]] != 0) places.push_back(from), cells.push_back(layer[from]);
        std::stable_sort(cells.begin(), cells.end(),
                         [&](std::uint32_t a, std::uint32_t b) { return marks_[a] < marks_[b]; });
        for (std::size_t i = 0; i < cells.size(); ++i) layer[places[i]] = cells[i];
      }
      settle(layer);
    }
    if (const auto now = cost(); now < best) {
      best = now;
      return true;
    }
    for (std::size_t i = 0; i < touched.size(); ++i) {
      state_.layers[touched[i]] = std::move(kept[i]);
      number(state_.layers[touched[i]]);
    }
    return false;
  }

  std::uint64_t cost() const { return crossings() + passed(); }

  /// How many cells the lines across pass on their way out of their section.
  std::uint64_t passed() const {
    if (state_.network.across.empty()) return 0;
    std::uint64_t sum = 0;
    for (const auto& layer : state_.layers)
      for (std::size_t from = 0; from < layer.size();) {
        auto to = from;
        const auto of = [&](std::size_t i) { return section_of(state_.network, state_.cells[layer[i]].band); };
        while (to < layer.size() && of(to) == of(from)) ++to;
        for (auto i = from; i < to; ++i)
          sum += across_.up[layer[i]] * (i - from) + across_.down[layer[i]] * (to - 1 - i);
        from = to;
      }
    return sum;
  }

  void number(const std::vector<std::uint32_t>& layer) {
    for (std::uint32_t i = 0; i < layer.size(); ++i) state_.cells[layer[i]].place = i;
  }

  /// Where a line turns back it does so right below or above its item.
  void settle(std::vector<std::uint32_t>& layer) {
    std::vector<std::uint32_t> free;
    std::vector<std::pair<std::uint32_t, std::uint32_t>> bound;
    for (const auto c : layer) {
      if (state_.cells[c].beside == nothing)
        free.push_back(c);
      else
        bound.emplace_back(state_.cells[c].beside, c);
    }
    if (!bound.empty()) {
      std::stable_sort(bound.begin(), bound.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
      layer.clear();
      for (const auto c : free) {
        const auto begin = std::lower_bound(bound.begin(), bound.end(), std::pair(c, std::uint32_t{0}));
        for (auto it = begin; it != bound.end() && it->first == c; ++it)
          if (is_above(it->second)) layer.push_back(it->second);
        layer.push_back(c);
        for (auto it = begin; it != bound.end() && it->first == c; ++it)
          if (!is_above(it->second)) layer.push_back(it->second);
      }
    }
    number(layer);
  }

  bool is_above(std::uint32_t c) const { return state_.chains[state_.cells[c].link].above; }

  double wanted(std::uint32_t c, bool forward) const {
    const auto& pieces = forward ? state_.before[c] : state_.after[c];
    if (pieces.empty()) return -1;
    double sum = 0;
    for (const auto p : pieces) {
      const auto& piece = state_.pieces[p];
      sum += state_.cells[forward ? piece.left : piece.right].place;
    }
    return sum / static_cast<double>(pieces.size());
  }

  void pass(bool forward) {
    const auto count = state_.layers.size();
    for (std::size_t k = 1; k < count; ++k) {
      auto& layer = state_.layers[forward ? k : count - 1 - k];
      std::vector<std::pair<double, std::uint32_t>> keys;
      double last = 0;
      for (const auto c : layer) {
        const double want = wanted(c, forward);
        last = want < 0 ? last : want;  // what has no say stays with what stands before it
        keys.emplace_back(last, c);
      }
      std::stable_sort(keys.begin(), keys.end(), [&](const auto& a, const auto& b) {
        return std::pair(state_.cells[a.second].band, a.first) < std::pair(state_.cells[b.second].band, b.first);
      });
      for (std::size_t i = 0; i < keys.size(); ++i) layer[i] = keys[i].second;
      settle(layer);
    }
  }

  /// Barth, Mutzel & Jünger, "Simple and efficient bilayer cross counting" (2004), with a Fenwick tree.
  std::uint64_t crossings() const {
    std::uint64_t sum = 0;
    for (std::size_t k = 0; k + 1 < state_.layers.size(); ++k) {
      const auto size = state_.layers[k + 1].size();
      std::vector<std::uint32_t> tree(size + 1, 0);
      std::uint64_t seen = 0;
      for (const auto c : state_.layers[k]) {
        std::vector<std::uint32_t> ends;
        for (const auto p : state_.after[c]) ends.push_back(state_.cells[state_.pieces[p].right].place);
        for (const auto end : ends) {
          std::uint64_t not_below = 0;
          for (auto i = end + 1; i > 0; i &= i - 1) not_below += tree[i];
          sum += seen - not_below;
        }
        for (const auto end : ends)
          for (std::size_t i = end + 1; i <= size; i += i & (~i + 1)) ++tree[i];
        seen += ends.size();
      }
    }
    return sum;
  }

  State& state_;
  Outward across_;                   ///< by cell
  std::vector<std::uint8_t> marks_;  ///< by cell
  std::size_t steps_left_ = most_steps_of_exchanges;
  std::vector<std::uint32_t> marked_;
};

}  // namespace

void order_layers(State& state) {
  Order order(state);
  order.from_hints();
  order.sweep();
  if (!order.small()) return;
  order.exchange_branches();
  order.exchange_neighbours();
}

}  // namespace echoflow::layout::layered
