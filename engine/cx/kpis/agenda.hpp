#pragma once
#include <compare>
#include <cstdint>
#include <optional>
#include <set>
#include <string>

#include "models/base/time.hpp"

namespace echoflow::kpis {

/// What time alone will change: the windows of groups, and the limits of what is being measured.
class Agenda {
 public:
  struct Due {
    std::int64_t at = 0;    ///< micros
    std::uint32_t kpi = 0;  ///< Kpi::serial()
    bool of_span = false;   ///< else of a group
    std::string key;
    friend auto operator<=>(const Due&, const Due&) = default;
  };
  /// `from` is where it stood, 0: nowhere; `to` 0: nowhere any more.
  void move(std::int64_t from, std::int64_t to, std::uint32_t kpi, bool of_span, const std::string& key) {
    if (from == to) return;
    if (from != 0) dues_.erase({from, kpi, of_span, key});
    if (to != 0) dues_.insert({to, kpi, of_span, key});
  }
  std::optional<TimePoint> next() const {
    if (dues_.empty()) return std::nullopt;
    return TimePoint{dues_.begin()->at};
  }
  Due first() const { return *dues_.begin(); }
  std::size_t size() const { return dues_.size(); }

 private:
  std::set<Due> dues_;
};

}  // namespace echoflow::kpis
