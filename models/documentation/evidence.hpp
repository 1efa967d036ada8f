#pragma once
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "models/base/result.hpp"
#include "models/base/time.hpp"

/// Proof from real runs, aggregated: its size does not grow with the number of instances. Persons appear by role or
/// pseudonym only.
namespace echoflow::documentation {

/// How long something took, in seconds.
struct Durations {
  std::int64_t count = 0;
  double mean = 0, median = 0, p95 = 0, longest = 0;
};

/// One deployed version of the process and what became of its instances.
struct VersionRuns {
  std::string version;
  std::string process_id;
  std::string source_sha256;
  std::optional<TimePoint> deployed_at, first_start, last_end;
  std::int64_t started = 0, completed = 0, faulted = 0, terminated = 0, running = 0;
  Durations duration;       ///< of completed instances
  bool documented = false;  ///< it is the version that this document describes
};

/// What happened at one element of the model; the diagram and the step table show it.
struct ElementRuns {
  std::string element;  ///< the source's own id
  std::string name;
  std::int64_t started = 0, completed = 0, faulted = 0, skipped = 0, terminated = 0;
  Durations duration;
};

struct RoleRuns {
  std::string role;
  std::string element;  ///< "" : any
  std::int64_t count = 0;
};

/// Where runs left the released description.
enum class DeviationKind : std::uint8_t {
  unreleased_version,  ///< ran on a version that was not released at that time
  skipped_step,        ///< an operator skipped a step
  repeated_step,       ///< an operator had a step done again
  changed_data,        ///< an operator changed a variable
  forced_fault,        ///< an operator made a step fail
  terminated,          ///< an operator ended the instance
  late,                ///< a deadline passed
  wrong_role,          ///< somebody outside the step's roles did it
  fault,               ///< a fault that the process does not handle
};
struct Deviation {
  DeviationKind kind = DeviationKind::fault;
  std::string element;
  std::string detail;  ///< a name from the model, never free text of a customer
  std::int64_t count = 0;
};
struct Conformance {
  std::int64_t checked = 0, conforming = 0;
  std::vector<Deviation> deviations;
};

struct KpiActual {
  std::string name;  ///< as declared; a KPI node's id or name
  std::string title;
  std::string group;  ///< "" : all together
  std::string unit;
  std::optional<double> value, target, warning, critical;
  bool lower_is_better = true;
  std::string level;  ///< normal, warning, critical; "" : not judged
  std::int64_t samples = 0;
  std::optional<TimePoint> as_of;
};

struct Complaints {
  std::int64_t received = 0, resolved = 0, open = 0, reopened = 0;
  Durations first_response, resolution;
  std::map<std::string, std::int64_t> by_channel, by_topic;
};

struct EscalationRuns {
  std::string element;
  std::string name;  ///< of the deadline or escalation
  std::string kind;  ///< notify, reassign, priority, event
  std::int64_t count = 0;
  std::optional<TimePoint> last;
};

/// Acts of correction: an operator's, or an alert's all-clear.
struct CorrectiveAction {
  TimePoint at;
  std::string kind;  ///< retry, skip, fault, variable, terminate, alert, correction, release
  std::string element;
  std::string reason;
  std::string by;  ///< role or pseudonym
  std::string outcome;
};

/// Steps that failed and waited for an operator.
struct IncidentRuns {
  std::string element;
  std::string fault;  ///< "{ns}local"
  std::int64_t count = 0;
  std::optional<TimePoint> last;
};

struct CaseStep {
  std::string element;
  std::string name;
  TimePoint at;
  std::string role;
  std::string state;  ///< completed, faulted, skipped …
};
struct SampleCase {
  std::string pseudonym;
  std::string version;
  TimePoint started;
  std::optional<TimePoint> ended;
  std::string state;  ///< of the instance
  bool conforming = true;
  std::vector<CaseStep> steps;
};

/// The journal's hash chain at the time of the evidence, and who vouches for it.
struct ChainHead {
  std::int64_t records = 0;
  std::int64_t position = 0;
  std::string hash;       ///< 64 hexadecimal digits
  std::string algorithm;  ///< of the signature: "Ed25519"
  std::string key;        ///< fingerprint of the public key
  std::string signature;  ///< base64; "" : not signed
  std::optional<TimePoint> signed_at;
};

/// A file that lies inside the document. `read` hands its bytes over piece by piece, so that a large one needs no
/// memory.
struct Attachment {
  using Sink = std::function<Result<void>(std::string_view)>;
  std::string name;          ///< as it is saved: "evidence.jsonl"
  std::string mime;          ///< "application/xml"
  std::string relationship;  ///< PDF's AFRelationship: Source, Data, Supplement, Alternative, Unspecified
  std::string description;
  std::string bytes;                              ///< used where `read` is empty
  std::function<Result<void>(const Sink&)> read;  ///< may be called several times, the same bytes each time
};

struct Evidence {
  TimePoint made_at;
  std::optional<TimePoint> from, to;  ///< the period it covers
  std::vector<VersionRuns> versions;
  std::vector<ElementRuns> elements;
  std::vector<RoleRuns> roles;
  Conformance conformance;
  std::vector<KpiActual> kpis;
  Complaints complaints;
  std::vector<EscalationRuns> escalations;
  std::vector<IncidentRuns> incidents;
  std::vector<CorrectiveAction> corrections;
  std::vector<SampleCase> sample;
  std::int64_t sampled_from = 0;  ///< how many cases the sample was drawn from
  ChainHead chain;
  std::vector<Attachment> files;  ///< the evidence file itself
};

}  // namespace echoflow::documentation
