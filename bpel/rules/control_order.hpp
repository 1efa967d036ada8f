#pragma once
#include <vector>

#include "bpel/rules/model.hpp"

namespace echoflow::rules {

/// Which activity must be over before which other can begin: the order that sequences and links impose (WS-BPEL 2.0
/// §11.6.1, §12.5.2), as a graph of the beginnings and ends of all sites.
class ControlOrder {
 public:
  explicit ControlOrder(const Model& model);

  /// The events that cannot come before the end of `site`.
  class After {
   public:
    bool begins(const Site& site) const { return reached_[2 * site.index]; }
    bool ends(const Site& site) const { return reached_[2 * site.index + 1]; }

   private:
    friend class ControlOrder;
    explicit After(std::size_t events) : reached_(events) {}
    std::vector<bool> reached_;
  };
  After after_end(const Site& site) const;
  After after_begin(const Site& site) const;
  /// The union of after_end of a site and of all sites in it.
  After after_any_end_in(const Site& site) const;

 private:
  void edge(std::size_t from, std::size_t to) { next_[from].push_back(to); }
  void order_handlers(const Site& scope);
  void reach(std::size_t event, After& after) const;
  std::size_t events() const { return next_.size(); }

  std::vector<std::vector<std::size_t>> next_;
};

}  // namespace echoflow::rules
