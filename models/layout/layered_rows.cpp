#include <algorithm>
#include <cmath>

#include "models/layout/layered_state.hpp"

namespace echoflow::layout::layered {

namespace {

constexpr double item_gap = 26;
constexpr double passage_gap = 16;
constexpr int rounds = 6;
constexpr double roomy = 1.6;
constexpr double from_the_left = 1.05;  // where both sides pull alike, the way that was come is straight
constexpr std::size_t cells_for_few_rounds = 20'000;

/// How much a stretch wants to be level: a line that passes through several columns most of all.
double weight(const Cell& a, const Cell& b) {
  const int passages = (a.item == nothing) + (b.item == nothing);
  return passages == 2 ? 8 : passages == 1 ? 2 : 1;
}

enum class Side : std::uint8_t { left, right, both };

/// A run of cells that touch each other, and where each would like the first to be.
struct Run {
  std::vector<std::pair<double, double>> wishes;  ///< place and weight, by place
  double place = 0;
  std::size_t count = 0;

  void find_median() {
    double all = 0;
    for (const auto& wish : wishes) all += wish.second;
    double sum = 0;
    for (const auto& wish : wishes) {
      sum += wish.second;
      place = wish.first;
      if (sum * 2 >= all - 1e-9) break;
    }
  }
};

class Rows {
 public:
  explicit Rows(State& state) : state_(state) {}

  void pack() {
    const auto& network = state_.network;
    std::vector<double> height(network.bands, 0);
    // A line can be level through the whole band when there is room above and below it everywhere.
    std::vector<double> above(network.bands, 0);
    std::vector<double> below(network.bands, 0);
    for (const auto& cell : state_.cells) {
      above[cell.band] = std::max(above[cell.band], cell.port);
      below[cell.band] = std::max(below[cell.band], cell.height - cell.port);
    }
    for (std::uint32_t b = 0; b < network.bands; ++b) height[b] = above[b] + below[b];
    for (const auto& layer : state_.layers) {
      std::vector<double> used(network.bands, 0);
      for (std::size_t i = 0; i < layer.size(); ++i) {
        const auto& cell = state_.cells[layer[i]];
        const bool first = i == 0 || state_.cells[layer[i - 1]].band != cell.band;
        used[cell.band] += (first ? 0 : gap(layer[i - 1], layer[i])) + cell.height;
      }
      for (std::uint32_t b = 0; b < network.bands; ++b) height[b] = std::max(height[b], used[b]);
    }
    // Room to be level in; what is not used is taken out again.
    if (network.bands > 1)
      for (auto& h : height) h *= roomy;
    state_.band_top.assign(1, 0);
    for (std::uint32_t b = 0; b < network.bands; ++b) {
      const double least = b < network.least_band_height.size() ? network.least_band_height[b] : 0;
      state_.band_top.push_back(state_.band_top.back() + std::max(least, height[b] + 2 * network.band_padding));
    }
    for (const auto& layer : state_.layers)
      for (std::size_t i = 0; i < layer.size(); ++i) {
        auto& cell = state_.cells[layer[i]];
        const bool first = i == 0 || state_.cells[layer[i - 1]].band != cell.band;
        cell.y = first ? top_of(cell.band)
                       : state_.cells[layer[i - 1]].y + state_.cells[layer[i - 1]].height + gap(layer[i - 1], layer[i]);
      }
  }

  void level() {
    const int count = state_.cells.size() > cells_for_few_rounds ? rounds / 2 : rounds;
    for (int i = 0; i < count; ++i) {
      sweep(Side::left);
      sweep(Side::right);
    }
    for (int i = 0; i < 2; ++i) sweep(Side::both);
    sweep(Side::left);
    sweep(Side::both);
  }

  /// A line that turns back runs as near to its ends as what stands between lets it.
  void draw_in_back_lines() {
    for (const auto& chain : state_.chains) {
      if (!chain.back || chain.around) continue;
      double room = nothing;
      for (std::size_t k = 1; k + 1 < chain.cells.size(); ++k)
        room = std::min(room, chain.above ? room_below(chain.cells[k]) : room_above(chain.cells[k]));
      if (room <= 0 || room >= nothing) continue;
      for (std::size_t k = 1; k + 1 < chain.cells.size(); ++k)
        state_.cells[chain.cells[k]].y += chain.above ? room : -room;
    }
  }

