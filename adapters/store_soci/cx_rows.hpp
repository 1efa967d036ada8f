#pragma once
#include "adapters/store_soci/connection.hpp"
#include "engine/ports/cx_rows.hpp"

/// Columns of the customer-experience records in the order of these lists, with their types for Query.
namespace echoflow::store {

#define ECHOFLOW_FEEDBACK_COLUMNS \
  "id, channel, external_id, conversation, customer, status, received_at, instances, body"
inline constexpr const char* feedback_types = "ittttiitb";
engine::FeedbackRow read_feedback(Columns& columns);  ///< without `raw`

#define ECHOFLOW_DELIVERY_COLUMNS "id, key, channel, feedback, status, attempts, next_attempt, external_id, body"
inline constexpr const char* delivery_types = "ittiiiitb";
engine::DeliveryRow read_delivery(Columns& columns);

#define ECHOFLOW_TASK_COLUMNS                                                                               \
  "t.id, t.instance, t.activity, t.name, t.state, t.priority, t.owner, t.queue, t.customer, t.created_at, " \
  "t.next_deadline, t.version, t.potential_owners, t.body"
inline constexpr const char* task_types = "iiittitttiiitb";
engine::TaskRow read_task(Columns& columns);

#define ECHOFLOW_ALERT_COLUMNS "id, episode, state, severity, topic, channel, at, body"
inline constexpr const char* alert_types = "iittttib";
engine::AlertRow read_alert(Columns& columns);

/// Within an open transaction. Throws StoreFailure (conflict) where a task has a newer version.
void write_record(Connection& connection, const engine::RecordChange& change);

}  // namespace echoflow::store
