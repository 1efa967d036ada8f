#include "adapters/store_soci/rows.hpp"

namespace echoflow::store {

using namespace engine;

InstanceRow read_instance(Columns& columns) {
  InstanceRow row;
  row.id = columns.integer();
  row.process = columns.integer();
  row.status = columns.number<InstanceStatus>();
  row.business_key = columns.text();
  row.started_at = columns.time();
  if (const auto ended = columns.optional_integer()) row.ended_at = TimePoint{*ended};
  row.last_seq = columns.number<std::uint64_t>();
  row.fault = columns.text();
  return row;
}

JournalRow read_journal(Columns& columns) {
  JournalRow row;
  row.position = columns.integer();
  row.instance = columns.integer();
  row.seq = columns.number<std::uint64_t>();
  row.at = columns.time();
  row.erased = columns.integer() != 0;
  row.events_digest = columns.digest();
  row.payload_digest = columns.digest();
  row.hash = columns.digest();
  row.events = columns.bytes();
  row.payload = columns.bytes();
  return row;
}

SubscriptionRow read_subscription(Columns& columns) {
  SubscriptionRow row;
  row.instance = columns.integer();
  row.activity = columns.number<ActivityId>();
  row.branch = columns.number<std::uint32_t>();
  row.process_key = columns.text();
  row.partner_link = columns.text();
  row.operation = columns.text();
  row.key = columns.text();
  return row;
}

OutboxRow read_outbox(Columns& columns) {
  OutboxRow row;
  row.instance = columns.integer();
  row.activity = columns.number<ActivityId>();
  row.node = columns.number<std::uint32_t>();
  row.address = columns.text();
  row.one_way = columns.integer() != 0;
  row.attempts = columns.number<std::uint32_t>();
  row.next_attempt = columns.time();
  row.body = columns.bytes();
  return row;
}

}  // namespace echoflow::store
