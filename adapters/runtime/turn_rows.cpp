#include "adapters/runtime/turn_rows.hpp"

#include "adapters/runtime/message_codec.hpp"
#include "adapters/runtime/shelf.hpp"
#include "engine/ports/journal_link.hpp"

namespace echoflow::runtime {
namespace {

void add_waiting(engine::Turn& turn, const Instance& instance, const engine::Batch& batch) {
  for (const auto& s : batch.subscriptions_opened)
    turn.subscriptions_opened.push_back(
        {instance.version->info->key, s.partner_link, s.operation, s.key, instance.id, s.activity, s.branch});
  turn.subscriptions_closed = batch.subscriptions_closed;
  for (const auto& timer : batch.timers_scheduled)
    turn.timers_scheduled.push_back({instance.id, timer.timer, timer.due});
  for (const auto& timer : batch.timers_cancelled) turn.timers_cancelled.push_back(timer.timer);
}

void add_sends(engine::Turn& turn, const Instance& instance, const engine::Batch& batch, TimePoint now) {
  for (const auto& invoke : batch.invokes)
    turn.outbox_added.push_back({instance.id, invoke.activity, invoke.node, invoke.address,
                                 instance.in_memory ? std::string() : encode_message(invoke.message), invoke.one_way, 0,
                                 now});
  for (const auto& abandoned : batch.invokes_abandoned) turn.outbox_done.push_back(abandoned.activity);
}

void add_incidents(engine::Turn& turn, const Instance& instance, const engine::Batch& batch, TimePoint now) {
  for (const auto& incident : batch.incidents_raised)
    turn.incidents_raised.push_back(
        {0, instance.id, incident.activity, now, incident.fault.name.clark(), incident.fault.detail});
  for (const auto& resolved : batch.incidents_resolved) turn.incidents_resolved.push_back(resolved.activity);
}

}  // namespace

engine::Turn make_turn(Instance& instance, engine::Batch& batch, TimePoint now) {
  auto& row = instance.row;
  row.status = batch.status;
  if (!is_live(batch.status)) row.ended_at = now;
  if (batch.fault) row.fault = batch.fault->name.clark();
  ++row.last_seq;
  engine::Turn turn;
  turn.instance = row;
  turn.is_new = row.last_seq == 1;
  turn.journal.instance = instance.id;
  turn.journal.seq = row.last_seq;
  turn.journal.at = now;
  turn.journal.events = std::move(batch.events);
  turn.journal.payload = std::move(batch.payload);
  if (!instance.in_memory) engine::fill_digests(turn.journal);
  add_waiting(turn, instance, batch);
  add_sends(turn, instance, batch, now);
  add_incidents(turn, instance, batch, now);
  return turn;
}

std::size_t estimate_bytes(const engine::Batch& batch) {
  return 512 + batch.events.size() * 4 + batch.payload.size() * 8;
}

}  // namespace echoflow::runtime
