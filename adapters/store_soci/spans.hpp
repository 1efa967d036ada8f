#pragma once
#include <cstdint>
#include <map>
#include <span>
#include <vector>

#include "engine/ports/store.hpp"

namespace echoflow::store {

/// When the instances of a block of ids have started, in microseconds, rounded outwards to minutes.
struct Span {
  std::int64_t block = 0, earliest = 0, latest = 0;
};

inline constexpr std::int64_t ids_in_a_block = 4'096;

/// What is known to be in the table of spans, so that a span is written only when it gets wider: instances are listed by
/// their start, and an index of all of them would be written with each.
class Spans {
 public:
  /// The spans that the new instances among `turns` make wider; they count as written from now on.
  std::vector<Span> widened_by(std::span<engine::Turn* const> turns);
  /// A transaction has failed: what was thought written may not be there.
  void forget() { known_.clear(); }

 private:
  std::map<std::int64_t, Span> known_;
};

}  // namespace echoflow::store
