#include "models/cx/task_request.hpp"

#include <gtest/gtest.h>

#include "models/cx/description.hpp"
#include "models/xml/reader.hpp"
#include "models/xml/writer.hpp"

namespace echoflow::cx {
namespace {

TaskRequest full() {
  TaskRequest request;
  request.name = "Answer";
  request.priority = 2;
  request.skipable = true;
  request.parameters = {{"text", "a < b"}, {"empty", ""}};
  request.people = {{HumanRole::potential_owners, {"joe", "group:support"}}, {HumanRole::excluded_owners, {}}};
  TaskRequest::Deadline begin;
  begin.for_ = *parse_duration("PT1H");
  begin.escalations = {{5, {{"who", "x"}}, {{HumanRole::recipients, {"boss"}}}}, {}};
  TaskRequest::Deadline end;
  end.until = TimePoint{1'700'000'000'000'000};
  request.deadlines = {begin, end};
  request.delegates = {"ann"};
  request.customer = "mastodon:7";
  request.language = "de";
  return request;
}

TEST(TaskRequest, IsReadAsItWasWritten) {
  const auto written = xml::to_string(*to_document(full()));
  const auto document = xml::read(written);
  ASSERT_TRUE(document.ok());
  const auto read = read_task_request(*document);
  ASSERT_TRUE(read.ok());
  EXPECT_EQ(xml::to_string(*to_document(*read)), written);
  EXPECT_EQ(read->name, "Answer");
  EXPECT_EQ(read->priority, 2);
  EXPECT_TRUE(read->skipable);
  EXPECT_EQ(read->parameters, full().parameters);
  ASSERT_EQ(read->people.size(), 2u);
  EXPECT_EQ(read->people[0].members, (std::vector<std::string>{"joe", "group:support"}));
  EXPECT_EQ(read->people[1].role, HumanRole::excluded_owners);
  ASSERT_EQ(read->deadlines.size(), 2u);
  EXPECT_EQ(read->deadlines[0].for_, parse_duration("PT1H").value());
  EXPECT_EQ(read->deadlines[0].escalations.size(), 2u);
  EXPECT_EQ(read->deadlines[1].until->micros, 1'700'000'000'000'000);
  EXPECT_EQ(read->delegates, std::vector<std::string>{"ann"});
  EXPECT_EQ(read->customer, "mastodon:7");
  EXPECT_EQ(read->case_id, "");
}

TEST(TaskRequest, RefusesWhatIsNone) {
  for (const char* text :
       {"<a/>", "<taskRequest xmlns='urn:echoflow:cx:1.0' priority='high'/>",
        "<taskRequest xmlns='urn:echoflow:cx:1.0' priority='1'><people role='friend'/></taskRequest>",
        "<taskRequest xmlns='urn:echoflow:cx:1.0' priority='1'><deadline/></taskRequest>",
        "<taskRequest xmlns='urn:echoflow:cx:1.0' priority='1'><deadline for='soon'/></taskRequest>"})
    EXPECT_FALSE(read_task_request(*xml::read(text)).ok()) << text;
}

TEST(Description, IsKnownHoweverItsLinesEnd) {
  std::map<std::string, std::string> files;
  add_description(files);
  ASSERT_TRUE(files.contains(std::string(description_wsdl)));
  EXPECT_EQ(files.size(), 2u);
  std::string text = files.at(std::string(description_wsdl));
  EXPECT_TRUE(is_description(text));
  for (auto at = text.find('\n'); at != std::string::npos; at = text.find('\n', at + 2)) text.insert(at, "\r");
  EXPECT_TRUE(is_description(text));
  EXPECT_FALSE(is_description(text + "<!-- mine -->"));
}

}  // namespace
}  // namespace echoflow::cx
