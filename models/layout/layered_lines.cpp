#include <algorithm>
#include <cmath>

#include "models/layout/layered_state.hpp"
#include "models/layout/line_parts.hpp"
#include "models/layout/points.hpp"

namespace echoflow::layout::layered {

namespace {

constexpr double track_pitch = 10;
constexpr double left_margin = 14;
constexpr double right_margin = 20;  // an arrow's head fits
constexpr double least_channel = 36;
constexpr double port_pitch = 12;
constexpr double level = 0.5;
constexpr double clear = 8;

class Lines {
 public:
  explicit Lines(State& state) : state_(state), network_(state.network) {
    starts_.resize(network_.links.size());
    ends_.resize(network_.links.size());
    below_.resize(network_.items.size(), false);
    above_.resize(network_.items.size(), false);
    channels_.resize(state.layers.size() + 1);
    first_turn_.resize(network_.links.size());
    last_turn_.resize(network_.links.size());
    piece_turn_.resize(state.pieces.size());
  }

  Placed run() {
    outer_rows();
    choose_ways();
    spread_ports();
    collect_turns();
    place_columns();
    return result();
  }

 private:
  const Cell& cell(std::uint32_t c) const { return state_.cells[c]; }
  const Item& item(std::uint32_t c) const { return network_.items[c]; }

  // --- lines that are led around everything ------------------------------------------------------------------------

  void outer_rows() {
    double top = 0;
    for (const auto& c : state_.cells) top = std::min(top, c.y);
    outer_.assign(network_.links.size(), 0);
    for (std::size_t l = 0; l < state_.chains.size(); ++l)
      if (state_.chains[l].around) outer_[l] = top -= 10;
    top_ = top;
  }

  // --- by which side -------------------------------------------------------------------------------------------------

  void choose_ways() {
    for (std::uint32_t l = 0; l < network_.links.size(); ++l) {
      const auto& chain = state_.chains[l];
      if (network_.links[l].drops) starts_[l].way = Way::drop;
      if (!chain.back || chain.around) continue;
      const auto first = chain.cells[1];
      const auto last = chain.cells[chain.cells.size() - 2];
      if (!network_.links[l].drops && chain.cells.front() != chain.cells.back())
        turn_beside(chain.cells.front(), first, chain.above, starts_[l]);
      turn_beside(chain.cells.back(), last, chain.above, ends_[l]);
    }
    for (std::uint32_t i = 0; i < network_.items.size(); ++i) {
      if (!network_.items[i].pointed) continue;
      use_corner(i, true, state_.after[i]);
      use_corner(i, false, state_.before[i]);
    }
  }

  void turn_beside(std::uint32_t i, std::uint32_t passage, bool over, End& end) {
    const auto& from = cell(i);
    const auto& to = cell(passage);
    auto taken = over ? above_[i] : below_[i];
    if (to.band != from.band || taken || !(over ? item(i).free_above : item(i).free_below)) return;
    if (over ? to.place + 1 != from.place : to.place != from.place + 1) return;
    taken = true;
    end.way = over ? Way::above : Way::below;
  }

  /// Among the lines of one side, those to the highest and the lowest place may take the upper and lower corner.
  void use_corner(std::uint32_t i, bool out, const std::vector<std::uint32_t>& pieces) {
    if (pieces.size() < 2) return;
    std::uint32_t highest = nothing;
    std::uint32_t lowest = nothing;
    for (const auto p : pieces) {
      if (out && starts_[state_.pieces[p].link].way == Way::drop) continue;
      if (highest == nothing || far_line(p, out) < far_line(highest, out)) highest = p;
      if (lowest == nothing || far_line(p, out) > far_line(lowest, out)) lowest = p;
    }
    if (lowest != nothing) corner(i, out, lowest, Way::below);
    if (highest != nothing) corner(i, out, highest, Way::above);
  }

  double far_line(std::uint32_t p, bool out) const {
    const auto& piece = state_.pieces[p];
    const auto& other = cell(out ? piece.right : piece.left);
    if (!out && other.item != nothing && network_.links[piece.link].drops)
      return other.y + network_.links[piece.link].leave_y;
    return other.line();
  }

