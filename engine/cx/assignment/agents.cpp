#include "engine/cx/assignment/agents.hpp"

#include "models/records/bare.hpp"

#include <algorithm>
#include <array>

namespace echoflow::assignment {

namespace {

constexpr std::array<std::string_view, 6> presence_names = {"offline", "online", "away",
                                                            "busy",    "wrapUp", "transfersOnly"};

}  // namespace

std::string_view to_string(Presence presence) {
  return presence_names[static_cast<std::size_t>(presence)];
}

std::optional<Presence> presence_named(std::string_view name) {
  for (std::size_t i = 0; i < presence_names.size(); ++i)
    if (presence_names[i] == name) return static_cast<Presence>(i);
  return std::nullopt;
}

std::string encode_agent(const Agent& agent) {
  return records::bare(agent);
}

Result<Agent> decode_agent(std::string_view bytes) {
  Agent agent;
  if (!records::read_bare(bytes, agent)) return fail("An agent's record cannot be read.");
  return agent;
}

const Agent* Desk::find(const std::string& user) const {
  auto found = agents_.find(user);
  return found == agents_.end() ? nullptr : &found->second;
}

const Load& Desk::load(const std::string& user) const {
  static const Load nothing;
  auto found = loads_.find(user);
  return found == loads_.end() ? nothing : found->second;
}

void Desk::take(const std::string& user, std::uint32_t weight) {
  auto& load = loads_[user];
  load.used += weight;
  ++load.tasks;
}

void Desk::give_back(const std::string& user, std::uint32_t weight, TimePoint at) {
  auto& load = loads_[user];
  load.used -= std::min(load.used, weight);
  if (load.tasks > 0) --load.tasks;
  load.idle_since = at;
}

}  // namespace echoflow::assignment
