#pragma once
#include <map>
#include <string>
#include <vector>

#include "models/analysis/view.hpp"

namespace echoflow::test {

/// Plays a witness's ids in a token game of its own, as a reader would with coins on the drawing.
class Replay {
 public:
  explicit Replay(const analysis::View& view) : view_(view) {}

  /// False when some id cannot act where it stands; `why` says which.
  bool play(const std::vector<std::string>& ids);
  std::string why;
  /// Tokens by edge.
  std::map<analysis::EdgeIndex, int> tokens;
  /// Before and after tokens have passed the activities' own merges.
  int most_on_one();

 private:
  int count() const;
  bool begin(const std::vector<std::string>& ids, std::size_t& at);
  bool act(analysis::VertexIndex v, const std::vector<std::string>& ids, std::size_t& at);
  bool take(analysis::VertexIndex v);
  void settle();
  analysis::VertexIndex split_of(const std::string& flow) const;
  const analysis::View& view_;
};

}  // namespace echoflow::test
