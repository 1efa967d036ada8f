#pragma once
#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "adapters/runtime/runtime.hpp"
#include "engine/cx/calendar/calendar.hpp"
#include "engine/cx/kpis/kpis.hpp"
#include "models/cx/kpi_definition.hpp"
#include "models/cx/kpi_reading.hpp"

namespace echoflow::cx_kpis {

/// What must have happened before a crash, for tests.
enum class Stage : std::uint8_t { before_commit, after_commit };

struct ServiceOptions {
  bool standard = true;                   ///< the server's own KPIs, as soon as a process listens to customers
  std::chrono::milliseconds poll{200};    ///< how often the journal is looked at
  std::uint64_t save_after_rows = 5'000;  ///< rows that are read again after a crash, at most …
  std::chrono::seconds save_after{30};    ///< … and the time they came in
  calendar::Calendars calendars;
  /// What a process declares; for tests. Empty: Program::kpis.
  std::function<std::vector<cx::KpiDefinition>(const program::Program&)> declared_by;
  /// For tests: false stops the service dead, as a crash at that moment would.
  std::function<bool(Stage)> on_stage;
};

/// Follows the journal, keeps the KPIs, and tells the processes what crosses. Thread-safe.
class KpiService {
 public:
  /// All outlive it; the runtime has started when it starts, and stops after it.
  KpiService(runtime::Runtime& runtime, engine::Store& store, ServiceOptions options = {},
             runtime::Clock& clock = runtime::system_clock());
  ~KpiService();  ///< stop()
  KpiService(const KpiService&) = delete;
  KpiService& operator=(const KpiService&) = delete;

  /// Goes on where it was. Failure: what was saved cannot be read.
  runtime::Outcome<void> start();
  void stop();

  /// For cx:kpi() and cx:level(): the process's own KPI of this name, else the server's. None: there is no such KPI or
  /// group, or it has no value yet.
  std::optional<cx::KpiReading> reading(const std::string& process_key, const std::string& name,
                                        const std::string& group) const;
  /// Calls with the KPIs as they are now; nothing changes meanwhile, so it must be quick.
  void look(const std::function<void(const kpis::Kpis&)>& visit) const;
  /// The time for Kpi::value(): what is open grows older, also while the journal stands still.
  TimePoint now() const;

  struct Status {
    std::int64_t position = 0;    ///< of the journal up to which it counts
    std::uint64_t rows = 0;       ///< read since the start
    std::uint64_t crossings = 0;  ///< since the start
    std::size_t untold = 0;
    bool idle = false;                 ///< all rows that it knows of are counted, and what crossed is recorded
    std::vector<std::string> refused;  ///< declarations that cannot be computed, and why
  };
  Status status() const;

  /// What comes out when everything is counted anew from the journal's beginning, beside what is counted live.
  struct Rebuilt {
    std::int64_t position = 0;  ///< up to which both count
    std::uint64_t rows = 0;
    std::size_t groups = 0;  ///< that were compared
    struct Difference {
      std::string kpi, group;
      std::optional<double> live, rebuilt;
    };
    std::vector<Difference> differences;
  };
  /// Reads the whole journal; the live figures go on meanwhile.
  runtime::Outcome<Rebuilt> rebuild() const;
  /// Looks at the journal now; for tests.
  void wake();

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace echoflow::cx_kpis
