#include "adapters/cx/kpis/service.hpp"

#include <spdlog/spdlog.h>

#include <condition_variable>
#include <mutex>
#include <shared_mutex>
#include <thread>

#include "adapters/cx/kpis/comparison.hpp"
#include "adapters/cx/kpis/declarations.hpp"
#include "adapters/cx/kpis/journal.hpp"
#include "adapters/cx/kpis/processes.hpp"
#include "adapters/cx/kpis/teller.hpp"
#include "adapters/cx/kpis/threshold_message.hpp"
#include "adapters/runtime/failures.hpp"
#include "engine/cx/kpis/follower.hpp"
#include "models/records/bare.hpp"
#include "models/records/streams.hpp"

namespace echoflow::cx_kpis {

namespace {

constexpr std::uint32_t page = 500;
constexpr std::string_view untold_part = "untold";

struct Untold {
  kpis::Crossings crossings;
  template <class V>
  void fields(V& v) {
    v(1, crossings);
  }
};

kpis::SavedPart encode(const kpis::Crossings& untold) {
  kpis::SavedPart part;
  part.group = untold_part;
  records::append_bare(part.body, Untold{untold});
  return part;
}

kpis::Crossings decode_untold(const std::vector<kpis::SavedPart>& parts) {
  Untold untold;
  for (const auto& part : parts)
    if (part.kpi.empty() && part.group == untold_part) static_cast<void>(records::read_bare(part.body, untold));
  return untold.crossings;
}

runtime::FeedEvent feed_event(const kpis::Crossing& crossing) {
  runtime::FeedEvent event;
  event.at = crossing.at;
  event.type = runtime::EventType::kpi_crossed;
  event.instance = crossing.instance;
  event.subject = kpis::id_of(crossing);
  event.group = crossing.group;
  event.level = to_string(crossing.to);
  return event;
}

}  // namespace

class KpiService::Impl {
 public:
  Impl(runtime::Runtime& runtime, engine::Store& store, ServiceOptions options, runtime::Clock& clock)
      : runtime_(runtime),
        store_(store),
        options_(std::move(options)),
        clock_(clock),
        processes_(runtime, store),
        declarations_(runtime, options_),
        journal_(store),
        teller_(runtime),
        follower_(std::make_unique<kpis::Follower>(options_.calendars, processes_)) {}

  runtime::Outcome<void> start();
  void stop();
  void wake();
  Status status() const;
  runtime::Outcome<Rebuilt> rebuild() const;
  TimePoint now() const { return clock_.now(); }
  template <class Visit>
  auto look(Visit&& visit) const {
    std::shared_lock lock(state_mutex_);
    return visit(follower_->kpis());
  }

 private:
  void work();
  bool round();
  bool read_rows();
  void keep(kpis::Crossings crossings);
  bool record_crossings();
  bool declare();
  bool pass_time();
  bool save();
  bool commit(std::string events);
  bool goes_on(Stage stage);

  runtime::Runtime& runtime_;
  engine::Store& store_;
  const ServiceOptions options_;
  runtime::Clock& clock_;
  DeployedProcesses processes_;
  Declarations declarations_;
  OwnJournal journal_;
  Teller teller_;

  // Of the working thread alone.
  kpis::Crossings crossed_;          ///< not recorded yet
  std::set<std::string> attempted_;  ///< keys of those whose commit was not answered
  std::int64_t known_until_ = 0;     ///< what crosses up to here may be in the journal already
  std::uint64_t rows_unsaved_ = 0, told_saved_ = 0;
  TimePoint saved_at_;
  bool save_all_ = false, dead_ = false, troubled_ = false;

  mutable std::shared_mutex state_mutex_;  ///< writes only by the working thread
  std::unique_ptr<kpis::Follower> follower_;
  std::uint64_t rows_ = 0, crossings_ = 0;
  bool idle_ = false;
  std::vector<std::string> refused_;

