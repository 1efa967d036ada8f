#pragma once
#include <cstdint>
#include <limits>
#include <vector>

namespace echoflow::structure {

/// Doubly linked lists of numbers in one block of memory; an item keeps its place number until it is erased.
class ListPool {
 public:
  static constexpr std::uint32_t nil = std::numeric_limits<std::uint32_t>::max();

  ListPool(std::uint32_t lists, std::size_t expected) : heads_(lists, nil), tails_(lists, nil) {
    items_.reserve(expected);
  }

  std::uint32_t push_back(std::uint32_t list, std::uint32_t value) {
    const auto at = static_cast<std::uint32_t>(items_.size());
    items_.push_back({value, list, tails_[list], nil});
    (tails_[list] == nil ? heads_[list] : items_[tails_[list]].next) = at;
    tails_[list] = at;
    return at;
  }
  std::uint32_t push_front(std::uint32_t list, std::uint32_t value) {
    const auto at = static_cast<std::uint32_t>(items_.size());
    items_.push_back({value, list, nil, heads_[list]});
    (heads_[list] == nil ? tails_[list] : items_[heads_[list]].previous) = at;
    heads_[list] = at;
    return at;
  }
  void erase(std::uint32_t at) {
    const Item& item = items_[at];
    (item.previous == nil ? heads_[item.list] : items_[item.previous].next) = item.next;
    (item.next == nil ? tails_[item.list] : items_[item.next].previous) = item.previous;
  }

  std::uint32_t first(std::uint32_t list) const { return heads_[list]; }
  std::uint32_t next(std::uint32_t at) const { return items_[at].next; }
  std::uint32_t value(std::uint32_t at) const { return items_[at].value; }
  void set_value(std::uint32_t at, std::uint32_t value) { items_[at].value = value; }

 private:
  struct Item {
    std::uint32_t value, list, previous, next;
  };
  std::vector<Item> items_;
  std::vector<std::uint32_t> heads_, tails_;
};

}  // namespace echoflow::structure
