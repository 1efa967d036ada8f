// Whole sets of processes: the project's examples, and the conformance cases when ECHOFLOW_CONFORMANCE names their
// folder.
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <sstream>

#include "bpel/descriptor/json_value.hpp"
#include "bpel/parse/loaded_process.hpp"
#include "bpel/source/process_file.hpp"
#include "models/cx/description.hpp"
#include "tests/bpel/parse/support.hpp"

namespace echoflow::parse {
namespace {

namespace fs = std::filesystem;

std::string read_file(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream out;
  out << in.rdbuf();
  return out.str();
}

TEST(Corpora, ExamplesHaveNoFindings) {
  const fs::path examples = fs::path(ECHOFLOW_SOURCE_DIR) / "examples";
  if (!fs::exists(examples)) GTEST_SKIP() << "no examples here";
  int seen = 0;
  for (const auto& entry : fs::recursive_directory_iterator(examples)) {
    if (entry.path().extension() != ".bpel") continue;
    auto read = source::read_process_file(entry.path().string());
    ASSERT_TRUE(read.ok());
    if (cx::uses_description(read->sources.files)) cx::add_description(read->sources.files);
    Diagnostics findings;
    const auto loaded = load_process(read->file, read->sources, findings);
    for (const auto& finding : findings) ADD_FAILURE() << to_string(finding);
    ++seen;
  }
  EXPECT_GT(seen, 0);
}

const descriptor::JsonValue& member(const descriptor::JsonValue& object, const std::string& name) {
  for (const auto& m : object.members)
    if (m.name == name) return m.value;
  throw std::runtime_error("a case lacks " + name);
}

source::SourceSet files_of(const fs::path& root, const descriptor::JsonValue& test_case) {
  source::SourceSet out;
  const auto add = [&](const std::string& name) { out.files[name] = read_file(root / "bpel" / name); };
  add(member(test_case, "bpel").string);
  for (const auto& file : member(test_case, "files").items) add(file.string);
  return out;
}

TEST(Corpora, RunnableConformanceCasesHaveNoFindings) {
  const char* folder = std::getenv("ECHOFLOW_CONFORMANCE");
  if (!folder) GTEST_SKIP() << "set ECHOFLOW_CONFORMANCE to the folder with bpel-cases.json";
  Diagnostics unread;
  const auto cases = descriptor::read_json(read_file(fs::path(folder) / "bpel-cases.json"), "bpel-cases.json",
                                           {64u << 20, 64}, unread);
  ASSERT_TRUE(cases);
  int clean = 0, rejected_later = 0;
  for (const auto& test_case : cases->items) {
    const auto sources = files_of(folder, test_case);
    Diagnostics findings;
    const auto loaded = load_process(member(test_case, "bpel").string, sources, findings);
    EXPECT_TRUE(loaded.process.body.activity) << member(test_case, "id").string;
    const bool runnable = member(test_case, "group").string != "static";
    clean += runnable && findings.empty();
    rejected_later += !runnable && findings.empty();
    for (const auto& finding : findings)
      if (runnable) ADD_FAILURE() << member(test_case, "id").string << ": " << to_string(finding);
  }
  std::cout << clean << " runnable cases without findings; " << rejected_later
            << " to be rejected by the rules alone\n";
}

}  // namespace
}  // namespace echoflow::parse
