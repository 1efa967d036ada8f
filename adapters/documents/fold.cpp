#include "adapters/documents/fold.hpp"

#include "engine/core/batch.hpp"
#include "models/records/bare.hpp"
#include "models/records/events.hpp"
#include "models/records/streams.hpp"

namespace echoflow::documents {

using documentation::DeviationKind;
using engine::InstanceStatus;
using program::ActivityKind;

bool is_structure(ActivityKind kind) {
  return kind == ActivityKind::scope || kind == ActivityKind::sequence || kind == ActivityKind::flow ||
         kind == ActivityKind::if_ || kind == ActivityKind::while_ || kind == ActivityKind::repeat_until ||
         kind == ActivityKind::for_each;
}

Fold::Fold(engine::Store& store, const ProgramOf& program_of, const Pseudonyms& pseudonyms,
           const GatherOptions& options)
    : store_(store), program_of_(program_of), pseudonyms_(pseudonyms), options_(options), index_(store) {}

Result<void> Fold::start() {
  const auto deployments = store_.deployments(false);
  if (!deployments) return fail(deployments.error().message);
  for (const auto& deployment : *deployments)
    for (const auto& process : deployment.processes)
      if (process.key == options_.process_key && (!options_.only_documented || process.id == options_.documented))
        learn(process, deployment.deployed_at);
  if (versions_.empty()) return fail("There is no process '" + options_.process_key + "'.");
  const auto wanted = options_.documented ? versions_.find(options_.documented) : std::prev(versions_.end());
  if (wanted == versions_.end())
    return fail("The process has no version with the id " + std::to_string(options_.documented) + ".");
  documented_ = &wanted->second;
  wanted->second.tally->runs.documented = true;
  if (options_.replay && options_.description && documented_->program)
    replay_.emplace(*options_.description, observable());
  for (auto& [id, version] : versions_) add_elements(version);
  return {};
}

void Fold::learn(const engine::ProcessRow& row, TimePoint deployed_at) {
  auto& tally = tally_.versions[row.id];
  tally.runs.version = std::to_string(row.version);
  tally.runs.process_id = std::to_string(row.id);
  tally.runs.source_sha256 = row.source_hash;
  tally.runs.deployed_at = deployed_at;
  auto& version = versions_[row.id];
  version.process = row.id;
  version.tally = &tally;
  version.program = program_of_(row.id);
}

std::set<std::string> Fold::observable() const {
  std::set<std::string> ids;
  for (const auto& node : documented_->program->nodes)
    if (!is_structure(node->kind)) ids.insert(node->element_id);
  return ids;
}

/// What is told of: what the description shows, or, without one, whatever does something.
void Fold::add_elements(KnownVersion& version) {
  if (!version.program) return;
  const auto& nodes = version.program->nodes;
  version.elements.assign(nodes.size(), nullptr);
  version.replay_numbers.assign(nodes.size(), Replay::unknown);
  for (const auto& node : nodes) {
    if (node->id == 0) continue;
    const bool described = options_.description && options_.description->find(node->element_id) != graph::none;
    if (!described && (options_.description || is_structure(node->kind))) continue;
    auto& element = tally_.elements[node->element_id];
    element.runs.element = node->element_id;
    if (element.runs.name.empty()) element.runs.name = node->name;
    version.elements[node->id] = &element;
    if (replay_ && !is_structure(node->kind)) version.replay_numbers[node->id] = replay_->index_of(node->element_id);
  }
}

Result<void> Fold::add(const engine::JournalRow& row) {
  const auto stream = records::stream_of(row.events);
  if (!stream) return {};
  switch (*stream) {
    case records::StreamKind::instance:
      return add_instance_row(row);
    case records::StreamKind::task:
      add_task_row(row);
      return {};
    case records::StreamKind::feedback:
      return add_feedback_row(row);
    case records::StreamKind::delivery:
      add_delivery_row(row);
      return {};
    case records::StreamKind::kpi:
    case records::StreamKind::alert:
    case records::StreamKind::document:
      return {};
  }
  return {};
}

/// One row of a run.
class RunReader {
 public:
  RunReader(Fold& fold, const engine::JournalRow& row, OpenRun& run) : fold_(fold), row_(row), run_(run) {}

