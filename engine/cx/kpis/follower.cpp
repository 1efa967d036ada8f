#include "engine/cx/kpis/follower.hpp"

#include "models/records/streams.hpp"

namespace echoflow::kpis {
namespace {

constexpr std::string_view place_part = "place";

/// How far it has come.
struct Place {
  std::int64_t position = 0;
  struct Recorded {
    std::string key;
    std::uint64_t number = 0;
    template <class V>
    void fields(V& v) {
      v(1, key);
      v(2, number);
    }
  };
  std::vector<Recorded> recorded;
  template <class V>
  void fields(V& v) {
    v(1, position);
    v(2, recorded);
  }
};

std::string key_of(const Crossing& crossing) {
  return id_of(crossing) + "\n" + crossing.group;
}

}  // namespace

std::string id_of(const Crossing& crossing) {
  return crossing.process.empty() ? crossing.kpi : crossing.process + " " + crossing.kpi;
}

Follower::Follower(const calendar::Calendars& calendars, ProcessFinder& processes)
    : calendars_(calendars),
      kpis_(std::make_unique<Kpis>(calendars)),
      reader_(processes,
              [this](const std::string& process) -> const std::set<std::string>& { return kpis_->watched(process); }) {}

Crossings Follower::apply(const engine::JournalRow& row) {
  Crossings crossings;
  if (row.position <= position_) return crossings;
  position_ = row.position;
  if (records::stream_of(row.events) == records::StreamKind::kpi) {
    apply_own(row, crossings);
  } else if (counts()) {
    reader_.read(row, [&](Fact fact) {
      for (auto& crossing : kpis_->see(std::move(fact))) crossings.push_back(std::move(crossing));
    });
  }
  return crossings;
}

void Follower::apply_own(const engine::JournalRow& row, Crossings& crossings) {
  const auto advance = [&](TimePoint until) {
    for (auto& crossing : kpis_->advance(until)) crossings.push_back(std::move(crossing));
  };
  struct Own {
    Follower& follower;
    const engine::JournalRow& row;
    const decltype(advance)& go;
    void operator()(KpiDeclared& event) const {
      go(row.at);
      // What cannot be computed any more (its calendar went) is not counted.
      static_cast<void>(follower.kpis_->declare(std::move(event.declaration)));
    }
    void operator()(const KpiWithdrawn& event) const { follower.kpis_->withdraw(event.id); }
    void operator()(const TimePassed& event) const { go(event.until); }
    void operator()(const KpiCrossed& event) const {
      auto& last = follower.recorded_[key_of(event.crossing)];
      last = std::max(last, event.crossing.number);
    }
  };
  records::for_each_bare_event<KpiDeclared, KpiWithdrawn, TimePassed, KpiCrossed>(row.events, Own{*this, row, advance});
}

std::uint64_t Follower::recorded(const Crossing& crossing) const {
  const auto known = recorded_.find(key_of(crossing));
  return known == recorded_.end() ? 0 : known->second;
}

std::vector<SavedPart> Follower::save(bool everything) {
  auto parts = kpis_->save(everything);
  reader_.save(everything, [&](std::string name, std::string body) {
    parts.push_back({{}, std::move(name), {}, 0, std::move(body)});
  });
  Place place{position_, {}};
  for (const auto& [key, number] : recorded_) place.recorded.push_back({key, number});
  parts.push_back({{}, std::string(place_part), {}, 0, records::bare(place)});
  return parts;
}

Result<std::unique_ptr<Follower>> Follower::load(const std::vector<SavedPart>& parts,
                                                 const calendar::Calendars& calendars, ProcessFinder& processes) {
  auto follower = std::make_unique<Follower>(calendars, processes);
  auto kpis = Kpis::load(parts, calendars);
  if (!kpis) return fail(kpis.error());
  follower->kpis_ = std::move(*kpis);
  for (const auto& part : parts) {
    if (!part.kpi.empty()) continue;
    bool whole = follower->reader_.load(part.group, part.body);
    if (part.group == place_part) {
      Place place;
      whole = records::read_bare(part.body, place);
      follower->position_ = place.position;
      for (const auto& each : place.recorded) follower->recorded_[each.key] = each.number;
    }
    if (!whole)
      return fail("The saved figures \"" + part.group + "\" cannot be read: make them again from the journal.");
  }
  follower->reader_.restore();
  return follower;
}

}  // namespace echoflow::kpis
