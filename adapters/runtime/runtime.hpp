#pragma once
#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "adapters/runtime/clock.hpp"
#include "adapters/runtime/directory.hpp"
#include "adapters/runtime/events.hpp"
#include "adapters/runtime/metrics.hpp"
#include "adapters/runtime/partner_client.hpp"
#include "engine/core/command.hpp"
#include "engine/ports/compiler.hpp"
#include "engine/ports/store.hpp"
#include "engine/projections/history.hpp"
#include "models/base/diagnostic.hpp"
#include "models/base/result.hpp"
#include "models/cx/kpi_reading.hpp"
#include "models/messages/message.hpp"
#include "models/program/program.hpp"

/// The host that turns the pure engine into a running server. REST, SOAP and the command line use only this.
namespace echoflow::runtime {

enum class FailureKind : std::uint8_t {
  not_found,    ///< no such deployment, process, instance, operation, activity or variable (404)
  invalid,      ///< the request makes no sense as it is (400, 422)
  conflict,     ///< it does, but not in the present state (409)
  unavailable,  ///< the database cannot be written now; nothing was done; try again (503)
  timeout,      ///< nobody took the message within its time; it was withdrawn (504)
  limit,        ///< a limit of the server was reached (429)
  internal,     ///< a defect (500)
};
struct Failure {
  FailureKind kind = FailureKind::internal;
  std::string code;     ///< stable, e.g. "unknown-process", "not-failed"; refusals of the engine keep theirs
  std::string message;  ///< one plain English sentence
};
template <class T>
using Outcome = Result<T, Failure>;

// --- deployments -----------------------------------------------------------------------------------------------------
struct Deployed {
  DeploymentInfo deployment;
  Diagnostics warnings;
};
/// Why nothing was deployed: findings (at least one error), or a failure of the store.
struct DeployRefusal {
  Diagnostics findings;
  std::optional<Failure> failure;
};

// --- messages --------------------------------------------------------------------------------------------------------
struct Delivery {
  std::string process_key;   ///< Clark notation; or …
  std::int64_t process = 0;  ///< … one version (then only new instances of that version may start)
  std::string partner_link;
  std::string operation;
  Message message;
  std::string request_key;  ///< the client's idempotency key, "" : none. The same key again gets the first one's answer
  std::string business_key;  ///< of an instance that this message starts
  InstanceId instance = 0;   ///< not 0: for this instance only, and only if it waits for it now
  bool want_reply = true;    ///< false: answer Accepted as soon as the message is durable, also when a reply would come
  std::chrono::milliseconds timeout{0};  ///< how long to wait for reply or match; 0: the server's default
  bool hold = true;  ///< false: refused at once ("not-taken") when no activity takes it now, instead of kept
};
struct Reply {
  InstanceId instance = 0;
  Message message;
};
/// The process answered with a fault: one of the operation's declared ones (message set) or another, or it ended
/// without a reply (bpel:missingReply).
struct FaultReply {
  InstanceId instance = 0;
  Fault fault;
  Message message;
};
/// The message is durable. instance 0: nobody waits for it yet. `waiting`: a reply was wanted and did not come in time,
/// the instance goes on.
struct Accepted {
  InstanceId instance = 0;
  bool waiting = false;
};
using Answer = std::variant<Reply, FaultReply, Accepted, Failure>;
/// Called exactly once, from a thread of the runtime (or within deliver): must be quick and must not block.
using OnAnswer = std::function<void(Answer)>;

// --- running it ------------------------------------------------------------------------------------------------------
enum class CommitStage : std::uint8_t { before, after };

struct Options {
  unsigned workers = 0;                           ///< threads for turns that no caller drives; 0: one per core
  unsigned max_senders = 32;                      ///< partner calls at the same time
  std::size_t warm_instances = 10'000;            ///< kept in memory …
  std::size_t warm_bytes = 256u << 20;            ///< … and their estimated size
  std::chrono::seconds cool_after{30};            ///< one that sleeps longer leaves the memory
  std::size_t warm_deployments = 128;             ///< compiled and kept; others are compiled again when needed
  std::uint64_t snapshot_every = 32;              ///< turns
  std::size_t ended_in_memory = 1'000;            ///< ended instances of in-memory processes that stay visible
  std::size_t max_group = 512;                    ///< turns in one transaction
  std::size_t max_instances_in_memory = 100'000;  ///< of in-memory processes, running at the same time
  std::chrono::milliseconds reply_timeout{300'000};
  std::chrono::milliseconds hold_timeout{
      30'000};  ///< how long a request-response caller waits for somebody to take its message
  std::chrono::milliseconds retry_ping{100};  ///< first wait after a failed commit; doubles up to 5 s
  /// The present figure of a KPI for cx:kpi and cx:level in the expressions of a process, by its key; must be quick.
  /// Without it no KPI has a figure.
  std::function<std::optional<cx::KpiReading>(const std::string& process_key, const std::string& kpi,
                                              const std::string& group)>
      kpi;
  /// For tests: called around every commit; false stops the runtime dead, as a crash at that moment would.
  std::function<bool(CommitStage)> on_commit;
  /// For tests: called before every turn; what it throws stands for a defect in the turn.
  std::function<void(InstanceId)> before_turn;
};

struct Health {
  bool ready = false;
  std::string reason;  ///< why not
  std::size_t processes = 0;
  std::size_t warm_instances = 0;
};

using Files = std::map<std::string, std::string>;

class Runtime {
 public:
  /// The ports outlive the runtime.
  Runtime(engine::Store& store, const engine::ProcessCompiler& compiler, PartnerClient& partners, Options options = {},
          Clock& clock = system_clock());
  ~Runtime();  ///< stop()
  Runtime(const Runtime&) = delete;
  Runtime& operator=(const Runtime&) = delete;

  /// Reads what is deployed and takes up timers and sends. Failure: the store cannot be read.
  Outcome<void> start();
  /// Ends all threads; callers that still wait get `unavailable`. Idempotent.
  void stop();

  // Deployments.
  Result<Deployed, DeployRefusal> deploy(const std::string& name, const Files& files);
  /// Without `cascade`: conflict where instances run.
  Outcome<void> undeploy(std::int64_t deployment, bool cascade);
  DirectoryPtr directory() const;
  /// The deployment's source files.
  Outcome<Files> files(std::int64_t deployment) const;
  /// The compiled process; compiles it when it is not warm.
  Outcome<program::ProgramPtr> program(std::int64_t process) const;
  /// The program of the version on which new instances of this key start.
  Outcome<program::ProgramPtr> newest_program(const std::string& process_key) const;

  // Messages.
  void deliver(Delivery delivery, OnAnswer on_answer);
  Answer deliver_and_wait(Delivery delivery);
  /// Instances that wait for this message now, each once, in order; those that it would start are not among them.
  Outcome<std::vector<InstanceId>> waiting_for(const Delivery& delivery) const;

  /// Brings the answer to a call that a partner has deferred. Success: it is durable. `conflict` with code "suspended":
  /// the instance takes nothing now, try again later. `not_found`, or `conflict` with another code: nobody waits for
  /// this answer any more, or it was taken before. `unavailable`: try again. Not from within PartnerClient::call().
  Outcome<void> complete_call(InstanceId id, ActivityId activity, std::variant<Message, Fault> answer);

  // Instances, newest first; what is committed.
  Outcome<engine::InstanceRow> instance(InstanceId id) const;
  Outcome<std::vector<engine::InstanceRow>> instances(const engine::InstanceFilter& filter) const;
  /// activities(), variables(), faults(), events() of an instance.
  Outcome<std::unique_ptr<engine::History>> history(InstanceId id) const;
  Outcome<std::vector<engine::JournalRow>> journal(InstanceId id, std::uint64_t after_seq, std::uint32_t limit) const;
  Outcome<std::vector<engine::SubscriptionRow>> subscriptions(InstanceId id) const;
  Outcome<std::vector<engine::IncidentRow>> incidents(std::int64_t before, std::uint32_t limit) const;
  Outcome<engine::ChainCheck> check_chain(std::int64_t from_position) const;

  // An operator's acts; each returns after its commit.
  Outcome<void> suspend(InstanceId id, engine::Actor actor);
  Outcome<void> resume(InstanceId id, engine::Actor actor);
  Outcome<void> terminate(InstanceId id, engine::Actor actor);
  Outcome<void> retry(InstanceId id, ActivityId activity, engine::Actor actor);
  Outcome<void> skip(InstanceId id, ActivityId activity, engine::Actor actor);
  Outcome<void> fault(InstanceId id, ActivityId activity, Fault fault, engine::Actor actor);
  /// `scope` 0: the process's variable, or the only live one of that name.
  Outcome<void> set_variable(InstanceId id, const std::string& name, ActivityId scope, Parts parts,
                             engine::Actor actor);

  // Watching.
  Health health() const;
  /// True when there is nothing to do but to wait: for messages, for time, or for the answers of `partner_calls`
  /// partners.
  bool at_rest(std::size_t partner_calls = 0) const;
  Metrics& metrics() const;
  EventFeed& events() const;

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace echoflow::runtime