  void corner(std::uint32_t i, bool out, std::uint32_t p, Way way) {
    const auto& own = cell(i);
    const auto& shape = item(i);
    const double y = far_line(p, out);
    const bool down = way == Way::below;
    auto taken = down ? below_[i] : above_[i];
    if (taken || !(down ? shape.free_below : shape.free_above)) return;
    if (down ? y < own.y + shape.bottom + clear : y > own.y + shape.top - clear) return;
    const auto& layer = state_.layers[own.layer];
    if (down && own.place + 1 < layer.size() && cell(layer[own.place + 1]).y < y + clear) return;
    if (!down && own.place > 0) {
      const auto& above = cell(layer[own.place - 1]);
      if (above.y + above.height > y - clear) return;
    }
    taken = true;
    auto& end = (out ? starts_ : ends_)[state_.pieces[p].link];
    end = {way, y};
  }

  // --- where on that side --------------------------------------------------------------------------------------------

  struct Meeting {
    double far = 0;
    End* end = nullptr;
  };

  void spread_ports() {
    for (std::uint32_t i = 0; i < network_.items.size(); ++i) {
      spread(i, meetings(i, true));
      spread(i, meetings(i, false));
    }
    for (std::uint32_t l = 0; l < network_.links.size(); ++l)
      if (starts_[l].way == Way::drop) starts_[l].y = cell(network_.links[l].from).y + network_.links[l].leave_y;
  }

  std::vector<Meeting> meetings(std::uint32_t i, bool out) {
    std::vector<Meeting> all;
    for (const auto p : out ? state_.after[i] : state_.before[i]) {
      auto& end = (out ? starts_ : ends_)[state_.pieces[p].link];
      if (end.way == Way::side) all.push_back({far_line(p, out), &end});
    }
    for (const auto l : turning_[out ? 0 : 1].empty() ? find_turning(out)[i] : turning_[out ? 0 : 1][i]) {
      auto& end = (out ? starts_ : ends_)[l];
      if (end.way != Way::side) continue;
      const auto& chain = state_.chains[l];
      const double far =
          chain.around ? outer_[l] : cell(out ? chain.cells[1] : chain.cells[chain.cells.size() - 2]).line();
      all.push_back({far, &end});
    }
    return all;
  }

  /// The lines of each item that turn back or are led around: they have no piece at the item.
  const std::vector<std::vector<std::uint32_t>>& find_turning(bool out) {
    auto& by_item = turning_[out ? 0 : 1];
    by_item.resize(network_.items.size());
    for (std::uint32_t l = 0; l < network_.links.size(); ++l)
      if (state_.chains[l].back || state_.chains[l].around)
        by_item[out ? network_.links[l].from : network_.links[l].to].push_back(l);
    return by_item;
  }

  void spread(std::uint32_t i, std::vector<Meeting> all) {
    const double port = cell(i).line();
    if (all.size() < 2 || item(i).pointed) {
      for (auto& meeting : all) meeting.end->y = port;
      return;
    }
    std::stable_sort(all.begin(), all.end(), [](const Meeting& a, const Meeting& b) { return a.far < b.far; });
    std::size_t middle = 0;
    for (std::size_t k = 1; k < all.size(); ++k)
      if (std::abs(all[k].far - port) < std::abs(all[middle].far - port)) middle = k;
    const double room = std::min(item(i).port - item(i).top, item(i).bottom - item(i).port) - 8;
    const auto most = static_cast<double>(std::max(middle, all.size() - 1 - middle));
    const double step = std::min(port_pitch, std::max(0.5, room / most));
    for (std::size_t k = 0; k < all.size(); ++k)
      all[k].end->y = port + (static_cast<double>(k) - static_cast<double>(middle)) * step;
  }

  // --- turns in the channels: channel k lies to the left of column k -------------------------------------------------

  TurnRef add_turn(std::uint32_t channel, double from, bool from_left, double to, bool to_left) {
    if (from_left != to_left && std::abs(from - to) < level) return {channel, nothing};
    auto& turns = channels_[channel].turns;
    turns.push_back({from, to, from_left, to_left, 0});
    return {channel, static_cast<std::uint32_t>(turns.size() - 1)};
  }

