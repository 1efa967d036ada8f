#include "engine/cx/kpis/window.hpp"
#include "models/base/micros.hpp"

#include <algorithm>

namespace echoflow::kpis {
namespace {

using Kind = cx::KpiWindowKind;

constexpr std::int64_t first_monday = 4 * 86'400 * second_micros;  // 1970-01-05

std::int64_t floor_to(std::int64_t value, std::int64_t step) {
  const auto rest = value % step;
  return value - (rest < 0 ? rest + step : rest);
}

std::int64_t slice_micros(const WindowSpec& spec) {
  return std::max<std::int64_t>(spec.span.micros / static_cast<std::int64_t>(slices_per_window), 1);
}

std::uint64_t slice_number(const WindowSpec& spec) {
  return (spec.count + slices_per_window - 1) / slices_per_window;
}

/// When a slice of a sliding window of time has left it.
std::int64_t leaves_at(const WindowSpec& spec, std::int64_t start) {
  return start + slice_micros(spec) + spec.span.micros;
}

TimePoint first_of_month(std::int64_t months) {
  DateTime date;
  date.year = 1970 + floor_to(months, 12) / 12;
  date.month = static_cast<std::int32_t>(months - floor_to(months, 12)) + 1;
  return to_time_point(date);
}

}  // namespace

TimePoint window_start(const WindowSpec& spec, TimePoint at) {
  if (spec.span.months == 0)
    return {floor_to(at.micros - first_monday, std::max<std::int64_t>(spec.span.micros, 1)) + first_monday};
  const auto date = to_date_time(at);
  return first_of_month(floor_to((date.year - 1970) * 12 + date.month - 1, spec.span.months));
}

TimePoint window_end(const WindowSpec& spec, TimePoint start) {
  if (spec.span.months == 0) return {start.micros + std::max<std::int64_t>(spec.span.micros, 1)};
  const auto date = to_date_time(start);
  return first_of_month((date.year - 1970) * 12 + date.month - 1 + spec.span.months);
}

void Window::add(const WindowSpec& spec, TimePoint at, double value, double weight) {
  std::int64_t start = 0;
  if (spec.kind == Kind::sliding) start = floor_to(at.micros, slice_micros(spec));
  if (spec.kind == Kind::calendar && begun_ == 0) begun_ = window_start(spec, at).micros;
  const bool full =
      !slices_.empty() && spec.kind == Kind::last && weight > 0 && slices_.back().figures.count >= slice_number(spec);
  if (slices_.empty() || slices_.back().start < start || full) slices_.push_back({start, {}});
  slices_.back().figures.add(value, weight);
  total_.add(value, weight);
  if (spec.kind == Kind::last && total_.count > spec.count) {
    slices_.erase(slices_.begin());
    total();
  }
}

bool Window::advance(const WindowSpec& spec, TimePoint now) {
  bool changed = false;
  if (spec.kind == Kind::sliding) {
    const auto gone = std::find_if(slices_.begin(), slices_.end(),
                                   [&](const Slice& slice) { return leaves_at(spec, slice.start) > now.micros; });
    changed = gone != slices_.begin();
    slices_.erase(slices_.begin(), gone);
    if (changed) total();
  }
  if (spec.kind == Kind::calendar && begun_ != 0) {
    if (window_end(spec, {begun_}) > now) return false;
    close();
    // What lies between is empty.
    const auto start = window_start(spec, now);
    if (window_end(spec, {begun_}) < start) close();
    begun_ = start.micros;
    changed = true;
  }
  return changed;
}

std::optional<TimePoint> Window::next_change(const WindowSpec& spec) const {
  if (spec.kind == Kind::sliding && !slices_.empty()) return TimePoint{leaves_at(spec, slices_.front().start)};
  if (spec.kind == Kind::calendar && begun_ != 0 && !total_.empty()) return window_end(spec, {begun_});
  return std::nullopt;
}

void Window::close() {
  previous_ = std::move(total_);
  total_ = {};
  slices_.clear();
}

/// Sums are made anew from the slices: what is added and taken away again leaves its rounding behind.
void Window::total() {
  total_ = {};
  for (const auto& slice : slices_) {
    const auto& part = slice.figures;
    total_.count += part.count;
    total_.sum += part.sum;
    total_.weight += part.weight;
    total_.sketch.add(part.sketch);
    if (part.least) total_.least = total_.least ? std::min(*total_.least, *part.least) : *part.least;
    if (part.most) total_.most = total_.most ? std::max(*total_.most, *part.most) : *part.most;
  }
}

}  // namespace echoflow::kpis
