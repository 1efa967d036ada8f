#pragma once
#include "adapters/rest/json_writer.hpp"
#include "engine/cx/deliveries/delivery.hpp"
#include "engine/cx/feedback/alert_record.hpp"
#include "engine/cx/feedback/record.hpp"
#include "engine/ports/store.hpp"

namespace echoflow::rest {

std::string_view to_string(engine::FeedbackStatus status);
std::string_view to_string(engine::DeliveryStatus status);

/// The objects of the schemas "Feedback", "Delivery" and "Alert". What was erased has only its ids.
void write_feedback(json::Writer& writer, const engine::FeedbackRow& row, bool with_raw = false);
void write_delivery(json::Writer& writer, const engine::DeliveryRow& row);
/// The members alone, into an open object.
void write_delivery_members(json::Writer& writer, const engine::DeliveryRow& row);
/// A row of a delivery's journal.
void write_step(json::Writer& writer, const engine::JournalRow& row);
void write_alert(json::Writer& writer, const intake::AlertRecord& record);

}  // namespace echoflow::rest
