#include <spdlog/spdlog.h>

#include <algorithm>

#include "adapters/cx/deliveries/service.hpp"
#include "engine/cx/feedback/record.hpp"

/// Sending what was recorded, on a few threads, and bringing the answers.
namespace echoflow::deliveries {

using engine::DeliveryStatus;

namespace {

constexpr std::uint32_t page = 256;
constexpr std::chrono::milliseconds answer_pause{5'000};

Outcome failed(TimePoint now, std::string rule, std::string message) {
  return {DeliveryStatus::failed, {}, {}, now, std::move(rule), std::move(message), false};
}

}  // namespace

void Service::start() {
  const std::lock_guard lock(mutex_);
  stopping_ = false;
  look_again_ = true;
  for (unsigned i = 0; i < std::max(options_.threads, 1u); ++i) threads_.emplace_back([this] { work(); });
}

void Service::stop() {
  std::vector<std::thread> threads;
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
    threads.swap(threads_);
  }
  more_.notify_all();
  for (auto& thread : threads) thread.join();
}

void Service::while_quiet(const std::function<void()>& work) {
  const std::lock_guard calls(calls_mutex_);
  {
    std::unique_lock lock(mutex_);
    paused_ = true;
    quiet_.wait(lock, [&] { return attempting_ == 0; });
    for (const auto& row : queue_) {
      busy_.erase(row.id);
      places_.erase(place(row));
    }
    queue_.clear();  // read anew
  }
  work();
  {
    const std::lock_guard lock(mutex_);
    paused_ = false;
    look_again_ = true;
  }
  more_.notify_all();
}

bool Service::at_rest() const {
  const std::lock_guard lock(mutex_);
  return queue_.empty() && attempting_ == 0 && !look_again_;
}

/// One thing at a time is said in one place, so that answers do not overtake one another.
std::string Service::place(const engine::DeliveryRow& row) const {
  return row.channel + "\n" + std::to_string(row.feedback);
}

void Service::work() {
  std::unique_lock lock(mutex_);
  while (!stopping_) {
    if (queue_.empty() && !paused_ && !looking_) {
      looking_ = true;
      if (!look_again_)
        more_.wait_for(lock, options_.look, [&] { return stopping_ || look_again_ || !queue_.empty(); });
      if (queue_.empty() && !paused_ && !stopping_) {
        look_again_ = false;
        ++attempting_;
        lock.unlock();
        look();
        lock.lock();
        --attempting_;
        quiet_.notify_all();
      }
      looking_ = false;
      more_.notify_one();
    } else {
      more_.wait(lock, [&] { return stopping_ || (!paused_ && (!queue_.empty() || !looking_)); });
    }
    while (!queue_.empty() && !paused_ && !stopping_) {
      const engine::DeliveryRow row = std::move(queue_.front());
      queue_.erase(queue_.begin());
      ++attempting_;
      lock.unlock();
      attempt(row);
      lock.lock();
      --attempting_;
      busy_.erase(row.id);
      places_.erase(place(row));
      look_again_ = true;
      quiet_.notify_all();
    }
  }
}

void Service::look() {
  const auto rows = store_.cx().due_deliveries(clock_.now(), page);
  if (!rows) {
    spdlog::warn("deliveries wait: {}", rows.error().message);
    return;
  }
  const std::lock_guard lock(mutex_);
  for (const auto& row : *rows) {
    if (busy_.contains(row.id) || !places_.insert(place(row)).second) continue;
    busy_.insert(row.id);
    queue_.push_back(row);
  }
  if (!queue_.empty()) more_.notify_all();
}

/// `seen` may have been finished by another thread since it was read.
void Service::attempt(const engine::DeliveryRow& seen) {
  const auto row = store_.cx().delivery(seen.id);
  if (!row || !*row) return;
  const bool waits = (*row)->status == DeliveryStatus::due || (*row)->status == DeliveryStatus::sending;
  if (!waits || (*row)->next_attempt > clock_.now()) return;
  auto delivery = read_delivery(**row);
  if (!delivery) {
    spdlog::error("{}", delivery.error().message);
    return;
  }
  if (delivery->outcome) return answer(*delivery);
  send(*delivery);
}

bool Service::still_wanted(const Delivery& delivery) {
  if (!delivery.stored) return true;
  const auto call = store_.cx().outbox(delivery.instance, delivery.activity);
  return !call || call->has_value();
}

std::optional<channels::Outgoing> Service::outgoing_of(const Delivery& delivery, Outcome& problem) {
  const Words& words = delivery.words;
  channels::Outgoing outgoing;
  outgoing.key = delivery.key;
  outgoing.kind = !words.is_reply    ? channels::OutgoingKind::post
                  : words.is_private ? channels::OutgoingKind::private_reply
                                     : channels::OutgoingKind::reply;
  outgoing.text = words.text;
  outgoing.subject = words.subject;
  outgoing.to = words.to;
  if (!words.is_reply) return outgoing;
  const auto row = store_.cx().feedback(words.feedback);
  if (!row) {
    problem = failed(clock_.now(), "unavailable", row.error().message);
    return std::nullopt;
  }
  auto record = *row && (*row)->status != engine::FeedbackStatus::erased
                    ? intake::read_record(**row)
                    : Result<intake::Record>(fail("what it answers was erased"));
  if (!record) {
    problem = failed(clock_.now(), "erased", record.error().message);
    return std::nullopt;
  }
  outgoing.answers = std::move(record->said);
  return outgoing;
}

void Service::send(Delivery& delivery) {
  const bool maybe_sent = delivery.status == DeliveryStatus::sending;
  if (!maybe_sent && !still_wanted(delivery))
    return end_and_answer(delivery, failed(clock_.now(), "abandoned", "the process does not wait for it any more"));
  auto* channel = outlets_.find(delivery.words.channel);
  if (!channel)
    return end_and_answer(delivery, failed(clock_.now(), "unknown-channel",
                                           "no channel '" + delivery.words.channel + "' is configured any more"));
  Outcome problem;
  const auto outgoing = outgoing_of(delivery, problem);
  if (!outgoing && problem.rule == "unavailable") return;
  if (!outgoing) return end_and_answer(delivery, std::move(problem));
  std::optional<channels::SendResult> result;
  if (maybe_sent) result = asked_of(*channel, *outgoing);
  if (!result) {
    if (auto done = write({begin(delivery)}); !done) return;  // read again, and tried again
    result = channel->send(*outgoing);
  }
  finish(delivery, *result);
}

std::optional<channels::SendResult> Service::asked_of(channels::Channel& channel, const channels::Outgoing& outgoing) {
  const auto& rules = channel.rules();
  if (rules.network_knows_key && !rules.asks_first) return std::nullopt;  // twice is once there
  if (!rules.asks_first) {
    return channels::Refused{"unknown-outcome",
                             "the server ended while it was being sent, and the network cannot be asked whether it "
                             "is there: look yourself before it is sent again"};
  }
  auto found = channel.find_sent(outgoing);
  if (!found) {
    channels::Later later = found.error();
    later.maybe_sent = true;
    return later;
  }
  if (*found) return **found;
  return std::nullopt;
}

TimePoint Service::later(const Delivery& delivery, std::chrono::milliseconds least) const {
  auto pause = options_.first_pause;
  for (std::uint32_t i = 1; i < delivery.attempts && pause < options_.longest_pause; ++i) pause *= 2;
  pause = std::max(std::min(pause, options_.longest_pause), least);
  return {clock_.now().micros + std::chrono::microseconds(pause).count()};
}

void Service::finish(Delivery& delivery, const channels::SendResult& result) {
  const TimePoint now = clock_.now();
  if (const auto* sent = std::get_if<channels::Sent>(&result))
    return end_and_answer(delivery, {DeliveryStatus::sent, sent->external_id, sent->url, now, {}, {}, false});
  if (const auto* refused = std::get_if<channels::Refused>(&result))
    return end_and_answer(delivery, {DeliveryStatus::refused, {}, {}, now, refused->rule, refused->message, false});
  const auto& wait = std::get<channels::Later>(result);
  const auto age =
      std::chrono::microseconds(now.micros - std::max(delivery.asked_at.micros, delivery.released_at.micros));
  if (age > options_.give_up_after)
    return end_and_answer(delivery,
                          failed(now, "given-up",
                                 "the network did not take it for " + std::to_string(options_.give_up_after.count()) +
                                     " hours; at last: " + wait.reason));
  auto change = postpone(delivery, later(delivery, wait.after), wait.reason, wait.maybe_sent);
  // Where this cannot be written it counts as maybe sent, and the network is asked.
  if (auto done = write({std::move(change)}); !done)
    spdlog::warn("delivery {} could not be postponed: {}", delivery.id, done.error().message);
}

void Service::end_and_answer(Delivery& delivery, Outcome outcome) {
  if (auto done = write({end(delivery, std::move(outcome))}); !done) {
    spdlog::warn("the outcome of delivery {} could not be written: {}", delivery.id, done.error().message);
    return;
  }
  answer(delivery);
}

/// The process takes the answer once; where it cannot take it now it is brought again.
void Service::answer(Delivery& delivery) {
  const Outcome& outcome = *delivery.outcome;
  std::variant<Message, Fault> answer = refusal(outcome);
  if (outcome.status == DeliveryStatus::sent) answer = receipt(outcome);
  const auto done = answer_(delivery.instance, delivery.activity, std::move(answer));
  const bool not_now =
      !done && (done.error().kind == runtime::FailureKind::unavailable ||
                done.error().kind == runtime::FailureKind::internal || done.error().code == "suspended");
  auto change = not_now ? postpone(delivery, {clock_.now().micros + std::chrono::microseconds(answer_pause).count()},
                                   done.error().code, true)
                        : tell(delivery);
  if (auto written = write({std::move(change)}); !written)
    spdlog::warn("delivery {} is answered again: {}", delivery.id, written.error().message);
}

}  // namespace echoflow::deliveries
