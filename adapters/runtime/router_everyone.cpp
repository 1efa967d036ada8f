#include "adapters/runtime/failures.hpp"
#include "adapters/runtime/router.hpp"
#include "engine/ports/store_limits.hpp"
#include "engine/routing/correlation.hpp"

/// Messages for one certain instance, and who waits for a message at all: what is told to everybody needs both.
namespace echoflow::runtime {

namespace {

constexpr std::uint32_t page = 200;

}  // namespace

Outcome<std::optional<Waiting>> Router::find_in(const Plan& plan, const std::string& key, InstanceId only) {
  const auto& port = *plan.port;
  for (const Waiting& waiting : port.all(key))
    if (waiting.instance == only) return std::optional(waiting);
  if (!plan.durable) return std::optional<Waiting>();
  auto rows = host_.store.subscriptions(only);
  if (!rows) {
    host_.committer.suspect();
    return echoflow::fail(store_failure(rows.error()));
  }
  for (const auto& row : *rows) {
    const bool same = row.process_key == port.process_key && row.partner_link == port.partner_link &&
                      row.operation == port.operation && row.key == key;
    if (!same) continue;
    const Waiting waiting{row.instance, row.activity, row.branch};
    auto instance = host_.cache.find(row.instance);
    if (!instance || !instance->loaded || port.waits(key, waiting)) return std::optional(waiting);
  }
  return std::optional<Waiting>();
}

Outcome<std::vector<InstanceId>> Router::waiting_for(const Delivery& delivery) {
  Inbound inbound;
  inbound.process_key = delivery.process_key;
  inbound.partner_link = delivery.partner_link;
  inbound.operation = delivery.operation;
  inbound.message = delivery.message;
  auto planned = plan(inbound);
  if (!planned) return echoflow::fail(planned.error());
  std::set<InstanceId> found;
  if (planned->group && planned->may_wait)
    for (const auto& key : planned->keys)
      if (auto added = add_waiting(found, *planned, key); !added) return echoflow::fail(added.error());
  return std::vector<InstanceId>(found.begin(), found.end());
}

Outcome<void> Router::add_waiting(std::set<InstanceId>& found, const Plan& plan, const std::string& key) {
  const auto& port = *plan.port;
  for (const Waiting& waiting : port.all(key)) found.insert(waiting.instance);
  if (!plan.durable) return {};
  auto rows = host_.store.find_subscriptions(port.process_key, port.partner_link, port.operation, key);
  if (!rows) {
    host_.committer.suspect();
    return echoflow::fail(store_failure(rows.error()));
  }
  if (rows->size() >= engine::most_subscriptions) return add_all_waiting(found, port, key);
  for (const auto& row : *rows) found.insert(row.instance);
  return {};
}

/// The store names so many at once; where there are more, every running instance is asked.
Outcome<void> Router::add_all_waiting(std::set<InstanceId>& found, const Port& port, const std::string& key) {
  engine::InstanceFilter filter;
  filter.process_key = port.process_key;
  filter.limit = page;
  while (true) {
    auto instances = host_.store.instances(filter);
    if (!instances) return echoflow::fail(store_failure(instances.error()));
    for (const auto& instance : *instances) {
      filter.before = instance.id;
      if (!is_live(instance.status)) continue;
      auto rows = host_.store.subscriptions(instance.id);
      if (!rows) return echoflow::fail(store_failure(rows.error()));
      for (const auto& row : *rows)
        if (row.partner_link == port.partner_link && row.operation == port.operation && row.key == key)
          found.insert(row.instance);
    }
    if (instances->size() < page) return {};
  }
}

}  // namespace echoflow::runtime
