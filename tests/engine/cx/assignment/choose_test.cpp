#include "engine/cx/assignment/choose.hpp"

#include <gtest/gtest.h>

namespace echoflow::assignment {
namespace {

constexpr std::int64_t second = 1'000'000;

Agent agent(const char* user, std::uint32_t billing, std::vector<std::string> languages = {"de"}) {
  Agent agent;
  agent.user = user;
  agent.groups = {"service"};
  agent.languages = std::move(languages);
  agent.presence = Presence::online;
  agent.automatic = true;
  if (billing) agent.skills = {{"billing", billing}};
  return agent;
}

Wish wish() {
  Wish wish;
  wish.owners = {"group:service"};
  wish.weight = 100;
  return wish;
}

std::string why(const Choice& choice, const std::string& user) {
  for (const auto& each : choice.explanation.candidates)
    if (each.user == user) return each.reason;
  return "not listed";
}

TEST(Choose, TheMoreSkilledAgentWins) {
  Desk desk;
  desk.put(agent("anna", 2));
  desk.put(agent("bert", 5));
  desk.put(agent("carl", 0));
  auto needs = wish();
  needs.skills = {{"billing", 2, true}};
  const auto choice = choose(needs, desk, {}, {});
  EXPECT_EQ(choice.explanation.chosen, "bert");
  EXPECT_EQ(choice.explanation.considered, 3u);
  EXPECT_EQ(why(choice, "carl"), "lacks billing 2 (has 0)");
  EXPECT_NE(why(choice, "bert").find("skills 350"), std::string::npos);
}

TEST(Choose, OnlyWhoMayAndIsThereAndHasRoom) {
  Desk desk;
  desk.put(agent("anna", 0));
  auto stranger = agent("bert", 0);
  stranger.groups = {"sales"};
  desk.put(stranger);
  for (auto [user, presence] :
       {std::pair{"away", Presence::away}, std::pair{"busy", Presence::busy}, std::pair{"wrap", Presence::wrap_up},
        std::pair{"off", Presence::offline}, std::pair{"transfer", Presence::transfers_only}}) {
    auto each = agent(user, 0);
    each.presence = presence;
    desk.put(each);
  }
  auto own = agent("own", 0);
  own.automatic = false;
  desk.put(own);
  auto needs = wish();
  needs.excluded = {"anna"};
  auto choice = choose(needs, desk, {}, {});
  EXPECT_EQ(choice.explanation.chosen, "");
  EXPECT_EQ(why(choice, "anna"), "is excluded");
  EXPECT_EQ(why(choice, "bert"), "is no potential owner");
  EXPECT_EQ(why(choice, "away"), "is away");
  EXPECT_EQ(why(choice, "wrap"), "is wrapUp");
  EXPECT_EQ(why(choice, "transfer"), "is transfersOnly");
  EXPECT_EQ(why(choice, "own"), "claims tasks himself");
  EXPECT_EQ(choice.ask_again, TimePoint{});
  needs.handed_over = true;
  EXPECT_EQ(choose(needs, desk, {}, {}).explanation.chosen, "transfer");
  needs = wish();
  EXPECT_EQ(choose(needs, desk, {}, {}).explanation.chosen, "anna");
}

TEST(Choose, ACallFillsAnAgentChatsDoNot) {
  Desk desk;
  desk.put(agent("anna", 0));
  auto chat = wish();
  chat.weight = 30;
  for (int i = 0; i < 3; ++i) {
    ASSERT_EQ(choose(chat, desk, {}, {}).explanation.chosen, "anna");
    desk.take("anna", 30);
  }
  const auto full = choose(chat, desk, {}, {});
  EXPECT_EQ(full.explanation.chosen, "");
  EXPECT_EQ(why(full, "anna"), "has no room: 90 % of 100 % taken");
  desk.give_back("anna", 30, {second});
  EXPECT_EQ(choose(chat, desk, {}, {}).explanation.chosen, "anna");
  EXPECT_EQ(choose(wish(), desk, {}, {}).explanation.chosen, "");
  desk.give_back("anna", 30, {second});
  desk.give_back("anna", 30, {second});
  EXPECT_EQ(choose(wish(), desk, {}, {}).explanation.chosen, "anna");
}

TEST(Choose, PreferredSkillsAreLetGoWithTime) {
  Desk desk;
  desk.put(agent("anna", 1));
  auto needs = wish();
  needs.skills = {{"billing", 3, false}};
  Options options;
  options.relax_every = 10 * second;
  auto choice = choose(needs, desk, options, {0});
  EXPECT_EQ(choice.explanation.chosen, "");
  EXPECT_EQ(why(choice, "anna"), "lacks, for now, billing 3 (has 1)");
  EXPECT_EQ(choice.ask_again, (TimePoint{10 * second}));
  choice = choose(needs, desk, options, choice.ask_again);
  EXPECT_EQ(choice.explanation.chosen, "");
  EXPECT_EQ(choice.ask_again, (TimePoint{20 * second}));
  EXPECT_EQ(choose(needs, desk, options, {20 * second}).explanation.chosen, "anna");
  // A required one is never let go.
  needs.skills[0].required = true;
  EXPECT_EQ(choose(needs, desk, options, {3600 * second}).explanation.chosen, "");
}

TEST(Choose, TheCustomersLanguageComesFirst) {
  Desk desk;
  desk.put(agent("anna", 0, {"de"}));
  desk.put(agent("bert", 0, {"de", "tr"}));
  auto needs = wish();
  needs.language = "tr";
  EXPECT_EQ(choose(needs, desk, {}, {}).explanation.chosen, "bert");
  desk.remove("bert");
  EXPECT_EQ(choose(needs, desk, {}, {}).explanation.chosen, "");
  EXPECT_EQ(choose(needs, desk, {}, {600 * second}).explanation.chosen, "anna");
}

TEST(Choose, ItIsHeldForTheCustomersLastAgent) {
  Desk desk;
  desk.put(agent("anna", 0));
  desk.put(agent("bert", 0));
  desk.take("bert", 100);
  auto needs = wish();
  needs.last_agent = "bert";
  Options options;
  options.hold_for_last_agent = 60 * second;
  auto choice = choose(needs, desk, options, {});
  EXPECT_EQ(choice.explanation.chosen, "");
  EXPECT_EQ(why(choice, "anna"), "it is held for bert");
  EXPECT_EQ(choice.ask_again, (TimePoint{60 * second}));
  EXPECT_EQ(choose(needs, desk, options, {60 * second}).explanation.chosen, "anna");
  desk.give_back("bert", 100, {});
  EXPECT_EQ(choose(needs, desk, options, {}).explanation.chosen, "bert");
  // Nobody waits for one who has gone.
  auto gone = agent("bert", 0);
  gone.presence = Presence::offline;
  desk.put(gone);
  EXPECT_EQ(choose(needs, desk, options, {}).explanation.chosen, "anna");
}

TEST(Choose, TheLongestIdleOfEqualsAndNeverTheOneWhoLetItLie) {
  Desk desk;
  desk.put(agent("anna", 0));
  desk.put(agent("bert", 0));
  desk.take("anna", 10);
  desk.give_back("anna", 10, {3000 * second});
  desk.take("bert", 10);
  desk.give_back("bert", 10, {1000 * second});
  auto needs = wish();
  EXPECT_EQ(choose(needs, desk, {}, {3600 * second}).explanation.chosen, "bert");
  needs.declined = {"bert"};
  auto choice = choose(needs, desk, {}, {3600 * second});
  EXPECT_EQ(choice.explanation.chosen, "anna");
  EXPECT_EQ(why(choice, "bert"), "let it lie before");
  desk.remove("anna");
  EXPECT_EQ(choose(needs, desk, {}, {3600 * second}).explanation.chosen, "bert");
}

TEST(Choose, TheWishOfATask) {
  tasks::Task task;
  task.creation.channel = "chat";
  task.people = {{tasks::HumanRole::potential_owners, {"group:service"}}};
  Options options;
  options.weights = {{"chat", 30}};
  EXPECT_EQ(wish_of(task, "", options).weight, 30u);
  task.creation.capacity = 50;
  EXPECT_EQ(wish_of(task, "", options).weight, 50u);
  task.creation.capacity = 0;
  task.creation.channel = "phone";
  EXPECT_EQ(wish_of(task, "", options).weight, 100u);
}

TEST(Agents, ReadBackWhole) {
  auto one = agent("anna", 3, {"de", "en"});
  one.supervises = {"service"};
  one.capacity = 120;
  const auto again = decode_agent(encode_agent(one));
  ASSERT_TRUE(again);
  EXPECT_EQ(encode_agent(*again), encode_agent(one));
  EXPECT_EQ(again->skills[0].level, 3u);
  EXPECT_EQ(presence_named("wrapUp"), Presence::wrap_up);
  EXPECT_FALSE(presence_named("asleep"));
}

}  // namespace
}  // namespace echoflow::assignment
