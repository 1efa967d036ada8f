#include <algorithm>

#include <spdlog/spdlog.h>

#include "adapters/cx/tasks/service.hpp"
#include "models/cx/namespaces.hpp"

/// The thread that does what is due: deadlines, effects on the world, assignment.
namespace echoflow::tasks {

namespace {

constexpr std::uint32_t due_at_once = 200;
constexpr std::int64_t look_at_least_every = 60'000'000;
constexpr std::int64_t pause_in_an_outage = 1'000'000;

}  // namespace

bool TaskService::is_stopping() const {
  std::lock_guard lock(mutex_);
  return stopping_;
}

bool TaskService::at_rest() const {
  std::lock_guard lock(mutex_);
  return !more_ && !working_ && abandoned_.empty() && next_due_ > clock_.now().micros;
}

void TaskService::work() {
  std::unique_lock lock(mutex_);
  while (!stopping_) {
    const std::int64_t now = clock_.now().micros;
    std::int64_t next = std::min(next_due_, now + look_at_least_every);
    for (const auto& [owner, at] : to_route_at_) next = std::min(next, at);
    if (!more_ && next > now) {
      clock_.wait_until(lock, wake_, {next});
      continue;
    }
    more_ = false;
    working_ = true;
    lock.unlock();
    const bool fine = round();
    lock.lock();
    working_ = false;
    // The store cannot be used now: everything is still due, but not at once.
    if (!fine && !stopping_) clock_.wait_until(lock, wake_, {clock_.now().micros + pause_in_an_outage});
  }
}

bool TaskService::round() {
  end_abandoned();
  bool look_back = false;
  {
    std::lock_guard lock(mutex_);
    std::swap(look_back, look_back_);
  }
  if (look_back) look_for_abandoned();
  const TimePoint now = clock_.now();
  if (!do_due(now)) return false;
  return route(now);
}

bool TaskService::do_due(TimePoint now) {
  auto next_is = [this](std::int64_t at) {
    std::lock_guard lock(mutex_);
    next_due_ = std::min(next_due_, at);
  };
  {
    std::lock_guard lock(mutex_);
    next_due_ = INT64_MAX;
  }
  for (;;) {
    auto due = store_.cx().due_tasks(now, due_at_once);
    if (!due) {
      next_is(now.micros);
      return false;
    }
    for (const auto& row : *due) {
      auto task = act(row.id, command(Operation::expire));
      // A task that has ended has only effects left.
      if (!task && task.error().kind != FailureKind::conflict) continue;
      settle_effects(task ? std::move(task).value() : task_of(row), now);
    }
    if (due->size() < due_at_once) break;
    if (is_stopping()) return true;
  }
  if (auto next = store_.cx().next_task_deadline(); next && *next) {
    // What could not be done now has its next attempt later; a row that stays due would be looked at without end.
    next_is(std::max((*next)->micros, now.micros + 1000));
  }
  return true;
}

void TaskService::settle_effects(Task task, TimePoint now) {
  const auto effects = task.effects;
  for (const auto& effect : effects) {
    if (effect.next_attempt > now) continue;
    const auto outcome = perform(task, effect, now);
    ++counters_.effects;
    auto settle = command(Operation::settle);
    settle.number = effect.number;
    settle.text = outcome.note;
    settle.done = outcome.settled == Settled::done;
    settle.given_up = outcome.settled == Settled::nobody;
    if (outcome.settled == Settled::later) {
      spdlog::warn("task {}: effect {} waits for another attempt: {}", task.id, effect.number, outcome.note);
      const bool enough = effect.kind == EffectKind::notify && effect.attempts + 1 >= options_.notice_attempts;
      settle.given_up = enough;
      const std::int64_t pause = options_.first_retry << std::min<std::uint32_t>(effect.attempts, 20);
      settle.next_attempt = {now.micros + std::min(pause, options_.longest_retry)};
    }
    (void)act(task.id, settle);
  }
}

Outcome TaskService::perform(const Task& task, const Effect& effect, TimePoint now) {
  switch (effect.kind) {
    case EffectKind::answer:
      return answer_process(task);
    case EffectKind::notify:
      return notify(task, effect);
    case EffectKind::process_event: {
      const auto& escalations = task.creation.deadlines.at(effect.deadline).escalations;
      return world_.tell_processes(task, escalations.at(effect.escalation).name, now,
                                   "task-" + std::to_string(task.id) + "-" + std::to_string(effect.number));
    }
    case EffectKind::end_parent_part:
      return tell_parent(task);
    case EffectKind::activate_next:
      return activate_next(task);
    case EffectKind::end_children:
      return end_children(task);
  }
  return {};
}

Outcome TaskService::answer_process(const Task& task) {
  // WS-BPEL4People 1.1 §5: a failed task gives its fault, one in error a fault that nothing can mend; a skipped one has
  // no output.
  std::variant<Message, Fault> answer = Message{};
  if (task.state == TaskState::completed) {
    std::get<Message>(answer).parts = task.output;
  } else if (task.state == TaskState::failed && !task.fault_name.empty()) {
    answer = Fault{QName::from_clark(task.fault_name), {}, task.fault, "The task was failed by " + task.owner + "."};
  } else if (task.state != TaskState::obsolete) {
    answer = Fault{{std::string(ns::b4p), "nonRecoverableError"},
                   {},
                   {},
                   "The task ended in state " + std::string(to_string(task.state)) + ". " + task.ended_because.text};
  }
  return world_.answer(task.creation.instance, task.creation.activity, std::move(answer));
}

Outcome TaskService::notify(const Task& task, const Effect& effect) {
  Notice notice;
  notice.key = "task-" + std::to_string(task.id) + "-" + std::to_string(effect.number);
  notice.task = task.id;
  notice.name = task.creation.name;
  notice.priority = task.priority;
  notice.language = task.creation.language;
  const Presentation* presentation = &task.creation.presentation;
  if (effect.deadline < task.creation.deadlines.size()) {
    const auto& deadline = task.creation.deadlines[effect.deadline];
    const auto& escalation = deadline.escalations.at(effect.escalation);
    notice.reason = deadline.name.empty() ? escalation.name : deadline.name;
    notice.recipients = escalation.people;
    if (!escalation.presentation.subjects.empty() || !escalation.presentation.names.empty())
      presentation = &escalation.presentation;
  } else {
    notice.recipients = task.in_role(HumanRole::notification_recipients);
  }
  if (notice.recipients.empty()) notice.recipients = task.in_role(HumanRole::business_administrators);
  if (notice.recipients.empty()) return {Settled::nobody, "nobody is to be told"};
  notice.subject = text_in(presentation->subjects, notice.language);
  if (notice.subject.empty()) notice.subject = text_in(presentation->names, notice.language);
  if (notice.subject.empty()) notice.subject = task.creation.name;
  notice.text = text_in(presentation->descriptions, notice.language);
  return world_.notify(notice);
}

Outcome TaskService::tell_parent(const Task& task) {
  auto end = command(Operation::end_sub_task);
  end.sub_task = task.id;
  end.sub_task_state = task.state;
  auto told = act(task.creation.parent, end);
  if (told || told.error().kind == FailureKind::not_found) return {};
  // A parent that has ended needs to hear nothing.
  if (told.error().kind == FailureKind::conflict) return {Settled::nobody, told.error().message};
  return {Settled::later, told.error().message};
}

Outcome TaskService::activate_next(const Task& task) {
  for (const auto& each : task.sub_tasks) {
    if (is_final(each.state)) continue;
    auto activated = act(each.id, command(Operation::activate));
    if (activated) return {};
    if (activated.error().kind == FailureKind::unavailable) return {Settled::later, activated.error().message};
    if (activated.error().code == "wrong-state") return {};
  }
  return {};
}

Outcome TaskService::end_children(const Task& task) {
  for (const auto& each : task.sub_tasks) {
    if (is_final(each.state)) continue;
    auto exit = command(Operation::exit);
    exit.text = "its task has ended";
    auto ended = act(each.id, exit);
    if (!ended && ended.error().kind == FailureKind::unavailable) return {Settled::later, ended.error().message};
  }
  return {};
}

void TaskService::abandon(std::int64_t instance, std::uint32_t activity) {
  std::lock_guard lock(mutex_);
  abandoned_.emplace_back(instance, activity);
  more_ = true;
  wake_.notify_all();
}

void TaskService::end_abandoned() {
  std::vector<std::pair<std::int64_t, std::uint32_t>> abandoned;
  {
    std::lock_guard lock(mutex_);
    std::swap(abandoned, abandoned_);
  }
  for (const auto& [instance, activity] : abandoned) {
    auto row = store_.cx().task_of(instance, activity);
    bool again = !row;
    if (row && *row) {
      auto exit = command(Operation::exit);
      exit.text = "the process does not wait for it any more";
      auto ended = act((*row)->id, exit);
      again = !ended && ended.error().kind == FailureKind::unavailable;
    }
    if (!again) continue;
    std::lock_guard lock(mutex_);
    abandoned_.emplace_back(instance, activity);
  }
}

/// After a crash nobody says which calls were given up meanwhile: the outbox knows.
void TaskService::look_for_abandoned() {
  engine::TaskFilter filter;
  filter.states.assign(engine::task_states.begin(), engine::task_states.begin() + engine::first_final_task_state);
  filter.limit = 1000;
  for (;;) {
    auto page = store_.cx().tasks(filter);
    if (!page) break;
    for (const auto& row : *page)
      if (row.instance != 0 && !world_.is_awaited(row.instance, row.activity)) {
        const auto task = task_of(row);
        // A notification's call was over at once.
        if (!task.creation.is_notification && task.creation.parent == 0) abandon(row.instance, row.activity);
      }
    if (page->size() < filter.limit) return;
    const auto& last = page->back();
    filter.after = engine::TaskCursor{last.priority, last.created_at, last.id};
  }
  std::lock_guard lock(mutex_);
  look_back_ = true;
}

}  // namespace echoflow::tasks
