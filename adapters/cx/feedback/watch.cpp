#include "adapters/cx/feedback/watch.hpp"

#include <spdlog/spdlog.h>

#include <algorithm>

#include "engine/cx/feedback/codec.hpp"
#include "engine/cx/feedback/record.hpp"
#include "models/records/bare.hpp"

namespace echoflow::intake {

using engine::StoreError;

namespace {

constexpr std::uint32_t event_state_kept = 503;
constexpr std::uint32_t watched_page = 1'000;
constexpr std::int64_t minute = 60'000'000;

struct Kept {
  std::string monitor;
  std::uint64_t first_episode = 0;
  std::int64_t counted_until = 0;
  struct Changes {
    std::uint64_t episode = 0;
    std::uint32_t count = 0;
    template <class V>
    void fields(V& visit) {
      visit(1, episode);
      visit(2, count);
    }
  };
  std::vector<Changes> changes;

  template <class V>
  void fields(V& visit) {
    visit(1, monitor);
    visit(2, first_episode);
    visit(3, counted_until);
    visit(4, changes);
  }
};

engine::Turn turn_of(std::int64_t stream, std::uint64_t seq, std::string events, TimePoint now) {
  engine::Turn turn;
  turn.stream = true;
  turn.instance.id = stream;
  turn.is_new = seq == 1;
  turn.journal.instance = stream;
  turn.journal.seq = seq;
  turn.journal.at = now;
  turn.journal.events = std::move(events);
  return turn;
}

}  // namespace

Result<void, StoreError> Watch::start(TimePoint now) {
  saved_at_ = now;
  const auto stream = store_.reserve_ids(1);
  if (!stream) return fail(stream.error());
  stream_ = *stream;
  // A year of alerts is not read: who was not told of an alert for so long need not be told any more.
  const auto rows = store_.cx().alerts(0, watched_page);
  if (!rows) return fail(rows.error());
  std::uint64_t last_episode = 0;
  for (const auto& row : *rows) {
    last_episode = std::max(last_episode, static_cast<std::uint64_t>(row.episode));
    auto record = read_alert(row);
    if (record && !record->told) untold_.push_back(std::move(*record));
  }
  std::reverse(untold_.begin(), untold_.end());
  const auto kept = store_.cx().document("monitor", "feedback");
  if (!kept) return fail(kept.error());
  first_episode_ = last_episode;
  if (*kept) {
    Kept state;
    const bool readable = records::read_bare((*kept)->body, state);
    auto monitor = readable ? warning::Monitor::load(state.monitor, options_)
                            : Result<warning::Monitor>(fail("the stored state is damaged"));
    counted_until_ = state.counted_until;
    if (monitor) {
      monitor_ = std::move(*monitor);
      first_episode_ = state.first_episode;
      for (const auto& each : state.changes) changes_[each.episode] = each.count;
    } else {
      spdlog::warn("early warning starts anew and learns what is usual: {}", monitor.error().message);
    }
  }
  return recount();
}

/// What was counted after the last saving is counted again.
Result<void, StoreError> Watch::recount() {
  std::vector<cx::Feedback> after;
  engine::FeedbackFilter filter;
  filter.limit = watched_page;
  for (bool more = true; more;) {
    const auto rows = store_.cx().list_feedback(filter);
    if (!rows) return fail(rows.error());
    more = rows->size() == watched_page;
    for (const auto& row : *rows) {
      filter.before = row.id;
      if (row.id <= counted_until_) more = false;
      const bool counted = row.status == engine::FeedbackStatus::taken || row.status == engine::FeedbackStatus::dead;
      if (row.id <= counted_until_ || !counted) continue;
      if (auto record = read_record(row)) after.push_back(std::move(record->said));
    }
  }
  std::reverse(after.begin(), after.end());
  for (const auto& said : after) add(said);
  return {};
}

void Watch::add(const cx::Feedback& said) {
  if (said.id <= counted_until_) return;
  counted_until_ = said.id;
  changed_ = true;
  warning::Post post{
      std::to_string(said.id), said.received_at, {}, said.understanding.sentiment.polarity, said.channel};
  for (const auto& topic : said.understanding.topics) post.topics.push_back(topic.name);
  take(monitor_.add(post));
}

void Watch::advance(TimePoint now) {
  take(monitor_.advance(now));
}

void Watch::take(std::vector<cx::Alert> alerts) {
  for (cx::Alert& alert : alerts) {
    ++alerts_;
    AlertRecord record;
    record.alert = std::move(alert);
    record.alert.episode += first_episode_;
    record.number = ++changes_[record.alert.episode];
    if (record.alert.state == cx::AlertState::cleared) changes_.erase(record.alert.episode);
    fresh_.push_back(std::move(record));
  }
}

engine::DocumentRow Watch::state() const {
  Kept kept{monitor_.save(), first_episode_, counted_until_, {}};
  for (const auto& [episode, count] : changes_) kept.changes.push_back({episode, count});
  engine::DocumentRow row{"monitor", "feedback", "", false};
  records::append_bare(row.body, kept);
  return row;
}

Result<void, StoreError> Watch::save(TimePoint now, bool at_once) {
  const bool due = changed_ && (at_once || now.micros - saved_at_.micros >= minute);
  if (fresh_.empty() && !due) return {};
  std::vector<engine::Turn> turns;
  std::vector<AlertRecord> said = fresh_;
  if (!said.empty()) {
    const auto first = store_.reserve_ids(static_cast<std::int64_t>(said.size()));
    if (!first) return fail(first.error());
    for (std::size_t i = 0; i < said.size(); ++i) {
      said[i].id = *first + static_cast<std::int64_t>(i);
      auto change = say(said[i]);
      turns.push_back(turn_of(said[i].id, change.seq, std::move(change.events), now));
      turns.back().records.push_back(std::move(change.row));
      said[i].seq = change.seq;
    }
  }
  std::string events;
  records::PayloadWriter payload;
  records::Encoder(events, payload).varint(event_state_kept);
  turns.push_back(turn_of(stream_, seq_ + 1, std::move(events), now));
  turns.back().records.push_back(state());
  if (auto done = store_.commit(turns); !done) return done;
  ++seq_;
  fresh_.clear();
  untold_.insert(untold_.end(), said.begin(), said.end());
  saved_at_ = now;
  changed_ = false;
  return {};
}

}  // namespace echoflow::intake
