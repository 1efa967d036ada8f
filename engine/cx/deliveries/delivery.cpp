#include "engine/cx/deliveries/delivery.hpp"

#include "models/records/bare.hpp"

namespace echoflow::deliveries {

using engine::DeliveryStatus;

namespace {

struct WordsFields {
  Words& value;
  template <class V>
  void fields(V& visit) {
    visit(1, value.is_reply);
    visit(2, value.is_private);
    visit(3, value.feedback);
    visit(4, value.channel);
    visit(5, value.to);
    visit(6, value.subject);
    visit(7, value.text);
    visit(8, value.author);
    visit(9, value.approved_by);
  }
};

struct OutcomeFields {
  Outcome& value;
  template <class V>
  void fields(V& visit) {
    visit(1, value.status);
    visit(2, value.external_id);
    visit(3, value.url);
    visit(4, value.at);
    visit(5, value.rule);
    visit(6, value.message);
    visit(7, value.by_policy);
  }
};

struct BodyFields {
  Delivery& value;
  template <class V>
  void fields(V& visit) {
    visit(1, value.instance);
    visit(2, value.activity);
    visit(3, value.stored);
    WordsFields words{value.words};
    visit(4, words);
    visit(5, value.asked_at);
    bool ended = value.outcome.has_value();
    visit(6, ended);
    Outcome outcome = value.outcome.value_or(Outcome{DeliveryStatus{}, {}, {}, {}, {}, {}, false});
    OutcomeFields outcome_fields{outcome};
    visit(7, outcome_fields);
    visit(8, value.told);
    visit(9, value.seq);
    Question question = value.question.value_or(Question());
    visit(10, question.rule);
    visit(11, question.message);
    visit(12, value.released_at);
    if constexpr (std::is_same_v<V, records::Encoder>) return;
    value.outcome = ended ? std::optional(outcome) : std::nullopt;
    value.question = question.rule.empty() ? std::nullopt : std::optional(question);
  }
};

struct EventFields {
  Event& value;
  template <class V>
  void fields(V& visit) {
    visit(1, value.channel);
    visit(2, value.feedback);
    visit(3, value.instance);
    visit(4, value.is_private);
    visit(5, value.by_bot);
    visit(6, value.rule);
    visit(7, value.external_id);
    visit(8, value.by);
  }
};

Change step(Delivery& delivery, EventKind kind, std::string rule, std::string by = {}) {
  ++delivery.seq;
  const Words& words = delivery.words;
  Event event{kind,
              words.channel,
              words.feedback,
              delivery.instance,
              words.is_private,
              words.author.empty(),
              std::move(rule),
              delivery.outcome ? delivery.outcome->external_id : "",
              std::move(by)};
  Change change;
  change.seq = delivery.seq;
  records::append_bare_event(change.events, static_cast<std::uint32_t>(kind), EventFields{event});
  auto& row = change.row;
  row.id = delivery.id;
  row.key = delivery.key;
  row.channel = words.channel;
  row.feedback = words.feedback;
  row.status = delivery.status;
  row.attempts = delivery.attempts;
  row.next_attempt = delivery.next_attempt;
  if (delivery.outcome) row.external_id = delivery.outcome->external_id;
  row.body = records::bare(BodyFields{delivery});
  return change;
}

}  // namespace

std::string_view to_string(EventKind kind) {
  switch (kind) {
    case EventKind::asked:
      return "asked";
    case EventKind::sending:
      return "sending";
    case EventKind::sent:
      return "sent";
    case EventKind::refused:
      return "refused";
    case EventKind::failed:
      return "failed";
    case EventKind::postponed:
      return "postponed";
    case EventKind::told:
      return "told";
    case EventKind::approval_asked:
      return "approvalAsked";
    case EventKind::corrected:
      return "corrected";
    case EventKind::approved:
      return "approved";
    case EventKind::rejected:
      return "rejected";
  }
  return "";
}

Result<Delivery> read_delivery(const engine::DeliveryRow& row) {
  Delivery delivery;
  delivery.stored = delivery.words.is_reply = false;  // what is zero is not written
  BodyFields fields{delivery};
  if (row.body.empty() || !records::read_bare(row.body, fields))
    return fail("the stored delivery " + std::to_string(row.id) + " is damaged or was erased");
  delivery.id = row.id;
  delivery.key = row.key;
  delivery.status = row.status;
  delivery.attempts = row.attempts;
  delivery.next_attempt = row.next_attempt;
  return delivery;
}

DeliveryStatus shown_status(const Delivery& delivery) {
  return delivery.outcome ? delivery.outcome->status : delivery.status;
}

Result<Event> read_event(std::string_view events) {
  Event event;
  records::PayloadReader payload({});
  EventFields fields{event};
  records::Decoder decoder(events, payload);
  const auto number = decoder.varint();
  if (number < 301 || number > 311 || !decoder.record(fields)) return fail("the event is damaged: restore a backup");
  event.kind = static_cast<EventKind>(number);
  return event;
}

std::optional<Words> read_said(std::string_view payload) {
  Words words;
  words.is_reply = false;  // what is zero is not written
  WordsFields fields{words};
  if (payload.empty() || !records::read_bare(payload, fields)) return std::nullopt;
  return words;
}

Change ask(Delivery& delivery) {
  Change change = step(delivery, EventKind::asked, {});
  change.payload = records::bare(WordsFields{delivery.words});
  return change;
}

Change ask_approval(Delivery& delivery, Question question) {
  delivery.status = DeliveryStatus::awaiting_approval;
  delivery.question = std::move(question);
  return step(delivery, EventKind::approval_asked, delivery.question->rule);
}

Change correct(Delivery& delivery, Words words, const std::string& by) {
  delivery.words = std::move(words);
  delivery.words.author = by;
  delivery.words.approved_by.clear();
  Change change = step(delivery, EventKind::corrected, {}, by);
  change.payload = records::bare(WordsFields{delivery.words});
  return change;
}

Change approve(Delivery& delivery, const std::string& by, TimePoint now) {
  delivery.words.approved_by = by;
  delivery.status = DeliveryStatus::due;
  delivery.next_attempt = delivery.released_at = now;
  delivery.question.reset();
  return step(delivery, EventKind::approved, {}, by);
}

Change reject(Delivery& delivery, const std::string& by) {
  return step(delivery, EventKind::rejected, {}, by);
}

Change begin(Delivery& delivery) {
  delivery.status = DeliveryStatus::sending;
  ++delivery.attempts;
  return step(delivery, EventKind::sending, {});
}

Change postpone(Delivery& delivery, TimePoint until, const std::string& why, bool maybe_sent) {
  delivery.status = maybe_sent || delivery.outcome ? DeliveryStatus::sending : DeliveryStatus::due;
  delivery.next_attempt = until;
  return step(delivery, EventKind::postponed, why);
}

Change end(Delivery& delivery, Outcome outcome) {
  delivery.outcome = std::move(outcome);
  delivery.question.reset();
  delivery.status = DeliveryStatus::sending;
  EventKind kind = EventKind::failed;
  if (delivery.outcome->status == DeliveryStatus::sent) kind = EventKind::sent;
  if (delivery.outcome->status == DeliveryStatus::refused) kind = EventKind::refused;
  return step(delivery, kind, delivery.outcome->rule);
}

Change tell(Delivery& delivery) {
  delivery.told = true;
  delivery.status = delivery.outcome->status;
  return step(delivery, EventKind::told, {});
}

}  // namespace echoflow::deliveries
