#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>

#include "tests/conformance/simulated_host.hpp"

namespace echoflow::scenario {
namespace {

namespace fs = std::filesystem;

std::vector<std::string> all_scenarios() {
  std::vector<std::string> paths;
  const fs::path root = fs::path(ECHOFLOW_SOURCE_DIR) / "tests/conformance";
  for (const auto& entry : fs::recursive_directory_iterator(root))
    if (entry.path().extension() == ".scenario") paths.push_back(fs::relative(entry.path(), root).string());
  std::sort(paths.begin(), paths.end());
  return paths;
}

class Scenario : public testing::TestWithParam<std::tuple<std::string, Mode>> {};

TEST_P(Scenario, Plays) {
  const auto& [path, mode] = GetParam();
  SimulatedHost host(mode);
  try {
    play((fs::path(ECHOFLOW_SOURCE_DIR) / "tests/conformance" / path).string(), host);
  } catch (const std::exception& e) {
    FAIL() << e.what();
  }
}

std::string name_of_run(const testing::TestParamInfo<std::tuple<std::string, Mode>>& info) {
  std::string name = std::get<0>(info.param).substr(0, std::get<0>(info.param).size() - 9);
  std::replace_if(
      name.begin(), name.end(), [](char c) { return !isalnum(static_cast<unsigned char>(c)); }, '_');
  const Mode mode = std::get<1>(info.param);
  return name + (mode == Mode::plain ? "__plain" : mode == Mode::reload ? "__reload" : "__replay");
}

INSTANTIATE_TEST_SUITE_P(All, Scenario,
                         testing::Combine(testing::ValuesIn(all_scenarios()),
                                          testing::Values(Mode::plain, Mode::reload, Mode::replay)),
                         name_of_run);

}  // namespace
}  // namespace echoflow::scenario
