#pragma once
#include <map>
#include <string>
#include <vector>

#include "engine/cx/assignment/agents.hpp"
#include "engine/cx/tasks/task.hpp"

/// The most suitable agent for a task, and why.
namespace echoflow::assignment {

/// How much each part counts (thousandths of the score), and how long a better agent is waited for. All as data.
struct Options {
  std::int32_t skill = 350, preferred = 200, language = 100, last_agent = 150, idle = 150, free = 50;
  std::int64_t relax_every = 30'000'000;          ///< microseconds; each lowers preferred levels by one
  std::int64_t hold_for_last_agent = 60'000'000;  ///< while he is there but has no room
  std::int64_t full_idle = 3'600'000'000;         ///< idle time that counts fully
  std::int64_t begin_within = 120'000'000;        ///< else an assigned task is taken back
  std::map<std::string, std::uint32_t> weights;   ///< percent by channel or network, where the task says none
};

/// What the task needs.
struct Wish {
  tasks::People owners, excluded;
  std::vector<tasks::SkillNeed> skills;
  std::string language, last_agent;
  std::uint32_t weight = 100;  ///< percent of an agent
  TimePoint waiting_since;
  bool handed_over = false;           ///< by a colleague
  std::vector<std::string> declined;  ///< from whom it came back: only when there is nobody else
};
Wish wish_of(const tasks::Task& task, const std::string& last_agent, const Options& options);

struct Choice {
  tasks::Explanation explanation;  ///< `chosen` is empty when nobody fits now
  TimePoint ask_again;             ///< when waiting itself may help: the next relaxation; 0: only when agents change
};

/// Looks at every agent; ties go to the longest idle, then by name, so that the same state gives the same answer.
Choice choose(const Wish& wish, const Desk& desk, const Options& options, TimePoint now);

}  // namespace echoflow::assignment
