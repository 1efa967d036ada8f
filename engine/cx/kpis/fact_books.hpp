#pragma once
#include <cstdint>
#include <set>
#include <string>
#include <vector>

#include "engine/cx/kpis/facts.hpp"
#include "engine/cx/kpis/shards.hpp"
#include "models/program/ids.hpp"

/// What must be remembered between the rows of the journal to tell the facts. Field ids are permanent.
namespace echoflow::kpis {

/// What is known of an instance that runs.
struct InstanceEntry {
  std::int64_t process = 0;
  Origin origin;
  std::string case_id;  ///< that it works on; empty: none
  std::uint64_t steps = 0, loops = 0, handovers = 0;
  struct Open {
    ActivityId activity = 0;
    program::NodeId node = 0;
    bool joining = false;
    template <class V>
    void fields(V& v) {
      v(1, activity);
      v(2, node);
      v(3, joining);
    }
  };
  std::vector<Open> open;  ///< activities whose later events matter
  template <class V>
  void fields(V& v) {
    v(1, process);
    v(2, origin);
    v(3, case_id);
    v(4, steps);
    v(5, loops);
    v(6, handovers);
    v(7, open);
  }
};

struct TaskEntry {
  Origin origin;
  bool escalated = false, working = false;
  template <class V>
  void fields(V& v) {
    v(1, origin);
    v(2, escalated);
    v(3, working);
  }
};

/// A piece of feedback: what it says until it is known who takes it, then only whose case it is.
struct FeedbackEntry {
  std::string case_id;
  bool decided = false;
  Origin origin;
  TimePoint at;  ///< when it was received
  std::uint8_t polarity = 0;
  std::string survey;
  bool rated = false;
  double rating = 0;
  struct Answer {
    bool by_agent = false;
    TimePoint at;
    template <class V>
    void fields(V& v) {
      v(1, by_agent);
      v(2, at);
    }
  };
  std::vector<Answer> answers;  ///< that were sent before it was known who takes it
  std::vector<Origin> also;     ///< the others that took it, besides the one in `origin`
  template <class V>
  void fields(V& v) {
    v(1, case_id);
    v(2, decided);
    v(3, origin);
    v(4, at);
    v(5, polarity);
    v(6, survey);
    v(7, rated);
    real(v, 8, rating);
    v(9, answers);
    v(10, also);
  }
};

/// Instances that work on a case.
struct CaseEntry {
  std::uint32_t running = 0;
  template <class V>
  void fields(V& v) {
    v(1, running);
  }
};

/// An instance that ended, for those who are told late that it took something.
struct EndedEntry {
  Origin origin;
  bool completed = false;
  template <class V>
  void fields(V& v) {
    v(1, origin);
    v(2, completed);
  }
};

/// The most pieces of feedback and ended instances that are remembered; the oldest go first.
inline constexpr std::size_t most_feedback = 100'000;
inline constexpr std::size_t most_ended = 10'000;

struct FactBooks {
  Shards<InstanceEntry> instances;  ///< by id, as all of these but the cases
  Shards<TaskEntry> tasks;
  Shards<FeedbackEntry> feedback;
  Shards<EndedEntry> ended;
  Shards<CaseEntry> cases;
  std::set<std::int64_t> feedback_ids, ended_ids;
};

}  // namespace echoflow::kpis
