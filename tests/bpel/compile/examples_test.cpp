#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "bpel/compile/deployment.hpp"

namespace echoflow::compile {
namespace {

namespace fs = std::filesystem;

source::SourceSet folder(const fs::path& path) {
  source::SourceSet sources;
  for (const auto& file : fs::directory_iterator(path)) {
    std::ifstream in(file.path(), std::ios::binary);
    std::ostringstream text;
    text << in.rdbuf();
    sources.files[file.path().filename().string()] = text.str();
  }
  return sources;
}

TEST(Examples, CompileWithoutAFinding) {
  std::size_t count = 0;
  for (const auto& example : fs::directory_iterator(fs::path(ECHOFLOW_SOURCE_DIR) / "examples")) {
    if (!example.is_directory()) continue;
    const auto sources = folder(example.path());
    const auto is_process = [](const auto& file) { return file.first.ends_with(".bpel"); };
    // Models of other notations are tried where they are translated (tests/tools/models_test.py).
    if (std::none_of(sources.files.begin(), sources.files.end(), is_process)) continue;
    const Deployment deployment = compile_deployment(sources);
    for (const auto& finding : deployment.findings)
      ADD_FAILURE() << example.path().filename() << ": " << to_string(finding);
    EXPECT_EQ(deployment.processes.size(), 1u);
    ++count;
  }
  EXPECT_GE(count, 3u);
}

TEST(Program, ResolvesNamesAndLinks) {
  const Deployment deployment = compile_deployment(folder(fs::path(ECHOFLOW_SOURCE_DIR) / "examples/order"));
  ASSERT_EQ(deployment.processes.size(), 1u);
  const program::Program& order = *deployment.processes[0].program;
  EXPECT_EQ(order.name.clark(), "{urn:echoflow:example:order:process}Order");
  ASSERT_EQ(order.entries.size(), 2u);
  EXPECT_TRUE(order.entries[0].creates_instance);
  EXPECT_EQ(order.entries[0].inbound->operation.operation, "placeOrder");
  EXPECT_FALSE(order.entries[1].creates_instance);
  ASSERT_EQ(order.entries[1].inbound->correlations.size(), 1u);
  EXPECT_EQ(order.entries[1].inbound->correlations[0].initiate, program::Initiate::no);
  const program::Scope& process = order.process();
  ASSERT_EQ(process.catches.size(), 1u);
  EXPECT_EQ(process.catches[0].fault_name.local, "notPaid");
  ASSERT_EQ(process.initializers.size(), 1u);
  EXPECT_EQ(order.variables[process.initializers[0].variable].name, "status");
  const program::WireOperation* wire = order.wire_operation({"urn:echoflow:example:order", "Orders"}, "placeOrder");
  ASSERT_NE(wire, nullptr);
  EXPECT_EQ(wire->style, program::SoapStyle::document);
  EXPECT_EQ(wire->soap_action, "placeOrder");
  ASSERT_EQ(wire->faults.size(), 1u);
  EXPECT_EQ(wire->faults[0].qname.clark(), "{urn:echoflow:example:order}refused");
}

TEST(Program, InlineHandlersOfInvokeBecomeAScopeWithItsName) {
  source::SourceSet sources = folder(fs::path(ECHOFLOW_SOURCE_DIR) / "examples/order");
  std::string& text = sources.files["order.bpel"];
  const std::string invoke = "inputVariable=\"goods\" outputVariable=\"reserved\"/>";
  const auto at = text.find(invoke);
  ASSERT_NE(at, std::string::npos);
  text.replace(at, invoke.size(),
               "inputVariable=\"goods\" outputVariable=\"reserved\"><catchAll><empty/></catchAll></invoke>");
  const Deployment deployment = compile_deployment(sources);
  ASSERT_EQ(deployment.processes.size(), 1u) << (deployment.findings.empty() ? "" : to_string(deployment.findings[0]));
  const program::Program& order = *deployment.processes[0].program;
  std::size_t implicit = 0;
  for (const auto& node : order.nodes) {
    if (node->kind != program::ActivityKind::scope) continue;
    const auto& scope = static_cast<const program::Scope&>(*node);
    if (!scope.is_implicit) continue;
    ++implicit;
    EXPECT_EQ(scope.name, "Reserve");
    EXPECT_NE(scope.catch_all, program::none);
    EXPECT_EQ(order.node(scope.activity).kind, program::ActivityKind::invoke);
  }
  EXPECT_EQ(implicit, 1u);
}

TEST(Program, SaysWhatAnExpressionLacks) {
  source::SourceSet sources = folder(fs::path(ECHOFLOW_SOURCE_DIR) / "examples/greeting");
  std::string& text = sources.files["greeting.bpel"];
  text.replace(text.find("g:language = 'de'"), 17, "g:language = ");
  const Deployment deployment = compile_deployment(sources);
  EXPECT_TRUE(deployment.processes.empty());
  ASSERT_TRUE(has_errors(deployment.findings));
  EXPECT_EQ(deployment.findings[0].where.file, "greeting.bpel");
  EXPECT_EQ(deployment.findings[0].where.line, 24u);
}

}  // namespace
}  // namespace echoflow::compile