  /// Takes out what is empty from the first column to the last.
  void squeeze() {
    std::vector<std::pair<double, double>> used;
    for (const auto& cell : state_.cells) used.emplace_back(cell.y, cell.y + cell.height);
    for (const auto top : state_.band_top)
      used.emplace_back(top - state_.network.band_padding, top + state_.network.band_padding);
    std::sort(used.begin(), used.end());
    std::vector<std::pair<double, double>> cuts;  // from where, and how much is gone by then
    double low = used.front().second;
    double gone = 0;
    for (const auto& [from, to] : used) {
      if (from - low > item_gap + 1) {
        const double take = std::min(from - low - item_gap, spare(low, from));
        gone += std::max(0.0, take);
        cuts.emplace_back(low, gone);
      }
      low = std::max(low, to);
    }
    const auto moved = [&](double y) {
      auto it = std::upper_bound(cuts.begin(), cuts.end(), std::pair(y - 0.001, 1e18));
      return it == cuts.begin() ? y : y - std::prev(it)->second;
    };
    for (auto& cell : state_.cells) cell.y = moved(cell.y + 0.01) - 0.01;
    if (state_.network.bands > 1)
      for (std::size_t b = 1; b < state_.band_top.size(); ++b) state_.band_top[b] = moved(state_.band_top[b]);
  }

  /// Nothing above the first band's top, and no empty rows there.
  void trim() {
    if (state_.network.bands > 1 || state_.cells.empty()) return;
    double top = state_.cells[0].y;
    double bottom = top;
    for (const auto& cell : state_.cells) {
      top = std::min(top, cell.y);
      bottom = std::max(bottom, cell.y + cell.height);
    }
    for (auto& cell : state_.cells) cell.y -= top - state_.network.band_padding;
    const double least = state_.network.least_band_height.empty() ? 0 : state_.network.least_band_height[0];
    state_.band_top[1] = std::max(least, bottom - top + 2 * state_.network.band_padding);
  }

 private:
  double top_of(std::uint32_t band) const { return state_.band_top[band] + state_.network.band_padding; }

  double room_above(std::uint32_t c) const {
    const auto& cell = state_.cells[c];
    const auto& layer = state_.layers[cell.layer];
    const auto above = cell.place == 0 ? nothing : layer[cell.place - 1];
    if (above == nothing || state_.cells[above].band != cell.band) return cell.y - top_of(cell.band);
    return cell.y - state_.cells[above].y - state_.cells[above].height - gap(above, c);
  }

  double room_below(std::uint32_t c) const {
    const auto& cell = state_.cells[c];
    const auto& layer = state_.layers[cell.layer];
    const auto below = cell.place + 1 == layer.size() ? nothing : layer[cell.place + 1];
    if (below == nothing || state_.cells[below].band != cell.band) return nothing;
    return state_.cells[below].y - cell.y - cell.height - gap(c, below);
  }

  /// How much the band around this stretch may lose.
  double spare(double from, double to) {
    const auto& least = state_.network.least_band_height;
    if (state_.network.bands < 2) return to - from;
    auto it = std::upper_bound(state_.band_top.begin(), state_.band_top.end(), (from + to) / 2);
    if (it == state_.band_top.begin() || it == state_.band_top.end()) return 0;
    const auto band = static_cast<std::size_t>(it - state_.band_top.begin() - 1);
    spent_.resize(state_.network.bands, 0);
    const double height = state_.band_top[band + 1] - state_.band_top[band] - spent_[band];
    const double left = height - (band < least.size() ? least[band] : 0);
    const double take = std::clamp(to - from - item_gap, 0.0, std::max(0.0, left));
    spent_[band] += take;
    return take;
  }

  double gap(std::uint32_t above, std::uint32_t below) const {
    return state_.cells[above].item != nothing && state_.cells[below].item != nothing ? item_gap : passage_gap;
  }

