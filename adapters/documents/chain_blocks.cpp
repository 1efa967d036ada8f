#include "adapters/documents/chain_blocks.hpp"

namespace echoflow::documents {

namespace {

Sha256 leaf_of(const Sha256& hash) {
  std::string text(1, '\0');
  text.append(reinterpret_cast<const char*>(hash.data()), hash.size());
  return sha256(text);
}

Sha256 joined(const Sha256& left, const Sha256& right) {
  std::string text(1, '\1');
  text.append(reinterpret_cast<const char*>(left.data()), left.size());
  text.append(reinterpret_cast<const char*>(right.data()), right.size());
  return sha256(text);
}

std::vector<Sha256> leaves_of(const std::vector<Sha256>& hashes) {
  std::vector<Sha256> level;
  level.reserve(hashes.size());
  for (const auto& hash : hashes) level.push_back(leaf_of(hash));
  return level;
}

std::vector<Sha256> next_level(const std::vector<Sha256>& level) {
  std::vector<Sha256> next;
  next.reserve(level.size() / 2 + 1);
  for (std::size_t i = 0; i + 1 < level.size(); i += 2) next.push_back(joined(level[i], level[i + 1]));
  if (level.size() % 2 == 1) next.push_back(level.back());
  return next;
}

}  // namespace

Sha256 tree_root(const std::vector<Sha256>& hashes) {
  if (hashes.empty()) return {};
  auto level = leaves_of(hashes);
  while (level.size() > 1) level = next_level(level);
  return level.front();
}

std::vector<Sha256> tree_path(const std::vector<Sha256>& hashes, std::size_t leaf) {
  std::vector<Sha256> path;
  auto level = leaves_of(hashes);
  for (; level.size() > 1; leaf /= 2) {
    if (const std::size_t neighbour = leaf ^ 1u; neighbour < level.size()) path.push_back(level[neighbour]);
    level = next_level(level);
  }
  return path;
}

std::optional<Sha256> climb(const Sha256& hash, std::size_t leaf, std::size_t leaves, const std::vector<Sha256>& path) {
  if (leaf >= leaves) return std::nullopt;
  Sha256 at = leaf_of(hash);
  std::size_t used = 0;
  for (; leaves > 1; leaf /= 2, leaves = (leaves + 1) / 2) {
    if ((leaf ^ 1u) >= leaves) continue;
    if (used == path.size()) return std::nullopt;
    const Sha256& neighbour = path[used++];
    at = leaf % 2 == 0 ? joined(at, neighbour) : joined(neighbour, at);
  }
  if (used != path.size()) return std::nullopt;
  return at;
}

std::optional<std::string> ChainBlocks::add(const records::ChainLink& link, const Sha256& hash) {
  const Sha256 previous = end_.hash;
  if (auto wrong = records::follow(end_, link, hash)) return wrong;
  if (hashes_.empty()) {
    block_.first = link.position;
    block_.previous = previous;
  }
  hashes_.push_back(hash);
  if (hashes_.size() == rows_in_block) finish();
  return std::nullopt;
}

void ChainBlocks::finish() {
  if (hashes_.empty()) return;
  block_.last = end_.position;
  block_.hash = end_.hash;
  block_.root = tree_root(hashes_);
  take_(block_);
  hashes_.clear();
}

}  // namespace echoflow::documents
