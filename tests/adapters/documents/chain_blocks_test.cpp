#include "adapters/documents/chain_blocks.hpp"

#include <gtest/gtest.h>

namespace echoflow::documents {

namespace {
std::vector<Sha256> hashes(std::size_t count) {
  std::vector<Sha256> all;
  for (std::size_t i = 0; i < count; ++i) all.push_back(sha256("row " + std::to_string(i)));
  return all;
}
}  // namespace

TEST(ChainBlocks, EveryLeafLeadsToTheRoot) {
  for (std::size_t count = 1; count <= 40; ++count) {
    const auto all = hashes(count);
    const auto root = tree_root(all);
    for (std::size_t leaf = 0; leaf < count; ++leaf) {
      const auto path = tree_path(all, leaf);
      EXPECT_EQ(climb(all[leaf], leaf, count, path), root) << leaf << " of " << count;
      if (count == 1) continue;
      EXPECT_NE(climb(all[(leaf + 1) % count], leaf, count, path), root);
      auto cut = path;
      if (!cut.empty()) cut.pop_back();
      EXPECT_NE(climb(all[leaf], leaf, count, cut), root);
      auto more = path;
      more.push_back({});
      EXPECT_NE(climb(all[leaf], leaf, count, more), root);
    }
    EXPECT_EQ(climb(all[0], count, count, {}), std::nullopt);
  }
}

TEST(ChainBlocks, FollowsTheChain) {
  std::vector<Block> blocks;
  ChainBlocks chain([&](const Block& block) { blocks.push_back(block); });
  Sha256 previous{};
  for (std::int64_t position = 1; position <= 2'500; ++position) {
    const records::ChainLink link{position, 7, static_cast<std::uint64_t>(position), 5, {}, {}};
    previous = records::link_hash(previous, link);
    ASSERT_EQ(chain.add(link, previous), std::nullopt);
  }
  chain.finish();
  ASSERT_EQ(blocks.size(), 3u);
  EXPECT_EQ(blocks[1].first, 1'025);
  EXPECT_EQ(blocks[1].previous, blocks[0].hash);
  EXPECT_EQ(blocks[2].last, 2'500);
  const records::ChainLink gap{2'502, 7, 2'502, 5, {}, {}};
  EXPECT_NE(chain.add(gap, records::link_hash(previous, gap)), std::nullopt);
}

}  // namespace echoflow::documents