  void add_wishes(std::uint32_t c, bool left, double offset, bool shared, Run& run) const {
    const auto& cell = state_.cells[c];
    const auto& pieces = left ? state_.before[c] : state_.after[c];
    // Against each other both sides have one voice, however many lines they have.
    const double voice = (left ? from_the_left : 1) / (shared ? static_cast<double>(pieces.size()) : 1);
    for (const auto p : pieces) {
      const auto& piece = state_.pieces[p];
      const auto& other = state_.cells[left ? piece.left : piece.right];
      const auto& link = state_.network.links[piece.link];
      // Boundary events: their line does not leave at the port.
      double from = cell.port;
      double to = other.line();
      if (left && other.item != nothing && link.drops) to = other.y + link.leave_y;
      if (!left && cell.item != nothing && link.drops) from = link.leave_y;
      const double pull = link.drops && (cell.item == nothing) != (other.item == nothing) ? 0.5 : 1;
      run.wishes.emplace_back(to - from - offset, weight(cell, other) * pull * voice);
    }
  }

  /// Least sum of weighted distances from the wishes while nothing overlaps: pool adjacent violators, with medians.
  void place_run(const std::vector<std::uint32_t>& layer, std::size_t from, std::size_t to, Side side) {
    std::vector<Run> runs;
    std::vector<double> offsets;
    double offset = 0;
    for (auto i = from; i < to; ++i) {
      if (i > from) offset += state_.cells[layer[i - 1]].height + gap(layer[i - 1], layer[i]);
      offsets.push_back(offset);
      Run run;
      run.count = 1;
      if (side != Side::right) add_wishes(layer[i], true, offset, side == Side::both, run);
      if (side != Side::left) add_wishes(layer[i], false, offset, side == Side::both, run);
      if (run.wishes.empty()) run.wishes.emplace_back(state_.cells[layer[i]].y - offset, 0.1);
      std::sort(run.wishes.begin(), run.wishes.end());
      run.find_median();
      runs.push_back(std::move(run));
      while (runs.size() > 1 && runs[runs.size() - 2].place > runs.back().place) join_last(runs);
    }
    const auto band = state_.cells[layer[from]].band;
    const auto& last = state_.cells[layer[to - 1]];
    const bool bounded = state_.network.bands > 1;
    const double least = bounded ? top_of(band) : -1e12;
    const double most = bounded ? state_.band_top[band + 1] - state_.network.band_padding - last.height - offset : 1e12;
    std::size_t i = from;
    for (const auto& run : runs)
      for (std::size_t k = 0; k < run.count; ++k, ++i)
        state_.cells[layer[i]].y = std::clamp(run.place, least, std::max(least, most)) + offsets[i - from];
  }

  static void join_last(std::vector<Run>& runs) {
    auto last = std::move(runs.back());
    runs.pop_back();
    auto& run = runs.back();
    const auto middle = static_cast<std::ptrdiff_t>(run.wishes.size());
    run.wishes.insert(run.wishes.end(), last.wishes.begin(), last.wishes.end());
    std::inplace_merge(run.wishes.begin(), run.wishes.begin() + middle, run.wishes.end());
    run.count += last.count;
    run.find_median();
  }

  void sweep(Side side) {
    const auto count = state_.layers.size();
    for (std::size_t k = 0; k < count; ++k) {
      const auto& layer = state_.layers[side == Side::right ? count - 1 - k : k];
      for (std::size_t from = 0; from < layer.size();) {
        auto to = from + 1;
        while (to < layer.size() && state_.cells[layer[to]].band == state_.cells[layer[from]].band) ++to;
        place_run(layer, from, to, side);
        from = to;
      }
    }
  }

  State& state_;
  std::vector<double> spent_;  ///< by band
};

}  // namespace

void assign_rows(State& state) {
  Rows rows(state);
  rows.pack();
  rows.level();
  rows.draw_in_back_lines();
  if (!state.cells.empty()) rows.squeeze();
  rows.trim();
}

}  // namespace echoflow::layout::layered
