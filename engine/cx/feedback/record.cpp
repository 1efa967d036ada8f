#include "engine/cx/feedback/record.hpp"

#include <cmath>

#include "engine/cx/feedback/codec.hpp"
#include "models/records/bare.hpp"

namespace echoflow::intake {

using engine::FeedbackStatus;

namespace {

struct RecordFields {
  Record& value;
  std::string& said;
  template <class V>
  void fields(V& visit) {
    visit(1, said);
    visit(2, value.seq);
    visit(3, value.replays);
    visit(4, value.reason);
  }
};

struct SummaryFields {
  Summary& value;
  template <class V>
  void fields(V& visit) {
    visit(1, value.network);
    visit(2, value.kind);
    visit(3, value.language);
    visit(4, value.polarity);
    figure(visit, 5, value.score);
    visit(6, value.urgency);
    visit(7, value.topics);
    visit(8, value.intents);
    visit(9, value.survey);
    bool rated = value.rating.has_value();
    double rating = value.rating.value_or(0);
    visit(10, rated);
    figure(visit, 11, rating);
    if constexpr (!std::is_same_v<V, records::Encoder>) value.rating = rated ? std::optional(rating) : std::nullopt;
  }
  template <class V>
  static void figure(V& visit, std::uint32_t id, double& number) {
    std::int64_t millionths = std::llround(number * 1e6);
    visit(id, millionths);
    if constexpr (!std::is_same_v<V, records::Encoder>) number = static_cast<double>(millionths) / 1e6;
  }
};

struct EventFields {
  Event& value;
  template <class V>
  void fields(V& visit) {
    visit(1, value.channel);
    visit(2, value.instances);
    visit(3, value.reason);
    visit(4, value.who);
    SummaryFields summary{value.summary};
    visit(5, summary);
  }
};

Summary summary_of(const cx::Feedback& said) {
  const auto& understood = said.understanding;
  Summary summary{said.network,
                  said.kind,
                  understood.language,
                  understood.sentiment.polarity,
                  understood.sentiment.score,
                  understood.urgency,
                  {},
                  {},
                  said.survey,
                  said.rating};
  for (const auto& topic : understood.topics) summary.topics.push_back(topic.name);
  for (const auto& intent : understood.intents) summary.intents.push_back(intent.name);
  return summary;
}

/// The row as it is after `event`.
Change step(Record record, Event event, std::string payload) {
  Change change;
  change.seq = ++record.seq;
  event.channel = record.said.channel;
  records::append_bare_event(change.events, static_cast<std::uint32_t>(event.kind), EventFields{event});
  change.payload = std::move(payload);
  auto& row = change.row;
  row.id = record.said.id;
  row.channel = record.said.channel;
  row.external_id = record.said.external_id;
  row.conversation = record.said.conversation;
  row.customer = record.said.customer;
  row.received_at = record.said.received_at;
  row.status = record.status;
  row.instances = record.instances;
  std::string said = encode(record.said);
  row.body = records::bare(RecordFields{record, said});
  return change;
}

}  // namespace

std::string_view to_string(EventKind kind) {
  switch (kind) {
    case EventKind::received:
      return "received";
    case EventKind::taken:
      return "taken";
    case EventKind::dead_lettered:
      return "deadLettered";
    case EventKind::replayed:
      return "replayed";
  }
  return "";
}

Result<Record> read_record(const engine::FeedbackRow& row) {
  Record record;
  std::string said;
  RecordFields fields{record, said};
  if (!records::read_bare(row.body, fields))
    return fail("the stored feedback " + std::to_string(row.id) + " is damaged: restore a backup, or erase it");
  auto read = decode_feedback(said);
  if (!read) return fail(read.error());
  record.said = std::move(*read);
  record.status = row.status;
  record.instances = row.instances;
  return record;
}

Result<Event> read_event(std::string_view events) {
  Event event;
  event.summary.polarity = cx::Polarity{};  // what is zero is not written
  event.summary.urgency = cx::Urgency{};
  records::PayloadReader payload({});
  EventFields fields{event};
  records::Decoder decoder(events, payload);
  const auto number = decoder.varint();
  if (number < 101 || number > 104 || !decoder.record(fields)) return fail("the event is damaged: restore a backup");
  event.kind = static_cast<EventKind>(number);
  return event;
}

Change receive(const cx::Feedback& said) {
  Record record;
  record.said = said;
  record.said.raw.clear();
  // The journal alone is enough to make the row again: what was said, and what arrived.
  std::string payload;
  std::string stored = encode(record.said);
  records::PayloadWriter unused;
  records::Encoder encoder(payload, unused);
  encoder(1, stored);
  encoder(2, said.raw);
  payload.push_back('\0');
  Change change = step(std::move(record), Event{}, std::move(payload));
  change.row.raw = said.raw;
  return change;
}

Change offered(Record record, const std::vector<InstanceId>& taken_by, const std::string& reason) {
  const bool dead = taken_by.empty();
  record.status = dead ? FeedbackStatus::dead : FeedbackStatus::taken;
  record.instances = taken_by;
  record.reason = dead ? reason : "";
  Event event;
  event.kind = dead ? EventKind::dead_lettered : EventKind::taken;
  event.summary = summary_of(record.said);
  event.instances = taken_by;
  event.reason = record.reason;
  std::string understood = encode(record.said);
  return step(std::move(record), std::move(event), std::move(understood));
}

Result<Change> replay(Record record, const std::string& who, const std::string& why) {
  if (record.status != FeedbackStatus::dead)
    return fail("feedback " + std::to_string(record.said.id) +
                " is not in the dead-letter list: only what no process took can be offered again");
  record.status = FeedbackStatus::received;
  ++record.replays;
  Event event;
  event.kind = EventKind::replayed;
  event.reason = why;
  event.who = who;
  return step(std::move(record), std::move(event), {});
}

std::string request_key(const Record& record) {
  std::string key = "feedback-" + std::to_string(record.said.id);
  return record.replays == 0 ? key : key + "-" + std::to_string(record.replays);
}

}  // namespace echoflow::intake
