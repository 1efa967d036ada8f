#pragma once
#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "models/graph/process_graph.hpp"

namespace echoflow::documents {

/// Replays what a run did against the process's description: each step must be reachable from what was done before it
/// through elements that leave no trace of their own (gateways, plain events). Immutable once made; a run's state is a
/// few bits.
class Replay {
 public:
  /// `observable`: ids of the elements that runs show when they execute them; ids that are no activity or event of the
  /// graph are left out.
  Replay(const graph::ProcessGraph& description, const std::set<std::string>& observable);

  struct Run {
    std::vector<std::uint64_t> allowed, seen;
    bool may_end = false;
  };
  Run begin() const;

  enum class Verdict : std::uint8_t {
    fits,
    skipped,   ///< something that comes before it was not done
    repeated,  ///< it was done already, and lies in no loop
  };
  static constexpr std::uint32_t unknown = UINT32_MAX;
  /// Number of an observable element, or `unknown`: the description does not have it.
  std::uint32_t index_of(std::string_view element) const;
  Verdict see(Run& run, std::uint32_t element) const;

 private:
  struct Element {
    std::vector<std::uint32_t> next;  ///< reachable without passing an observable one
    bool reaches_end = false, in_loop = false;
  };
  void allow(Run& run, const Element& element) const;

  std::map<std::string, std::uint32_t, std::less<>> by_id_;
  std::vector<Element> elements_;
  Element start_;
};

}  // namespace echoflow::documents
