#include "adapters/cx/tasks/service.hpp"

#include <algorithm>

namespace echoflow::tasks {

namespace {

constexpr int most_attempts = 20;

Failure failure_of(const engine::StoreError& error) {
  return {FailureKind::unavailable, "unavailable", error.message};
}
Failure failure_of(const Refusal& refusal) {
  switch (refusal.kind) {
    case RefusalKind::forbidden:
      return {FailureKind::forbidden, refusal.code, refusal.message};
    case RefusalKind::conflict:
      return {FailureKind::conflict, refusal.code, refusal.message};
    case RefusalKind::invalid:
      return {FailureKind::invalid, refusal.code, refusal.message};
  }
  return {};
}

std::string row_state(TaskState state) {
  return is_suspended(state) ? "suspended" : std::string(to_string(state));
}

}  // namespace

engine::TaskRow row_of(const Task& task) {
  engine::TaskRow row;
  row.id = task.id;
  row.instance = task.creation.instance;
  row.activity = task.creation.activity;
  row.name = task.creation.name;
  row.state = row_state(task.state);
  row.priority = task.priority;
  row.owner = task.owner;
  row.queue = task.creation.queue;
  row.customer = task.creation.customer;
  row.created_at = task.created_at;
  if (const auto due = next_timer(task); due != TimePoint{}) row.next_deadline = due;
  row.version = task.seq;
  row.potential_owners =
      task.in_role(task.creation.is_notification ? HumanRole::notification_recipients : HumanRole::potential_owners);
  row.body = encode_task(task);
  return row;
}

Task task_of(const engine::TaskRow& row) {
  auto decoded = decode_task(row.body);
  if (decoded) {
    decoded->seq = row.version;
    return std::move(decoded).value();
  }
  Task task;
  task.id = row.id;
  task.creation.name = row.name;
  task.creation.instance = row.instance;
  task.creation.activity = row.activity;
  task.creation.queue = row.queue;
  task.state = state_named(row.state).value_or(TaskState::obsolete);
  task.owner = row.owner;
  task.priority = row.priority;
  task.created_at = row.created_at;
  task.seq = row.version;
  return task;
}

TaskService::TaskService(engine::Store& store, World& world, runtime::Clock& clock, Options options)
    : store_(store), world_(world), clock_(clock), options_(std::move(options)), ids_(store) {}

TaskService::~TaskService() {
  stop();
}

Answer<void> TaskService::start() {
  auto rows = store_.cx().documents("agent");
  if (!rows) return fail(failure_of(rows.error()));
  {
    std::lock_guard lock(people_mutex_);
    for (const auto& row : *rows)
      if (auto agent = assignment::decode_agent(row.body)) desk_.put(std::move(agent).value());
  }
  // What everybody has at hand, as the database has it.
  engine::TaskFilter filter;
  filter.states = {"reserved", "inProgress"};
  filter.limit = 1000;
  for (;;) {
    auto page = store_.cx().tasks(filter);
    if (!page) return fail(failure_of(page.error()));
    for (const auto& row : *page) committed({}, task_of(row));
    if (page->size() < filter.limit) break;
    const auto& last = page->back();
    filter.after = engine::TaskCursor{last.priority, last.created_at, last.id};
  }
  for (const auto& agent : agents()) want_route(owners_of_agent(agent.user));
  std::lock_guard lock(mutex_);
  stopping_ = false;
  look_back_ = true;
  more_ = true;
  next_due_ = 0;
  thread_ = std::thread([this] { work(); });
  return {};
}

void TaskService::stop() {
  {
    std::lock_guard lock(mutex_);
    stopping_ = true;
    wake_.notify_all();
  }
  if (thread_.joinable()) thread_.join();
}

Context TaskService::context(TimePoint now) const {
  return {now, options_.calendars, [this](const Task& task, std::uint32_t deadline, std::uint32_t escalation) {
            return world_.condition(task, deadline, escalation);
          }};
}

Command TaskService::command(Operation operation) const {
  Command command;
  command.operation = operation;
  command.actor.system = true;
  return command;
}

Answer<TaskService::Loaded> TaskService::load(std::int64_t id) const {
  auto row = store_.cx().task(id);
  if (!row) return fail(failure_of(row.error()));
  if (!*row)
    return fail(Failure{FailureKind::not_found, "unknown-task", "There is no task '" + std::to_string(id) + "'."});
  if (auto decoded = decode_task((*row)->body)) return Loaded{task_of(**row), (*row)->version};
  auto folded = fold(id);
  if (!folded) return fail(folded.error());
  return Loaded{std::move(folded).value(), (*row)->version};
}

Answer<Task> TaskService::fold(std::int64_t id) const {
  Task task;
  constexpr std::uint32_t page = 500;
  for (;;) {
    auto rows = store_.journal(id, task.seq, page);
    if (!rows) return fail(failure_of(rows.error()));
    for (const auto& row : *rows) {
      auto events = decode_events(row.events, row.payload);
      if (!events) return fail(Failure{FailureKind::unavailable, "damaged", events.error().message});
      apply(task, *events, row.at);
    }
    if (rows->size() < page) return task;
  }
}

Answer<Task> TaskService::task(std::int64_t id) const {
  auto loaded = load(id);
  if (!loaded) return fail(loaded.error());
  return std::move(loaded->task);
}

Answer<Task> TaskService::commit(const Task& before, const Events& events, TimePoint now) {
  Task after = before;
  apply(after, events, now);
  auto encoded = encode_events(events);
  engine::Turn turn;
  turn.stream = true;
  turn.instance.id = after.id;
  turn.journal.instance = after.id;
  turn.journal.seq = after.seq;
  turn.journal.at = now;
  turn.journal.events = std::move(encoded.events);
  turn.journal.payload = std::move(encoded.payload);
  turn.records.push_back(row_of(after));
  auto written = store_.commit({&turn, 1});
  if (!written) {
    if (written.error().kind == engine::StoreErrorKind::conflict)
      return fail(Failure{FailureKind::conflict, "changed-meanwhile", "Somebody else was quicker; look at it again."});
    return fail(failure_of(written.error()));
  }
  for (const auto& event : events)
    if (std::holds_alternative<Escalated>(event)) ++counters_.escalated;
  committed(before, after);
  return after;
}

void TaskService::committed(const Task& before, const Task& after) {
  auto at_hand = [](const Task& task) {
    return !task.owner.empty() && (task.state == TaskState::reserved || task.state == TaskState::in_progress);
  };
  const bool had = at_hand(before), has = at_hand(after);
  bool freed = false;
  if (had != has || (had && before.owner != after.owner)) {
    std::lock_guard lock(people_mutex_);
    const auto weight = assignment::wish_of(after, {}, options_.assignment).weight;
    if (had) desk_.give_back(before.owner, weight, clock_.now());
    if (has) desk_.take(after.owner, weight);
    freed = had;
  }
  if (after.state == TaskState::ready && before.state != TaskState::ready)
    want_route(after.in_role(HumanRole::potential_owners));
  if (freed) want_route(owners_of_agent(before.owner));
  const auto due = next_timer(after);
  std::lock_guard lock(mutex_);
  if (due == TimePoint{} || due.micros >= next_due_) return;
  next_due_ = due.micros;
  wake_.notify_all();
}

Answer<Task> TaskService::create(Creation creation) {
  if (creation.instance != 0) {
    auto known = store_.cx().task_of(creation.instance, creation.activity);
    if (!known) return fail(failure_of(known.error()));
    if (*known) return task_of(**known);
  }
  auto id = ids_.take();
  if (!id) return fail(failure_of(id.error()));
  const TimePoint now = clock_.now();
  auto events = tasks::create(*id, std::move(creation), context(now));
  if (!events) return fail(failure_of(events.error()));
  auto task = commit(Task{}, *events, now);
  if (task) ++counters_.created;
  return task;
}

Answer<Task> TaskService::act(std::int64_t id, const Command& command) {
  for (int attempt = 0;; ++attempt) {
    auto loaded = load(id);
    if (!loaded) return fail(loaded.error());
    const TimePoint now = clock_.now();
    auto events = decide(loaded->task, command, context(now));
    if (!events) {
      ++counters_.refused;
      return fail(failure_of(events.error()));
    }
    if (events->empty()) return std::move(loaded->task);
    auto after = commit(loaded->task, *events, now);
    if (after || after.error().kind != FailureKind::conflict || attempt >= most_attempts) {
      if (after) ++counters_.commands;
      return after;
    }
    ++counters_.conflicts;
  }
}

Answer<Task> TaskService::add_sub_task(std::int64_t parent, const Actor& actor, Creation creation) {
  auto above = load(parent);
  if (!above) return fail(above.error());
  auto id = ids_.take();
  if (!id) return fail(failure_of(id.error()));
  const TimePoint now = clock_.now();
  creation.parent = parent;
  creation.customer = above->task.creation.customer;
  creation.case_id = above->task.creation.case_id;
  const bool waits = above->task.creation.order == SubTaskOrder::sequential &&
                     std::any_of(above->task.sub_tasks.begin(), above->task.sub_tasks.end(),
                                 [](const SubTask& each) { return !is_final(each.state); });
  creation.manual_activation = waits;
  Command add;
  add.operation = Operation::instantiate_sub_task;
  add.actor = actor;
  add.sub_task = *id;
  add.name = creation.name;
  auto events = tasks::create(*id, std::move(creation), context(now));
  if (!events) return fail(failure_of(events.error()));
  Task child;
  apply(child, *events, now);
  add.sub_task_state = child.state;
  // The parent first: a part that its parent does not know would never be waited for.
  if (auto told = act(parent, add); !told) return fail(told.error());
  auto task = commit(Task{}, *events, now);
  if (task) ++counters_.created;
  return task;
}

Answer<TaskPage> TaskService::list(const engine::TaskFilter& filter) const {
  auto rows = store_.cx().tasks(filter);
  if (!rows) return fail(failure_of(rows.error()));
  TaskPage page;
  for (const auto& row : *rows) page.tasks.push_back(task_of(row));
  if (rows->size() == filter.limit && !rows->empty()) {
    const auto& last = rows->back();
    page.next = engine::TaskCursor{last.priority, last.created_at, last.id};
  }
  return page;
}

Answer<std::vector<engine::TaskCount>> TaskService::counts() const {
  auto counts = store_.cx().task_counts();
  if (!counts) return fail(failure_of(counts.error()));
  return std::move(counts).value();
}

Answer<std::vector<HistoryEntry>> TaskService::history(std::int64_t id) const {
  if (auto loaded = load(id); !loaded) return fail(loaded.error());
  std::vector<HistoryEntry> entries;
  constexpr std::uint32_t page = 500;
  for (std::uint64_t after = 0;;) {
    auto rows = store_.journal(id, after, page);
    if (!rows) return fail(failure_of(rows.error()));
    for (const auto& row : *rows) {
      after = row.seq;
      auto events = decode_events(row.events, row.payload);
      if (!events) return fail(Failure{FailureKind::unavailable, "damaged", events.error().message});
      for (auto& entry : history_of(*events, row.at)) entries.push_back(std::move(entry));
    }
    if (rows->size() < page) return entries;
  }
}

}  // namespace echoflow::tasks
