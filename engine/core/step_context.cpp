#include "engine/core/step_context.hpp"

#include <algorithm>

namespace echoflow::engine {

ActivityId StepContext::start_child(const Activity& parent, NodeId node, instances::Slot slot) {
  const program::Node& definition = program_.node(node);
  records::ActivityCreated created;
  created.id = state_.next_activity;
  created.node = node;
  created.parent = parent.id;
  created.scope = parent.scope_data ? parent.id : parent.scope;
  created.slot = slot;
  created.joining = !definition.incoming.empty();
  emit(created);
  if (created.joining)
    queue_join(created.id);
  else
    queue_start(created.id);
  return created.id;
}

std::optional<StepContext::Step> StepContext::next_step() {
  if (queue_.empty()) return std::nullopt;
  Step step = queue_.front();
  queue_.pop_front();
  return step;
}

void StepContext::open_subscription(const Activity& activity, std::uint32_t branch, const program::Inbound& inbound,
                                    std::string key) {
  emit(records::SubscriptionOpened{activity.id, branch, {key}});
  batch_.subscriptions_opened.push_back({activity.id, branch,
                                         program_.partner_links[inbound.operation.partner_link].name,
                                         inbound.operation.operation, std::move(key)});
}

void StepContext::close_subscription(ActivityId activity, std::uint32_t branch) {
  if (!state_.subscriptions.contains({activity, branch})) return;
  emit(records::SubscriptionClosed{activity, branch});
  auto& opened = batch_.subscriptions_opened;
  auto same = [&](const SubscriptionOpened& s) { return s.activity == activity && s.branch == branch; };
  auto found = std::find_if(opened.begin(), opened.end(), same);
  // What was opened in this turn was never seen outside.
  if (found != opened.end())
    opened.erase(found);
  else
    batch_.subscriptions_closed.push_back({activity, branch});
}

void StepContext::close_subscriptions(ActivityId activity) {
  std::vector<std::uint32_t> branches;
  for (auto at = state_.subscriptions.lower_bound({activity, 0});
       at != state_.subscriptions.end() && at->first.first == activity; ++at)
    branches.push_back(at->first.second);
  for (auto branch : branches) close_subscription(activity, branch);
}

void StepContext::schedule_timer(ActivityId activity, std::uint32_t branch, TimePoint due, const Duration& repeat) {
  auto timer = state_.next_timer;
  emit(records::TimerScheduled{timer, activity, branch, due, repeat.months, repeat.micros});
  batch_.timers_scheduled.push_back({timer, due});
}

void StepContext::end_timer(std::uint32_t timer, bool fired) {
  emit(records::TimerEnded{timer, fired});
  auto& scheduled = batch_.timers_scheduled;
  auto found =
      std::find_if(scheduled.begin(), scheduled.end(), [&](const TimerScheduled& t) { return t.timer == timer; });
  if (found != scheduled.end())
    scheduled.erase(found);
  else
    batch_.timers_cancelled.push_back({timer});
}

void StepContext::cancel_timers(ActivityId activity) {
  if (state_.timers.empty()) return;
  std::vector<std::uint32_t> mine;
  for (const auto& [id, timer] : state_.timers)
    if (timer.activity == activity) mine.push_back(id);
  for (auto id : mine) end_timer(id, false);
}

void StepContext::request_invoke(const Activity& activity, const std::string& address, Message message, bool one_way) {
  emit(records::InvokeRequested{activity.id, {address}, message.parts});
  batch_.invokes.push_back({activity.id, activity.node, address, std::move(message), one_way});
}

void StepContext::send_reply(ExchangeId exchange, ActivityId by, Message message) {
  emit(records::ReplySent{exchange, by, false, message.message_type, message.parts, {}});
  batch_.replies.push_back({exchange, false, std::move(message), {}});
}

void StepContext::send_fault(ExchangeId exchange, ActivityId by, const Fault& fault) {
  emit(records::ReplySent{exchange, by, true, {}, {}, fault});
  batch_.replies.push_back({exchange, true, Message{fault.message_type, fault.parts, {}, {}}, fault});
}

void StepContext::know_written(const Message& message) {
  for (std::size_t i = 0; i < message.parts.size() && i < message.written.size(); ++i)
    if (!message.written[i].empty()) payload_.know(message.parts[i], message.written[i]);
}

void StepContext::finish() {
  const auto keep_written = [&](Message& message) {
    for (const auto& part : message.parts) message.written.emplace_back(payload_.find(part));
  };
  for (auto& reply : batch_.replies) keep_written(reply.message);
  for (auto& invoke : batch_.invokes) keep_written(invoke.message);
  batch_.payload = payload_.take();
}

}  // namespace echoflow::engine
