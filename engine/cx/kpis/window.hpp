#pragma once
#include <cstdint>
#include <optional>
#include <string>

#include "engine/cx/kpis/figures.hpp"
#include "models/base/time.hpp"
#include "models/cx/kpi_definition.hpp"

namespace echoflow::kpis {

using WindowSpec = cx::KpiWindow;

/// A sliding window is moved in so many steps; what it forgets it forgets by one such slice. So a window of an hour
/// covers between 60 and 61 minutes, and one of 600 samples between 591 and 600.
inline constexpr std::uint64_t slices_per_window = 60;

/// The samples of a window, in slices. Time comes in with the calls and does not go back; memory is bounded by the
/// slices. A calendar window is the running hour, day (from 00:00 UTC), week (from Monday) or month.
class Window {
 public:
  /// At a time that advance() has reached.
  void add(const WindowSpec& spec, TimePoint at, double value, double weight);
  /// Lets time pass; true when a figure changed.
  bool advance(const WindowSpec& spec, TimePoint now);
  /// When time alone will change something; none: never.
  std::optional<TimePoint> next_change(const WindowSpec& spec) const;

  /// Of all that is in the window.
  const Figures& figures() const { return total_; }
  /// Of the calendar window before this one.
  const Figures& previous() const { return previous_; }
  /// Start of the calendar window that is running; none before its first sample.
  std::optional<TimePoint> begun() const { return begun_ != 0 ? std::optional(TimePoint{begun_}) : std::nullopt; }
  friend bool operator==(const Window&, const Window&) = default;

  template <class V>
  void fields(V& v) {
    v(1, slices_);
    v(2, previous_);
    v(3, begun_);
  }
  /// After fields() was read: makes the total again.
  void restore() { total(); }

 private:
  struct Slice {
    std::int64_t start = 0;  ///< micros
    Figures figures;
    template <class V>
    void fields(V& v) {
      v(1, start);
      v(2, figures);
    }
    friend bool operator==(const Slice&, const Slice&) = default;
  };
  void total();
  void close();

  std::vector<Slice> slices_;  ///< with samples, oldest first
  Figures total_;              ///< of all slices
  Figures previous_;
  std::int64_t begun_ = 0;  ///< micros
};

/// Start and end of the calendar window in which a moment lies.
TimePoint window_start(const WindowSpec& spec, TimePoint at);
TimePoint window_end(const WindowSpec& spec, TimePoint start);

}  // namespace echoflow::kpis
