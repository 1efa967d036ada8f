#pragma once
#include <cstdint>
#include <optional>
#include <string_view>

/// Names of WS-HumanTask 1.1. The numbers are stored: one that is given up is never used again.
namespace echoflow::tasks {

enum class TaskState : std::uint8_t {
  created = 0,
  ready = 1,
  reserved = 2,
  in_progress = 3,
  suspended_ready = 4,
  suspended_reserved = 5,
  suspended_in_progress = 6,
  completed = 7,
  failed = 8,
  error = 9,
  exited = 10,
  obsolete = 11,
};
inline constexpr std::size_t state_count = 12;

/// The generic human roles, and the server itself (assignment, timers, the process).
enum class HumanRole : std::uint8_t {
  task_initiator = 0,
  task_stakeholders = 1,
  potential_owners = 2,
  actual_owner = 3,
  business_administrators = 4,
  notification_recipients = 5,
  excluded_owners = 6,
  system = 7,
};

enum class Operation : std::uint8_t {
  activate = 0,
  nominate = 1,
  claim = 2,
  start = 3,
  stop = 4,
  release = 5,
  delegate = 6,
  forward = 7,
  suspend = 8,
  suspend_until = 9,
  resume = 10,
  complete = 11,
  fail = 12,
  skip = 13,
  set_output = 14,
  delete_output = 15,
  set_fault = 16,
  delete_fault = 17,
  set_priority = 18,
  add_attachment = 19,
  delete_attachment = 20,
  add_comment = 21,
  update_comment = 22,
  delete_comment = 23,
  set_generic_human_role = 24,
  set_deadline = 25,
  instantiate_sub_task = 26,
  remove = 27,
  read = 28,  ///< all the getters: getTaskDetails, getInput, getOutput, getTaskHistory …
  // What only the server does.
  assign = 29,
  requeue = 30,
  expire = 31,
  settle = 32,  ///< an effect on the world was tried or is done
  end_sub_task = 33,
  exit = 34,
  error = 35,
};
inline constexpr std::size_t operation_count = 36;

/// "Suspended/Ready" and the others as WS-HumanTask's API spells them, in lower camel case: "suspended/ready".
std::string_view to_string(TaskState state);
std::optional<TaskState> state_named(std::string_view name);
/// "suspendUntil", as in WS-HumanTask's API.
std::string_view to_string(Operation operation);
std::optional<Operation> operation_named(std::string_view name);
std::string_view to_string(HumanRole role);
std::optional<HumanRole> role_named(std::string_view name);

constexpr bool is_final(TaskState state) {
  return state >= TaskState::completed;
}
constexpr bool is_suspended(TaskState state) {
  return state >= TaskState::suspended_ready && state <= TaskState::suspended_in_progress;
}

}  // namespace echoflow::tasks
