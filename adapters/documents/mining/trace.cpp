#include "adapters/documents/mining/trace.hpp"

#include "adapters/documents/fold.hpp"
#include "models/records/bare.hpp"
#include "models/records/events.hpp"
#include "models/records/streams.hpp"

namespace echoflow::documents {

namespace {

constexpr std::uint32_t page_instances = 500, page_rows = 500, most_tasks = 1'000;

std::optional<Transition> transition_of(records::Outcome outcome) {
  switch (outcome) {
    case records::Outcome::completed:
    case records::Outcome::kept:
    case records::Outcome::handled:
      return Transition::complete;
    case records::Outcome::faulted:
    case records::Outcome::terminated:
      return Transition::ate_abort;
    case records::Outcome::skipped:
      return Transition::autoskip;
    case records::Outcome::compensated:
      return std::nullopt;
  }
  return std::nullopt;
}

using Visit = std::function<Result<void>(const TraceEvent&)>;

/// One instance's rows in their order.
class RowReader {
 public:
  RowReader(const program::Program& program, bool structured, const Visit& visit)
      : program_(program), structured_(structured), visit_(visit) {}

  void know(ActivityId activity, std::string role, std::string resource) {
    people_[activity] = {std::move(role), std::move(resource)};
  }

  Result<void> add(const engine::JournalRow& row) {
    at_ = row.at;
    records::for_each_bare_event<records::ActivityCreated, records::ActivityStarted, records::ActivityEnded>(
        row.events, [this](const auto& event) { see(event); });
    return std::move(result_);
  }

 private:
  struct Open {
    program::NodeId node = 0;
    std::optional<TimePoint> started;
  };

  void see(const records::ActivityCreated& event) {
    if (event.node >= program_.nodes.size() || event.node == 0) return;
    if (!structured_ && is_structure(program_.node(event.node).kind)) return;
    Open& open = open_[event.id];
    open.node = event.node;
    if (!event.joining) begin(event.id, open);
  }
  void see(const records::ActivityStarted& event) {
    if (const auto open = open_.find(event.id); open != open_.end() && !open->second.started)
      begin(event.id, open->second);
  }
  void see(const records::ActivityEnded& event) {
    const auto open = open_.find(event.id);
    if (open == open_.end()) return;
    if (const auto transition = transition_of(event.outcome)) tell(event.id, open->second, *transition);
    open_.erase(open);
  }
  void begin(ActivityId id, Open& open) {
    tell(id, open, Transition::start);
    open.started = at_;
  }
  void tell(ActivityId id, const Open& open, Transition transition) {
    if (!result_) return;
    const auto& node = program_.node(open.node);
    TraceEvent event;
    event.activity = id;
    event.element = node.element_id;
    event.name = node.name.empty() ? node.element_id : node.name;
    event.type = program::element_name(node.kind);
    event.transition = transition;
    event.at = at_;
    event.started = open.started;
    if (const auto who = people_.find(id); who != people_.end())
      std::tie(event.role, event.resource) = std::tie(who->second.first, who->second.second);
    result_ = visit_(event);
  }

  const program::Program& program_;
  const bool structured_;
  const Visit& visit_;
  TimePoint at_;
  std::map<ActivityId, Open> open_;
  std::map<ActivityId, std::pair<std::string, std::string>> people_;
  Result<void> result_;
};

}  // namespace

std::string_view to_string(Transition transition) {
  switch (transition) {
    case Transition::start:
      return "start";
    case Transition::complete:
      return "complete";
    case Transition::ate_abort:
      return "ate_abort";
    case Transition::autoskip:
      return "autoskip";
  }
  return "";
}

Result<void> Traces::each_instance(const std::function<Result<void>(const engine::InstanceRow&)>& visit) {
  engine::InstanceFilter filter;
  filter.process_key = options_.process_key;
  filter.started_after = options_.from;
  filter.started_before = options_.to;
  filter.limit = page_instances;
  InstanceId newest = 0;
  while (true) {
    const auto rows = store_.instances(filter);
    if (!rows) return fail(rows.error().message);
    for (const auto& row : *rows) {
      if (newest == 0) newest = row.id;
      if (auto done = visit(row); !done) return done;
      if (options_.progress) options_.progress(newest - row.id, newest);
    }
    if (rows->size() < filter.limit) break;
    filter.before = rows->back().id;
  }
  if (options_.progress) options_.progress(newest, newest);
  return {};
}

Result<std::vector<engine::TaskRow>> Traces::tasks_of(InstanceId instance) {
  engine::TaskFilter filter;
  filter.instance = instance;
  filter.limit = most_tasks;
  auto tasks = store_.cx().tasks(filter);
  if (!tasks) return fail(tasks.error().message);
  return std::move(*tasks);
}

Result<Traces::Version> Traces::version_of(std::int64_t process) {
  if (const auto known = versions_.find(process); known != versions_.end()) return known->second;
  const auto deployments = store_.deployments(false);
  if (!deployments) return fail(deployments.error().message);
  for (const auto& deployment : *deployments)
    for (const auto& row : deployment.processes) versions_[row.id] = {row.key, row.version};
  return versions_[process];
}

Result<void> Traces::each_event(const engine::InstanceRow& instance, const std::vector<engine::TaskRow>& tasks,
                                const Visit& visit) {
  const auto program = program_of_(instance.process);
  if (!program) return {};
  RowReader reader(*program, options_.structured, visit);
  for (const auto& task : tasks) reader.know(task.activity, task.queue, person(task.owner));
  for (std::uint64_t after = 0;;) {
    const auto rows = store_.journal(instance.id, after, page_rows);
    if (!rows) return fail(rows.error().message);
    for (const auto& row : *rows)
      if (auto done = reader.add(row); !done) return done;
    if (rows->size() < page_rows) return {};
    after = rows->back().seq;
  }
}

}  // namespace echoflow::documents
