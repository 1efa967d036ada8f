#pragma once
#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "engine/core/batch.hpp"
#include "engine/ports/cx_rows.hpp"
#include "models/base/result.hpp"
#include "models/base/time.hpp"
#include "models/messages/message.hpp"

/// What the engine's host needs of a database. Implemented by adapters/store_soci (SQLite, PostgreSQL) and
/// adapters/store_memory. Implementations are thread-safe: one writer at a time, readers beside it.
namespace echoflow::engine {

enum class StoreErrorKind { unavailable, full, read_only, busy, conflict, corrupt, other };
struct StoreError {
  StoreErrorKind kind = StoreErrorKind::other;
  std::string message;  ///< plain English with the remedy
};

using Digest = std::array<std::uint8_t, 32>;  // Sha256 of models/base/sha256.hpp

// --- deployments -----------------------------------------------------------------------------------------------------
struct ProcessRow {
  std::int64_t id = 0;  ///< process-definition id
  std::int64_t deployment = 0;
  std::string key;           ///< the QName in Clark notation
  std::int32_t version = 0;  ///< counts from 1 per key
  std::string file;          ///< the .bpel in the deployment
  std::string source_hash;   ///< SHA-256, hex
};
struct DeploymentRow {
  std::int64_t id = 0;
  std::string name;
  TimePoint deployed_at;
  std::string archive;  ///< the deployment's files, packed by the host (zip); empty in listings
  std::vector<ProcessRow> processes;
};

// --- one turn's rows -------------------------------------------------------------------------------------------------
struct InstanceRow {
  InstanceId id = 0;
  std::int64_t process = 0;  ///< ProcessRow::id
  InstanceStatus status = InstanceStatus::running;
  std::string business_key;
  TimePoint started_at;
  std::optional<TimePoint> ended_at;
  std::uint64_t last_seq = 0;  ///< of its journal
  std::string fault;           ///< QName in Clark notation when faulted
};
struct JournalRow {
  std::int64_t position = 0;  ///< in the whole journal; set by the store
  InstanceId instance = 0;
  std::uint64_t seq = 0;  ///< 1, 2, 3 … within the instance
  TimePoint at;
  std::string events;       ///< Batch::events
  std::string payload;      ///< Batch::payload; empty when none or erased
  Digest events_digest{};   ///< SHA-256 of events; computed by commit() when all zero
  Digest payload_digest{};  ///< SHA-256 of payload as it was; computed by commit() when all zero
  Digest hash{};  ///< set by the store: SHA-256(previous row's hash ‖ position ‖ instance ‖ seq ‖ at ‖ events_digest ‖
                  ///< payload_digest), integers as 8 bytes big-endian
  bool erased = false;
};
struct SubscriptionRow {
  std::string process_key;
  std::string partner_link;
  std::string operation;
  std::string key;
  InstanceId instance = 0;
  ActivityId activity = 0;
  std::uint32_t branch = 0;
};
struct TimerRow {
  InstanceId instance = 0;
  std::uint32_t timer = 0;
  TimePoint due;
};
/// A send that must happen: a partner call. Its idempotency key is "<instance>-<activity>".
struct OutboxRow {
  InstanceId instance = 0;
  ActivityId activity = 0;
  std::uint32_t node = 0;
  std::string address;
  std::string body;  ///< encoded Message
  bool one_way = false;
  std::uint32_t attempts = 0;
  TimePoint next_attempt;
};
struct IncidentRow {
  std::int64_t id = 0;  ///< set by the store
  InstanceId instance = 0;
  ActivityId activity = 0;
  TimePoint at;
  std::string fault;  ///< Clark notation
  std::string detail;
};
/// A message that was accepted before any instance waited for it.
struct HeldMessageRow {
  std::int64_t id = 0;  ///< given by the host (ids())
  std::string process_key;
  std::string partner_link;
  std::string operation;
  std::vector<std::string> keys;  ///< every correlation key under which it may be asked for
  std::string body;               ///< encoded Message
  ExchangeId exchange = 0;
  TimePoint at;
};
/// How many messages are held for one receiver.
struct HeldCount {
  std::string process_key, partner_link, operation;
  std::int64_t count = 0;
};
/// A reply kept so that a client that lost its connection gets it when it asks again under the same key.
struct KeptReplyRow {
  std::string request_key;
  ExchangeId exchange = 0;
  InstanceId instance = 0;
  std::string body;
  TimePoint at;
};

/// One turn's rows. All rows belong to `instance.id`, whatever instance they name themselves. An instance that has
/// ended waits for nothing: what is left of its subscriptions and timers goes with the turn that ends it; its outbox
/// stays. What one turn both ends and begins (closes and opens, cancels and schedules, is done with and adds, resolves
/// and raises) under the same number has been ended first and begun again: it stays. The engine leaves out what begins
/// and ends within it.
struct Turn {
  InstanceRow instance;  ///< inserted or replaced
  bool is_new = false;
  JournalRow journal;
  std::vector<SubscriptionRow> subscriptions_opened;
  std::vector<SubscriptionClosed> subscriptions_closed;
  std::vector<TimerRow> timers_scheduled;
  std::vector<std::uint32_t> timers_cancelled;
  std::vector<OutboxRow> outbox_added;
  std::vector<ActivityId> outbox_done;  ///< answered or abandoned
  std::vector<IncidentRow> incidents_raised;
  std::vector<ActivityId> incidents_resolved;
  std::vector<std::int64_t> held_consumed;
  std::vector<KeptReplyRow> replies_kept;
  std::optional<std::string> snapshot;  ///< encoded state after this turn; replaces the older one
  /// The turn is of a record (a piece of feedback, a task …), not of an instance: only its journal row and `records`
  /// are written; of `instance` only the id counts, which is the stream's. Its seq must be the next one of the stream:
  /// where another turn has been quicker, the commit fails with `conflict` and nothing is written.
  bool stream = false;
  std::vector<RecordChange> records;
};

// --- reading ---------------------------------------------------------------------------------------------------------
struct InstanceFilter {
  std::vector<InstanceStatus> status;  ///< empty: any
  std::string process_key;             ///< empty: any
  std::int64_t process = 0;            ///< 0: any
  std::string business_key;
  std::optional<TimePoint> started_after, started_before;
  InstanceId before = 0;  ///< keyset cursor: ids below this; 0: from the newest
  std::uint32_t limit = 50;
};
struct LoadedInstance {
  InstanceRow row;
  std::optional<std::string> snapshot;
  std::uint64_t snapshot_seq = 0;
  std::vector<JournalRow> journal;  ///< rows after the snapshot, ascending
};
/// The recorded end of the journal; position 0 and zeros before the first row.
struct ChainHead {
  std::int64_t position = 0;
  Digest hash{};
};
struct ChainCheck {
  std::int64_t rows = 0;  ///< that were read and found whole
  Digest head{};
  std::optional<std::int64_t> broken_at;  ///< position of the first row that does not fit
  std::string detail;
};

class CxStore;

class Store {
 public:
  virtual ~Store() = default;

