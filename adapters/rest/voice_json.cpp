#include "adapters/rest/voice_json.hpp"

#include "adapters/rest/understanding_json.hpp"
#include "engine/cx/feedback/codec.hpp"
#include "engine/cx/feedback/element_writer.hpp"
#include "models/base/time.hpp"
#include "models/base/utf8.hpp"

namespace echoflow::rest {

namespace {

void write_if(json::Writer& writer, std::string_view name, const std::string& text) {
  if (!text.empty()) writer.member(name, text);
}

template <class Items>
void write_list(json::Writer& writer, std::string_view name, const Items& items) {
  writer.key(name).begin_array();
  for (const auto& item : items) writer.string(item);
  writer.end_array();
}

void write_instances(json::Writer& writer, const std::vector<InstanceId>& ids) {
  writer.key("instanceIds").begin_array();
  for (const InstanceId id : ids) writer.string(std::to_string(id));
  writer.end_array();
}

void write_author(json::Writer& writer, const cx::Author& author) {
  writer.key("author").begin_object().member("id", author.id);
  write_if(writer, "name", author.name);
  write_if(writer, "handle", author.handle);
  if (author.reach) writer.member("reach", static_cast<std::int64_t>(*author.reach));
  writer.end_object();
}

void write_said(json::Writer& writer, const cx::Feedback& said) {
  write_if(writer, "network", said.network);
  writer.member("kind", intake::to_string(said.kind));
  write_if(writer, "caseId", said.case_id);
  write_if(writer, "inReplyTo", said.in_reply_to);
  write_author(writer, said.author);
  write_if(writer, "subject", said.subject);
  writer.member("text", said.text);
  writer.key("understanding");
  write_understanding(writer, said.understanding);
  if (said.rating) writer.key("rating").raw(intake::decimal(*said.rating));
  write_if(writer, "survey", said.survey);
  write_list(writer, "links", said.links);
  writer.key("attachments").begin_array();
  for (const auto& attachment : said.attachments) {
    writer.begin_object().member("name", attachment.name).member("mediaType", attachment.media_type);
    writer.member("url", attachment.url).end_object();
  }
  writer.end_array();
  if (said.published_at) writer.member("publishedAt", format_time_point(*said.published_at));
}

}  // namespace

std::string_view to_string(engine::FeedbackStatus status) {
  switch (status) {
    case engine::FeedbackStatus::received:
      return "received";
    case engine::FeedbackStatus::taken:
      return "taken";
    case engine::FeedbackStatus::dead:
      return "dead";
    case engine::FeedbackStatus::erased:
      return "erased";
  }
  return "";
}

std::string_view to_string(engine::DeliveryStatus status) {
  switch (status) {
    case engine::DeliveryStatus::draft:
      return "draft";
    case engine::DeliveryStatus::awaiting_approval:
      return "awaitingApproval";
    case engine::DeliveryStatus::due:
      return "due";
    case engine::DeliveryStatus::sending:
      return "sending";
    case engine::DeliveryStatus::sent:
      return "sent";
    case engine::DeliveryStatus::refused:
      return "refused";
    case engine::DeliveryStatus::failed:
      return "failed";
  }
  return "";
}

void write_feedback(json::Writer& writer, const engine::FeedbackRow& row, bool with_raw) {
  writer.begin_object().member("id", std::to_string(row.id)).member("status", to_string(row.status));
  writer.member("channel", row.channel).member("externalId", row.external_id);
  writer.member("receivedAt", format_time_point(row.received_at));
  write_instances(writer, row.instances);
  auto record = row.body.empty() ? Result<intake::Record>(fail("")) : intake::read_record(row);
  if (record) {
    writer.member("conversationId", row.conversation).member("customerId", row.customer);
    write_if(writer, "reason", record->reason);
    write_said(writer, record->said);
  }
  if (with_raw && !row.raw.empty() && is_valid_utf8(row.raw)) writer.member("raw", row.raw);
  writer.end_object();
}

void write_delivery(json::Writer& writer, const engine::DeliveryRow& row) {
  writer.begin_object();
  write_delivery_members(writer, row);
  writer.end_object();
}

void write_delivery_members(json::Writer& writer, const engine::DeliveryRow& row) {
  const auto delivery = deliveries::read_delivery(row);
  writer.member("id", std::to_string(row.id)).member("channel", row.channel);
  writer.member("status", to_string(delivery ? deliveries::shown_status(*delivery) : row.status));
  if (row.feedback != 0) writer.member("feedbackId", std::to_string(row.feedback));
  write_if(writer, "externalId", row.external_id);
  writer.member("attempts", std::int64_t{row.attempts});
  if (row.status == engine::DeliveryStatus::due) writer.member("nextAttemptAt", format_time_point(row.next_attempt));
  if (delivery) {
    writer.member("instanceId", std::to_string(delivery->instance));
    writer.member("activityId", std::to_string(delivery->activity));
    writer.member("visibility", delivery->words.is_private ? "private" : "public").member("text", delivery->words.text);
    write_if(writer, "author", delivery->words.author);
    write_if(writer, "approvedBy", delivery->words.approved_by);
    writer.member("askedAt", format_time_point(delivery->asked_at));
    if (const auto& question = delivery->question)
      writer.member("rule", question->rule).member("message", question->message);
    if (const auto& outcome = delivery->outcome) {
      writer.member("endedAt", format_time_point(outcome->at));
      write_if(writer, "url", outcome->url);
      write_if(writer, "rule", outcome->rule);
      write_if(writer, "message", outcome->message);
    }
  }
}

void write_step(json::Writer& writer, const engine::JournalRow& row) {
  const auto event = deliveries::read_event(row.events);
  if (!event) return;
  writer.begin_object().member("at", format_time_point(row.at)).member("what", deliveries::to_string(event->kind));
  write_if(writer, "by", event->by);
  write_if(writer, "rule", event->rule);
  const bool says = event->kind == deliveries::EventKind::asked || event->kind == deliveries::EventKind::corrected;
  if (const auto said = says ? deliveries::read_said(row.payload) : std::nullopt) {
    write_if(writer, "author", said->author);
    write_if(writer, "subject", said->subject);
    writer.member("text", said->text);
  }
  writer.end_object();
}

void write_alert(json::Writer& writer, const intake::AlertRecord& record) {
  const auto& alert = record.alert;
  writer.begin_object().member("id", std::to_string(record.id)).member("episode", std::to_string(alert.episode));
  writer.member("state", cx::to_string(alert.state)).member("kind", cx::to_string(alert.kind));
  writer.member("severity", cx::to_string(alert.severity)).member("topic", alert.key.topic);
  writer.member("channel", alert.key.channel).member("polarity", cx::to_string(alert.key.sentiment));
  writer.member("startedAt", format_time_point(alert.started_at)).member("at", format_time_point(alert.at));
  writer.member("posts", static_cast<std::int64_t>(alert.posts)).key("expected").raw(intake::decimal(alert.expected));
  write_list(writer, "evidence", alert.evidence);
  write_instances(writer, record.instances);
  writer.end_object();
}

}  // namespace echoflow::rest
