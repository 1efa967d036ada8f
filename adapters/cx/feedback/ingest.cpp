#include "adapters/cx/feedback/ingest.hpp"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <set>

#include "adapters/runtime/failures.hpp"
#include "engine/cx/feedback/codec.hpp"
#include "engine/cx/understanding/understander.hpp"

/// Offering to the processes what was taken in: one round after the other, in one thread.
namespace echoflow::intake {

using runtime::Failure;
using runtime::FailureKind;
using runtime::Outcome;

namespace {

constexpr std::uint32_t page = 1'024;
constexpr std::chrono::milliseconds longest_pause{30'000};

engine::Turn turn_of(Change change, TimePoint now) {
  engine::Turn turn;
  turn.stream = true;
  turn.instance.id = change.row.id;
  turn.journal.instance = change.row.id;
  turn.journal.seq = change.seq;
  turn.journal.at = now;
  turn.journal.events = std::move(change.events);
  turn.journal.payload = std::move(change.payload);
  turn.records.push_back(std::move(change.row));
  return turn;
}

/// Waits until several answers are there.
class Countdown {
 public:
  explicit Countdown(std::size_t count) : count_(count) {}
  void one_less() {
    const std::lock_guard lock(mutex_);
    if (--count_ == 0) done_.notify_all();
  }
  void wait() {
    std::unique_lock lock(mutex_);
    done_.wait(lock, [&] { return count_ == 0; });
  }

 private:
  std::mutex mutex_;
  std::condition_variable done_;
  std::size_t count_;
};

}  // namespace

struct Ingest::Offer {
  Record record;
  Told told;
};

Ingest::Ingest(engine::Store& store, Publisher& publisher,
               std::shared_ptr<const understanding::Understander> understander, runtime::Clock& clock,
               IngestOptions options)
    : store_(store),
      publisher_(publisher),
      understander_(understander ? std::move(understander) : std::make_shared<const understanding::Understander>()),
      clock_(clock),
      options_(std::move(options)),
      watch_(store, options_.warning) {}

Ingest::~Ingest() {
  stop();
}

Outcome<void> Ingest::start() {
  const auto waiting = store_.cx().count_feedback(engine::FeedbackStatus::received);
  if (!waiting) return fail(runtime::store_failure(waiting.error()));
  counters_.backlog = static_cast<std::uint64_t>(*waiting);
  if (auto started = watch_.start(clock_.now()); !started) return fail(runtime::store_failure(started.error()));
  const std::lock_guard lock(mutex_);
  stopping_ = false;
  more_ = true;
  thread_ = std::thread([this] { work(); });
  return {};
}

void Ingest::stop() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  wake_.notify_all();
  if (!thread_.joinable()) return;
  thread_.join();
  const std::lock_guard lock(round_mutex_);
  // What cannot be written now is counted again at the next start.
  static_cast<void>(watch_.save(clock_.now(), true));
}

bool Ingest::at_rest() const {
  const std::lock_guard lock(mutex_);
  return !more_ && !working_ && counters_.backlog == 0;
}

void Ingest::work() {
  std::unique_lock lock(mutex_);
  while (!stopping_) {
    const bool waiting = counters_.backlog > 0 || alerts_wait_;
    wake_.wait_for(lock, waiting ? options_.try_again : options_.tick, [&] { return stopping_ || more_; });
    if (stopping_) return;
    more_ = false;
    working_ = true;
    lock.unlock();
    for (bool again = true; again;) {
      again = round();
      const std::lock_guard looking(mutex_);
      again = again && !stopping_;
    }
    lock.lock();
    working_ = false;
  }
}

/// True when there may be more to do at once.
bool Ingest::round() {
  const std::lock_guard lock(round_mutex_);
  auto offers = choose();
  watch_.advance(clock_.now());
  if (auto saved = watch_.save(clock_.now(), false); !saved) {
    spdlog::warn("alerts wait: {}", saved.error().message);
    return false;
  }
  const bool told = tell_alerts();
  alerts_wait_ = !told;
  if (offers.empty()) return false;
  publish(offers);
  return write_results(offers) && told;
}

/// Of each conversation and each customer the oldest piece, so that none overtakes another. All that is seen for the
/// first time is counted for early warning, in order.
std::vector<Ingest::Offer> Ingest::choose() {
  std::vector<Offer> offers;
  const auto rows = store_.cx().unpublished_feedback(0, page);
  if (!rows) {
    spdlog::warn("feedback waits: {}", rows.error().message);
    return offers;
  }
  std::set<std::string> conversations, customers;
  const auto now = std::chrono::steady_clock::now();
  for (const auto& row : *rows) {
    const bool first = conversations.insert(row.channel + "\n" + row.conversation).second;
    const bool alone = row.customer.empty() || customers.insert(row.customer).second;
    const auto waits = waiting_.find(row.id);
    const bool rests = waits != waiting_.end() && now < waits->second.until;
    const bool chosen = first && alone && !rests && offers.size() < options_.at_once;
    if (!chosen && row.id <= watch_.counted_until()) continue;
    auto record = read_record(row);
    if (!record) {
      spdlog::error("{}", record.error().message);
      continue;
    }
    understand(record->said);
    watch_.add(record->said);
    if (chosen) offers.push_back({std::move(*record), {}});
  }
  return offers;
}

void Ingest::understand(cx::Feedback& said) const {
  understanding::UnderstandOptions options;
  options.language = said.understanding.language;
  if (options.language.size() != 2) options.language.clear();
  const std::string text = said.subject.empty() ? said.text : said.subject + "\n" + said.text;
  said.understanding = understander_->understand(text, options);
}

void Ingest::publish(std::vector<Offer>& offers) {
  auto countdown = std::make_shared<Countdown>(offers.size());
  for (Offer& offer : offers) {
    Publication publication{"FeedbackListener", "onFeedback", to_message(offer.record.said), request_key(offer.record),
                            offer.record.said.case_id};
    publisher_.publish(std::move(publication), [countdown, &offer](Told told) {
      offer.told = std::move(told);
      countdown->one_less();
    });
  }
  countdown->wait();
}

/// False when the database cannot be written: all of it is offered again, under the same keys.
bool Ingest::write_results(std::vector<Offer>& offers) {
  std::vector<engine::Turn> turns;
  std::uint64_t taken = 0, dead = 0;
  for (Offer& offer : offers) {
    const std::int64_t id = offer.record.said.id;
    if (offer.told.try_again) {
      postpone(id);
      continue;
    }
    waiting_.erase(id);
    (offer.told.taken_by.empty() ? dead : taken) += 1;
    std::sort(offer.told.taken_by.begin(), offer.told.taken_by.end());
    turns.push_back(turn_of(offered(std::move(offer.record), offer.told.taken_by, offer.told.reason), clock_.now()));
  }
  if (turns.empty()) return false;
  if (auto done = store_.commit(turns); !done) {
    spdlog::warn("feedback is offered again: {}", done.error().message);
    return false;
  }
  counters_.taken += taken;
  counters_.dead += dead;
  counters_.backlog -= turns.size();
  return true;
}

void Ingest::postpone(std::int64_t id) {
  Wait& wait = waiting_[id];
  wait.pause = wait.pause.count() == 0 ? options_.try_again : std::min(wait.pause * 2, longest_pause);
  wait.until = std::chrono::steady_clock::now() + wait.pause;
}

/// False when somebody could not be told now.
bool Ingest::tell_alerts() {
  auto& untold = watch_.untold();
  while (!untold.empty()) {
    AlertRecord& record = untold.front();
    Countdown countdown(1);
    Told told;
    publisher_.publish({"AlertListener", "onAlert", to_message(record.alert), request_key(record), {}},
                       [&](Told answer) {
                         told = std::move(answer);
                         countdown.one_less();
                       });
    countdown.wait();
    if (told.try_again) return false;
    std::sort(told.taken_by.begin(), told.taken_by.end());
    auto change = tell(record, told.taken_by);
    std::vector<engine::Turn> turns(1);
    turns[0].stream = true;
    turns[0].instance.id = record.id;
    turns[0].journal.seq = change.seq;
    turns[0].journal.at = clock_.now();
    turns[0].journal.events = std::move(change.events);
    turns[0].records.push_back(std::move(change.row));
    if (auto done = store_.commit(turns); !done) {
      spdlog::warn("alert {} is told again: {}", record.id, done.error().message);
      return false;
    }
    untold.erase(untold.begin());
  }
  return true;
}

Outcome<void> Ingest::replay(std::int64_t id, const std::string& who, const std::string& why) {
  {
    const std::lock_guard lock(round_mutex_);
    const auto row = store_.cx().feedback(id);
    if (!row) return fail(runtime::store_failure(row.error()));
    if (!*row) return fail(runtime::not_found("unknown-feedback", "there is no feedback " + std::to_string(id)));
    if ((*row)->status == engine::FeedbackStatus::erased)
      return fail(Failure{FailureKind::conflict, "erased", "feedback " + std::to_string(id) + " was erased"});
    auto record = read_record(**row);
    if (!record) return fail(Failure{FailureKind::internal, "damaged", record.error().message});
    auto change = intake::replay(std::move(*record), who, why);
    if (!change) return fail(Failure{FailureKind::conflict, "not-dead", change.error().message});
    std::vector<engine::Turn> turns{turn_of(std::move(*change), clock_.now())};
    if (auto done = store_.commit(turns); !done) return fail(runtime::store_failure(done.error()));
    ++counters_.backlog;
  }
  const std::lock_guard lock(mutex_);
  more_ = true;
  wake_.notify_one();
  return {};
}

Outcome<std::vector<std::int64_t>> Ingest::erase_customer(const std::string& customer) {
  const std::lock_guard lock(round_mutex_);
  const auto before = store_.cx().count_feedback(engine::FeedbackStatus::received);
  auto erased = store_.cx().erase_customer(customer);
  if (!erased) return fail(runtime::store_failure(erased.error()));
  const auto after = store_.cx().count_feedback(engine::FeedbackStatus::received);
  if (before && after && *after < *before) counters_.backlog -= static_cast<std::uint64_t>(*before - *after);
  return std::move(*erased);
}

}  // namespace echoflow::intake
