#include <gtest/gtest.h>

#include "engine/projections/history.hpp"
#include "tests/engine/support/process_builder.hpp"

namespace echoflow::engine::testing {
namespace {

std::string code(const Result<Batch, Refusal>& batch) {
  return batch.ok() ? "done" : batch.error().code;
}

TEST(Turn, AnswersInOneTurn) {
  ProcessBuilder b;
  b.receive("ask", true);
  b.reply();
  Instance instance(b.finish());
  Batch batch = instance.start("hello");
  ASSERT_EQ(batch.replies.size(), 1u);
  EXPECT_FALSE(batch.replies[0].is_fault);
  EXPECT_EQ(batch.replies[0].message.parts[0]->string_value(xml::root_node), "hello");
  EXPECT_EQ(batch.status, InstanceStatus::completed);
  EXPECT_EQ(batch.activities, 4u);  // process, sequence, receive, reply
}

TEST(Turn, ExpressionsSeeTheFiguresThatTheHostHandsIn) {
  ProcessBuilder b;
  b.receive("ask", true);
  auto& measure = b.add<program::Measure>(1);
  measure.kpi = "csat";
  measure.value = b.expression([](const auto& scope) {
    const auto reading = scope.kpi("csat", "mail");
    return reading ? std::to_string(reading->value) : "0";
  });
  b.body().activities.push_back(measure.id);
  b.reply();
  Instance instance(b.finish());
  instance.context.kpi = [](std::string_view name, std::string_view group) -> std::optional<cx::KpiReading> {
    EXPECT_EQ(std::string(name) + "/" + std::string(group), "csat/mail");
    return cx::KpiReading{4.5, "warning"};
  };
  instance.start("x");
  History history(*instance.program);
  ASSERT_TRUE(history.add(1, {1}, instance.journal.at(0).events, instance.journal.at(0).payload).ok());
  std::string measured;
  for (const auto& event : history.events())
    if (event.type == "measured") measured = event.detail;
  EXPECT_EQ(measured, "csat = 4.5");
}

TEST(Turn, RefusesWhatDoesNotFit) {
  ProcessBuilder b;
  b.receive("ask", true);
  b.invoke();
  b.wait("PT1S");
  Instance instance(b.finish());
  const Actor ann{"ann", "test"};
  EXPECT_EQ(code(instance.turn(FireTimer{1})), "not-waiting");
  ActivityId call = instance.start("x").invokes.at(0).activity;
  EXPECT_EQ(code(instance.turn(StartInstance{})), "not-waiting");
  EXPECT_EQ(code(instance.turn(DeliverMessage{call, 0, {}, 0})), "not-waiting");
  EXPECT_EQ(code(instance.turn(FireTimer{7})), "not-waiting");
  EXPECT_EQ(code(instance.turn(CompleteInvoke{99, {}})), "not-waiting");
  EXPECT_EQ(code(instance.turn(RetryActivity{99, ann})), "unknown-activity");
  EXPECT_EQ(code(instance.turn(RetryActivity{call, ann})), "not-failed");
  EXPECT_EQ(code(instance.turn(SetVariable{9, 0, {}, ann})), "unknown-variable");
  EXPECT_EQ(code(instance.turn(SetVariable{0, call, {}, ann})), "unknown-variable");
  EXPECT_EQ(code(instance.turn(Resume{ann})), "not-suspended");
  EXPECT_EQ(code(instance.turn(Suspend{ann})), "done");
  EXPECT_EQ(code(instance.turn(CompleteInvoke{call, ProcessBuilder::message("y")})), "suspended");
  EXPECT_EQ(code(instance.turn(Resume{ann})), "done");
  EXPECT_EQ(code(instance.turn(Terminate{ann})), "done");
  EXPECT_EQ(code(instance.turn(Resume{ann})), "ended");
}

TEST(Turn, ARefusalChangesNothing) {
  ProcessBuilder b;
  b.receive("ask", true);
  b.invoke();
  Instance instance(b.finish());
  instance.start("x");
  const std::string before = encode_snapshot(*instance.state);
  EXPECT_FALSE(instance.turn(FireTimer{7}).ok());
  EXPECT_EQ(encode_snapshot(*instance.state), before);
}

TEST(Turn, EndWithdrawsEverything) {
  ProcessBuilder b;
  b.receive("ask", true, program::Initiate::yes, true);
  auto& flow = b.add<program::Flow>(b.body().id);
  b.body().activities.push_back(flow.id);
  b.receive("tell", false, program::Initiate::no, true);
  b.wait("PT1H");
  b.invoke();
  for (int i = 0; i < 3; ++i) {
    flow.activities.insert(flow.activities.begin(), b.body().activities.back());
    b.body().activities.pop_back();
  }
  Instance instance(b.finish());
  Batch begun = instance.start("x");
  EXPECT_EQ(begun.subscriptions_opened.size(), 1u);
  EXPECT_EQ(begun.timers_scheduled.size(), 1u);
  EXPECT_EQ(begun.invokes.size(), 1u);
  auto ended = instance.turn(Terminate{{"ann", "enough"}});
  ASSERT_TRUE(ended.ok());
  EXPECT_EQ(ended->subscriptions_closed.size(), 1u);
  EXPECT_EQ(ended->timers_cancelled.size(), 1u);
  EXPECT_EQ(ended->invokes_abandoned.size(), 1u);
  ASSERT_EQ(ended->replies.size(), 1u);
  EXPECT_EQ(ended->replies[0].fault.name.local, "missingReply");
  EXPECT_EQ(ended->status, InstanceStatus::terminated);
}

TEST(Turn, EndlessLoopGivesWay) {
  ProcessBuilder b;
  b.receive("tell", true);
  auto& loop = b.add<program::While>(b.body().id);
  loop.condition = b.text("true");
  auto& nothing = b.add<program::Empty>(loop.id);
  loop.activity = nothing.id;
  b.body().activities.push_back(loop.id);
  Instance instance(b.finish());
  instance.context.activity_limit = 100;
  Batch batch = instance.start("x", 0);
  for (int i = 0; i < 3; ++i) {
    ASSERT_EQ(batch.timers_scheduled.size(), 1u);
    EXPECT_EQ(batch.timers_scheduled[0].due, instance.context.now);
    EXPECT_LE(batch.activities, 101u);
    auto next = instance.turn(FireTimer{batch.timers_scheduled[0].timer});
    ASSERT_TRUE(next.ok());
    batch = std::move(*next);
  }
  EXPECT_EQ(code(instance.turn(Terminate{{"ann", ""}})), "done");
}

TEST(Turn, WithoutJournalWritesNothing) {
  ProcessBuilder b;
  b.receive("ask", true);
  b.reply();
  Instance instance(b.finish());
  instance.context.journal = false;
  Batch batch = instance.start("x");
  EXPECT_EQ(batch.replies.size(), 1u);
  EXPECT_TRUE(batch.events.empty());
  EXPECT_TRUE(batch.payload.empty());
}

TEST(Operator, RepairsVariableAndRetries) {
  ProcessBuilder b;
  b.receive("ask", true);
  b.invoke();
  b.reply().variable = 1;
  Instance instance(b.finish());
  ActivityId call = instance.start("wrong").invokes.at(0).activity;
  auto failed = instance.turn(FailInvoke{call, Fault{{"urn:net", "unreachable"}, {}, {}, "no route"}, true});
  ASSERT_TRUE(failed.ok());
  ASSERT_EQ(failed->incidents_raised.size(), 1u);
  EXPECT_EQ(failed->status, InstanceStatus::running);
  EXPECT_EQ(code(instance.turn(CompleteInvoke{call, ProcessBuilder::message("late")})), "not-waiting");
  ASSERT_TRUE(instance.turn(SetVariable{0, 0, ProcessBuilder::message("right").parts, {"ann", "typo"}}).ok());
  auto retried = instance.turn(RetryActivity{call, {"ann", "again"}});
  ASSERT_TRUE(retried.ok());
  ASSERT_EQ(retried->invokes.size(), 1u);
  EXPECT_EQ(retried->invokes[0].activity, call);
  EXPECT_EQ(retried->invokes[0].message.parts[0]->string_value(xml::root_node), "right");
  EXPECT_EQ(retried->incidents_resolved.size(), 1u);
  auto done = instance.turn(CompleteInvoke{call, ProcessBuilder::message("answer")});
  ASSERT_TRUE(done.ok());
  EXPECT_EQ(done->replies.at(0).message.parts[0]->string_value(xml::root_node), "answer");
}

TEST(Journal, ReplaysWithoutTheCustomersData) {
  ProcessBuilder b;
  b.receive("ask", true, program::Initiate::yes, true);
  b.receive("tell", false, program::Initiate::no, true);
  Instance instance(b.finish());
  instance.start("secret");
  for (const auto& row : instance.journal) EXPECT_EQ(row.events.find("secret"), std::string::npos);
  auto erased = replay(instance, true);
  EXPECT_EQ(erased->activities.size(), instance.state->activities.size());
  EXPECT_EQ(erased->subscriptions.size(), 1u);
  EXPECT_EQ(erased->exchanges.size(), 1u);
  EXPECT_EQ(erased->activities.at(1).scope_data->variables[0].at(0), nullptr);
}

TEST(Journal, DamagedRowsAreRefused) {
  ProcessBuilder b;
  b.receive("ask", true);
  b.invoke();
  Instance instance(b.finish());
  instance.start("x");
  const auto& row = instance.journal.front();
  for (std::size_t length = 0; length < row.events.size(); ++length) {
    auto state = new_state(*instance.program);
    (void)apply_journal(*instance.program, *state, row.events.substr(0, length), row.payload);
  }
  for (std::size_t at = 0; at < row.events.size(); ++at) {
    std::string damaged = row.events;
    damaged[at] = static_cast<char>(damaged[at] ^ 0x55);
    auto state = new_state(*instance.program);
    (void)apply_journal(*instance.program, *state, damaged, row.payload);
  }
  auto state = new_state(*instance.program);
  EXPECT_FALSE(apply_journal(*instance.program, *state, "\x7f", "").ok());
}

TEST(Snapshot, DamagedBytesAreRefused) {
  ProcessBuilder b;
  b.receive("ask", true);
  b.invoke();
  Instance instance(b.finish());
  instance.start("x");
  const std::string bytes = encode_snapshot(*instance.state);
  EXPECT_TRUE(decode_snapshot(*instance.program, bytes).ok());
  EXPECT_FALSE(decode_snapshot(*instance.program, "").ok());
  for (std::size_t length = 0; length + 1 < bytes.size(); ++length)
    (void)decode_snapshot(*instance.program, bytes.substr(0, length));
  ProcessBuilder other;
  EXPECT_FALSE(decode_snapshot(*other.finish(), bytes).ok());
}

TEST(State, CloneIsIndependent) {
  ProcessBuilder b;
  b.receive("ask", true);
  b.invoke();
  b.reply();
  Instance instance(b.finish());
  ActivityId call = instance.start("x").invokes.at(0).activity;
  auto copy = clone(*instance.state);
  EXPECT_EQ(encode_snapshot(*copy), encode_snapshot(*instance.state));
  ASSERT_TRUE(instance.turn(CompleteInvoke{call, ProcessBuilder::message("y")}).ok());
  EXPECT_TRUE(
      run_turn(*instance.program, *copy, CompleteInvoke{call, ProcessBuilder::message("y")}, instance.context).ok());
}

}  // namespace
}  // namespace echoflow::engine::testing
