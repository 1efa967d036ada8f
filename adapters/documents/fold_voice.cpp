#include "adapters/documents/fold.hpp"
#include "engine/cx/deliveries/delivery.hpp"
#include "engine/cx/feedback/record.hpp"
#include "engine/cx/tasks/events.hpp"
#include "models/records/bare.hpp"

/// What people's work and what customers say tell of a process.
namespace echoflow::documents {

namespace {

constexpr std::string_view group_mark = "group:";

std::string_view kind_of(tasks::EscalationKind kind) {
  switch (kind) {
    case tasks::EscalationKind::notification:
      return "notify";
    case tasks::EscalationKind::reassignment:
      return "reassign";
    case tasks::EscalationKind::priority:
      return "priority";
    case tasks::EscalationKind::message:
      return "event";
  }
  return "";
}

void forget_oldest(std::map<std::int64_t, TimePoint>& times) {
  if (times.size() > most_unanswered) times.erase(times.begin());
}

}  // namespace

/// A group by its name; a single person by a pseudonym.
std::string Fold::role_of(const std::string& queue, const std::vector<std::string>& people) const {
  if (!queue.empty()) return queue;
  for (const auto& person : people)
    if (person.starts_with(group_mark)) return person.substr(group_mark.size());
  return people.empty() ? std::string() : pseudonyms_.of("person", people.front());
}

void Fold::add_task_row(const engine::JournalRow& row) {
  const auto created = [&](const tasks::TaskCreated& event) {
    const auto& creation = event.creation;
    const auto run = runs_.find(creation.instance);
    if (run == runs_.end() || creation.is_notification) return;
    OpenTask task;
    task.instance = creation.instance;
    task.element = element_of(&run->second, creation.activity);
    if (task.element.empty()) task.element = creation.name;
    for (const auto& role : creation.people)
      if (role.role == tasks::HumanRole::potential_owners) task.role = role_of(creation.queue, role.people);
    if (task.role.empty()) task.role = creation.queue;
    for (const auto& plan : creation.deadlines) task.deadlines.push_back(plan.name);
    tasks_[row.instance] = std::move(task);
  };
  records::for_each_bare_event<tasks::TaskCreated, tasks::TaskMoved, tasks::DeadlineChanged, tasks::Escalated>(
      row.events, [&]<class E>(const E& event) {
        if constexpr (std::is_same_v<E, tasks::TaskCreated>) {
          created(event);
        } else {
          const auto task = tasks_.find(row.instance);
          if (task == tasks_.end()) return;
          if constexpr (std::is_same_v<E, tasks::TaskMoved>) {
            if (event.state == tasks::TaskState::completed) ++tally_.roles[{task->second.element, task->second.role}];
            if (tasks::is_final(event.state)) tasks_.erase(task);
          } else if constexpr (std::is_same_v<E, tasks::DeadlineChanged>) {
            if (event.state.phase != tasks::DeadlinePhase::missed) return;
            const auto& names = task->second.deadlines;
            tally_.deviate(documentation::DeviationKind::late, task->second.element,
                           event.deadline < names.size() ? names[event.deadline] : std::string());
            if (const auto run = runs_.find(task->second.instance); run != runs_.end()) run->second.conforming = false;
          } else if constexpr (std::is_same_v<E, tasks::Escalated>) {
            if (event.held_back) return;
            const std::string kind(kind_of(event.kind));
            auto& escalation = tally_.escalations[{task->second.element, event.name, kind}];
            escalation.element = task->second.element;
            escalation.name = event.name;
            escalation.kind = kind;
            ++escalation.count;
            escalation.last = row.at;
          }
        }
      });
}

Result<void> Fold::add_feedback_row(const engine::JournalRow& row) {
  const auto event = intake::read_event(row.events);
  if (!event) return {};  // somebody's look at customers' data
  if (event->kind == intake::EventKind::received) {
    received_[row.instance] = row.at;
    forget_oldest(received_);
    return {};
  }
  if (event->kind != intake::EventKind::taken) return {};
  const auto known = received_.find(row.instance);
  const TimePoint received = known == received_.end() ? row.at : known->second;
  if (known != received_.end()) received_.erase(known);
  bool ours = false;
  for (const InstanceId instance : event->instances) {
    const auto taken = took(instance, received);
    if (!taken) return fail(taken.error());
    ours = ours || *taken;
  }
  if (!ours) return {};
  ++tally_.complaints.received;
  ++tally_.complaints.by_channel[event->channel];
  for (const auto& topic : event->summary.topics) ++tally_.complaints.by_topic[topic];
  unanswered_[row.instance] = received;
  forget_oldest(unanswered_);
  return {};
}

/// False: the instance is of another process, or not of the time that is asked for.
Result<bool> Fold::took(InstanceId instance, TimePoint received) {
  if (const auto run = runs_.find(instance); run != runs_.end()) {
    run->second.feedback.push_back(received);
    return true;
  }
  const auto process = index_.process_of(instance);
  if (!process) return fail(process.error());
  if (!versions_.contains(*process)) return false;
  // It has ended before it was told that it took this.
  const auto row = store_.instance(instance);
  if (!row) return fail(row.error().message);
  if (!*row) return false;
  const auto& started = (*row)->started_at;
  if ((options_.from && started < *options_.from) || (options_.to && started >= *options_.to)) return false;
  if ((*row)->status == engine::InstanceStatus::completed && (*row)->ended_at) {
    ++tally_.complaints.resolved;
    tally_.resolution.add((*row)->ended_at->micros - received.micros);
  }
  return true;
}

void Fold::add_delivery_row(const engine::JournalRow& row) {
  const auto event = deliveries::read_event(row.events);
  if (!event || event->kind != deliveries::EventKind::sent) return;
  const auto waiting = unanswered_.find(event->feedback);
  if (waiting == unanswered_.end()) return;
  tally_.first_response.add(row.at.micros - waiting->second.micros);
  unanswered_.erase(waiting);
}

}  // namespace echoflow::documents
