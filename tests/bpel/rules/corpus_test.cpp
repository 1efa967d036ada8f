// Runs the static analysis over a conformance corpus that lies outside of the project; skipped without
// ECHOFLOW_CONFORMANCE.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <sstream>

#include "bpel/rules/check_rules.hpp"

namespace echoflow::rules {
namespace {

std::string content(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::stringstream out;
  out << in.rdbuf();
  return out.str();
}

struct CorpusCase {
  std::string id, bpel, reject;
  std::vector<std::string> files;
};

// The few fields that are needed, out of a file whose objects have no braces in their strings before "tests".
std::string field(const std::string& object, const std::string& name) {
  const auto key = "\"" + name + "\": \"";
  const auto at = object.find(key);
  if (at == std::string::npos) return {};
  const auto begin = at + key.size();
  return object.substr(begin, object.find('"', begin) - begin);
}

std::vector<CorpusCase> read_corpus(const std::filesystem::path& folder) {
  std::vector<CorpusCase> out;
  const auto text = content(folder / "bpel-cases.json");
  const std::string start = "\"id\": \"";
  for (auto at = text.find(start); at != std::string::npos;) {
    const auto next = text.find(start, at + 1);
    const auto object = text.substr(at, next == std::string::npos ? next : next - at);
    CorpusCase one{field(object, "id"), field(object, "bpel"), field(object, "reject"), {}};
    const auto begin = object.find('[', object.find("\"files\""));
    std::istringstream list(object.substr(begin + 1, object.find(']', begin) - begin - 1));
    for (std::string item; std::getline(list, item, ',');) {
      const auto open = item.find('"');
      if (open != std::string::npos) one.files.push_back(item.substr(open + 1, item.find('"', open + 1) - open - 1));
    }
    out.push_back(std::move(one));
    at = next;
  }
  return out;
}

TEST(Corpus, FindsTheBrokenRulesAndNothingElse) {
  const char* root = std::getenv("ECHOFLOW_CONFORMANCE");
  if (root == nullptr) GTEST_SKIP() << "set ECHOFLOW_CONFORMANCE to the corpus' folder to run it";
  int broken = 0, found = 0, valid = 0, alarms = 0;
  for (const auto& one : read_corpus(root)) {
    source::SourceSet sources;
    const auto folder = std::filesystem::path(root) / "bpel";
    sources.files[one.bpel] = content(folder / one.bpel);
    for (const auto& file : one.files) sources.files[file] = content(folder / file);
    Diagnostics below;
    const auto findings = check_rules(parse::load_process(one.bpel, sources, below));
    const bool is_found =
        std::any_of(findings.begin(), findings.end(), [&](const auto& f) { return f.rule == one.reject; });
    (one.reject.empty() ? valid : broken) += 1;
    if (one.reject.empty() ? !findings.empty() : !is_found) {
      ADD_FAILURE() << one.bpel << (one.reject.empty() ? " is valid" : " breaks " + one.reject) << ", but found:";
      for (const auto& finding : findings) std::cout << "  " << to_string(finding) << "\n";
    }
    found += !one.reject.empty() && is_found;
    alarms += one.reject.empty() && !findings.empty();
    if (one.reject.empty())
      for (const auto& finding : below)
        if (finding.severity == Severity::error) std::cout << "  below the rules: " << to_string(finding) << "\n";
  }
  std::cout << found << " of " << broken << ", false alarms " << alarms << " of " << valid << "\n";
  EXPECT_GT(broken, 0);
  EXPECT_GT(valid, 0);
}

}  // namespace
}  // namespace echoflow::rules
