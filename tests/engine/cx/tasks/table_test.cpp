#include "engine/cx/tasks/tables.hpp"

#include <map>

#include "tests/engine/cx/tasks/task_fixture.hpp"

namespace echoflow::tasks {
namespace {

constexpr const char* no_state = "-";

/// A command that lacks nothing.
Command full_command(const Desk& desk, Operation operation, const char* user) {
  Command command = desk.command(operation, user);
  command.user = "dora";
  if (operation == Operation::forward || operation == Operation::nominate) {
    command.people = {"fritz", "group:others"};
  } else if (operation == Operation::set_generic_human_role) {
    command.people = {"fritz"};
    command.role = HumanRole::task_stakeholders;
  }
  command.text = "because";
  command.name = "sub";
  command.parts = Parts{};
  command.sub_task = 99;
  command.until = {desk.now.micros + 1'000'000};
  command.attachment.name = {"photo.jpg"};
  command.number = operation == Operation::delete_attachment ? 2 : operation == Operation::set_deadline ? 0 : 1;
  return command;
}

/// A task in a state, with a comment (1), an attachment (2) and a deadline (0).
void put_into(Desk& desk, TaskState state, bool notification = false, bool owned = true) {
  auto creation = Desk::creation();
  creation.is_notification = notification;
  if (notification) creation.people.push_back({HumanRole::notification_recipients, {"nora"}});
  creation.manual_activation = !notification;
  DeadlinePlan plan;
  plan.kind = DeadlineKind::completion;
  plan.for_micros = 3'600'000'000;
  creation.deadlines = {plan};
  desk.make(std::move(creation));
  Events notes = {CommentAdded{{1, "bea", desk.now, {}, {"first"}, false}},
                  AttachmentAdded{{2, "bea", desk.now, {"photo"}, "image/jpeg", {}, {}}}};
  TaskMoved moved;
  moved.operation = Operation::claim;
  moved.state = state;
  if (owned) moved.owner = "anna";
  if (!notification) notes.push_back(moved);
  apply(desk.task, notes, desk.now);
}

/// Somebody with a role that allows it; while it is ready, potential owners, who may not do it at other times.
const char* doer(Operation operation, TaskState state) {
  if (operation == Operation::start && state == TaskState::ready) return "paul";
  for (auto [role, user] : {std::pair{HumanRole::business_administrators, "bea"},
                            std::pair{HumanRole::actual_owner, "anna"}, std::pair{HumanRole::potential_owners, "paul"}})
    if (role_may(operation, role, TaskState::ready)) return user;
  return "";
}

/// WS-HumanTask 1.1 §4.10, §7.1, written down once more: operation → for each state the next one.
const std::map<Operation, std::vector<const char*>>& expected_states() {
  using enum Operation;
  static const char* const x = no_state;
  static const std::vector<const char*> live = {"created",
                                                "ready",
                                                "reserved",
                                                "inProgress",
                                                "suspended/ready",
                                                "suspended/reserved",
                                                "suspended/inProgress",
                                                x,
                                                x,
                                                x,
                                                x,
                                                x};
  static const std::vector<const char*> all = {
      "created",   "ready",  "reserved", "inProgress", "suspended/ready", "suspended/reserved", "suspended/inProgress",
      "completed", "failed", "error",    "exited",     "obsolete"};
  static const std::vector<const char*> rest = {
      x, "suspended/ready", "suspended/reserved", "suspended/inProgress", x, x, x, x, x, x, x, x};
  static const std::vector<const char*> working = {x, x, x, "inProgress", x, x, x, x, x, x, x, x};
  static const std::map<Operation, std::vector<const char*>> table = {
      {activate, {"ready", x, x, x, x, x, x, x, x, x, x, x}},
      {nominate, {"ready", x, x, x, x, x, x, x, x, x, x, x}},
      {claim, {x, "reserved", x, x, x, x, x, x, x, x, x, x}},
      {start, {x, "inProgress", "inProgress", x, x, x, x, x, x, x, x, x}},
      {stop, {x, x, x, "reserved", x, x, x, x, x, x, x, x}},
      {release, {x, x, "ready", "ready", x, x, x, x, x, x, x, x}},
      {delegate, {x, "reserved", "reserved", "reserved", x, x, x, x, x, x, x, x}},
      {forward, {x, "ready", "ready", "ready", x, x, x, x, x, x, x, x}},
      {suspend, rest},
      {suspend_until, rest},
      {resume, {x, x, x, x, "ready", "reserved", "inProgress", x, x, x, x, x}},
      {complete, {x, x, x, "completed", x, x, x, x, x, x, x, x}},
      {fail, {x, x, x, "failed", x, x, x, x, x, x, x, x}},
      {skip, {"obsolete", "obsolete", "obsolete", "obsolete", x, x, x, x, x, x, x, x}},
      {set_output, working},
      {delete_output, working},
      {set_fault, working},
      {delete_fault, working},
      {set_priority, live},
      {add_attachment, live},
      {delete_attachment, live},
      {add_comment, all},
      {update_comment, all},
      {delete_comment, all},
      {set_generic_human_role, live},
      {set_deadline, live},
      {instantiate_sub_task, {x, x, "reserved", "inProgress", x, x, x, x, x, x, x, x}},
      {read, all},
      {assign, {x, "reserved", x, x, x, x, x, x, x, x, x, x}},
      {requeue, {x, x, "ready", "ready", x, x, x, x, x, x, x, x}},
      {expire, live},
      {settle, all},
      {end_sub_task, live},
      {exit, {"exited", "exited", "exited", "exited", "exited", "exited", "exited", x, x, x, x, x}},
      {error, {"error", "error", "error", "error", "error", "error", "error", x, x, x, x, x}},
  };
  return table;
}

TEST(TaskTable, EveryOperationInEveryState) {
  std::size_t cells = 0;
  Desk desk;
  for (const auto& [operation, states] : expected_states())
    for (std::size_t i = 0; i < state_count; ++i, ++cells) {
      const auto state = static_cast<TaskState>(i);
      put_into(desk, state);
      const auto place = std::string(to_string(operation)) + " in " + std::string(to_string(state));
      const char* user = doer(operation, state);
      if (states[i] == no_state) {
        EXPECT_EQ(desk.act(full_command(desk, operation, user)), "wrong-state") << place;
        EXPECT_EQ(desk.task.state, state) << place;
      } else {
        EXPECT_EQ(desk.act(full_command(desk, operation, user)), "") << place;
        EXPECT_EQ(to_string(desk.task.state), states[i]) << place;
      }
    }
  EXPECT_EQ(cells, (operation_count - 1) * state_count);  // all but `remove`, which is for notifications
}

TEST(TaskTable, EveryOperationForEveryRole) {
  using enum Operation;
  // I initiator, S stakeholder, P potential owner, A actual owner, B administrator, X excluded owner; while ready for
  // the operations that are possible then, else while in progress.
  const std::map<Operation, std::string> expected = {{activate, "B"},
                                                     {nominate, "B"},
                                                     {claim, "P"},
                                                     {start, "P"},
                                                     {stop, "AB"},
                                                     {release, "AB"},
                                                     {delegate, "SPB"},
                                                     {forward, "SPB"},
                                                     {suspend, "SPB"},
                                                     {suspend_until, "SPB"},
                                                     {resume, "SPB"},
                                                     {complete, "A"},
                                                     {fail, "A"},
                                                     {skip, "ISB"},
                                                     {set_output, "A"},
                                                     {delete_output, "A"},
                                                     {set_fault, "A"},
                                                     {delete_fault, "A"},
                                                     {set_priority, "SB"},
                                                     {add_attachment, "SPB"},
                                                     {delete_attachment, "B"},
                                                     {add_comment, "ISPB"},
                                                     {update_comment, "B"},
                                                     {delete_comment, "B"},
                                                     {set_generic_human_role, "B"},
                                                     {set_deadline, "SB"},
                                                     {instantiate_sub_task, "A"},
                                                     {remove, ""},
                                                     {read, "ISPB"},
                                                     {assign, ""},
                                                     {requeue, ""},
                                                     {expire, ""},
                                                     {settle, ""},
                                                     {end_sub_task, ""},
                                                     {exit, ""},
                                                     {error, ""}};
  const std::pair<char, const char*> people[] = {{'I', "ines"}, {'S', "stan"}, {'P', "paul"},
                                                 {'A', "anna"}, {'B', "bea"},  {'X', "eve"}};
  Desk desk;
  for (const auto& [operation, letters] : expected)
    for (const auto& [letter, user] : people) {
      TaskState state = TaskState::ready;
      if (!next_state(operation, state)) state = TaskState::in_progress;
      if (!next_state(operation, state)) state = operation == resume ? TaskState::suspended_ready : TaskState::created;
      put_into(desk, state, false, state == TaskState::in_progress);
      const bool allowed = letters.find(letter) != std::string::npos;
      const auto place = std::string(to_string(operation)) + " by " + user;
      RefusalKind kind = RefusalKind::conflict;
      const auto code = desk.act(full_command(desk, operation, user), &kind);
      EXPECT_EQ(code.empty(), allowed) << place << " " << code;
      if (!allowed) {
        EXPECT_EQ(kind, RefusalKind::forbidden) << place << " " << code;
      }
      EXPECT_EQ(expected.size(), operation_count);
    }
}

TEST(TaskTable, PotentialOwnersActOnlyWhileItIsReady) {
  Desk desk;
  for (auto operation : {Operation::delegate, Operation::forward, Operation::suspend, Operation::start}) {
    put_into(desk, TaskState::reserved);
    RefusalKind kind = RefusalKind::conflict;
    EXPECT_EQ(desk.act(full_command(desk, operation, "paul"), &kind), "not-authorised") << to_string(operation);
    EXPECT_EQ(kind, RefusalKind::forbidden);
    put_into(desk, TaskState::reserved);
    EXPECT_EQ(desk.act(full_command(desk, operation, "anna")), "") << to_string(operation);
  }
}

TEST(TaskTable, NotificationsAreReadAndRemoved) {
  Desk desk;
  put_into(desk, TaskState::ready, true);
  EXPECT_EQ(desk.task.state, TaskState::ready);
  EXPECT_EQ(desk.act(full_command(desk, Operation::read, "nora")), "");
  EXPECT_EQ(desk.act(full_command(desk, Operation::remove, "nora")), "");
  EXPECT_EQ(desk.act(full_command(desk, Operation::remove, "nora")), "");
  EXPECT_EQ(desk.task.removed_by, std::vector<std::string>{"nora"});
  EXPECT_EQ(desk.act(full_command(desk, Operation::remove, "paul")), "not-authorised");
  EXPECT_EQ(desk.act(full_command(desk, Operation::claim, "paul")), "wrong-kind");
  ASSERT_EQ(desk.task.effects.size(), 1u);
  EXPECT_EQ(desk.task.effects[0].kind, EffectKind::notify);
  put_into(desk, TaskState::ready);
  desk.task.people.push_back({HumanRole::notification_recipients, {"nora"}});
  EXPECT_EQ(desk.act(full_command(desk, Operation::remove, "nora")), "wrong-kind");
}

TEST(TaskTable, GroupsAndSupervisors) {
  Desk desk;
  put_into(desk, TaskState::ready);
  auto claim = desk.command(Operation::claim, "gil");
  EXPECT_EQ(desk.act(claim), "not-authorised");
  claim.actor.groups = {"service"};
  EXPECT_EQ(desk.act(claim), "");
  EXPECT_EQ(desk.task.owner, "gil");
  auto release = desk.command(Operation::release, "sue");
  EXPECT_EQ(desk.act(release), "not-authorised");
  release.actor.supervised_groups = {"service"};
  EXPECT_EQ(desk.act(release), "");
  // An excluded owner stays excluded as a member of the group.
  claim.actor.user = "eve";
  EXPECT_EQ(desk.act(claim), "not-authorised");
  EXPECT_EQ(desk.task.state, TaskState::ready);
}

TEST(TaskTable, NamesReadBack) {
  for (std::size_t i = 0; i < state_count; ++i)
    EXPECT_EQ(state_named(to_string(static_cast<TaskState>(i))), static_cast<TaskState>(i));
  for (std::size_t i = 0; i < operation_count; ++i)
    EXPECT_EQ(operation_named(to_string(static_cast<Operation>(i))), static_cast<Operation>(i));
  EXPECT_FALSE(operation_named("fly"));
}

}  // namespace
}  // namespace echoflow::tasks
