#include <gtest/gtest.h>

#include "engine/cx/deliveries/delivery.hpp"
#include "engine/cx/feedback/record.hpp"
#include "engine/cx/kpis/follower.hpp"
#include "engine/cx/tasks/events.hpp"
#include "models/records/events.hpp"
#include "tests/engine/cx/kpis/support.hpp"

/// From rows of the journal to figures, also where rows come in another order than what they tell of happened.
namespace echoflow::kpis::test {
namespace {

template <class N>
std::unique_ptr<N> node(program::NodeId id, program::NodeId parent, const std::string& name = "") {
  auto made = std::make_unique<N>();
  made->id = id;
  made->parent = parent;
  made->name = name;
  return made;
}

class OneProcess final : public ProcessFinder {
 public:
  OneProcess() {
    auto made = std::make_shared<program::Program>();
    made->nodes.push_back(node<program::Scope>(0, program::none));
    made->nodes.push_back(node<program::While>(1, 0));
    made->nodes.push_back(node<program::Receive>(2, 1, "hear"));
    info_->id = 1;
    info_->key = "{urn:p}p";
    info_->version = 1;
    info_->program = std::move(made);
  }
  std::shared_ptr<const ProcessInfo> of_instance(InstanceId) override { return info_; }
  std::shared_ptr<const ProcessInfo> process(std::int64_t) override { return info_; }

 private:
  std::shared_ptr<ProcessInfo> info_ = std::make_shared<ProcessInfo>();
};

/// Writes journal rows and follows them.
class Journal {
 public:
  Journal() : follower(calendars, processes) {}

  void declare(const std::string& built_in, const std::string& process = "") {
    Declaration declaration{process, test::built_in(built_in)};
    declaration.definition.name = built_in.substr(0, built_in.find('('));
    std::string events;
    encode_event(events, KpiDeclared{declaration});
    add(900, 0, events);
  }
  void add(InstanceId stream, double seconds, std::string events, std::string payload = "") {
    engine::JournalRow row;
    row.position = static_cast<std::int64_t>(rows.size()) + 1;
    row.instance = stream;
    row.at = at(seconds);
    row.events = std::move(events);
    row.payload = std::move(payload);
    rows.push_back(row);
    for (auto& crossing : follower.apply(row)) crossings.push_back(crossing);
  }
  template <class... E>
  void instance(InstanceId id, double seconds, const E&... events) {
    std::string bytes;
    records::PayloadWriter payload;
    (records::encode(bytes, payload, events), ...);
    add(id, seconds, bytes, payload.take());
  }
  void started(InstanceId id, double seconds) { instance(id, seconds, records::InstanceStarted{2, 0, {}}); }
  void ended(InstanceId id, double seconds, engine::InstanceStatus how = engine::InstanceStatus::completed) {
    instance(id, seconds, records::InstanceEnded{static_cast<std::uint8_t>(how), {}});
  }
  /// Received at one time, and at another it is known who took it.
  void taken(std::int64_t id, double received, double known, const std::string& talk,
             const std::vector<InstanceId>& by) {
    cx::Feedback said;
    said.id = id;
    said.channel = "page";
    said.conversation = talk;
    said.received_at = at(received);
    said.understanding.sentiment.polarity = cx::Polarity::negative;
    intake::Record record;
    record.said = said;
    const auto change = intake::offered(record, by, by.empty() ? "no-listener" : "");
    add(id, known, change.events, change.payload);
  }
  void answered(std::int64_t feedback, double seconds, const std::string& agent) {
    deliveries::Delivery delivery;
    delivery.words.feedback = feedback;
    delivery.words.author = agent;
    static_cast<void>(deliveries::ask(delivery));
    const auto change = deliveries::end(delivery, {});
    add(800 + static_cast<InstanceId>(rows.size()), seconds, change.events, change.payload);
  }
  void task(std::int64_t id, double seconds, const tasks::Events& events) {
    const auto encoded = tasks::encode_events(events);
    add(id, seconds, encoded.events, encoded.payload);
  }
  std::optional<double> value(const std::string& kpi, const std::string& process = "") const {
    const auto* found = follower.kpis().find(process, kpi);
    return found ? found->overall(follower.kpis().now()) : std::nullopt;
  }

