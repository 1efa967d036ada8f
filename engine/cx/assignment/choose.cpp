#include "engine/cx/assignment/choose.hpp"

#include <algorithm>
#include <tuple>

#include "engine/cx/tasks/command.hpp"

namespace echoflow::assignment {

namespace {

constexpr std::uint32_t best_level = 5;
constexpr std::size_t most_explained = 20;

std::uint32_t level_of(const Agent& agent, const std::string& skill) {
  for (const auto& each : agent.skills)
    if (each.name == skill) return each.level;
  return 0;
}

std::uint32_t capacity_of(const Agent& agent) {
  return agent.capacity ? agent.capacity : 100;
}

/// How many levels the preferred skills have been let go by waiting.
std::uint32_t relaxed_levels(const Wish& wish, const Options& options, TimePoint now) {
  if (options.relax_every <= 0) return best_level;
  const std::int64_t waited = std::max<std::int64_t>(now.micros - wish.waiting_since.micros, 0);
  return static_cast<std::uint32_t>(std::min<std::int64_t>(waited / options.relax_every, best_level));
}

std::uint32_t preferred_level(const tasks::SkillNeed& need, std::uint32_t relaxed) {
  return need.level > relaxed ? need.level - relaxed : 0;
}

/// Why not; empty: he fits.
class Misfit {
 public:
  Misfit(const Wish& wish, const Desk& desk, const Options& options, TimePoint now)
      : wish_(wish), desk_(desk), relaxed_(relaxed_levels(wish, options, now)) {
    const auto* last = desk.find(wish.last_agent);
    holds_for_last_ = last && now.micros - wish.waiting_since.micros < options.hold_for_last_agent && is_there(*last) &&
                      skills(*last).empty() && rights(*last).empty() && !declined(*last);
  }

  std::string of(const Agent& agent) const {
    if (auto why = rights(agent); !why.empty()) return why;
    if (!agent.automatic) return "claims tasks himself";
    if (!is_there(agent)) return "is " + std::string(to_string(agent.presence));
    if (auto why = skills(agent); !why.empty()) return why;
    if (!has_room(agent))
      return "has no room: " + std::to_string(desk_.load(agent.user).used) + " % of " +
             std::to_string(capacity_of(agent)) + " % taken";
    if (holds_for_last_ && agent.user != wish_.last_agent) return "it is held for " + wish_.last_agent;
    return {};
  }
  bool declined(const Agent& agent) const {
    return std::find(wish_.declined.begin(), wish_.declined.end(), agent.user) != wish_.declined.end();
  }
  bool holds_for_last() const { return holds_for_last_; }
  std::uint32_t relaxed() const { return relaxed_; }

 private:
  std::string rights(const Agent& agent) const {
    if (!tasks::contains(wish_.owners, agent.user, agent.groups)) return "is no potential owner";
    if (tasks::contains(wish_.excluded, agent.user, agent.groups)) return "is excluded";
    return {};
  }
  bool is_there(const Agent& agent) const {
    return agent.presence == Presence::online || (wish_.handed_over && agent.presence == Presence::transfers_only);
  }
  bool has_room(const Agent& agent) const { return desk_.load(agent.user).used + wish_.weight <= capacity_of(agent); }
  std::string skills(const Agent& agent) const {
    for (const auto& need : wish_.skills) {
      const auto wanted = need.required ? need.level : preferred_level(need, relaxed_);
      const auto level = level_of(agent, need.name);
      if (level < wanted)
        return (need.required ? "lacks " : "lacks, for now, ") + need.name + " " + std::to_string(wanted) + " (has " +
               std::to_string(level) + ")";
    }
    const auto& spoken = agent.languages;
    // A language is preferred like a skill of the highest level: nobody waits for it for ever.
    if (!wish_.language.empty() && relaxed_ < best_level &&
        std::find(spoken.begin(), spoken.end(), wish_.language) == spoken.end())
      return "does not speak " + wish_.language;
    return {};
  }

