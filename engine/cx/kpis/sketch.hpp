#pragma once
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace echoflow::kpis {

/// Quantiles of many values from few counters: values are counted in buckets whose bounds grow by one factor, so that
/// every quantile is known to within `accuracy` of itself. Sketches can be added to and taken from one another without
/// loss, whatever the order. The idea is that of DDSketch (Masson, Rim, Lee 2019) with fixed outer bounds instead of
/// collapsing buckets, since only so can a sketch be taken away again.
class Sketch {
 public:
  /// Relative error of a quantile whose value lies between `smallest` and `largest` (or their negatives).
  static constexpr double accuracy = 0.01;
  /// Nearer to zero is counted as zero.
  static constexpr double smallest = 1e-6;
  /// Farther from zero is counted as this.
  static constexpr double largest = 1e9;

  void add(double value);
  void add(const Sketch& other);
  /// Takes away what was added before.
  void remove(const Sketch& other);
  /// The value at rank ⌈q·count⌉ (nearest rank; q from 0 to 1) to within `accuracy`; none when empty.
  std::optional<double> quantile(double q) const;

  std::uint64_t count() const { return count_; }
  std::size_t buckets() const { return buckets_.size(); }
  /// How many buckets there can be at most, whatever is counted.
  static std::size_t most_buckets();

  std::string encode() const;
  /// False when the bytes are broken.
  bool decode(std::string_view bytes);
  friend bool operator==(const Sketch&, const Sketch&) = default;

 private:
  using Bucket = std::pair<std::int32_t, std::uint64_t>;  ///< index: 0 for zero, negative for negative values
  void count(std::int32_t index, std::uint64_t count);

  std::vector<Bucket> buckets_;  ///< ascending, so also by value
  std::uint64_t count_ = 0;
};

}  // namespace echoflow::kpis
