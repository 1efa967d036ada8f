#pragma once
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "models/records/journal_chain.hpp"

/// The journal's hash chain in blocks: so that a single row can be shown to be in it without showing the others.
namespace echoflow::documents {

/// Rows in a block; only the last one may have fewer.
inline constexpr std::size_t rows_in_block = 1'024;

struct Block {
  std::int64_t first = 0, last = 0;  ///< positions
  Sha256 previous{};                 ///< hash of the row before the first
  Sha256 hash{};                     ///< of the last row
  Sha256 root{};                     ///< of the tree over the rows' hashes
};

/// Root of the hash tree: a leaf is SHA-256(0 ‖ hash), a node SHA-256(1 ‖ left ‖ right); the last one of an odd level
/// moves up as it is. Zeros for no leaves.
Sha256 tree_root(const std::vector<Sha256>& hashes);
/// The neighbours on the way from a leaf to the root, from below.
std::vector<Sha256> tree_path(const std::vector<Sha256>& hashes, std::size_t leaf);
/// The root to which the path leads; nothing when it is too long or too short for `leaves`.
std::optional<Sha256> climb(const Sha256& hash, std::size_t leaf, std::size_t leaves, const std::vector<Sha256>& path);

/// Follows the chain row by row and hands over each block.
class ChainBlocks {
 public:
  explicit ChainBlocks(std::function<void(const Block&)> take) : take_(std::move(take)) {}
  /// What does not fit; nothing when it does.
  std::optional<std::string> add(const records::ChainLink& link, const Sha256& hash);
  void finish();
  const records::ChainEnd& end() const { return end_; }

 private:
  std::function<void(const Block&)> take_;
  records::ChainEnd end_;
  Block block_;
  std::vector<Sha256> hashes_;
};

}  // namespace echoflow::documents
