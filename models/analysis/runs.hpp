#pragma once
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "models/analysis/search.hpp"
#include "models/analysis/view.hpp"

namespace echoflow::analysis {

/// Steps of a run; nobody reads more.
inline constexpr std::uint64_t longest_run = 3'000;

/// Adds those that are not there yet.
void append(std::vector<EdgeIndex>& to, const std::vector<EdgeIndex>& more);

/// A vertex that acts, and the edges that get a token. Of a vertex that several tokens could set off, any does.
struct Step {
  VertexIndex vertex = 0;
  std::vector<EdgeIndex> to;
};
using Run = std::vector<Step>;

/// Runs of a container's token game, put together along the structure tree: what shows a finding.
class Runs {
 public:
  /// `avoided`: by vertex; runs go round it where they can choose.
  explicit Runs(const View& view, std::vector<bool> avoided = {});

  /// The edges that get a token when the fragment is entered, and the steps inside it until it is left: of the shortest
  /// run, none when it cannot be run through. Its entry and exit act outside of it.
  std::optional<std::vector<EdgeIndex>> entering(FragmentIndex fragment);
  bool add_inside(FragmentIndex fragment, Run& run);
  /// From the start to the step of the fragment's entry by which the edges get a token.
  std::optional<Run> up_to(FragmentIndex fragment, std::vector<EdgeIndex> edges);
  /// To the moment before the fragment's entry acts.
  std::optional<Run> before(FragmentIndex fragment);
  /// From the start to the moment before the vertex acts.
  std::optional<Run> before_vertex(VertexIndex vertex);
  /// What a search over the fragment's children found, in full: from the start to the trace's last step.
  std::optional<Run> of_trace(FragmentIndex fragment, const Net& net, const std::vector<Firing>& trace);
  /// Keeps a search's shortest run through the fragment, so that it need not be searched again.
  void keep_completion(FragmentIndex fragment, const Net& net, const Search& search);

  /// The ids of the elements, as `Finding::witness` has them; empty when some step could not be taken.
  std::vector<std::string> ids(const Run& run) const;

 private:
  struct Way {
    std::uint64_t cost = impossible;
    std::vector<FragmentIndex> taken;  ///< of a bond
  };
  struct Completion {
    Net net;
    std::vector<Firing> trace;
  };
  static constexpr std::uint64_t impossible = ~std::uint64_t{0} / 4;

  bool can_be_played(const Run& run) const;
  bool blocked(const Fragment& loop) const;
  void weigh();
  Way weigh_bond(const Fragment& fragment, FragmentIndex f) const;
  std::uint64_t weigh_rigid(FragmentIndex f);
  std::uint64_t weight(VertexIndex v) const;
  bool fits_join(const Fragment& fragment, std::size_t taken) const;
  std::optional<std::vector<EdgeIndex>> entering_all(const std::vector<FragmentIndex>& fragments);
  bool add_rigid(const Completion& completion, Run& run);
  /// Steps of firings from `from` on; the places hold what the first ones put there.
  bool add_firings(const Net& net, const std::vector<Firing>& trace, std::size_t from, bool with_rest, Run& run,
                   const std::vector<EdgeIndex>* last_edges, FragmentIndex last_child);
  bool climb(FragmentIndex& fragment, std::vector<EdgeIndex>& edges, std::vector<Run>& parts);
  bool climb_polygon(FragmentIndex parent, FragmentIndex child, std::vector<EdgeIndex>& edges, Run& part);
  bool climb_bond(FragmentIndex parent, FragmentIndex child, std::vector<EdgeIndex>& edges, Run& part);
  bool climb_rigid(FragmentIndex parent, FragmentIndex child, std::vector<EdgeIndex>& edges, Run& part);

  const View& view_;
  std::vector<bool> avoided_;
  std::vector<Way> ways_;  ///< by fragment; empty until asked
  std::map<FragmentIndex, Completion> completions_;
};

}  // namespace echoflow::analysis
