#include "adapters/store_soci/effects.hpp"

#include "adapters/store_soci/plain_text.hpp"

namespace echoflow::store {
namespace {

using namespace engine;

class Folder {
 public:
  void fold(const Turn& turn) {
    id_ = turn.instance.id;
    fold_waiting(turn);
    for (const ActivityId activity : turn.outbox_done) drop(effects_.added, effects_.done, std::pair(id_, activity));
    for (const OutboxRow& row : turn.outbox_added)
      put(effects_.added, effects_.done, std::pair(id_, row.activity), &row);
    for (const ActivityId activity : turn.incidents_resolved)
      drop(effects_.raised, effects_.resolved, std::pair(id_, activity));
    for (const IncidentRow& row : turn.incidents_raised) effects_.raised[{id_, row.activity}].push_back(&row);
    effects_.consumed.insert(turn.held_consumed.begin(), turn.held_consumed.end());
    for (const KeptReplyRow& row : turn.replies_kept)
      effects_.replies.insert_or_assign(to_plain_text(row.request_key), std::pair(id_, &row));
    if (turn.snapshot) effects_.snapshots.insert_or_assign(id_, Effects::Snapshot{turn.journal.seq, &*turn.snapshot});
    if (turn.stream) return;
    auto& last = last_[id_];
    last = {&turn, last.is_new || turn.is_new};
  }

  Effects finish() {
    for (const auto& [id, last] : last_) {
      (last.is_new ? effects_.new_instances : effects_.old_instances).push_back(last.turn);
      if (!has_ended(last.turn->instance)) continue;
      std::erase_if(effects_.opened, [id = id](const auto& entry) { return std::get<0>(entry.first) == id; });
      std::erase_if(effects_.scheduled, [id = id](const auto& entry) { return entry.first.first == id; });
      if (!last.is_new) effects_.ended.insert(id);
    }
    return std::move(effects_);
  }

 private:
  struct Last {
    const Turn* turn = nullptr;
    bool is_new = false;
  };

  void fold_waiting(const Turn& turn) {
    for (const SubscriptionClosed& row : turn.subscriptions_closed)
      drop(effects_.opened, effects_.closed, std::tuple(id_, row.activity, row.branch));
    for (const SubscriptionRow& row : turn.subscriptions_opened) {
      put(effects_.opened, effects_.closed, std::tuple(id_, row.activity, row.branch),
          Effects::Opened{&row, turn.journal.position});
    }
    for (const std::uint32_t timer : turn.timers_cancelled)
      drop(effects_.scheduled, effects_.cancelled, std::pair(id_, timer));
    for (const TimerRow& row : turn.timers_scheduled)
      put(effects_.scheduled, effects_.cancelled, std::pair(id_, row.timer), row.due);
  }

  template <class Puts, class Drops, class Key, class Value>
  static void put(Puts& puts, Drops& drops, const Key& key, Value value) {
    drops.erase(key);
    puts.insert_or_assign(key, value);
  }
  template <class Puts, class Drops, class Key>
  static void drop(Puts& puts, Drops& drops, const Key& key) {
    puts.erase(key);
    drops.insert(key);
  }

  Effects effects_;
  InstanceId id_ = 0;
  std::map<InstanceId, Last> last_;
};

}  // namespace

Effects effects_of(const Group& group) {
  Folder folder;
  for (const Turn* turn : group.turns) folder.fold(*turn);
  return folder.finish();
}

}  // namespace echoflow::store
