#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "models/base/time.hpp"
#include "models/cx/kpi_definition.hpp"
#include "models/cx/polarity.hpp"
#include "models/messages/message.hpp"

/// What the measures are made of: one uniform stream, told from the journal in its order.
namespace echoflow::kpis {

/// Whom and what a fact is about, as far as it is known; empty: unknown. Figures are grouped by it.
struct Origin {
  std::string process;  ///< key of the process, in Clark notation
  std::int32_t version = 0;
  InstanceId instance = 0;
  std::string channel, network, language;
  std::string queue;  ///< the team
  std::string agent;
  std::string product, group;
  std::vector<std::string> topics;

  template <class V>
  void fields(V& v) {
    v(1, process);
    v(2, version);
    v(3, instance);
    v(4, channel);
    v(5, network);
    v(6, language);
    v(7, queue);
    v(8, agent);
    v(9, product);
    v(10, group);
    v(11, topics);
  }
};

// A case is what a customer wants until it is resolved: one or many messages, on one or more channels.
struct CaseOpened {
  std::string id;
};
/// Opens the case when it is not known, and reopens it when it is resolved.
struct CustomerSpoke {
  std::string id;
};
struct AgentAnswered {
  std::string id;
};
struct BotAnswered {
  std::string id;
};
struct CaseResolved {
  std::string id;
  bool solved = true;  ///< false: it was given up (its process failed or was ended): closed, but not resolved
};
struct CaseReopened {
  std::string id;
};

struct TaskCreated {
  std::int64_t task = 0;
};
struct TaskStarted {  ///< or resumed: somebody works on it
  std::int64_t task = 0;
};
struct TaskPaused {  ///< suspended, stopped or given back
  std::int64_t task = 0;
};
struct TaskEnded {
  std::int64_t task = 0;
  bool completed = true;  ///< false: failed, skipped, exited
};
struct TaskEscalated {
  std::int64_t task = 0;
  bool first = true;  ///< the task had not escalated before
};

struct FeedbackGiven {
  cx::Polarity polarity = cx::Polarity::unsure;
};
struct SurveyAnswered {
  std::string survey;
  double rating = 0;
};

struct InstanceStarted {};
struct InstanceEnded {
  bool completed = true;  ///< false: faulted or terminated
  std::uint64_t steps = 0, loops = 0, handovers = 0;
};
struct ActivityPassed {
  std::string name;
  cx::KpiMoment moment = cx::KpiMoment::end;
};
struct ValueMeasured {
  std::string kpi;
  double value = 0;
};

using What = std::variant<CaseOpened, CustomerSpoke, AgentAnswered, BotAnswered, CaseResolved, CaseReopened,
                          TaskCreated, TaskStarted, TaskPaused, TaskEnded, TaskEscalated, FeedbackGiven, SurveyAnswered,
                          InstanceStarted, InstanceEnded, ActivityPassed, ValueMeasured>;

struct Fact {
  TimePoint at;
  Origin origin;
  What what;
  /// Others that take part in the same: it counts for their processes' own KPIs, too.
  std::vector<Origin> also;
  /// When it happened, where it is told later than that; durations are made of it, windows of `at`.
  std::optional<TimePoint> happened;
  TimePoint time() const { return happened.value_or(at); }
};

}  // namespace echoflow::kpis