  double piece_y(std::uint32_t p, bool left) const {
    const auto& piece = state_.pieces[p];
    const auto c = left ? piece.left : piece.right;
    if (cell(c).item == nothing) return cell(c).line();
    return (left ? starts_ : ends_)[piece.link].y;
  }

  static bool turns_beside(const End& end) { return end.way == Way::below || end.way == Way::above; }

  void collect_turns() {
    for (std::uint32_t p = 0; p < state_.pieces.size(); ++p)
      piece_turn_[p] = add_turn(cell(state_.pieces[p].right).layer, piece_y(p, true), true, piece_y(p, false), false);
    for (std::uint32_t l = 0; l < network_.links.size(); ++l) {
      const auto& chain = state_.chains[l];
      const auto& link = network_.links[l];
      auto& room = channels_[cell(link.from).layer + 1].label;
      if (!chain.around) room = std::max(room, link.label_width);
      if (!chain.back && !chain.around) continue;
      const auto right = cell(link.from).layer + 1;
      const auto left = cell(link.to).layer;
      if (chain.around) {
        first_turn_[l] = add_turn(right, starts_[l].y, true, outer_[l], chain.back);
        last_turn_[l] = add_turn(left, outer_[l], !chain.back, ends_[l].y, false);
        continue;
      }
      const double begin = cell(chain.cells[1]).line();
      const double end = cell(chain.cells[chain.cells.size() - 2]).line();
      if (!turns_beside(starts_[l])) first_turn_[l] = add_turn(right, starts_[l].y, true, begin, true);
      if (!turns_beside(ends_[l])) last_turn_[l] = add_turn(left, end, false, ends_[l].y, false);
    }
  }

  // --- columns -------------------------------------------------------------------------------------------------------

  void place_columns() {
    double x = 0;
    const auto columns = state_.layers.size();
    columns_.resize(columns);
    for (std::size_t k = 0; k <= columns; ++k) {
      auto& channel = channels_[k];
      channel.x = x;
      const auto tracks = assign_tracks(channel.turns);
      const bool outer = k == 0 || k == columns;
      const double bare = outer ? 0 : least_channel;
      const double turned = tracks == 0 ? 0 : left_margin + (tracks - 1) * track_pitch + right_margin;
      const double labelled =
          channel.label > 0 ? (tracks == 0 ? left_margin + right_margin : turned) + channel.label : 0;
      x += std::max({bare, turned, labelled});
      channel.right = x;
      if (k == columns) break;
      double left = 0;
      double right = 0;
      for (const auto c : state_.layers[k])
        if (cell(c).item != nothing) {
          left = std::max(left, item(c).centre);
          right = std::max(right, item(c).width - item(c).centre);
        }
      columns_[k] = x + left;
      x += left + right;
    }
    width_ = x;
  }

  double track_x(const TurnRef& ref) const {
    const auto& channel = channels_[ref.channel];
    return channel.x + left_margin + channel.turns[ref.turn].track * track_pitch;
  }

  Point corner_of(std::uint32_t i) const { return {columns_[cell(i).layer] - item(i).centre, cell(i).y}; }

  // --- the lines -----------------------------------------------------------------------------------------------------

  void begin(std::uint32_t l, std::vector<Point>& points) const {
    const auto& link = network_.links[l];
    const auto at = corner_of(link.from);
    const auto& shape = item(link.from);
    const auto& end = starts_[l];
    switch (end.way) {
      case Way::side:
        points.push_back({at.x + shape.right, end.y});
        break;
      case Way::below:
      case Way::above:
        points.push_back({at.x + shape.centre, at.y + (end.way == Way::below ? shape.bottom : shape.top)});
        points.push_back({at.x + shape.centre, turned_y(l, true)});
        break;
      case Way::drop:
        points.push_back({at.x + link.leave_x, at.y + link.start_y});
        points.push_back({at.x + link.leave_x, end.y});
        break;
    }
  }

