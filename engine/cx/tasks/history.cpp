#include "engine/cx/tasks/events.hpp"

namespace echoflow::tasks {

namespace {

std::string people_text(const People& people) {
  std::string text;
  for (const auto& each : people) text += (text.empty() ? "" : ", ") + each;
  return text;
}

std::string_view to_string(DeadlinePhase phase) {
  switch (phase) {
    case DeadlinePhase::running:
      return "running";
    case DeadlinePhase::paused:
      return "paused";
    case DeadlinePhase::missed:
      return "missed";
    case DeadlinePhase::met:
      return "met";
  }
  return "";
}

std::string_view to_string(EffectKind kind) {
  switch (kind) {
    case EffectKind::answer:
      return "answer to the process";
    case EffectKind::notify:
      return "notification";
    case EffectKind::process_event:
      return "message into the process";
    case EffectKind::end_parent_part:
      return "end told to the parent task";
    case EffectKind::activate_next:
      return "next sub-task activated";
    case EffectKind::end_children:
      return "sub-tasks ended";
  }
  return "";
}

struct Writer {
  HistoryEntry& entry;

  void operator()(const TaskCreated& event) {
    entry.event = "create";
    entry.detail = event.creation.name;
  }
  void operator()(const TaskMoved& event) {
    entry.event = tasks::to_string(event.operation);
    entry.by = event.by;
    entry.state = tasks::to_string(event.state);
    entry.owner = event.owner;
    entry.detail = event.outcome.empty() ? event.reason.text : "outcome " + event.outcome;
    if (event.for_customer)
      entry.detail += entry.detail.empty() ? "waits for the customer" : " (waits for the customer)";
  }
  void operator()(const RoleSet& event) {
    entry.event = "setGenericHumanRole";
    entry.by = event.by;
    entry.detail = std::string(tasks::to_string(event.role.role)) + ": " + people_text(event.role.people);
  }
  void operator()(const PrioritySet& event) {
    entry.event = "setPriority";
    entry.by = event.by;
    entry.detail = std::to_string(event.priority);
  }
  void operator()(const OutputSet& event) {
    entry.event = event.present ? "setOutput" : "deleteOutput";
    entry.by = event.by;
  }
  void operator()(const FaultSet& event) {
    entry.event = event.present ? "setFault" : "deleteFault";
    entry.by = event.by;
    entry.detail = event.name;
  }
  void operator()(const AttachmentAdded& event) {
    entry.event = "addAttachment";
    entry.by = event.attachment.by;
    entry.detail = event.attachment.name.text;
  }
  void operator()(const AttachmentDeleted& event) {
    entry.event = "deleteAttachment";
    entry.by = event.by;
    entry.detail = std::to_string(event.id);
  }
  void operator()(const CommentAdded& event) {
    entry.event = "addComment";
    entry.by = event.comment.by;
    entry.detail = event.comment.text.text;
  }
  void operator()(const CommentChanged& event) {
    entry.event = event.deleted ? "deleteComment" : "updateComment";
    entry.by = event.by;
    entry.detail = event.text.text;
  }
  void operator()(const DeadlineChanged& event) {
    entry.event = "deadline";
    entry.by = event.by;
    entry.detail = std::to_string(event.deadline) + " " + std::string(to_string(event.state.phase));
    if (event.state.phase == DeadlinePhase::running) entry.detail += " until " + format_time_point(event.state.due);
  }
  void operator()(const Escalated& event) {
    entry.event = "escalate";
    entry.detail = event.name + (event.held_back ? " held back" : "");
    if (!event.why.text.empty()) entry.detail += ": " + event.why.text;
  }
  void operator()(const EffectAdded& event) {
    entry.event = "due";
    entry.detail = to_string(event.effect.kind);
  }
  void operator()(const EffectTried& event) {
    entry.event = "tried";
    entry.detail = event.trouble.text;
  }
  void operator()(const EffectDone& event) {
    entry.event = event.given_up ? "givenUp" : "done";
    entry.detail = std::string(to_string(event.kind)) + (event.note.text.empty() ? "" : ": " + event.note.text);
  }
  void operator()(const SubTaskAdded& event) {
    entry.event = "instantiateSubTask";
    entry.by = event.by;
    entry.detail = event.sub_task.name + " " + std::to_string(event.sub_task.id);
  }
  void operator()(const SubTaskEnded& event) {
    entry.event = "endSubTask";
    entry.detail = std::to_string(event.id) + " " + std::string(tasks::to_string(event.state));
  }
  void operator()(const Routed& event) {
    entry.event = "route";
    entry.detail = event.explanation.summary;
  }
  void operator()(const CustomerRead& event) {
    entry.event = "readCustomer";
    entry.by = event.by;
  }
  void operator()(const RemovedFromList& event) {
    entry.event = "remove";
    entry.by = event.by;
  }
};

}  // namespace

std::vector<HistoryEntry> history_of(const Events& events, TimePoint at) {
  // WS-HumanTask 1.1 §7.1 getTaskHistory: what happened, when, by whom, and what it led to.
  std::vector<HistoryEntry> entries;
  for (const auto& event : events) {
    entries.push_back({at, {}, {}, {}, {}, {}});
    std::visit(Writer{entries.back()}, event);
  }
  return entries;
}

}  // namespace echoflow::tasks
