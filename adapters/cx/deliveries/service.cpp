#include "adapters/cx/deliveries/service.hpp"

#include <spdlog/spdlog.h>

#include <algorithm>

#include "adapters/runtime/failures.hpp"
#include "engine/cx/feedback/record.hpp"

/// What processes ask for: recorded, held against the policy, and answered later.
namespace echoflow::deliveries {

using engine::DeliveryStatus;
using runtime::PartnerAnswer;

namespace {

Outcome abandonment(TimePoint now) {
  return {DeliveryStatus::failed, {}, {}, now, "abandoned", "the process does not wait for it any more", false};
}

PartnerAnswer try_again(const engine::StoreError& error) {
  return runtime::TransportFailure{runtime::TransportFailure::Kind::unreachable, error.message, true};
}

}  // namespace

Service::Service(engine::Store& store, Outlets& outlets, Answer answer, runtime::Clock& clock, ServiceOptions options)
    : store_(store), outlets_(outlets), answer_(std::move(answer)), clock_(clock), options_(std::move(options)) {}

Service::~Service() {
  stop();
}

void Service::set_policy(std::shared_ptr<const policy::Policy> policy) {
  const std::lock_guard lock(policy_mutex_);
  policy_ = std::move(policy);
}

Result<void, engine::StoreError> Service::write(std::vector<Change> changes) {
  std::vector<engine::Turn> turns;
  for (Change& change : changes) {
    engine::Turn& turn = turns.emplace_back();
    turn.stream = true;
    turn.is_new = change.seq == 1;
    turn.instance.id = change.row.id;
    turn.journal.instance = change.row.id;
    turn.journal.seq = change.seq;
    turn.journal.at = clock_.now();
    turn.journal.events = std::move(change.events);
    turn.journal.payload = std::move(change.payload);
    turn.records.push_back(std::move(change.row));
  }
  return store_.commit(turns);
}

PartnerAnswer Service::call(const runtime::PartnerCall& call) {
  const std::lock_guard lock(calls_mutex_);
  const auto known = store_.cx().delivery_by_key(call.idempotency_key);
  if (!known) return try_again(known.error());
  Delivery delivery;
  if (*known) {
    auto read = read_delivery(**known);
    if (!read) return refusal({DeliveryStatus::failed, {}, {}, clock_.now(), "erased", read.error().message, false});
    delivery = std::move(*read);
    const bool settled = delivery.outcome && delivery.outcome->status != DeliveryStatus::sent && delivery.told;
    if (!settled) return again(std::move(delivery));
    // It was refused, the process knows, and an operator lets it ask again.
    delivery.outcome.reset();
    delivery.told = false;
    delivery.attempts = 0;
  } else {
    const auto id = store_.reserve_ids(1);
    if (!id) return try_again(id.error());
    delivery.id = *id;
  }
  delivery.key = call.idempotency_key;
  delivery.instance = call.instance;
  delivery.activity = call.activity;
  delivery.status = DeliveryStatus::due;
  delivery.asked_at = delivery.next_attempt = clock_.now();
  const auto row = store_.cx().outbox(call.instance, call.activity);
  if (!row) return try_again(row.error());
  delivery.stored = row->has_value();
  auto words = read_words(call.message);
  if (!words)
    return refuse(std::move(delivery),
                  {DeliveryStatus::refused, {}, {}, clock_.now(), "malformed", words.error().message, false});
  delivery.words = std::move(*words);
  std::optional<Outcome> refused;
  const auto said = answered(delivery.words, refused);
  if (!said) return runtime::TransportFailure{runtime::TransportFailure::Kind::unreachable, said.error().message, true};
  if (refused) return refuse(std::move(delivery), std::move(*refused));
  const auto verdict = judged(delivery.words, *said);
  if (verdict.decision == policy::Decision::refused)
    return refuse(std::move(delivery),
                  {DeliveryStatus::refused, {}, {}, clock_.now(), verdict.rule, verdict.message, true});
  std::vector<Change> changes{ask(delivery)};
  if (!verdict.ok()) changes.push_back(ask_approval(delivery, {verdict.rule, verdict.message}));
  if (auto done = write(std::move(changes)); !done) return try_again(done.error());
  wake();
  return runtime::Deferred{};
}

/// The same call comes again, after a crash or because its answer was lost.
PartnerAnswer Service::again(Delivery delivery) {
  if (!delivery.outcome) {
    wake();
    return runtime::Deferred{};
  }
  const Outcome outcome = *delivery.outcome;
  if (outcome.status == DeliveryStatus::sent) return receipt(outcome);
  return refusal(outcome);
}

PartnerAnswer Service::refuse(Delivery delivery, Outcome outcome) {
  const Fault fault = refusal(outcome);
  std::vector<Change> changes{ask(delivery)};
  changes.push_back(end(delivery, std::move(outcome)));
  changes.push_back(tell(delivery));  // the answer goes back with this call
  if (auto done = write(std::move(changes)); !done) return try_again(done.error());
  return fault;
}

/// What is answered, which also says on which channel.
runtime::Outcome<Service::Said> Service::answered(Words& words, std::optional<Outcome>& refused) {
  const auto no = [&](std::string rule, std::string message) {
    refused = Outcome{DeliveryStatus::refused, {}, {}, clock_.now(), std::move(rule), std::move(message), false};
    return Said();
  };
  Said said;
  if (words.is_reply) {
    const auto row = store_.cx().feedback(words.feedback);
    if (!row) return fail(runtime::store_failure(row.error()));
    const std::string id = std::to_string(words.feedback);
    if (!*row)
      return no("unknown-feedback", "there is no feedback " + id + ": cx:feedbackId is the cx:id of a cx:feedback");
    if ((*row)->status == engine::FeedbackStatus::erased)
      return no("erased", "feedback " + id + " was erased: it cannot be answered any more");
    auto record = intake::read_record(**row);
    if (!record) return no("damaged", record.error().message);
    said = std::move(record->said);
    words.channel = said->channel;
  }
  if (!outlets_.find(words.channel)) return no("unknown-channel", "no channel '" + words.channel + "' is configured");
  return said;
}

policy::Verdict Service::judged(const Words& words, const Said& said) {
  std::shared_ptr<const policy::Policy> policy;
  {
    const std::lock_guard lock(policy_mutex_);
    policy = policy_;
  }
  policy::Outgoing outgoing;
  outgoing.channel = words.channel;
  outgoing.network = outlets_.find(words.channel)->network();
  outgoing.is_reply = words.is_reply;
  outgoing.is_public = words.is_reply ? !words.is_private : words.to.empty();
  outgoing.text = words.text;
  outgoing.author = words.author;
  outgoing.approved_by = words.approved_by;
  if (options_.groups_of) {
    if (!words.author.empty()) outgoing.author_groups = options_.groups_of(words.author);
    if (!words.approved_by.empty()) outgoing.approver_groups = options_.groups_of(words.approved_by);
  }
  if (said) {
    const auto& understood = said->understanding;
    outgoing.language = understood.language == "und" ? "" : understood.language;
    for (const auto& topic : understood.topics) outgoing.topics.push_back(topic.name);
    outgoing.urgency = cx::to_string(understood.urgency);
    outgoing.sentiment = understood.sentiment.score;
    outgoing.reach = said->author.reach.value_or(0);
    outgoing.customer_wrote_at = said->published_at.value_or(said->received_at);
  }
  outgoing.at = clock_.now();
  return policy->check(outgoing);
}

/// Nobody waits for it any more: what is not on its way yet is not sent.
void Service::abandoned(InstanceId instance, ActivityId activity) {
  const std::lock_guard lock(calls_mutex_);
  const auto row = store_.cx().delivery_by_key(std::to_string(instance) + "-" + std::to_string(activity));
  if (!row || !*row) return;
  if ((*row)->status != DeliveryStatus::due && (*row)->status != DeliveryStatus::awaiting_approval) return;
  const std::lock_guard looking(mutex_);
  if (busy_.contains((*row)->id)) return;
  auto delivery = read_delivery(**row);
  if (!delivery) return;
  std::vector<Change> changes{end(*delivery, abandonment(clock_.now()))};
  changes.push_back(tell(*delivery));
  // Where this cannot be written it is found out before it is sent.
  static_cast<void>(write(std::move(changes)));
}

void Service::wake() {
  {
    const std::lock_guard lock(mutex_);
    look_again_ = true;
  }
  more_.notify_one();
}

}  // namespace echoflow::deliveries
