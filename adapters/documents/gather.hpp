#pragma once
#include <functional>
#include <set>
#include <string>
#include <vector>

#include "adapters/documents/signer.hpp"
#include "engine/ports/store.hpp"
#include "models/documentation/evidence.hpp"
#include "models/graph/process_graph.hpp"
#include "models/program/program.hpp"

namespace echoflow::kpis {
class Kpis;
}

/// Evidence of real runs: one pass over the journal, in memory that does not grow with the instances that have ended.
namespace echoflow::documents {

/// The compiled process of a version; null where it is not deployed any more.
using ProgramOf = std::function<program::ProgramPtr(std::int64_t process)>;
/// Told now and then: how much is done of how much.
using Progress = std::function<void(std::int64_t done, std::int64_t total)>;

struct GatherOptions {
  std::string process_key;       ///< Clark notation
  std::int64_t documented = 0;   ///< the version (process-definition id) that the document describes; 0: the newest
  bool only_documented = false;  ///< not its other versions
  const graph::ProcessGraph* description = nullptr;  ///< its model: runs are replayed against it; null: not replayed
  bool replay = true;
  std::optional<TimePoint> from, to;  ///< instances that started then; none: all
  std::size_t sample = 10;            ///< cases that are shown step by step
  TimePoint now;
  /// Was this version released at that time? Empty: it is not asked.
  std::function<bool(std::int64_t process, TimePoint at)> is_released;
  std::vector<documentation::KpiActual> kpis;  ///< figures: see kpi_actuals()
  Progress progress;
};

/// The figures of a process's own KPIs.
std::vector<documentation::KpiActual> kpi_actuals(const kpis::Kpis& kpis, const std::string& process_key,
                                                  TimePoint now);

/// Everything known of the runs of a process, with the evidence file (docs/evidence.md) among `files`. Fails when the
/// store does, or when the journal's hash chain is broken: then it names the place.
Result<documentation::Evidence> gather(engine::Store& store, const ProgramOf& program_of, const Signer& signer,
                                       const GatherOptions& options);

}  // namespace echoflow::documents
