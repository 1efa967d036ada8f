#include <gtest/gtest.h>

#include <map>
#include <random>

#include "tests/engine/cx/kpis/support.hpp"

/// Whenever it is saved and loaded again: the same figures, the same crossings.
namespace echoflow::kpis::test {
namespace {

std::vector<Declaration> declarations() {
  std::vector<Declaration> all;
  int number = 0;
  for (const auto& info : cx::kpi_built_ins()) {
    auto definition = built_in(std::string(info.name));
    definition.name = std::string(info.name);
    definition.group_by = ++number % 2 == 0 || info.name == "shareOfVoice" ? "topic" : "";
    definition.window.kind = static_cast<cx::KpiWindowKind>(number % 4);
    definition.window.span.micros = 6ll * 3'600 * 1'000'000;
    definition.window.count = 40;
    definition.warning = number % 3 == 0 ? 40 : 1'500;
    definition.critical = number % 3 == 0 ? 20 : 4'000;
    definition.direction = number % 3 == 0 ? cx::KpiDirection::higher_is_better : cx::KpiDirection::lower_is_better;
    definition.hysteresis = 2;
    definition.aggregate = info.name == "ces" ? cx::KpiAggregate::percentile : cx::KpiAggregate::mean;
    definition.percentile = 75;
    if (number % 5 == 0 && !info.is_state) definition.calendar = calendar::Calendar::standard().plan().name;
    if (number % 4 == 3 && !info.is_state) definition.kind = cx::KpiKind::alarm;
    all.push_back({"", definition});
  }
  return all;
}

/// A random but possible life of a call centre.
class Stream {
 public:
  explicit Stream(std::uint64_t seed) : random_(seed) {}

  Fact next() {
    now_ += std::exponential_distribution<double>(1.0 / 120)(random_);
    Fact fact;
    fact.at = at(now_);
    static const std::vector<std::string> topics = {"price", "delivery", "quality", "staff"};
    fact.origin.topics = {topics[pick(4)]};
    if (pick(3) == 0) fact.origin.topics.push_back(topics[pick(4)]);
    fact.origin.instance = static_cast<InstanceId>(1 + pick(40));
    const std::string id = "case " + std::to_string(fact.origin.instance);
    const auto task = fact.origin.instance;
    switch (pick(14)) {
      case 0:
      case 1:
        fact.what = CustomerSpoke{id};
        break;
      case 2:
        fact.what = AgentAnswered{id};
        break;
      case 3:
        fact.what = BotAnswered{id};
        break;
      case 4:
        fact.what = CaseResolved{id};
        break;
      case 5:
        fact.what = TaskCreated{task};
        break;
      case 6:
        fact.what = TaskStarted{task};
        break;
      case 7:
        fact.what = TaskPaused{task};
        break;
      case 8:
        fact.what = TaskEnded{task, pick(5) != 0};
        break;
      case 9:
        fact.what = TaskEscalated{task, pick(2) == 0};
        break;
      case 10:
        fact.what = FeedbackGiven{static_cast<cx::Polarity>(pick(4))};
        break;
      case 11:
        fact.what =
            SurveyAnswered{std::vector<std::string>{"nps", "csat", "ces"}[pick(3)], static_cast<double>(pick(11))};
        break;
      case 12:
        fact.what = InstanceStarted{};
        break;
      case 13:
        fact.what = InstanceEnded{pick(4) != 0, pick(30), pick(5), pick(4)};
        break;
    }
    return fact;
  }