  /// Commits the turns of many instances in one transaction, in this order. All or nothing. Sets positions, digests,
  /// hashes and incident ids. `conflict` when a journal row (instance, seq) exists already.
  virtual Result<void, StoreError> commit(std::span<Turn> turns) = 0;
  /// Reserves `count` consecutive ids (instances, exchanges, held messages …) and returns the first; never given twice,
  /// also after a crash.
  virtual Result<std::int64_t, StoreError> reserve_ids(std::int64_t count) = 0;

  virtual Result<void, StoreError> add_deployment(DeploymentRow& deployment) = 0;  ///< sets ids and versions
  virtual Result<std::vector<DeploymentRow>, StoreError> deployments(bool with_archives) = 0;
  virtual Result<std::optional<DeploymentRow>, StoreError> deployment(std::int64_t id) = 0;
  /// `conflict` when there is none. Removes a deployment, its processes and their instances; the instances' journal
  /// rows keep place and digests, contents are erased.
  virtual Result<void, StoreError> remove_deployment(std::int64_t id) = 0;
  virtual Result<std::int64_t, StoreError> running_instances(std::int64_t deployment) = 0;

  virtual Result<std::optional<LoadedInstance>, StoreError> load(InstanceId id) = 0;
  virtual Result<std::optional<InstanceRow>, StoreError> instance(InstanceId id) = 0;
  virtual Result<std::vector<InstanceRow>, StoreError> instances(const InstanceFilter& filter) = 0;
  virtual Result<std::vector<JournalRow>, StoreError> journal(InstanceId id, std::uint64_t after_seq,
                                                              std::uint32_t limit) = 0;
  virtual Result<std::vector<SubscriptionRow>, StoreError> subscriptions(InstanceId id) = 0;
  /// Waiting activities under exactly this key, oldest first; at most 1 000.
  virtual Result<std::vector<SubscriptionRow>, StoreError> find_subscriptions(const std::string& process_key,
                                                                              const std::string& partner_link,
                                                                              const std::string& operation,
                                                                              const std::string& key) = 0;
  virtual Result<std::vector<TimerRow>, StoreError> due_timers(TimePoint until, std::uint32_t limit) = 0;
  virtual Result<std::optional<TimePoint>, StoreError> next_timer() = 0;
  virtual Result<std::vector<OutboxRow>, StoreError> due_outbox(TimePoint until, std::uint32_t limit) = 0;
  virtual Result<void, StoreError> postpone_outbox(InstanceId instance, ActivityId activity, std::uint32_t attempts,
                                                   TimePoint next_attempt) = 0;
  /// Removes a send that no turn will remove: its instance has ended, or does not wait for it any more.
  virtual Result<void, StoreError> finish_outbox(InstanceId instance, ActivityId activity) = 0;
  virtual Result<void, StoreError> hold_message(const HeldMessageRow& message) = 0;
  virtual Result<std::vector<HeldMessageRow>, StoreError> held_messages(const std::string& process_key,
                                                                        const std::string& partner_link,
                                                                        const std::string& operation,
                                                                        const std::string& key,
                                                                        std::uint32_t limit) = 0;
  /// Held messages with an id above `after`, ascending: the host looks through them when it starts.
  virtual Result<std::vector<HeldMessageRow>, StoreError> held_after(std::int64_t after, std::uint32_t limit) = 0;
  virtual Result<void, StoreError> drop_held(std::int64_t id) = 0;
  /// Every receiver for which messages are held; read once at the start of the host.
  virtual Result<std::vector<HeldCount>, StoreError> held_counts() = 0;
  virtual Result<std::optional<KeptReplyRow>, StoreError> kept_reply(const std::string& request_key) = 0;
  virtual Result<std::vector<IncidentRow>, StoreError> incidents(std::int64_t before, std::uint32_t limit) = 0;
  /// Erases the payloads of an instance that has ended (journal payloads, snapshot, kept replies, details of
  /// incidents); the chain stays verifiable. `conflict` when there is no such instance or it has not ended.
  virtual Result<void, StoreError> erase_payloads(InstanceId id) = 0;
  /// Verifies the hash chain over the whole journal (or from a position on).
  virtual Result<ChainCheck, StoreError> check_chain(std::int64_t from_position) = 0;
  /// Rows of the whole journal after a position, ascending; at most `limit`.
  virtual Result<std::vector<JournalRow>, StoreError> journal_rows(std::int64_t after_position,
                                                                   std::uint32_t limit) = 0;
  virtual Result<ChainHead, StoreError> chain_head() = 0;
  /// Forgets the replies kept before a time.
  virtual Result<void, StoreError> drop_kept_replies(TimePoint before) = 0;
  /// The customer-experience records of the same database; lives as long as the store.
  virtual CxStore& cx() = 0;
  /// Can it write now? For /ready and recovery.
  virtual Result<void, StoreError> ping() = 0;
  /// Frees what only makes it faster; called when there is little to do.
  virtual void free_caches() {}
};

}  // namespace echoflow::engine