  const Wish& wish_;
  const Desk& desk_;
  const std::uint32_t relaxed_;
  bool holds_for_last_ = false;
};

/// Adds parts of the score and says them.
struct Sum {
  std::int32_t score = 0;
  std::string text;
  void add(std::string_view what, std::int64_t part) {
    if (part == 0) return;
    score += static_cast<std::int32_t>(part);
    text += (text.empty() ? "" : ", ") + std::string(what) + " " + std::to_string(part);
  }
};

std::int64_t average_level(const Wish& wish, const Agent& agent, bool required, std::int32_t weight) {
  std::int64_t sum = 0, count = 0;
  for (const auto& need : wish.skills) {
    if (need.required != required) continue;
    sum += std::min(level_of(agent, need.name), best_level);
    ++count;
  }
  return count ? weight * sum / (count * best_level) : 0;
}

tasks::Candidate rate(const Wish& wish, const Agent& agent, const Load& load, const Options& options, TimePoint now) {
  Sum sum;
  sum.add("skills", average_level(wish, agent, true, options.skill));
  sum.add("preferred", average_level(wish, agent, false, options.preferred));
  const bool speaks = std::find(agent.languages.begin(), agent.languages.end(), wish.language) != agent.languages.end();
  if (!wish.language.empty() && speaks) sum.add("language", options.language);
  if (agent.user == wish.last_agent) sum.add("last agent", options.last_agent);
  const TimePoint since = std::max(load.idle_since, agent.present_since);
  const std::int64_t idle = std::clamp<std::int64_t>(now.micros - since.micros, 0, options.full_idle);
  if (load.tasks == 0 && options.full_idle > 0)
    sum.add("idle", options.idle * (idle / 1000) / (options.full_idle / 1000));
  const auto capacity = capacity_of(agent);
  sum.add("free", static_cast<std::int64_t>(options.free) * (capacity - std::min(capacity, load.used)) / capacity);
  return {agent.user, true, sum.score, sum.text};
}

}  // namespace

Wish wish_of(const tasks::Task& task, const std::string& last_agent, const Options& options) {
  Wish wish;
  const auto& creation = task.creation;
  wish.owners = task.in_role(tasks::HumanRole::potential_owners);
  wish.excluded = task.in_role(tasks::HumanRole::excluded_owners);
  wish.skills = creation.skills;
  wish.language = creation.language;
  wish.last_agent = last_agent;
  wish.weight = creation.capacity;
  if (wish.weight == 0) {
    auto found = options.weights.find(creation.channel);
    wish.weight = found == options.weights.end() ? 100 : found->second;
  }
  wish.waiting_since = task.activated_at;
  wish.handed_over = task.started_at != TimePoint{};
  wish.declined = task.declined_by;
  return wish;
}

Choice choose(const Wish& wish, const Desk& desk, const Options& options, TimePoint now) {
  const Misfit misfit(wish, desk, options, now);
  Choice choice;
  auto& explanation = choice.explanation;
  explanation.at = now;
  std::vector<tasks::Candidate> candidates;
  bool has_fresh = false;
  for (const auto& [user, agent] : desk.agents()) {
    ++explanation.considered;
    auto why = misfit.of(agent);
    if (!why.empty()) {
      candidates.push_back({user, false, 0, std::move(why)});
      continue;
    }
    candidates.push_back(rate(wish, agent, desk.load(user), options, now));
    has_fresh = has_fresh || !misfit.declined(agent);
  }
  for (auto& each : candidates)
    if (each.fits && has_fresh && misfit.declined(*desk.find(each.user)))
      each = {each.user, false, 0, "let it lie before"};
  auto rank = [&](const tasks::Candidate& each) {
    return std::tuple(!each.fits, -each.score, desk.load(each.user).idle_since, std::string_view(each.user));
  };
  const auto shown = std::min(candidates.size(), most_explained);
  std::partial_sort(candidates.begin(), candidates.begin() + static_cast<std::ptrdiff_t>(shown), candidates.end(),
                    [&](const auto& a, const auto& b) { return rank(a) < rank(b); });
  candidates.resize(shown);
  if (!candidates.empty() && candidates.front().fits) {
    const auto& best = candidates.front();
    explanation.chosen = best.user;
    explanation.summary = best.user + " with " + std::to_string(best.score) + " points (" + best.reason + ") of " +
                          std::to_string(explanation.considered) + " agents";
  } else {
    explanation.summary = "nobody of " + std::to_string(explanation.considered) + " agents fits now";
    const bool still_relaxing = misfit.relaxed() < best_level && (!wish.skills.empty() || !wish.language.empty());
    if (still_relaxing) choice.ask_again = {wish.waiting_since.micros + (misfit.relaxed() + 1) * options.relax_every};
    const TimePoint held_until{wish.waiting_since.micros + options.hold_for_last_agent};
    if (misfit.holds_for_last() && (choice.ask_again == TimePoint{} || held_until < choice.ask_again))
      choice.ask_again = held_until;
  }
  explanation.candidates = std::move(candidates);
  return choice;
}

}  // namespace echoflow::assignment
