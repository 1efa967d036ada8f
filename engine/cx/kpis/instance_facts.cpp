#include <algorithm>
#include <charconv>
#include <cmath>

#include "engine/core/batch.hpp"
#include "engine/cx/kpis/fact_reader.hpp"
#include "models/records/bare.hpp"
#include "models/records/events.hpp"

/// What the journal of an instance tells.
namespace echoflow::kpis {
namespace {

using program::ActivityKind;
using records::EventType;

/// Does it only hold others together?
bool is_structure(ActivityKind kind) {
  return kind == ActivityKind::scope || kind == ActivityKind::sequence || kind == ActivityKind::flow ||
         kind == ActivityKind::if_ || kind == ActivityKind::while_ || kind == ActivityKind::repeat_until ||
         kind == ActivityKind::for_each;
}

bool goes_back(ActivityKind kind) {
  return kind == ActivityKind::while_ || kind == ActivityKind::repeat_until;
}

bool is_done(records::Outcome outcome) {
  return outcome == records::Outcome::completed || outcome == records::Outcome::kept ||
         outcome == records::Outcome::handled;
}

/// Reads the row of one instance.
class Reader {
 public:
  Reader(FactBooks& books, const FactContext& context, const engine::JournalRow& row)
      : books_(books), context_(context), row_(row), key_(std::to_string(row.instance)) {}

  void read() {
    // Without the payload: no document need be read.
    records::for_each_bare_event<records::InstanceStarted, records::InstanceEnded, records::ActivityCreated,
                                 records::ActivityStarted, records::ActivityEnded, records::Measured>(
        row_.events, [this](const auto& event) { see(event); });
  }

 private:
  void see(const records::Measured& event);
  void see(const records::InstanceStarted&) {
    process_ = context_.processes.of_instance(row_.instance);
    if (!process_) return;
    auto& entry = books_.instances.add(key_);
    entry.process = process_->id;
    entry.origin.process = process_->key;
    entry.origin.version = process_->version;
    entry.origin.instance = row_.instance;
    tell(entry, InstanceStarted{});
  }
  void see(const records::InstanceEnded& event);
  void see(const records::ActivityCreated& event);
  void see(const records::ActivityStarted& event);
  void see(const records::ActivityEnded& event);

  /// The instance and its program; null when it is not known, or not deployed any more.
  InstanceEntry* entry() {
    InstanceEntry* known = books_.instances.change(key_);
    if (known && !process_) process_ = context_.processes.process(known->process);
    return known && process_ && process_->program ? known : nullptr;
  }
  bool is_watched(const program::Node& node) const {
    return !node.name.empty() && context_.watched(process_->key).contains(node.name);
  }
  void begin(InstanceEntry& entry, const program::Node& node) {
    if (!is_structure(node.kind)) ++entry.steps;
    if (is_watched(node)) tell(entry, ActivityPassed{node.name, cx::KpiMoment::start});
  }
  void tell(const InstanceEntry& entry, What what) {
    context_.tell({row_.at, entry.origin, std::move(what), {}, std::nullopt});
  }

  FactBooks& books_;
  const FactContext& context_;
  const engine::JournalRow& row_;
  const std::string key_;
  std::shared_ptr<const ProcessInfo> process_;
};

void Reader::see(const records::ActivityCreated& event) {
  InstanceEntry* entry = this->entry();
  if (!entry || event.node >= process_->program->nodes.size()) return;
  const auto& node = process_->program->node(event.node);
  if (node.parent != program::none && goes_back(process_->program->node(node.parent).kind) && event.slot > 1)
    ++entry->loops;
  if (event.joining || is_watched(node)) entry->open.push_back({event.id, event.node, event.joining});
  if (!event.joining) begin(*entry, node);
}

void Reader::see(const records::Measured& event) {
  const InstanceEntry* entry = this->entry();
  double value = 0;
  const auto [end, error] = std::from_chars(event.value.data(), event.value.data() + event.value.size(), value);
  if (!entry || error != std::errc() || !std::isfinite(value)) return;
  Origin origin = entry->origin;
  origin.group = event.group;
  context_.tell({row_.at, std::move(origin), ValueMeasured{event.kpi, value}, {}, std::nullopt});
}

void Reader::see(const records::ActivityStarted& event) {
  InstanceEntry* entry = this->entry();
  if (!entry) return;
  const auto open =
      std::find_if(entry->open.begin(), entry->open.end(), [&](const auto& each) { return each.activity == event.id; });
  if (open == entry->open.end() || !open->joining) return;
  const auto& node = process_->program->node(open->node);
  open->joining = false;
  if (!is_watched(node)) entry->open.erase(open);
  begin(*entry, node);
}

void Reader::see(const records::ActivityEnded& event) {
  InstanceEntry* entry = this->entry();
  if (!entry) return;
  const auto open =
      std::find_if(entry->open.begin(), entry->open.end(), [&](const auto& each) { return each.activity == event.id; });
  if (open == entry->open.end()) return;
  const auto& node = process_->program->node(open->node);
  entry->open.erase(open);
  if (is_done(event.outcome) && is_watched(node)) tell(*entry, ActivityPassed{node.name, cx::KpiMoment::end});
}

void Reader::see(const records::InstanceEnded& event) {
  const InstanceEntry* known = books_.instances.find(key_);
  if (!known) return;
  const auto entry = *known;
  books_.instances.remove(key_);
  const bool completed = static_cast<engine::InstanceStatus>(event.status) == engine::InstanceStatus::completed;
  tell(entry, InstanceEnded{completed, entry.steps, entry.loops, entry.handovers});
  if (!entry.case_id.empty()) {
    CaseEntry* worked = books_.cases.change(entry.case_id);
    if (worked && --worked->running > 0) return;
    books_.cases.remove(entry.case_id);
    tell(entry, CaseResolved{entry.case_id, completed});
    return;
  }
  books_.ended.add(key_) = {entry.origin, completed};
  books_.ended_ids.insert(row_.instance);
  if (books_.ended_ids.size() <= most_ended) return;
  books_.ended.remove(std::to_string(*books_.ended_ids.begin()));
  books_.ended_ids.erase(books_.ended_ids.begin());
}

}  // namespace

void read_instance_row(FactBooks& books, const FactContext& context, const engine::JournalRow& row) {
  Reader(books, context, row).read();
}

}  // namespace echoflow::kpis
