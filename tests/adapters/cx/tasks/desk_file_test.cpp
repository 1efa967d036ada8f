#include "adapters/cx/tasks/desk_file.hpp"

#include <gtest/gtest.h>

namespace echoflow::tasks {
namespace {

constexpr const char* whole = R"({
 "calendars": [{"name": "bavaria", "zone": "Europe/Berlin", "region": "DE-BY",
   "week": {"monday": "09:00-12:00 13:00-17:00", "friday": "09:00-13:00"},
   "days": [{"date": "--12-24", "hours": "", "name": "Heiligabend"}, {"date": "2026-12-28", "hours": "10:00-12:00"}]}],
 "assignment": {"relaxEverySeconds": 10, "beginWithinSeconds": 60, "weights": {"chat": 30}, "lastAgentPoints": 300},
 "notifications": {"webhook": "https://example.org/hook"},
 "policy": {"rules": [{"id": "tone", "forbidden": ["garantiert"]},
                      {"id": "eyes", "approvalFromRisk": 40, "approvers": ["leads"], "onlyPublic": true},
                      {"id": "window", "channels": ["whatsapp"], "withinMinutes": 1440}],
            "risk": {"public": 20, "topics": {"safety": 30}}}
})";

TEST(DeskFile, SaysHowACompanyWorks) {
  auto desk = parse_desk_file(whole);
  ASSERT_TRUE(desk) << desk.error().message;
  EXPECT_EQ(desk->options.calendars.names(), (std::vector<std::string>{"bavaria", "standard"}));
  const auto& plan = desk->options.calendars.find("bavaria")->plan();
  EXPECT_EQ(plan.week[0].size(), 2u);
  EXPECT_TRUE(plan.week[1].empty());
  EXPECT_EQ(plan.own_days[0].date, (calendar::Date{0, 12, 24}));
  EXPECT_EQ(desk->options.assignment.relax_every, 10'000'000);
  EXPECT_EQ(desk->options.assignment.weights.at("chat"), 30u);
  EXPECT_EQ(desk->options.assignment.last_agent, 300);
  EXPECT_EQ(desk->notices.webhook, "https://example.org/hook");
  ASSERT_TRUE(desk->policy);
  policy::Outgoing out;
  out.text = "garantiert";
  EXPECT_EQ(desk->policy->check(out).rule, "tone");
  out.text = "Guten Tag";
  EXPECT_TRUE(desk->policy->check(out).ok());
  out.topics = {"safety"};
  EXPECT_EQ(desk->policy->check(out).rule, "eyes");
}

TEST(DeskFile, NamesThePlaceThatIsWrong) {
  const std::pair<const char*, const char*> cases[] = {
      {R"({"calender": []})", "calender"},
      {R"({"calendars": [{"name": "x", "week": {"monday": "9-17"}}]})", "/calendars/0/week/monday"},
      {R"({"calendars": [{"name": "x", "week": {"monday": "09:00-17:00"}, "zone": "Mars"}]})", "'Mars'"},
      {R"({"calendars": [{"name": "x", "week": {"monday": "09:00-17:00"}, "days": [{"date": "24.12."}]}]})",
       "/calendars/0/days/0/date"},
      {R"({"assignment": {"relaxEverySeconds": "soon"}})", "/assignment/relaxEverySeconds"},
      {R"({"notifications": {"webhookSecret": "plain"}})", "/notifications/webhookSecret"},
      {R"({"policy": {"rules": [{"forbidden": ["x"]}]}})", "/policy/rules/0/id"},
      {R"({"policy": {"rules": [{"id": "a", "calendar": "moon"}]}})", "no calendar 'moon'"},
      {R"({"policy": {"risk": {"topics": {"a": "b"}}}})", "/policy/risk/topics"},
      {"[", ""}};
  for (const auto& [text, place] : cases) {
    auto desk = parse_desk_file(text);
    ASSERT_FALSE(desk) << text;
    EXPECT_NE(desk.error().message.find(place), std::string::npos) << desk.error().message;
  }
}

}  // namespace
}  // namespace echoflow::tasks
