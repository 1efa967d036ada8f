#pragma once
#include "adapters/store_soci/query.hpp"
#include "engine/ports/store.hpp"

/// Columns in the order of these lists, with their types for Query.
namespace echoflow::store {

#define ECHOFLOW_INSTANCE_COLUMNS "id, process, status, business_key, started_at, ended_at, last_seq, fault"
inline constexpr const char* instance_types = "iiitiiit";
engine::InstanceRow read_instance(Columns& columns);

#define ECHOFLOW_JOURNAL_COLUMNS \
  "position, instance, seq, at, erased, events_digest, payload_digest, hash, events, payload"
inline constexpr const char* journal_types = "iiiiibbbbb";
engine::JournalRow read_journal(Columns& columns);

#define ECHOFLOW_SUBSCRIPTION_COLUMNS "instance, activity, branch, process_key, partner_link, operation, key"
inline constexpr const char* subscription_types = "iiitttt";
engine::SubscriptionRow read_subscription(Columns& columns);

#define ECHOFLOW_OUTBOX_COLUMNS "instance, activity, node, address, one_way, attempts, next_attempt, body"
inline constexpr const char* outbox_types = "iiitiiib";
engine::OutboxRow read_outbox(Columns& columns);

}  // namespace echoflow::store
