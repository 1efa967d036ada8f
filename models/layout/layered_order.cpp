#include <algorithm>

#include "models/layout/layered_state.hpp"

namespace echoflow::layout::layered {

namespace {

constexpr std::size_t cells_for_many_sweeps = 3000;
constexpr int many_sweeps = 24;
constexpr int few_sweeps = 6;

class Order {
 public:
  explicit Order(State& state) : state_(state) {}

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

  /// The barycentre heuristic, down and up, as long as it takes crossings away.
  void sweep() {
    auto best = crossings();
    if (best == 0) return;
    auto kept = state_.layers;
    const int sweeps = state_.cells.size() > cells_for_many_sweeps ? few_sweeps : many_sweeps;
    int without_gain = 0;
    for (int i = 0; i < sweeps && best > 0 && without_gain < 6; ++i) {
      pass(i % 2 == 0);
      const auto now = crossings();
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

 private:
  void number(const std::vector<std::uint32_t>& layer) {
    for (std::uint32_t i = 0; i < layer.size(); ++i) state_.cells[layer[i]].place = i;
  }

  /// Where a line turns back it does so right below its item.
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
        layer.push_back(c);
        auto it = std::lower_bound(bound.begin(), bound.end(), std::pair(c, std::uint32_t{0}));
        for (; it != bound.end() && it->first == c; ++it) layer.push_back(it->second);
      }
    }
    number(layer);
  }

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
};

}  // namespace

void order_layers(State& state) {
  Order order(state);
  order.from_hints();
  order.sweep();
}

}  // namespace echoflow::layout::layered
