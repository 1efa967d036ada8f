#include "engine/cx/tasks/states.hpp"

#include <array>

namespace echoflow::tasks {

namespace {

constexpr std::array<std::string_view, state_count> state_names = {
    "created",   "ready",  "reserved", "inProgress", "suspended/ready", "suspended/reserved", "suspended/inProgress",
    "completed", "failed", "error",    "exited",     "obsolete"};

constexpr std::array<std::string_view, operation_count> operation_names = {"activate",
                                                                           "nominate",
                                                                           "claim",
                                                                           "start",
                                                                           "stop",
                                                                           "release",
                                                                           "delegate",
                                                                           "forward",
                                                                           "suspend",
                                                                           "suspendUntil",
                                                                           "resume",
                                                                           "complete",
                                                                           "fail",
                                                                           "skip",
                                                                           "setOutput",
                                                                           "deleteOutput",
                                                                           "setFault",
                                                                           "deleteFault",
                                                                           "setPriority",
                                                                           "addAttachment",
                                                                           "deleteAttachment",
                                                                           "addComment",
                                                                           "updateComment",
                                                                           "deleteComment",
                                                                           "setGenericHumanRole",
                                                                           "setDeadline",
                                                                           "instantiateSubTask",
                                                                           "remove",
                                                                           "read",
                                                                           "assign",
                                                                           "requeue",
                                                                           "expire",
                                                                           "settle",
                                                                           "endSubTask",
                                                                           "exit",
                                                                           "error"};

constexpr std::array<std::string_view, 8> role_names = {
    "taskInitiator",          "taskStakeholders",       "potentialOwners", "actualOwner",
    "businessAdministrators", "notificationRecipients", "excludedOwners",  "system"};

template <class E, std::size_t n>
std::optional<E> find(const std::array<std::string_view, n>& names, std::string_view name) {
  for (std::size_t i = 0; i < n; ++i)
    if (names[i] == name) return static_cast<E>(i);
  return std::nullopt;
}

}  // namespace

std::string_view to_string(TaskState state) {
  return state_names[static_cast<std::size_t>(state)];
}
std::string_view to_string(Operation operation) {
  return operation_names[static_cast<std::size_t>(operation)];
}
std::string_view to_string(HumanRole role) {
  return role_names[static_cast<std::size_t>(role)];
}
std::optional<TaskState> state_named(std::string_view name) {
  return find<TaskState>(state_names, name);
}
std::optional<Operation> operation_named(std::string_view name) {
  return find<Operation>(operation_names, name);
}
std::optional<HumanRole> role_named(std::string_view name) {
  return find<HumanRole>(role_names, name);
}

}  // namespace echoflow::tasks
