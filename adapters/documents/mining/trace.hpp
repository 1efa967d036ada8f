#pragma once
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "adapters/documents/gather.hpp"
#include "engine/ports/cx_store.hpp"

/// What a run did, event by event, for process mining.
namespace echoflow::documents {

using Sink = std::function<Result<void>(std::string_view)>;

struct MiningOptions {
  std::string process_key;            ///< empty: every process
  std::optional<TimePoint> from, to;  ///< instances that started then
  bool pseudonymous = false;          ///< people, roles of one person and business keys by pseudonym
  bool structured = false;            ///< sequences, scopes and loops, too
  TimePoint now;
  Progress progress;
};

/// Moments of an activity, in the words of XES' standard lifecycle model (IEEE 1849-2016, lifecycle extension).
enum class Transition : std::uint8_t { start, complete, ate_abort, autoskip };
std::string_view to_string(Transition transition);

struct TraceEvent {
  ActivityId activity = 0;
  std::string element, name, type;  ///< name: never empty
  Transition transition = Transition::start;
  TimePoint at;
  std::optional<TimePoint> started;  ///< of what ended
  std::string role, resource;        ///< of people's work
};

/// Goes through instances, the newest first, page by page.
class Traces {
 public:
  /// All outlive it.
  Traces(engine::Store& store, const ProgramOf& program_of, const Pseudonyms& pseudonyms, const MiningOptions& options)
      : store_(store), program_of_(program_of), pseudonyms_(pseudonyms), options_(options) {}

  Result<void> each_instance(const std::function<Result<void>(const engine::InstanceRow&)>& visit);
  /// Nothing for an instance whose process is not deployed any more.
  Result<void> each_event(const engine::InstanceRow& instance, const std::vector<engine::TaskRow>& tasks,
                          const std::function<Result<void>(const TraceEvent&)>& visit);
  Result<std::vector<engine::TaskRow>> tasks_of(InstanceId instance);
  /// Key and version of a process; empty where it is not known.
  struct Version {
    std::string key;
    std::int32_t number = 0;
  };
  Result<Version> version_of(std::int64_t process);
  /// A person as the options want it.
  std::string person(const std::string& name) const {
    return options_.pseudonymous ? pseudonyms_.of("person", name) : name;
  }

 private:
  engine::Store& store_;
  const ProgramOf& program_of_;
  const Pseudonyms& pseudonyms_;
  const MiningOptions& options_;
  std::map<std::int64_t, Version> versions_;
};

/// IEEE 1849-2016 (XES), one trace an instance.
Result<void> export_xes(engine::Store& store, const ProgramOf& program_of, const Pseudonyms& pseudonyms,
                        const MiningOptions& options, const Sink& sink);
/// OCEL 2.0 in JSON. Objects: instances, tasks, feedback, customers (always by pseudonym), documents.
Result<void> export_ocel(engine::Store& store, const ProgramOf& program_of, const Pseudonyms& pseudonyms,
                         const MiningOptions& options, const Sink& sink);

}  // namespace echoflow::documents
