#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <stdexcept>

#include "adapters/rest/json_value.hpp"
#include "adapters/rest/route.hpp"

namespace echoflow::rest {

namespace {

std::string lower(std::string_view text) {
  std::string out;
  for (char c : text) out += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return out;
}

void collect_references(const json::Value& value, std::set<std::string>& found) {
  for (const auto& [name, member] : value.members) {
    if (name == "$ref") found.insert(member.text);
    collect_references(member, found);
  }
  for (const auto& item : value.items) collect_references(item, found);
}

}  // namespace

class OpenApi : public ::testing::Test {
 protected:
  OpenApi() : document_(*json::parse(openapi_document())) {}
  const json::Value& at(std::initializer_list<std::string_view> path) {
    const json::Value* value = &document_;
    for (auto step : path) {
      value = value->find(step);
      if (!value) throw std::runtime_error("no member " + std::string(step));
    }
    return *value;
  }
  json::Value document_;
};

TEST_F(OpenApi, HasExactlyTheRoutesThatAreServed) {
  std::set<std::string> served, described;
  for (const auto& route : routes()) served.insert(lower(route.method) + " " + std::string(route.path));
  for (const auto& [path, operations] : at({"paths"}).members)
    for (const auto& [method, operation] : operations.members) described.insert(method + " " + path);
  EXPECT_EQ(served, described);
  EXPECT_EQ(served.size(), routes().size()) << "a route stands twice";
}

TEST_F(OpenApi, EveryRouteIsFoundByItsOwnPath) {
  for (const auto& route : routes()) {
    std::string path(route.path);
    for (std::size_t begin; (begin = path.find('{')) != std::string::npos;)
      path.replace(begin, path.find('}') - begin + 1, "7");
    EXPECT_EQ(match(route.method, path).route, &route) << path;
  }
  EXPECT_EQ(match("GET", "/api/v1/nothing").route, nullptr);
  auto wrong = match("PATCH", "/api/v1/deployments");
  EXPECT_EQ(wrong.route, nullptr);
  EXPECT_EQ(wrong.allowed, (std::vector<std::string_view>{"POST", "GET", "HEAD"}));
}

TEST_F(OpenApi, OperationIdsAreUniqueAndParametersDeclared) {
  std::set<std::string> ids;
  for (const auto& [path, operations] : at({"paths"}).members)
    for (const auto& [method, operation] : operations.members) {
      EXPECT_TRUE(ids.insert(operation.find("operationId")->text).second) << path;
      std::set<std::string> in_path;
      for (const auto& parameter : operation.find("parameters")->items)
        if (parameter.find("in")->text == "path") in_path.insert("{" + parameter.find("name")->text + "}");
      for (const auto& name : in_path) EXPECT_NE(path.find(name), std::string::npos) << path;
      EXPECT_EQ(in_path.size(), static_cast<std::size_t>(std::count(path.begin(), path.end(), '{'))) << path;
      EXPECT_TRUE(operation.find("responses")->find("400")) << path;
    }
}

TEST_F(OpenApi, ReferencesLeadToSchemasAndEverySchemaIsUsed) {
  std::set<std::string> references, names;
  collect_references(document_, references);
  for (const auto& [name, schema] : at({"components", "schemas"}).members) names.insert("#/components/schemas/" + name);
  EXPECT_EQ(references, names);
}

TEST_F(OpenApi, PathParametersAreDecoded) {
  auto found = match("GET", "/api/v1/process-instances/5/variables/a%2Fb");
  ASSERT_TRUE(found.route);
  EXPECT_EQ(found.parameters, (std::vector<std::string>{"5", "a/b"}));
  EXPECT_FALSE(match("GET", "/api/v1/process-instances/%zz").route);
  EXPECT_FALSE(match("GET", "/api/v1/process-instances//faults").route);
}

}  // namespace echoflow::rest