  void finish(std::uint32_t l, std::vector<Point>& points) const {
    const auto& link = network_.links[l];
    const auto at = corner_of(link.to);
    const auto& shape = item(link.to);
    const auto& end = ends_[l];
    if (end.way == Way::side) {
      points.push_back({at.x + shape.left, end.y});
      return;
    }
    points.push_back({at.x + shape.centre, turned_y(l, false)});
    points.push_back({at.x + shape.centre, at.y + (end.way == Way::below ? shape.bottom : shape.top)});
  }

  /// The height at which a line that leaves or enters by a corner goes on.
  double turned_y(std::uint32_t l, bool start) const {
    const auto& chain = state_.chains[l];
    if (chain.back) return cell(start ? chain.cells[1] : chain.cells[chain.cells.size() - 2]).line();
    return (start ? starts_ : ends_)[l].y;
  }

  void turn(const TurnRef& ref, bool forward, std::vector<Point>& points) const {
    if (ref.turn == nothing) return;
    const auto& t = channels_[ref.channel].turns[ref.turn];
    const double x = track_x(ref);
    points.push_back({x, forward ? t.from_y : t.to_y});
    points.push_back({x, forward ? t.to_y : t.from_y});
  }

  std::vector<Point> route(std::uint32_t l) const {
    std::vector<Point> points;
    const auto& chain = state_.chains[l];
    begin(l, points);
    turn(first_turn_[l], true, points);
    for (const auto p : pieces_[l]) turn(piece_turn_[p], !chain.back, points);
    turn(last_turn_[l], true, points);
    finish(l, points);
    return without_needless(std::move(points));
  }

  Bounds label_of(std::uint32_t l) const {
    const auto& link = network_.links[l];
    if (link.label_width <= 0) return {};
    const auto& chain = state_.chains[l];
    if (chain.around) {
      const auto& channel = channels_[cell(link.from).layer + 1];
      return {channel.right, outer_[l] - link.label_height - 1, link.label_width, link.label_height};
    }
    if (chain.back) {
      const double y = cell(chain.cells[1]).line();
      const auto at = corner_of(link.from);
      const bool direct = turns_beside(starts_[l]);
      const double right = direct ? at.x + item(link.from).centre : at.x + item(link.from).right;
      return {right - link.label_width - 4, y - link.label_height - 1, link.label_width, link.label_height};
    }
    const auto& channel = channels_[cell(link.from).layer + 1];
    const double y = piece_y(pieces_[l].front(), false);
    return {channel.right - right_margin - link.label_width + 6, y - link.label_height - 1, link.label_width,
            link.label_height};
  }

  Placed result() {
    Placed placed;
    pieces_.resize(network_.links.size());
    for (std::uint32_t p = 0; p < state_.pieces.size(); ++p) pieces_[state_.pieces[p].link].push_back(p);
    for (std::uint32_t i = 0; i < network_.items.size(); ++i) placed.at.push_back(corner_of(i));
    for (std::uint32_t l = 0; l < network_.links.size(); ++l) {
      placed.routes.push_back(route(l));
      placed.labels.push_back(label_of(l));
    }
    placed.band_top = state_.band_top;
    placed.width = width_;
    placed.height = state_.band_top.back();
    if (top_ < 0) shift_down(placed, -top_ + 10);
    return placed;
  }

  static void shift_down(Placed& placed, double by) {
    for (auto& at : placed.at) at.y += by;
    for (auto& points : placed.routes)
      for (auto& point : points) point.y += by;
    for (auto& label : placed.labels) label.y += by;
    for (std::size_t b = 1; b < placed.band_top.size(); ++b) placed.band_top[b] += by;
    placed.height += by;
  }

  State& state_;
  const Network& network_;
  std::vector<End> starts_;
  std::vector<End> ends_;
  std::vector<bool> below_;
  std::vector<bool> above_;
  std::vector<double> outer_;
  std::vector<Channel> channels_;
  std::vector<TurnRef> first_turn_;
  std::vector<TurnRef> last_turn_;
  std::vector<TurnRef> piece_turn_;
  std::vector<std::vector<std::uint32_t>> pieces_;
  std::vector<std::vector<std::uint32_t>> turning_[2];
  std::vector<double> columns_;
  double width_ = 0;
  double top_ = 0;
};

}  // namespace

Placed lead_lines(State& state) {
  return Lines(state).run();
}

}  // namespace echoflow::layout::layered
