#pragma once
#include <map>
#include <optional>
#include <string>
#include <tuple>

#include "engine/cx/kpis/sketch.hpp"
#include "models/documentation/evidence.hpp"

/// Figures while they are being counted. Their size depends on the model, not on the runs.
namespace echoflow::documents {

/// Seconds.
class DurationTally {
 public:
  void add(std::int64_t micros) {
    const double seconds = static_cast<double>(micros) / 1e6;
    sketch_.add(seconds);
    sum_ += seconds;
    longest_ = std::max(longest_, seconds);
  }
  documentation::Durations figures() const {
    documentation::Durations d;
    d.count = static_cast<std::int64_t>(sketch_.count());
    if (d.count == 0) return d;
    d.mean = sum_ / static_cast<double>(d.count);
    d.median = sketch_.quantile(0.5).value_or(0);
    d.p95 = sketch_.quantile(0.95).value_or(0);
    d.longest = longest_;
    return d;
  }

 private:
  kpis::Sketch sketch_;
  double sum_ = 0, longest_ = 0;
};

struct ElementTally {
  documentation::ElementRuns runs;
  std::int64_t running = 0, failed = 0;  ///< at the journal's end: at work, and waiting for an operator
  DurationTally duration;
};
struct VersionTally {
  documentation::VersionRuns runs;
  DurationTally duration;
};

/// Everything that is counted of one process.
struct Tally {
  std::map<std::int64_t, VersionTally> versions;  ///< by process-definition id
  std::map<std::string, ElementTally> elements;
  std::map<std::pair<std::string, std::string>, std::int64_t> roles;  ///< by element and role
  std::map<std::tuple<documentation::DeviationKind, std::string, std::string>, std::int64_t> deviations;
  std::map<std::tuple<std::string, std::string, std::string>, documentation::EscalationRuns> escalations;
  std::map<std::pair<std::string, std::string>, documentation::IncidentRuns> incidents;  ///< by element and fault
  std::vector<documentation::CorrectiveAction> corrections;                              ///< the newest
  documentation::Complaints complaints;
  DurationTally first_response, resolution;
  std::int64_t checked = 0, conforming = 0, ended = 0;
  std::optional<TimePoint> first, last;

  void deviate(documentation::DeviationKind kind, const std::string& element, const std::string& detail) {
    ++deviations[{kind, element, detail}];
  }
};

}  // namespace echoflow::documents