  void read() {
    records::for_each_bare_event<records::ActivityCreated, records::ActivityStarted, records::ActivityEnded,
                                 records::OperatorActed, records::InvokeFailed, records::InstanceEnded>(
        row_.events, [this](const auto& event) { see(event); });
  }
  bool ended() const { return ended_; }

 private:
  void see(const records::ActivityCreated& event) {
    const auto& elements = run_.version->elements;
    if (event.node >= elements.size()) return;
    const bool people = run_.version->program->node(event.node).kind == ActivityKind::people_activity;
    if (!elements[event.node] && !people) return;
    run_.open.push_back({event.id, event.node, row_.at.micros, event.joining, false});
    if (!event.joining) begin(event.node);
  }

  void see(const records::ActivityStarted& event) {
    auto* open = find(event.id);
    if (!open || !open->joining) return;
    open->joining = false;
    open->at = row_.at.micros;
    begin(open->node);
  }

  void begin(program::NodeId node) {
    auto* element = run_.version->elements[node];
    if (element) ++element->runs.started;
    const auto number = run_.version->replay_numbers[node];
    if (!run_.replay || number == Replay::unknown) return;
    switch (fold_.replay_->see(*run_.replay, number)) {
      case Replay::Verdict::fits:
        return;
      case Replay::Verdict::skipped:
        deviate(DeviationKind::skipped_step, element_id(node), "something before it was not done");
        return;
      case Replay::Verdict::repeated:
        deviate(DeviationKind::repeated_step, element_id(node), "it lies in no loop");
        return;
    }
  }

  void see(const records::ActivityEnded& event) {
    auto* open = find(event.id);
    if (!open) return;
    if (auto* element = run_.version->elements[open->node]) count(*element, event.outcome, open->at);
    *open = run_.open.back();
    run_.open.pop_back();
  }

  void count(ElementTally& element, records::Outcome outcome, std::int64_t since) {
    switch (outcome) {
      case records::Outcome::completed:
      case records::Outcome::kept:
      case records::Outcome::handled:
        ++element.runs.completed;
        element.duration.add(row_.at.micros - since);
        return;
      case records::Outcome::faulted:
        ++element.runs.faulted;
        return;
      case records::Outcome::terminated:
        ++element.runs.terminated;
        return;
      case records::Outcome::skipped:
        ++element.runs.skipped;
        return;
      case records::Outcome::compensated:
        return;
    }
  }

  void see(const records::OperatorActed& event) {
    const auto element = fold_.element_of(&run_, event.activity);
    if (auto* open = find(event.activity)) open->failed = false;
    const char* kind = "";
    switch (event.act) {
      case records::OperatorAct::suspend:
      case records::OperatorAct::resume:
        return;
      case records::OperatorAct::terminate:
        kind = "terminate";
        deviate(DeviationKind::terminated, element, "");
        break;
      case records::OperatorAct::retry:
        kind = "retry";
        deviate(DeviationKind::repeated_step, element, "an operator had it done again");
        break;
      case records::OperatorAct::skip:
        kind = "skip";
        deviate(DeviationKind::skipped_step, element, "an operator skipped it");
        break;
      case records::OperatorAct::fault:
        kind = "fault";
        deviate(DeviationKind::forced_fault, element, "");
        break;
      case records::OperatorAct::set_variable:
        kind = "variable";
        deviate(DeviationKind::changed_data, element, "");
        break;
    }
    fold_.correct({row_.at, kind, element, event.why, fold_.pseudonyms_.of("person", event.who), ""});
  }

  void see(const records::InvokeFailed& event) {
    if (!event.incident) return;
    if (auto* open = find(event.activity)) open->failed = true;
    const auto element = fold_.element_of(&run_, event.activity);
    auto& incident = fold_.tally_.incidents[{element, event.fault.name.clark()}];
    incident.element = element;
    incident.fault = event.fault.name.clark();
    ++incident.count;
    incident.last = row_.at;
  }

  void see(const records::InstanceEnded& event) {
    for (const auto& open : run_.open)
      if (auto* element = run_.version->elements[open.node]) ++element->runs.terminated;
    fold_.end_run(row_.instance, run_, event.status, event.fault.name.local.empty() ? "" : event.fault.name.clark(),
                  row_.at);
    ended_ = true;
  }

