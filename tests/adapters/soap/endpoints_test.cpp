#include "adapters/soap/endpoints.hpp"

#include <gtest/gtest.h>

namespace echoflow::soap {

namespace {

runtime::ProcessInfoPtr process(std::int64_t id, const QName& name, std::vector<std::string> links) {
  auto info = std::make_shared<runtime::ProcessInfo>();
  info->id = id;
  info->name = name;
  info->key = name.clark();
  for (auto& link : links)
    info->endpoints.push_back({link, "role", {"urn:w", link + "PortType"}, std::to_string(id) + ".wsdl"});
  return info;
}

runtime::Directory directory_of(const std::vector<runtime::ProcessInfoPtr>& processes) {
  runtime::Directory directory;
  for (const auto& each : processes) {
    directory.processes[each->id] = each;
    directory.versions[each->key].push_back(each);
  }
  return directory;
}

}  // namespace

TEST(Endpoints, ThePathIsTheSameForEveryVersionAndPointsToTheNewest) {
  const QName name{"urn:a", "Order Process"};
  EndpointTable table(directory_of({process(1, name, {"customer", "old"}), process(2, name, {"customer"})}));
  const std::string path = endpoint_path(name, "customer");
  EXPECT_TRUE(path.starts_with("/services/Order%20Process-"));
  ASSERT_TRUE(table.find(path));
  EXPECT_EQ(table.find(path)->info.wsdl_file, "2.wsdl");
  ASSERT_TRUE(table.find(endpoint_path(name, "old")));
  EXPECT_EQ(table.find("/services/nothing"), nullptr);
}

TEST(Endpoints, ShortPathsWorkWhereTheNameIsUnique) {
  EndpointTable one(directory_of({process(1, {"urn:a", "P"}, {"l"})}));
  ASSERT_TRUE(one.find("/services/P/l"));
  EXPECT_EQ(one.find("/services/P/l")->path, endpoint_path({"urn:a", "P"}, "l"));
  EndpointTable two(directory_of({process(1, {"urn:a", "P"}, {"l"}), process(2, {"urn:b", "P"}, {"l"})}));
  EXPECT_EQ(two.find("/services/P/l"), nullptr);
  EXPECT_EQ(two.find(endpoint_path({"urn:b", "P"}, "l"))->process_key, "{urn:b}P");
}

}  // namespace echoflow::soap