 private:
  std::size_t pick(std::size_t below) { return random_() % below; }
  std::mt19937_64 random_;
  double now_ = 0;
};

using Saved = std::map<std::pair<std::string, std::string>, SavedPart>;

void save_into(Saved& saved, Kpis& kpis) {
  for (auto& part : kpis.save()) saved[{part.kpi, part.group}] = part;
}
std::unique_ptr<Kpis> load_from(const Saved& saved, const calendar::Calendars& calendars) {
  std::vector<SavedPart> parts;
  for (const auto& [key, part] : saved) parts.push_back(part);
  auto loaded = Kpis::load(parts, calendars);
  EXPECT_TRUE(loaded) << loaded.error().message;
  return std::move(*loaded);
}
Saved everything(Kpis& kpis) {
  Saved saved;
  for (auto& part : kpis.save(true)) {
    // A group that only came back empty and a part without anything in it say the same as none.
    if (!part.body.empty()) saved[{part.kpi, part.group}] = part;
  }
  return saved;
}

TEST(Saved, GoesOnExactlyWhereItWas) {
  calendar::Calendars calendars;
  calendars.put(calendar::Calendar::standard());
  for (std::uint64_t seed = 1; seed <= 4; ++seed) {
    Kpis straight(calendars);
    auto broken = std::make_unique<Kpis>(calendars);
    for (auto& declaration : declarations()) {
      ASSERT_TRUE(straight.declare(declaration));
      ASSERT_TRUE(broken->declare(declaration));
    }
    Stream stream(seed);
    std::mt19937_64 when_to_break(seed);
    Saved saved;
    Crossings one, other;
    for (int i = 0; i < 3'000; ++i) {
      const auto fact = stream.next();
      for (auto& crossing : straight.see(fact)) one.push_back(crossing);
      for (auto& crossing : broken->see(fact)) other.push_back(crossing);
      if (when_to_break() % 50 == 0) save_into(saved, *broken);
      if (when_to_break() % 300 == 0) {
        save_into(saved, *broken);
        broken = load_from(saved, calendars);
      }
    }
    ASSERT_GT(one.size(), 100u);
    EXPECT_EQ(one, other);
    const auto left = everything(straight), right = everything(*broken);
    ASSERT_EQ(left.size(), right.size());
    for (const auto& [key, part] : left) EXPECT_EQ(part.body, right.at(key).body) << key.first << " " << key.second;
  }
}

TEST(Saved, OnlyWhatChangedIsSavedAgain) {
  One one(built_in("firstResponseTime"));
  for (int i = 0; i < 2'000; ++i) one.tell(i, CustomerSpoke{"case " + std::to_string(i)});
  EXPECT_GT(one.kpis->save().size(), 400u);
  one.tell(3'000, AgentAnswered{"case 5"});
  EXPECT_LE(one.kpis->save().size(), 4u);  // head, group, a part of the cases and one of what is measured
  EXPECT_EQ(one.kpis->save().size(), 1u);
}

TEST(Saved, ADamagedPartIsNamed) {
  One one(built_in("firstResponseTime"));
  one.tell(0, CustomerSpoke{"a"});
  one.tell(9, AgentAnswered{"a"});
  auto parts = one.kpis->save();
  for (auto& part : parts)
    if (part.kpi == "kpi") part.body.resize(part.body.size() / 2);
  const auto loaded = Kpis::load(parts, one.calendars);
  ASSERT_FALSE(loaded);
  EXPECT_NE(loaded.error().message.find("kpis rebuild"), std::string::npos);
}

TEST(Declared, AgainItCountsAnewButItsCrossingsAreNumberedOn) {
  auto definition = built_in("csat");
  definition.direction = cx::KpiDirection::higher_is_better;
  definition.critical = 50;
  One one(definition);
  one.tell(1, SurveyAnswered{"csat", 1});
  ASSERT_EQ(one.crossings.size(), 1u);
  ASSERT_TRUE(one.kpis->declare({"", definition}));  // nothing new
  EXPECT_EQ(one.count(), 1u);
  definition.critical = 60;
  ASSERT_TRUE(one.kpis->declare({"", definition}));
  EXPECT_EQ(one.count(), 0u);
  one.tell(2, SurveyAnswered{"csat", 1});
  ASSERT_EQ(one.crossings.size(), 2u);
  EXPECT_EQ(one.crossings[1].number, 2u);
  one.kpis->withdraw("kpi");
  EXPECT_EQ(one.kpis->next_change(), std::nullopt);
}

}  // namespace
}  // namespace echoflow::kpis::test
