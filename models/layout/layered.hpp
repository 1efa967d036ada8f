#pragma once
#include <cstdint>
#include <vector>

#include "models/layout/drawing.hpp"

/// Layered placement from left to right after Sugiyama, Tagawa & Toda (1981), with rows kept in bands (lanes) and lines
/// led through channels between the columns, so that no line runs through a box.
namespace echoflow::layout::layered {

struct Item {
  double width = 0;
  double height = 0;
  double port = 0;          ///< where lines meet it on the left and right, from its top
  double centre = 0;        ///< of its symbol, from its left
  double top = 0;           ///< of its symbol, from its top
  double bottom = 0;        ///< of its symbol, from its top
  double left = 0;          ///< of its symbol, from its left
  double right = 0;         ///< of its symbol, from its left
  bool pointed = false;     ///< lines meet in one point (gateways, events), else they are spread
  bool free_above = false;  ///< lines may leave and enter at the top
  bool free_below = false;
  std::uint32_t band = 0;
  double hint = 0;                    ///< its place in the order of its column, as the structure tree has it
  std::uint32_t column = UINT32_MAX;  ///< one that it must stand in, where there are so many; else by its links
  bool starts = false;                ///< rather to the left than where a cycle would place it
};

struct Link {
  std::uint32_t from = 0;
  std::uint32_t to = 0;
  double hint = 0;
  /// A line that does not leave at the port: it leaves at the item's lower edge, `leave_x` from its left, and goes down
  /// to `leave_y` from its top, which is inside the item's height (boundary events).
  bool drops = false;
  double leave_x = 0;
  double leave_y = 0;
  double start_y = 0;  ///< where it begins, from the item's top
  double label_width = 0;
  double label_height = 0;
};

/// A line that is led afterwards, between items of different sections: they rather stand above each other.
struct Across {
  static constexpr std::uint32_t outside = UINT32_MAX;
  std::uint32_t item = 0;
  std::uint32_t other = outside;  ///< an item, or outside where it leads to no item
  bool down = true;               ///< from `item`
};

struct Network {
  std::vector<Item> items;
  std::vector<Link> links;
  std::vector<Across> across;
  std::vector<std::uint32_t> section;  ///< by band: the pool that it is in; may be empty: one for all
  std::uint32_t bands = 1;
  double band_padding = 0;
  std::vector<double> least_band_height;  ///< by band; may be empty
};

struct Placed {
  std::vector<Point> at;                   ///< top left of each item
  std::vector<std::vector<Point>> routes;  ///< of each link, from symbol to symbol
  std::vector<Bounds> labels;              ///< of each link that has one: its place, above a level stretch
  std::vector<double> band_top;            ///< one more than there are bands
  double width = 0;
  double height = 0;
};

Placed place(const Network& network);

}  // namespace echoflow::layout::layered
