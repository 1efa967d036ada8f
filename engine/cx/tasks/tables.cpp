#include "engine/cx/tasks/tables.hpp"

namespace echoflow::tasks {

namespace {

constexpr std::string_view state_letters = "CRVPrvpDFEQO";

const OperationRow& row_of(Operation operation) {
  return operation_rows[static_cast<std::size_t>(operation)];
}

std::optional<std::size_t> role_column(HumanRole role) {
  switch (role) {
    case HumanRole::task_initiator:
      return 0;
    case HumanRole::task_stakeholders:
      return 1;
    case HumanRole::potential_owners:
      return 2;
    case HumanRole::actual_owner:
      return 3;
    case HumanRole::business_administrators:
      return 4;
    case HumanRole::notification_recipients:
      return 5;
    case HumanRole::system:
      return 6;
    case HumanRole::excluded_owners:
      return std::nullopt;
  }
  return std::nullopt;
}

constexpr bool rows_are_in_order() {
  for (std::size_t i = 0; i < operation_rows.size(); ++i) {
    const auto& row = operation_rows[i];
    if (static_cast<std::size_t>(row.operation) != i) return false;
    if (row.next.size() != state_count || row.roles.size() != role_letters.size()) return false;
  }
  return true;
}
static_assert(rows_are_in_order());

}  // namespace

std::optional<TaskState> next_state(Operation operation, TaskState state) {
  const char cell = row_of(operation).next[static_cast<std::size_t>(state)];
  if (cell == '.') return std::nullopt;
  if (cell == '=') return state;
  return static_cast<TaskState>(state_letters.find(cell));
}

bool role_may(Operation operation, HumanRole role, TaskState state) {
  const auto column = role_column(role);
  if (!column) return false;
  const char cell = row_of(operation).roles[*column];
  if (cell == 'p') return state == TaskState::ready || state == TaskState::suspended_ready;
  return cell != '.';
}

}  // namespace echoflow::tasks
