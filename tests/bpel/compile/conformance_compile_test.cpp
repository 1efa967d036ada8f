#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <regex>
#include <sstream>

#include "bpel/compile/deployment.hpp"

namespace echoflow::compile {
namespace {

namespace fs = std::filesystem;

std::string read_file(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

/// Every process of the executable groups compiles without a finding. Runs where ECHOFLOW_CONFORMANCE names the corpus.
TEST(ConformanceCompile, ExecutableCasesHaveNoFinding) {
  const char* corpus = std::getenv("ECHOFLOW_CONFORMANCE");
  if (!corpus) GTEST_SKIP() << "ECHOFLOW_CONFORMANCE is not set";
  std::size_t clean = 0, all = 0;
  for (const char* group : {"basic", "scopes", "structured", "cfpatterns", "errors"})
    for (const auto& entry : fs::directory_iterator(fs::path(corpus) / "bpel" / group)) {
      if (entry.path().extension() != ".bpel") continue;
      source::SourceSet sources;
      sources.files[std::string(group) + "/" + entry.path().filename().string()] = read_file(entry.path());
      for (const fs::path& base : {fs::path(corpus) / "bpel", fs::path(corpus) / "bpel" / group})
        for (const auto& file : fs::directory_iterator(base))
          if (file.path().extension() != ".bpel" && file.is_regular_file())
            sources.files[fs::relative(file.path(), fs::path(corpus) / "bpel").string()] = read_file(file.path());
      ++all;
      const Deployment deployment = compile_deployment(sources);
      if (deployment.findings.empty() && deployment.processes.size() == 1) {
        ++clean;
        continue;
      }
      for (const auto& finding : deployment.findings) ADD_FAILURE() << to_string(finding);
    }
  std::cout << clean << " of " << all << " processes compile without a finding\n";
}

}  // namespace
}  // namespace echoflow::compile
