#include "adapters/cx/deliveries/service.hpp"
#include "adapters/runtime/failures.hpp"

/// Four eyes: what the policy wants approved waits, is corrected, approved or rejected.
namespace echoflow::deliveries {

using engine::DeliveryStatus;
using runtime::FailureKind;

namespace {

runtime::Failure conflict(std::string code, std::string message) {
  return {FailureKind::conflict, std::move(code), std::move(message)};
}

}  // namespace

runtime::Outcome<Delivery> Service::awaiting(std::int64_t id) {
  const std::string name = "delivery " + std::to_string(id);
  const auto row = store_.cx().delivery(id);
  if (!row) return fail(runtime::store_failure(row.error()));
  if (!*row) return fail(runtime::not_found("unknown-delivery", "There is no " + name + "."));
  if ((*row)->status != DeliveryStatus::awaiting_approval)
    return fail(conflict("not-awaiting-approval", "The " + name + " does not await approval (any more)."));
  auto delivery = read_delivery(**row);
  if (!delivery) return fail(conflict("damaged", delivery.error().message + "."));
  return std::move(*delivery);
}

runtime::Outcome<Service::Said> Service::still_answered(Delivery& delivery) {
  std::optional<Outcome> refused;
  auto said = answered(delivery.words, refused);
  if (said && refused) return fail(conflict(refused->rule, "It cannot be sent any more: " + refused->message + "."));
  return said;
}

/// Sends it on its way where nothing stands against it.
runtime::Outcome<void> Service::release(Delivery delivery, std::vector<Change> changes, const std::string& by) {
  changes.push_back(deliveries::approve(delivery, by, clock_.now()));
  if (auto done = write(std::move(changes)); !done) return fail(runtime::store_failure(done.error()));
  wake();
  return {};
}

runtime::Outcome<void> Service::approve(std::int64_t id, const std::string& by) {
  const std::lock_guard lock(calls_mutex_);
  auto delivery = awaiting(id);
  if (!delivery) return fail(delivery.error());
  const auto said = still_answered(*delivery);
  if (!said) return fail(said.error());
  Words words = delivery->words;
  words.approved_by = by;
  const auto verdict = judged(words, *said);
  if (verdict.decision == policy::Decision::refused) return fail(conflict(verdict.rule, verdict.message));
  if (!verdict.ok())
    return fail(conflict(std::string(other_approver), "The rule '" + verdict.rule +
                                                          "' wants somebody else's approval: '" + by +
                                                          "' wrote it, or is in no group that may approve."));
  return release(std::move(*delivery), {}, by);
}

runtime::Outcome<void> Service::reject(std::int64_t id, const std::string& by, const std::string& why) {
  const std::lock_guard lock(calls_mutex_);
  auto delivery = awaiting(id);
  if (!delivery) return fail(delivery.error());
  std::vector<Change> changes{deliveries::reject(*delivery, by)};
  changes.push_back(end(*delivery, {DeliveryStatus::refused,
                                    {},
                                    {},
                                    clock_.now(),
                                    "not-approved",
                                    "'" + by + "' did not approve it: " + why,
                                    true}));
  if (auto done = write(std::move(changes)); !done) return fail(runtime::store_failure(done.error()));
  wake();
  return {};
}

runtime::Outcome<void> Service::correct(std::int64_t id, const std::string& by, std::string text,
                                        std::optional<std::string> subject) {
  const std::lock_guard lock(calls_mutex_);
  auto delivery = awaiting(id);
  if (!delivery) return fail(delivery.error());
  const auto said = still_answered(*delivery);
  if (!said) return fail(said.error());
  Words words = delivery->words;
  words.text = std::move(text);
  if (subject) words.subject = std::move(*subject);
  words.author = by;
  words.approved_by.clear();
  const auto verdict = judged(words, *said);
  if (verdict.decision == policy::Decision::refused) return fail(conflict(verdict.rule, verdict.message));
  std::vector<Change> changes{deliveries::correct(*delivery, std::move(words), by)};
  if (verdict.ok()) return release(std::move(*delivery), std::move(changes), {});
  changes.push_back(ask_approval(*delivery, {verdict.rule, verdict.message}));
  if (auto done = write(std::move(changes)); !done) return fail(runtime::store_failure(done.error()));
  return {};
}

}  // namespace echoflow::deliveries
