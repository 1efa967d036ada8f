#include "tests/bpel/generate/reference/execute.hpp"

#include <algorithm>
#include <deque>

#include "bpel/compile/deployment.hpp"
#include "engine/core/engine.hpp"
#include "engine/projections/history.hpp"
#include "engine/routing/correlation.hpp"
#include "models/instances/instance_state.hpp"
#include "tests/conformance/host.hpp"

namespace echoflow::generate::reference {

namespace {

constexpr std::int64_t second = 1'000'000;
constexpr std::int64_t long_enough = 2'000 * second;
constexpr int most_turns = 20'000;

class Instance {
 public:
  explicit Instance(const program::Program& program) : program_(program), state_(engine::new_state(program)) {}

  void start(const program::Entry& entry, Message message) {
    turn(engine::StartInstance{entry.node, entry.branch, std::move(message), 0, ""});
    for (int i = 0; i < most_turns && one(); ++i) {
    }
  }

  engine::InstanceStatus status() const { return status_; }

  /// The scripts that were run.
  std::vector<std::pair<Time, NodeIndex>> marks(const graph::ProcessGraph& graph) const {
    engine::History history(program_);
    std::uint64_t number = 0;
    for (const auto& [at, batch] : journal_) {
      if (!history.add(++number, at, batch.events, batch.payload)) break;
    }
    std::map<ActivityId, NodeIndex> scripts;
    for (const engine::ActivityView& each : history.activities()) {
      const NodeIndex node = graph.find(each.element_id);
      if (node == none || (each.type != "empty" && each.type != "assign")) continue;
      const auto* activity = graph.node(node).as<graph::Activity>();
      if (activity == nullptr || activity->kind != graph::ActivityKind::script_task) continue;
      const std::string& text = activity->script->text;
      if (each.type == (text == "n = n + 1" ? "assign" : "empty")) scripts[each.id] = node;
    }
    std::vector<std::pair<Time, NodeIndex>> result;
    for (const engine::EventView& each : history.events()) {
      const auto script = scripts.find(each.activity);
      if (each.type != "activity_ended" || each.detail != "completed" || script == scripts.end()) continue;
      result.emplace_back(static_cast<Time>((each.at.micros - begin.micros) / second), script->second);
    }
    return result;
  }

 private:
  static constexpr TimePoint begin{1'700'000'000'000'000};

  void turn(const engine::Command& command) {
    auto batch = engine::run_turn(program_, *state_, command, {1, now_});
    if (!batch) return;
    status_ = batch->status;
    for (const auto& closed : batch->subscriptions_closed)
      std::erase_if(open_,
                    [&](const auto& at) { return at.activity == closed.activity && at.branch == closed.branch; });
    for (const auto& opened : batch->subscriptions_opened) open_.push_back(opened);
    for (const auto& timer : batch->timers_scheduled) timers_[timer.timer] = timer.due;
    for (const auto& timer : batch->timers_cancelled) timers_.erase(timer.timer);
    for (const auto& call : batch->invokes) calls_.push_back(call);
    journal_.emplace_back(now_, *std::move(batch));
  }

  /// The next thing that the world does; false when there is nothing more.
  bool one() {
    if (status_ != engine::InstanceStatus::running) return false;
    if (!calls_.empty()) {
      const engine::InvokeRequested call = calls_.front();
      calls_.pop_front();
      broadcast(call.message);
      const auto& type = program_.message_types[program_.called_operation(call.node).output];
      turn(engine::CompleteInvoke{call.activity, scenario::make_message(type, {""})});
      return true;
    }
    const auto next = std::min_element(timers_.begin(), timers_.end(),
                                       [](const auto& a, const auto& b) { return a.second < b.second; });
    if (next == timers_.end() || next->second.micros > begin.micros + long_enough) return false;
    now_ = std::max(now_, next->second);
    const std::uint32_t timer = next->first;
    timers_.erase(timer);
    turn(engine::FireTimer{timer});
    return true;
  }

  void broadcast(const Message& message) {
    for (const auto& listener : std::vector<engine::SubscriptionOpened>(open_)) {
      const bool still = std::any_of(open_.begin(), open_.end(), [&](const auto& at) {
        return at.activity == listener.activity && at.branch == listener.branch;
      });
      for (const program::Entry& entry : program_.entries) {
        const auto& inbound = *entry.inbound;
        if (!still || inbound.operation.operation != listener.operation) continue;
        if (program_.partner_links[inbound.operation.partner_link].name != listener.partner_link) continue;
        const auto takes = engine::takes(inbound, message, now_);
        if (!takes || !*takes) continue;
        turn(engine::DeliverMessage{listener.activity, listener.branch, message, 0});
        break;
      }
    }
  }

  const program::Program& program_;
  std::unique_ptr<instances::InstanceState> state_;
  engine::InstanceStatus status_ = engine::InstanceStatus::running;
  TimePoint now_ = begin;
  std::vector<engine::SubscriptionOpened> open_;
  std::map<std::uint32_t, TimePoint> timers_;
  std::deque<engine::InvokeRequested> calls_;
  std::vector<std::pair<TimePoint, engine::Batch>> journal_;
};

}  // namespace

Translated::Translated(const graph::ProcessGraph& graph) : graph_(graph), generated_(generate(graph)) {
  findings_ = generated_.findings;
  if (refused()) return;
  source::SourceSet sources;
  sources.files = generated_.files;
  compile::Deployment deployment = compile::compile_deployment(sources);
  add_findings(findings_, deployment.findings);
  if (!deployment.processes.empty()) program_ = deployment.processes.front().program;
}

Observed Translated::run(const Inputs& inputs) const {
  const program::Entry& entry = program_->entries.at(0);
  const auto wire = std::find_if(program_->wire.begin(), program_->wire.end(), [&](const auto& each) {
    return each.operation == entry.inbound->operation.operation;
  });
  const program::MessageType& type = program_->message_types.at(wire->input);
  const QName& element = type.parts.at(0).element;
  std::string content = "<v:" + element.local + " xmlns:v='" + element.ns + "'>";
  for (const auto& [name, value] : inputs.flags)
    content += "<" + name + ">" + (value ? "true" : "false") + "</" + name + ">";
  content += "<n>" + std::to_string(inputs.n) + "</n></v:" + element.local + ">";
  Instance instance(*program_);
  instance.start(entry, scenario::make_message(type, {content}));
  Observed observed;
  observed.marks = instance.marks(graph_);
  switch (instance.status()) {
    case engine::InstanceStatus::completed:
    case engine::InstanceStatus::terminated:
      observed.ended = Ended::completed;
      break;
    case engine::InstanceStatus::faulted:
      observed.ended = Ended::faulted;
      break;
    case engine::InstanceStatus::running:
    case engine::InstanceStatus::suspended:
      observed.ended = Ended::waits;
      break;
  }
  return observed;
}

}  // namespace echoflow::generate::reference