  std::mutex mutex_;
  std::condition_variable wake_;
  bool stopping_ = true, woken_ = false;
  std::thread thread_;
};

runtime::Outcome<void> KpiService::Impl::start() {
  auto parts = journal_.open();
  if (!parts) return fail(runtime::store_failure(parts.error()));
  auto loaded = kpis::Follower::load(*parts, options_.calendars, processes_);
  if (loaded) {
    follower_ = std::move(*loaded);
  } else {
    spdlog::warn("{} This is done now.", loaded.error().message);
  }
  if (journal_.exists() && follower_->position() == 0) {
    const auto head = store_.chain_head();
    if (!head) return fail(runtime::store_failure(head.error()));
    known_until_ = head->position;
    save_all_ = true;
  }
  teller_.add(decode_untold(*parts));
  saved_at_ = clock_.now();
  stopping_ = false;
  teller_.start();
  thread_ = std::thread([this] { work(); });
  return {};
}

void KpiService::Impl::stop() {
  {
    std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  wake_.notify_all();
  if (!thread_.joinable()) return;
  thread_.join();
  teller_.stop();
  if (!dead_ && journal_.exists() && (rows_unsaved_ > 0 || teller_.told() != told_saved_)) save();
}

void KpiService::Impl::wake() {
  {
    std::lock_guard lock(mutex_);
    woken_ = true;
  }
  wake_.notify_all();
}

void KpiService::Impl::work() {
  std::unique_lock lock(mutex_);
  while (!stopping_) {
    woken_ = false;
    lock.unlock();
    const bool more = !dead_ && round();
    lock.lock();
    if (!more) wake_.wait_for(lock, options_.poll, [this] { return stopping_ || woken_; });
  }
}

/// True: there is more to do at once.
bool KpiService::Impl::round() {
  troubled_ = false;
  const bool more = read_rows();
  if (!crossed_.empty() && follower_->position() >= known_until_ && record_crossings()) return true;
  if (troubled_ || more) return more && !troubled_;
  if (declarations_.changed() && declare()) return true;
  if (!troubled_ && journal_.exists() && pass_time()) return true;
  const bool due = rows_unsaved_ >= options_.save_after_rows ||
                   ((rows_unsaved_ > 0 || teller_.told() != told_saved_) &&
                    clock_.now().micros - saved_at_.micros >= std::chrono::microseconds(options_.save_after).count());
  if (!troubled_ && journal_.exists() && due) save();
  return false;
}

/// One page of the journal; true when there may be more.
bool KpiService::Impl::read_rows() {
  if (!journal_.exists()) return false;
  const auto rows = store_.journal_rows(follower_->position(), page);
  if (!rows) {
    troubled_ = true;
    return false;
  }
  std::unique_lock lock(state_mutex_);
  idle_ = rows->empty() && crossed_.empty();
  for (const auto& row : *rows) {
    keep(follower_->apply(row));
    ++rows_;
    if (records::stream_of(row.events) != records::StreamKind::kpi) ++rows_unsaved_;
  }
  return rows->size() == page;
}

void KpiService::Impl::keep(kpis::Crossings crossings) {
  for (auto& crossing : crossings) crossed_.push_back(std::move(crossing));
}

/// What crossed becomes durable together with the figures; then it is told.
bool KpiService::Impl::record_crossings() {
  // What the journal has already was told, unless its commit was ours and only its answer was lost.
  kpis::Crossings answered;
  for (const auto& crossing : crossed_)
    if (crossing.number <= follower_->recorded(crossing) && attempted_.contains(threshold_key(crossing)))
      answered.push_back(crossing);
  teller_.add(answered);
  attempted_.clear();
  std::erase_if(crossed_, [this](const auto& crossing) { return crossing.number <= follower_->recorded(crossing); });
  if (crossed_.empty()) return false;
  std::string events;
  for (const auto& crossing : crossed_) kpis::encode_event(events, kpis::KpiCrossed{crossing});
  auto untold = teller_.untold();
  untold.insert(untold.end(), crossed_.begin(), crossed_.end());
  journal_.add({encode(untold)});
  for (const auto& crossing : crossed_) attempted_.insert(threshold_key(crossing));
  if (!commit(std::move(events))) return false;
  attempted_.clear();
  for (const auto& crossing : crossed_) runtime_.events().publish(feed_event(crossing));
  teller_.add(crossed_);
  std::unique_lock lock(state_mutex_);
  crossings_ += crossed_.size();
  crossed_.clear();
  return true;
}

bool KpiService::Impl::declare() {
  auto events = declarations_.events(follower_->kpis());
  {
    std::unique_lock lock(state_mutex_);
    refused_ = declarations_.refused();
  }
  if (events.empty()) return false;
  // Before the first KPI nothing is counted, and nothing need be read.
  if (!journal_.exists())
    if (const auto head = store_.chain_head()) {
      std::unique_lock lock(state_mutex_);
      follower_->skip_to(head->position);
    }
  if (commit(std::move(events))) return true;
  declarations_.look_again();
  return false;
}

/// Time that passes while nothing happens becomes a row of the journal when it changes something.
bool KpiService::Impl::pass_time() {
  const auto next = follower_->kpis().next_change();
  const auto now = clock_.now();
  if (!next || *next > now) return false;
  std::string events;
  kpis::encode_event(events, kpis::TimePassed{now});
  return commit(std::move(events));
}

bool KpiService::Impl::save() {
  std::string events;
  kpis::encode_event(events, kpis::FiguresSaved{follower_->position()});
  const auto told = teller_.told();
  journal_.add({encode(teller_.untold())});
  if (!commit(std::move(events))) return false;
  told_saved_ = told;
  return true;
}

bool KpiService::Impl::commit(std::string events) {
  if (!goes_on(Stage::before_commit)) return false;
  {
    std::unique_lock lock(state_mutex_);
    journal_.add(follower_->save(std::exchange(save_all_, false)));
  }
  const auto now = clock_.now();
  if (auto written = journal_.commit(std::move(events), now, follower_->position()); !written) {
    spdlog::warn("the KPIs cannot be saved: {}", written.error().message);
    troubled_ = true;
    return false;
  }
  rows_unsaved_ = 0;
  saved_at_ = now;
  return goes_on(Stage::after_commit);
}

bool KpiService::Impl::goes_on(Stage stage) {
  if (!options_.on_stage || options_.on_stage(stage)) return true;
  dead_ = true;
  return false;
}

KpiService::Status KpiService::Impl::status() const {
  std::shared_lock lock(state_mutex_);
  return {follower_->position(), rows_, crossings_, teller_.untold().size(), idle_, refused_};
}

runtime::Outcome<KpiService::Rebuilt> KpiService::Impl::rebuild() const {
  DeployedProcesses processes(runtime_, store_);
  kpis::Follower anew(options_.calendars, processes);
  Rebuilt result;
  const auto catch_up = [&](std::int64_t until) -> runtime::Outcome<void> {
    while (anew.position() < until) {
      const auto rows = store_.journal_rows(anew.position(), page);
      if (!rows) return fail(runtime::store_failure(rows.error()));
      for (const auto& row : *rows) {
        if (row.position > until) break;
        anew.apply(row);
        ++result.rows;
      }
      if (rows->empty()) break;
    }
    return {};
  };
  // Most of it while the live figures go on; the rest while they stand still.
  if (auto read = catch_up(status().position); !read) return fail(read.error());
  std::shared_lock lock(state_mutex_);
  result.position = follower_->position();
  if (auto read = catch_up(result.position); !read) return fail(read.error());
  compare(follower_->kpis(), anew.kpis(), result);
  return result;
}

KpiService::KpiService(runtime::Runtime& runtime, engine::Store& store, ServiceOptions options, runtime::Clock& clock)
    : impl_(std::make_unique<Impl>(runtime, store, std::move(options), clock)) {}

KpiService::~KpiService() {
  stop();
}

runtime::Outcome<void> KpiService::start() {
  return impl_->start();
}
void KpiService::stop() {
  impl_->stop();
}
void KpiService::wake() {
  impl_->wake();
}
KpiService::Status KpiService::status() const {
  return impl_->status();
}
TimePoint KpiService::now() const {
  return impl_->now();
}
runtime::Outcome<KpiService::Rebuilt> KpiService::rebuild() const {
  return impl_->rebuild();
}

std::optional<cx::KpiReading> KpiService::reading(const std::string& process_key, const std::string& name,
                                                  const std::string& group) const {
  return impl_->look([&](const kpis::Kpis& kpis) -> std::optional<cx::KpiReading> {
    const auto* kpi = kpis.find(process_key, name);
    if (!kpi) return std::nullopt;
    const auto* known = kpi->group(group);
    const bool overall = group.empty() && !known;
    if (!known && !overall) return std::nullopt;
    const auto now = std::max(kpis.now(), this->now());
    const auto value = overall ? kpi->overall(now) : kpi->value(*known, now);
    if (!value) return std::nullopt;
    return cx::KpiReading{*value, std::string(to_string(overall ? kpi->worst_level() : known->level))};
  });
}

void KpiService::look(const std::function<void(const kpis::Kpis&)>& visit) const {
  impl_->look([&](const kpis::Kpis& kpis) { visit(kpis); });
}

}  // namespace echoflow::cx_kpis
