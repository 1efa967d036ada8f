#include "adapters/runtime/failures.hpp"
#include "adapters/runtime/message_codec.hpp"
#include "adapters/runtime/router.hpp"

/// Taking a message in: callers, exchanges, and requests that come twice under one key.
namespace echoflow::runtime {

void Router::deliver(Delivery delivery, OnAnswer on_answer, bool thread_waits) {
  host_.metrics.messages_received.fetch_add(1, std::memory_order_relaxed);
  auto inbound = std::make_shared<Inbound>();
  inbound->caller = std::make_shared<Caller>(std::move(on_answer));
  if (!host_.running) return fail(inbound, unavailable("the server is stopping; try again when it runs"));
  if (delivery.process != 0 && delivery.process_key.empty()) {
    auto directory = host_.deployments.directory();
    if (const auto* info = directory->process(delivery.process)) delivery.process_key = info->key;
  }
  const auto timeout = delivery.timeout.count() > 0 ? delivery.timeout : host_.options.reply_timeout;
  inbound->deadline = {host_.clock.now().micros + std::chrono::microseconds(timeout).count()};
  if (!delivery.request_key.empty())
    inbound->request_key =
        delivery.process_key + "\n" + delivery.partner_link + "\n" + delivery.operation + "\n" + delivery.request_key;
  inbound->process_key = std::move(delivery.process_key);
  inbound->process = delivery.process;
  inbound->partner_link = std::move(delivery.partner_link);
  inbound->operation = std::move(delivery.operation);
  inbound->message = std::move(delivery.message);
  inbound->business_key = std::move(delivery.business_key);
  inbound->only = delivery.instance;
  inbound->wants_reply = delivery.want_reply;
  inbound->hold = delivery.hold;
  inbound->thread_waits = thread_waits;
  route(inbound, Drive::here);
}

/// False when the message goes no further: it was answered, or waits for the answer of its twin.
bool Router::admit(const InboundPtr& inbound, const Plan& plan) {
  inbound->admitted = true;
  const bool keyed = !inbound->request_key.empty();
  inbound->wants_reply = inbound->wants_reply && !plan.one_way;
  if (plan.one_way && !keyed) return true;
  auto id = host_.ids.take();
  if (!id) {
    host_.committer.suspect();
    fail(inbound, store_failure(id.error()));
    return false;
  }
  const auto ticket = make_exchange(*id, keyed && plan.durable);
  if (!plan.one_way) inbound->exchange = ticket;
  if (!inbound->wants_reply && !keyed) return true;
  if (!host_.exchanges.open(ticket, inbound->caller, inbound->deadline, inbound->request_key)) return false;
  inbound->ticket = ticket;
  host_.timers.caller_waits();
  return !keyed || !plan.durable || !answer_again(inbound, plan);
}

/// True when the request came before, so that it has its answer or waits for it.
bool Router::answer_again(const InboundPtr& inbound, const Plan& plan) {
  auto kept = host_.store.kept_reply(inbound->request_key);
  if (!kept) {
    fail(inbound, store_failure(kept.error()));
    return true;
  }
  if (*kept) return answer_kept(inbound, **kept);
  const auto& port = *plan.port;
  if (port.held_in_store.load() == 0) return false;
  auto held = host_.store.held_messages(port.process_key, port.partner_link, port.operation,
                                        "request:" + inbound->request_key, 1);
  if (!held || held->empty()) return false;
  host_.exchanges.close(inbound->ticket, Accepted{0, false});
  return true;
}

bool Router::answer_kept(const InboundPtr& inbound, const engine::KeptReplyRow& request) {
  if (!inbound->wants_reply || request.exchange == 0) {
    host_.exchanges.close(inbound->ticket, Accepted{request.instance, false});
    return true;
  }
  if (answer_exchange(inbound->ticket, request.exchange)) return true;
  host_.exchanges.forward(inbound->ticket, request.exchange, request.instance);
  if (answer_exchange(request.exchange, request.exchange)) return true;  // it came meanwhile
  auto row = host_.store.instance(request.instance);
  if (row && (!*row || !is_live((*row)->status)) && !answer_exchange(request.exchange, request.exchange))
    host_.exchanges.close(
        request.exchange,
        FaultReply{request.instance, standard_fault("missingReply", "the process ended without a reply"), {}});
  return true;
}

/// Answers those who wait under `ticket` with the reply that was kept of an exchange; false when there is none yet.
bool Router::answer_exchange(ExchangeId ticket, ExchangeId exchange) {
  auto kept = host_.store.kept_reply("exchange:" + std::to_string(exchange));
  if (!kept || !*kept) return false;
  auto answer = decode_answer((*kept)->instance, (*kept)->body);
  if (answer)
    host_.exchanges.close(ticket, *answer);
  else
    host_.exchanges.close(ticket, Failure{FailureKind::internal, "damaged", answer.error().message});
  return true;
}

void Router::expire(TimePoint now) {
  for (const auto& late : host_.exchanges.expired(now)) {
    if (late.instance != 0)
      host_.exchanges.close(late.ticket, Accepted{late.instance, true});
    else if (late.held)
      withdraw(late.ticket);
    // Otherwise it is in the queue of a busy instance and is answered by its turn.
  }
}

void Router::fail_all(const Failure& why) {
  for (auto ticket : host_.exchanges.all()) host_.exchanges.close(ticket, why);
}

}  // namespace echoflow::runtime
