#include "engine/cx/kpis/sketch.hpp"

#include <algorithm>
#include <cmath>

#include "engine/cx/kpis/bytes.hpp"

namespace echoflow::kpis {
namespace {

/// Bucket i > 0 holds what lies in (smallest·growth^(i−1), smallest·growth^i].
constexpr double growth = (1 + Sketch::accuracy) / (1 - Sketch::accuracy);

std::int32_t index_of(double value) {
  const double size = std::fabs(value);
  if (!(size >= Sketch::smallest)) return 0;  // also what is not a number
  static const double width = std::log(growth);
  const double steps = std::ceil(std::log(std::min(size, Sketch::largest) / Sketch::smallest) / width);
  const auto index = static_cast<std::int32_t>(std::max(steps, 0.0)) + 1;
  return value < 0 ? -index : index;
}

/// The value that is within `accuracy` of all that the bucket holds.
double value_of(std::int32_t index) {
  if (index == 0) return 0;
  const double top = Sketch::smallest * std::pow(growth, std::abs(index) - 1);
  const double middle = 2 * top / (growth + 1);
  return index < 0 ? -middle : middle;
}

}  // namespace

std::size_t Sketch::most_buckets() {
  return 2 * static_cast<std::size_t>(index_of(largest)) + 1;
}

void Sketch::count(std::int32_t index, std::uint64_t count) {
  auto at = std::lower_bound(buckets_.begin(), buckets_.end(), index,
                             [](const Bucket& bucket, std::int32_t i) { return bucket.first < i; });
  if (at != buckets_.end() && at->first == index)
    at->second += count;
  else
    buckets_.insert(at, {index, count});
  count_ += count;
}

void Sketch::add(double value) {
  count(index_of(value), 1);
}

void Sketch::add(const Sketch& other) {
  for (const auto& [index, n] : other.buckets_) count(index, n);
}

void Sketch::remove(const Sketch& other) {
  auto mine = buckets_.begin();
  for (const auto& [index, n] : other.buckets_) {
    while (mine != buckets_.end() && mine->first < index) ++mine;
    if (mine == buckets_.end() || mine->first != index) continue;
    const auto taken = std::min(mine->second, n);
    mine->second -= taken;
    count_ -= taken;
  }
  std::erase_if(buckets_, [](const Bucket& bucket) { return bucket.second == 0; });
}

std::optional<double> Sketch::quantile(double q) const {
  if (count_ == 0) return std::nullopt;
  const double wanted = std::ceil(std::clamp(q, 0.0, 1.0) * static_cast<double>(count_));
  const auto rank = std::clamp<std::uint64_t>(static_cast<std::uint64_t>(wanted), 1, count_);
  std::uint64_t seen = 0;
  for (const auto& [index, n] : buckets_)
    if ((seen += n) >= rank) return value_of(index);
  return value_of(buckets_.back().first);
}

std::string Sketch::encode() const {
  std::string out;
  for (const auto& [index, n] : buckets_) {
    put_number(out, records::zigzag(index));
    put_number(out, n);
  }
  return out;
}

bool Sketch::decode(std::string_view bytes) {
  *this = {};
  while (!bytes.empty()) {
    std::uint64_t index = 0, n = 0;
    if (!take_number(bytes, index) || !take_number(bytes, n)) return false;
    count(static_cast<std::int32_t>(records::unzigzag(index)), n);
  }
  return true;
}

}  // namespace echoflow::kpis
