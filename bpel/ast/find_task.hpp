#pragma once
#include <string>

#include "bpel/ast/ast.hpp"

namespace echoflow::ast {

/// The task or notification of <b4p:humanInteractions> that a reference (a QName or a name) means; null: none.
inline const HumanTask* find_task(const Process& process, const std::string& reference, bool is_notification) {
  const auto colon = reference.find(':');
  const auto name = reference.substr(colon == std::string::npos ? 0 : colon + 1);
  for (const auto& task : process.tasks)
    if (task.name == name && task.is_notification == is_notification) return &task;
  return nullptr;
}

/// The inline task of a people activity, or the one that it refers to; null: none.
inline const HumanTask* task_of(const Process& process, const PeopleActivity& activity) {
  if (!activity.tasks.empty()) return &activity.tasks.front();
  if (activity.references.empty()) return nullptr;
  return find_task(process, activity.references.front().reference, activity.references.front().is_notification);
}

}  // namespace echoflow::ast
