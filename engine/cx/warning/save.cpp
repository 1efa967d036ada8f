#include "engine/cx/warning/monitor.hpp"
#include "engine/cx/words.hpp"

// The stored form of the monitor: words, one line per part. A change of it takes another number in the first line, and
// a reader for the old one.
namespace echoflow::warning {

namespace {

constexpr std::string_view format_name = "echoflow-warning";
constexpr std::int64_t format_version = 1;
constexpr std::size_t most_saved_name_bytes = 200;
constexpr std::size_t most_evidence = 1000;
constexpr std::size_t most_series = 100'000;
constexpr double most_real = 1e12;
constexpr std::int64_t farthest_micros = 4'000'000'000'000'000'000;
constexpr std::uint64_t most_count = std::uint64_t{1} << 53;

std::int64_t read_time(cx::WordReader& reader) {
  return reader.number(-farthest_micros, farthest_micros);
}

void write_key(cx::WordWriter& writer, const cx::SeriesKey& key) {
  writer.text(key.topic).plain(cx::to_string(key.sentiment)).text(key.channel);
}

cx::SeriesKey read_key(cx::WordReader& reader) {
  cx::SeriesKey key;
  key.topic = reader.text(most_saved_name_bytes);
  if (auto polarity = cx::polarity_from(reader.plain()))
    key.sentiment = *polarity;
  else
    reader.refuse();
  key.channel = reader.text(most_saved_name_bytes);
  return key;
}

template <class Texts>
void write_texts(cx::WordWriter& writer, const Texts& texts) {
  writer.number(std::uint64_t{texts.size()});
  for (const auto& text : texts) writer.text(text);
}

template <class Texts>
void read_texts(cx::WordReader& reader, Texts& texts) {
  for (auto left = reader.count(most_evidence); left > 0 && reader.good(); --left)
    texts.push_back(reader.text(most_saved_name_bytes));
}

void write_slot(cx::WordWriter& writer, const Baseline::Slot& slot) {
  writer.real(slot.per_hour).real(slot.hours);
}

Baseline::Slot read_slot(cx::WordReader& reader) {
  const double per_hour = reader.real(0, most_real);
  return {per_hour, reader.real(0, most_real)};
}

void write_series(cx::WordWriter& writer, const SeriesState& state) {
  writer.plain("chart").real(state.cusum.upper()).real(state.cusum.lower()).real(state.ewma.value());
  for (double cost : state.burst.costs()) writer.real(cost);
  writer.real(state.variance).end_line();
  writer.plain("count").number(state.sample_start).number(state.in_sample).number(state.seen_until);
  writer.number(state.last_post).number(state.unusual_since).number(state.unusual_posts);
  writer.real(state.unusual_expected).end_line();
  writer.plain("hours").real(state.baseline.hours_seen());
  write_slot(writer, state.baseline.all());
  for (const auto& slot : state.baseline.slots()) write_slot(writer, slot);
  writer.end_line().plain("posts");
  write_texts(writer, state.evidence);
  writer.end_line();
}

SeriesState read_series(cx::WordReader& reader) {
  SeriesState state;
  reader.expect("chart");
  const double upper = reader.real(0, most_real);
  state.cusum = Cusum::of(upper, reader.real(0, most_real));
  state.ewma = Ewma::of(reader.real(-most_real, most_real));
  std::array<double, burst_levels> costs{};
  for (auto& cost : costs) cost = reader.real(0, most_real);
  state.burst = BurstAutomaton::of(costs);
  state.variance = reader.real(1, most_real);
  reader.expect("count");
  state.sample_start = read_time(reader);
  state.in_sample = reader.count(most_count);
  state.seen_until = read_time(reader);
  state.last_post = read_time(reader);
  state.unusual_since = read_time(reader);
  state.unusual_posts = reader.count(most_count);
  state.unusual_expected = reader.real(0, most_real);
  reader.expect("hours");
  const double seen = reader.real(0, most_real);
  const auto all = read_slot(reader);
  std::array<Baseline::Slot, hours_of_week> slots{};
  for (auto& slot : slots) slot = read_slot(reader);
  state.baseline = Baseline::of(slots, all, seen);
  reader.expect("posts");
  read_texts(reader, state.evidence);
  return state;
}

void write_episode(cx::WordWriter& writer, const Episode& episode) {
  writer.plain("episode").number(episode.id);
  write_key(writer, episode.key);
  writer.number(std::uint64_t(episode.kind)).number(std::uint64_t(episode.severity));
  writer.number(episode.started_at).number(episode.calm_since).number(episode.posts).real(episode.expected);
  writer.number(std::uint64_t{episode.series.size()});
  for (const auto& key : episode.series) write_key(writer, key);
  write_texts(writer, episode.evidence);
  writer.end_line();
}

Episode read_episode(cx::WordReader& reader) {
  Episode episode;
  reader.expect("episode");
  episode.id = reader.count(most_count);
  episode.key = read_key(reader);
  episode.kind = static_cast<cx::AlertKind>(reader.count(std::uint64_t(cx::AlertKind::shift)));
  episode.severity = static_cast<cx::AlertSeverity>(reader.count(std::uint64_t(cx::AlertSeverity::critical)));
  episode.started_at = read_time(reader);
  episode.calm_since = read_time(reader);
  episode.posts = reader.count(most_count);
  episode.expected = reader.real(0, most_real);
  for (auto left = reader.count(most_series); left > 0 && reader.good(); --left)
    episode.series.insert(read_key(reader));
  read_texts(reader, episode.evidence);
  return episode;
}

}  // namespace

std::string Monitor::save() const {
  cx::WordWriter writer;
  writer.plain(format_name).number(format_version).number(now_.micros).number(episodes_.last_id());
  writer.number(std::uint64_t{episodes_.active().size()}).number(std::uint64_t{series_.size()}).end_line();
  for (const auto& episode : episodes_.active()) write_episode(writer, episode);
  for (const auto& [key, series] : series_) {
    writer.plain("series");
    write_key(writer, key);
    writer.end_line();
    write_series(writer, series.state());
  }
  return writer.take();
}

Result<Monitor> Monitor::load(std::string_view text, Options options) {
  cx::WordReader reader(text);
  if (!reader.expect(format_name)) return fail("This is no stored state of the early warning.");
  if (reader.number(0, format_version) != format_version)
    return fail("The early warning's state was stored by a newer version; start that version.");
  Monitor monitor(std::move(options));
  monitor.now_ = {read_time(reader)};
  const auto last_id = reader.count(most_count);
  std::vector<Episode> episodes;
  auto episodes_left = reader.count(most_series);
  auto series_left = reader.count(most_series);
  for (; episodes_left > 0 && reader.good(); --episodes_left) episodes.push_back(read_episode(reader));
  monitor.episodes_ = Episodes::of(std::move(episodes), last_id);
  for (; series_left > 0 && reader.good(); --series_left) {
    reader.expect("series");
    auto key = read_key(reader);
    monitor.series_.insert_or_assign(std::move(key), Series(read_series(reader)));
  }
  if (!reader.good() || !reader.at_end())
    return fail("The early warning's state is damaged in line " + std::to_string(reader.line()) + ".");
  return monitor;
}

}  // namespace echoflow::warning
