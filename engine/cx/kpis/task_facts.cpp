#include "engine/cx/kpis/fact_reader.hpp"
#include "engine/cx/tasks/events.hpp"
#include "models/records/bare.hpp"
#include "models/records/streams.hpp"

/// What the journal of a human task tells.
namespace echoflow::kpis {
namespace {

using tasks::EventType;
static_assert(static_cast<std::uint32_t>(EventType::task_created) ==
              static_cast<std::uint32_t>(records::StreamKind::task));
using tasks::TaskState;

class Reader {
 public:
  Reader(FactBooks& books, const FactContext& context, const engine::JournalRow& row)
      : books_(books), context_(context), row_(row), key_(std::to_string(row.instance)) {}

  void read() {
    records::for_each_bare_event<tasks::TaskCreated, tasks::TaskMoved, tasks::Escalated>(
        row_.events, [this](const auto& event) { see(event); });
  }

 private:
  void see(const tasks::TaskCreated& event);
  void see(const tasks::TaskMoved& event);
  void see(const tasks::Escalated& event) {
    TaskEntry* entry = books_.tasks.change(key_);
    if (!entry || event.held_back) return;
    const bool first = !std::exchange(entry->escalated, true);
    tell(*entry, TaskEscalated{row_.instance, first});
  }
  void change_owner(TaskEntry& entry, const std::string& owner);
  void tell(const TaskEntry& entry, What what) {
    context_.tell({row_.at, entry.origin, std::move(what), {}, std::nullopt});
  }

  FactBooks& books_;
  const FactContext& context_;
  const engine::JournalRow& row_;
  const std::string key_;
};

void Reader::see(const tasks::TaskCreated& event) {
  const auto& creation = event.creation;
  if (creation.is_notification) return;  // nobody works on it
  TaskEntry& entry = books_.tasks.add(key_);
  if (const auto* instance = books_.instances.find(std::to_string(creation.instance))) {
    entry.origin = instance->origin;
  } else if (const auto process = context_.processes.process(creation.process)) {
    entry.origin.process = process->key;
    entry.origin.version = process->version;
    entry.origin.instance = creation.instance;
  }
  entry.origin.agent.clear();
  entry.origin.queue = creation.queue;
  if (!creation.channel.empty()) entry.origin.channel = creation.channel;
  if (!creation.language.empty()) entry.origin.language = creation.language;
  tell(entry, TaskCreated{row_.instance});
}

void Reader::see(const tasks::TaskMoved& event) {
  TaskEntry* entry = books_.tasks.change(key_);
  if (!entry) return;
  change_owner(*entry, event.owner);
  const bool works = event.state == TaskState::in_progress;
  const bool worked = std::exchange(entry->working, works);
  if (works && !worked) tell(*entry, TaskStarted{row_.instance});
  if (!tasks::is_final(event.state)) {
    if (worked && !works) tell(*entry, TaskPaused{row_.instance});
    return;
  }
  tell(*entry, TaskEnded{row_.instance, event.state == TaskState::completed});
  books_.tasks.remove(key_);
}

/// A case is handed over when another person than the last one takes a task of its instance.
void Reader::change_owner(TaskEntry& entry, const std::string& owner) {
  if (owner.empty() || owner == entry.origin.agent) return;
  entry.origin.agent = owner;
  InstanceEntry* instance = books_.instances.change(std::to_string(entry.origin.instance));
  if (!instance) return;
  if (!instance->origin.agent.empty() && instance->origin.agent != owner) ++instance->handovers;
  instance->origin.agent = owner;
  instance->origin.queue = entry.origin.queue;
}

}  // namespace

void read_task_row(FactBooks& books, const FactContext& context, const engine::JournalRow& row) {
  Reader(books, context, row).read();
}

}  // namespace echoflow::kpis