  calendar::Calendars calendars;
  OneProcess processes;
  Follower follower;
  std::vector<engine::JournalRow> rows;
  Crossings crossings;
};

TEST(Follower, ACaseLastsFromTheFeedbackToTheEndOfItsInstance) {
  Journal journal;
  for (const char* kpi : {"firstResponseTime", "resolutionTime", "backlog", "reopenRate"}) journal.declare(kpi);
  journal.declare("firstResponseTime", "{urn:p}p");
  journal.started(1, 10);
  journal.taken(50, 0, 11, "talk", {1});
  EXPECT_EQ(journal.value("backlog"), 1);
  journal.answered(50, 20, "");  // a bot
  EXPECT_EQ(journal.value("firstResponseTime"), std::nullopt);
  journal.answered(50, 100, "anna");
  EXPECT_EQ(journal.value("firstResponseTime"), 100);
  EXPECT_EQ(journal.value("firstResponseTime", "{urn:p}p"), 100);
  journal.ended(1, 300);
  EXPECT_EQ(journal.value("resolutionTime"), 300);
  EXPECT_EQ(journal.value("backlog"), 0);
  journal.started(2, 400);
  journal.taken(51, 400, 401, "talk", {2});
  EXPECT_EQ(journal.value("reopenRate"), 100);
}

TEST(Follower, AnAnswerThatWasSentBeforeItIsKnownWhoTookTheQuestionCounts) {
  Journal journal;
  for (const char* kpi : {"firstResponseTime", "resolutionTime", "backlog"}) journal.declare(kpi);
  journal.started(1, 1);
  journal.answered(50, 5, "anna");
  journal.ended(1, 6);
  journal.taken(50, 0, 8, "talk", {1});
  EXPECT_EQ(journal.value("firstResponseTime"), 5);
  EXPECT_EQ(journal.value("resolutionTime"), 8);  // its end is known with the feedback
  EXPECT_EQ(journal.value("backlog"), 0);
}

TEST(Follower, ACaseOnWhichTwoInstancesWorkIsResolvedByTheLast) {
  Journal journal;
  journal.declare("backlog");
  journal.declare("resolutionTime");
  journal.started(1, 0);
  journal.started(2, 0);
  journal.taken(50, 0, 1, "talk", {1, 2});
  journal.ended(1, 10);
  EXPECT_EQ(journal.value("backlog"), 1);
  journal.ended(2, 20, engine::InstanceStatus::faulted);
  EXPECT_EQ(journal.value("backlog"), 0);
  EXPECT_EQ(journal.value("resolutionTime"), std::nullopt);
}

TEST(Follower, WhatNobodyTookIsAVoiceAndNoCase) {
  Journal journal;
  journal.declare("sentimentIndex");
  journal.declare("backlog");
  journal.taken(50, 0, 1, "talk", {});
  EXPECT_EQ(journal.value("sentimentIndex"), -1);
  EXPECT_EQ(journal.value("backlog").value_or(0), 0);
  journal.started(1, 5);
  journal.taken(50, 0, 6, "talk", {1});  // replayed: said once
  EXPECT_EQ(journal.follower.kpis().find("sentimentIndex")->group("")->window.figures().count, 1u);
  EXPECT_EQ(journal.value("backlog"), 1);
}

TEST(Follower, StepsLoopsAndHandovers) {
  Journal journal;
  for (const char* kpi : {"processSteps", "processLoops", "processHandovers", "handlingTime", "escalationRate"})
    journal.declare(kpi);
  journal.started(1, 0);
  journal.instance(
      1, 0, records::ActivityCreated{1, 0, 0, 0, 0, false}, records::ActivityCreated{2, 1, 1, 1, 0, false},
      records::ActivityCreated{3, 2, 2, 1, 1, false}, records::ActivityEnded{3, records::Outcome::completed},
      records::ActivityCreated{4, 2, 2, 1, 2, false}, records::ActivityEnded{4, records::Outcome::completed},
      records::ActivityCreated{5, 2, 2, 1, 3, true}, records::ActivityEnded{5, records::Outcome::skipped});
  tasks::TaskCreated created;
  created.id = 70;
  created.creation.instance = 1;
  tasks::TaskMoved moved;
  moved.operation = tasks::Operation::start;
  moved.state = tasks::TaskState::in_progress;
  moved.owner = "anna";
  journal.task(70, 10, {created, moved});
  moved.state = tasks::TaskState::ready;
  moved.owner = "";
  journal.task(70, 40, {moved, tasks::Escalated{}});
  moved.state = tasks::TaskState::in_progress;
  moved.owner = "bert";
  journal.task(70, 100, {moved});
  moved.state = tasks::TaskState::completed;
  journal.task(70, 120, {moved, tasks::Escalated{}});
  journal.ended(1, 200);
  EXPECT_EQ(journal.value("processSteps"), 2);
  EXPECT_EQ(journal.value("processLoops"), 2);
  EXPECT_EQ(journal.value("processHandovers"), 1);
  EXPECT_EQ(journal.value("handlingTime"), 50);
  EXPECT_EQ(journal.value("escalationRate"), 100);
}

TEST(Follower, GoesOnFromAnyRowAsIfItHadNeverStopped) {
  Journal journal;
  for (const auto& info : cx::kpi_built_ins())
    if (info.name != "shareOfVoice") journal.declare(std::string(info.name));
  for (int i = 0; i < 60; ++i) {
    const auto id = static_cast<InstanceId>(100 + i);
    journal.started(id, i * 10);
    if (i % 3 == 0) journal.answered(1'000 + i, i * 10 + 2, i % 2 ? "anna" : "");
    journal.taken(1'000 + i, i * 10, i * 10 + 3, "talk " + std::to_string(i % 7), {id});
    if (i % 4 != 0) journal.answered(1'000 + i, i * 10 + 5, "bert");
    if (i > 5) journal.ended(id - 5, i * 10 + 6);
  }
  const auto whole = journal.follower.kpis().figures();
  ASSERT_GT(whole.size(), 12u);
  for (std::size_t stop = 3; stop < journal.rows.size(); stop += 17) {
    Follower first(journal.calendars, journal.processes);
    std::map<std::pair<std::string, std::string>, SavedPart> saved;
    for (std::size_t i = 0; i < stop; ++i) {
      first.apply(journal.rows[i]);
      if (i % 5 == 0 || i + 1 == stop)
        for (auto& part : first.save()) saved[{part.kpi, part.group}] = part;
    }
    std::vector<SavedPart> parts;
    for (const auto& [key, part] : saved) parts.push_back(part);
    auto second = Follower::load(parts, journal.calendars, journal.processes);
    ASSERT_TRUE(second) << second.error().message;
    for (const auto& row : journal.rows) (*second)->apply(row);  // those before are left out
    EXPECT_EQ((*second)->kpis().figures(), whole) << "stopped after row " << stop;
  }
}

}  // namespace
}  // namespace echoflow::kpis::test