  OpenRun::Open* find(ActivityId id) {
    for (auto& open : run_.open)
      if (open.activity == id) return &open;
    return nullptr;
  }
  const std::string& element_id(program::NodeId node) const { return run_.version->program->node(node).element_id; }
  void deviate(DeviationKind kind, const std::string& element, const std::string& detail) {
    fold_.tally_.deviate(kind, element, detail);
    run_.conforming = false;
  }

  Fold& fold_;
  const engine::JournalRow& row_;
  OpenRun& run_;
  bool ended_ = false;
};

Result<void> Fold::add_instance_row(const engine::JournalRow& row) {
  if (row.seq == 1) {
    const auto process = index_.process_of(row.instance);
    if (!process) return fail(process.error());
    const auto version = versions_.find(*process);
    if (version == versions_.end()) return {};
    if ((options_.from && row.at < *options_.from) || (options_.to && row.at >= *options_.to)) return {};
    OpenRun& run = runs_[row.instance];
    run.version = &version->second;
    run.started = row.at;
    if (replay_) run.replay = replay_->begin();
    auto& runs = run.version->tally->runs;
    ++runs.started;
    if (!runs.first_start) runs.first_start = row.at;
    if (!tally_.first) tally_.first = row.at;
    if (options_.is_released && !options_.is_released(*process, row.at)) {
      run.released = run.conforming = false;
      tally_.deviate(DeviationKind::unreleased_version, "", "version " + runs.version);
    }
  }
  const auto run = runs_.find(row.instance);
  if (run == runs_.end()) return {};
  tally_.last = row.at;
  RunReader reader(*this, row, run->second);
  reader.read();
  if (reader.ended()) runs_.erase(run);
  return {};
}

void Fold::end_run(InstanceId id, OpenRun& run, std::uint8_t status, const std::string& fault, TimePoint at) {
  auto& runs = run.version->tally->runs;
  runs.last_end = at;
  switch (static_cast<InstanceStatus>(status)) {
    case InstanceStatus::completed:
      ++runs.completed;
      run.version->tally->duration.add(at.micros - run.started.micros);
      if (run.replay && !run.replay->may_end) {
        tally_.deviate(DeviationKind::skipped_step, "", "it ended before an end of the description");
        run.conforming = false;
      }
      for (const auto& received : run.feedback) {
        ++tally_.complaints.resolved;
        tally_.resolution.add(at.micros - received.micros);
      }
      break;
    case InstanceStatus::faulted:
      ++runs.faulted;
      tally_.deviate(DeviationKind::fault, "", fault);
      run.conforming = false;
      break;
    case InstanceStatus::running:
    case InstanceStatus::suspended:
    case InstanceStatus::terminated:
      ++runs.terminated;
      break;
  }
  ++tally_.checked;
  ++tally_.ended;
  if (run.conforming) ++tally_.conforming;
  if (options_.sample == 0 || !run.version->program) return;
  // Those with the lowest pseudonyms: nobody without the key can tell beforehand which.
  auto pseudonym = pseudonyms_.of("case", std::to_string(id));
  if (picked_.size() >= options_.sample) {
    const auto highest = std::prev(picked_.end());
    if (highest->first <= pseudonym) return;
    picked_.erase(highest);
  }
  picked_[std::move(pseudonym)] = {id, run.version, run.conforming};
}

void Fold::finish() {
  for (const auto& [id, run] : runs_) {
    ++run.version->tally->runs.running;
    ++tally_.checked;
    if (run.conforming) ++tally_.conforming;
    for (const auto& open : run.open)
      if (auto* element = run.version->elements[open.node]; element && !open.joining) {
        ++element->running;
        if (open.failed) ++element->failed;
      }
  }
  auto& complaints = tally_.complaints;
  for (const auto& [id, run] : runs_) complaints.open += static_cast<std::int64_t>(run.feedback.size());
}

void Fold::correct(documentation::CorrectiveAction action) {
  auto& all = tally_.corrections;
  if (all.size() >= 2 * most_corrections) all.erase(all.begin(), all.end() - most_corrections);
  all.push_back(std::move(action));
}

std::string Fold::element_of(const OpenRun* run, ActivityId activity) const {
  if (!run) return {};
  for (const auto& open : run->open)
    if (open.activity == activity) return run->version->program->node(open.node).element_id;
  return {};
}

}  // namespace echoflow::documents
