#include "models/layout/tracks.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <tuple>

namespace echoflow::layout::layered {

namespace {

constexpr double on_each_other = 3;
constexpr int overlap_cost = 10;
/// More turns than these in one channel are ordered by a rule of thumb: the exact cost takes the square.
constexpr std::size_t most_to_compare = 600;

double low(const Turn& turn) {
  return std::min(turn.from_y, turn.to_y);
}
double high(const Turn& turn) {
  return std::max(turn.from_y, turn.to_y);
}
bool within(const Turn& turn, double y) {
  return y > low(turn) + 0.1 && y < high(turn) - 0.1;
}

/// What it costs to have `a` to the left of `b`: crossings, and stretches that lie on each other.
int cost(const Turn& a, const Turn& b) {
  int sum = 0;
  const auto ends_of_b = {std::pair(b.from_y, b.from_left), std::pair(b.to_y, b.to_left)};
  const auto ends_of_a = {std::pair(a.from_y, a.from_left), std::pair(a.to_y, a.to_left)};
  for (const auto& [y, left] : ends_of_b) sum += left && within(a, y);
  for (const auto& [y, left] : ends_of_a) sum += !left && within(b, y);
  for (const auto& [y, left] : ends_of_a)
    for (const auto& [other, other_left] : ends_of_b)
      if (!left && other_left && std::abs(y - other) < on_each_other) sum += overlap_cost;
  return sum;
}

/// Puts `turn` where it costs least in the order so far.
void insert(const std::vector<Turn>& turns, std::uint32_t turn, std::vector<std::uint32_t>& order) {
  std::vector<int> before(order.size() + 1, 0);
  std::vector<int> after(order.size() + 1, 0);
  for (std::size_t i = 0; i < order.size(); ++i) before[i + 1] = before[i] + cost(turns[order[i]], turns[turn]);
  for (std::size_t i = order.size(); i-- > 0;) after[i] = after[i + 1] + cost(turns[turn], turns[order[i]]);
  std::size_t best = 0;
  for (std::size_t i = 1; i <= order.size(); ++i)
    if (before[i] + after[i] < before[best] + after[best]) best = i;
  order.insert(order.begin() + static_cast<std::ptrdiff_t>(best), turn);
}

std::vector<std::uint32_t> order_of(const std::vector<Turn>& turns) {
  std::vector<std::uint32_t> all(turns.size());
  std::iota(all.begin(), all.end(), 0);
  // Downward lines: the upper the farther right; upward lines: the lower the farther right.
  std::stable_sort(all.begin(), all.end(), [&](std::uint32_t a, std::uint32_t b) {
    const auto key = [&](const Turn& t) {
      const bool down = t.to_y > t.from_y;
      return std::tuple(!down, down ? -t.from_y : t.from_y, down ? -t.to_y : t.to_y);
    };
    return key(turns[a]) < key(turns[b]);
  });
  if (turns.size() > most_to_compare) return all;
  std::vector<std::uint32_t> order;
  for (const auto turn : all) insert(turns, turn, order);
  for (const auto turn : all) {  // once more, now that all the others are there
    order.erase(std::find(order.begin(), order.end(), turn));
    insert(turns, turn, order);
  }
  return order;
}

}  // namespace

std::uint32_t assign_tracks(std::vector<Turn>& turns) {
  std::uint32_t tracks = 0;
  const auto order = order_of(turns);
  const bool exact = turns.size() <= most_to_compare;
  for (std::size_t i = 0; i < order.size(); ++i) {
    auto& turn = turns[order[i]];
    turn.track = exact ? 0 : static_cast<std::uint32_t>(i);
    for (std::size_t k = 0; exact && k < i; ++k) {
      const auto& other = turns[order[k]];
      const bool apart = low(turn) > high(other) + on_each_other || low(other) > high(turn) + on_each_other;
      if (!apart || cost(other, turn) < cost(turn, other)) turn.track = std::max(turn.track, other.track + 1);
    }
    tracks = std::max(tracks, turn.track + 1);
  }
  return tracks;
}

}  // namespace echoflow::layout::layered
