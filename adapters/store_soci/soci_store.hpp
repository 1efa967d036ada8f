#pragma once
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <vector>

#include "adapters/store_soci/checkpointer.hpp"
#include "adapters/store_soci/connection.hpp"
#include "adapters/store_soci/group.hpp"
#include "adapters/store_soci/reader_pool.hpp"
#include "adapters/store_soci/server_lock.hpp"
#include "adapters/store_soci/spans.hpp"
#include "adapters/store_soci/trouble.hpp"
#include "engine/ports/cx_store.hpp"

namespace echoflow::store {

/// The store on SQLite or PostgreSQL: one writing session, some reading ones. A session that was lost is opened again
/// with the next call.
class SociStore final : public engine::Store, public engine::CxStore {
 public:
  /// Throws what SOCI throws, and StoreFailure.
  explicit SociStore(Database database);
  ~SociStore() override;

  Result<void, engine::StoreError> commit(std::span<engine::Turn> turns) override;
  Result<std::int64_t, engine::StoreError> reserve_ids(std::int64_t count) override;
  Result<void, engine::StoreError> add_deployment(engine::DeploymentRow& deployment) override;
  Result<std::vector<engine::DeploymentRow>, engine::StoreError> deployments(bool with_archives) override;
  Result<std::optional<engine::DeploymentRow>, engine::StoreError> deployment(std::int64_t id) override;
  Result<void, engine::StoreError> remove_deployment(std::int64_t id) override;
  Result<std::int64_t, engine::StoreError> running_instances(std::int64_t deployment) override;
  Result<std::optional<engine::LoadedInstance>, engine::StoreError> load(InstanceId id) override;
  Result<std::optional<engine::InstanceRow>, engine::StoreError> instance(InstanceId id) override;
  Result<std::vector<engine::InstanceRow>, engine::StoreError> instances(const engine::InstanceFilter& filter) override;
  Result<std::vector<engine::JournalRow>, engine::StoreError> journal(InstanceId id, std::uint64_t after_seq,
                                                                      std::uint32_t limit) override;
  Result<std::vector<engine::SubscriptionRow>, engine::StoreError> subscriptions(InstanceId id) override;
  Result<std::vector<engine::SubscriptionRow>, engine::StoreError> find_subscriptions(const std::string& process_key,
                                                                                      const std::string& partner_link,
                                                                                      const std::string& operation,
                                                                                      const std::string& key) override;
  Result<std::vector<engine::TimerRow>, engine::StoreError> due_timers(TimePoint until, std::uint32_t limit) override;
  Result<std::optional<TimePoint>, engine::StoreError> next_timer() override;
  Result<std::vector<engine::OutboxRow>, engine::StoreError> due_outbox(TimePoint until, std::uint32_t limit) override;
  Result<void, engine::StoreError> postpone_outbox(InstanceId instance, ActivityId activity, std::uint32_t attempts,
                                                   TimePoint next_attempt) override;
  Result<void, engine::StoreError> finish_outbox(InstanceId instance, ActivityId activity) override;
  Result<void, engine::StoreError> hold_message(const engine::HeldMessageRow& message) override;
  Result<std::vector<engine::HeldMessageRow>, engine::StoreError> held_messages(const std::string& process_key,
                                                                                const std::string& partner_link,
                                                                                const std::string& operation,
                                                                                const std::string& key,
                                                                                std::uint32_t limit) override;
  Result<std::vector<engine::HeldMessageRow>, engine::StoreError> held_after(std::int64_t after,
                                                                             std::uint32_t limit) override;
  Result<void, engine::StoreError> drop_held(std::int64_t id) override;
  Result<std::vector<engine::HeldCount>, engine::StoreError> held_counts() override;
  Result<std::optional<engine::KeptReplyRow>, engine::StoreError> kept_reply(const std::string& request_key) override;
  Result<std::vector<engine::IncidentRow>, engine::StoreError> incidents(std::int64_t before,
                                                                         std::uint32_t limit) override;
  Result<void, engine::StoreError> erase_payloads(InstanceId id) override;
  Result<engine::ChainCheck, engine::StoreError> check_chain(std::int64_t from_position) override;
  Result<std::vector<engine::JournalRow>, engine::StoreError> journal_rows(std::int64_t after_position,
                                                                           std::uint32_t limit) override;
  Result<engine::ChainHead, engine::StoreError> chain_head() override;
  Result<void, engine::StoreError> drop_kept_replies(TimePoint before) override;
  Result<void, engine::StoreError> ping() override;
  void free_caches() override;
  engine::CxStore& cx() override { return *this; }

  Read<std::optional<engine::FeedbackRow>> feedback(std::int64_t id) override;
  Read<std::optional<engine::FeedbackRow>> feedback(const std::string& channel,
                                                    const std::string& external_id) override;
  Read<std::vector<engine::FeedbackRow>> list_feedback(const engine::FeedbackFilter& filter) override;
  Read<std::vector<engine::FeedbackRow>> unpublished_feedback(std::int64_t after, std::uint32_t limit) override;
  Read<std::int64_t> count_feedback(engine::FeedbackStatus status) override;
  Read<std::optional<engine::DeliveryRow>> delivery(std::int64_t id) override;
  Read<std::optional<engine::DeliveryRow>> delivery_by_key(const std::string& key) override;
  Read<std::vector<engine::DeliveryRow>> deliveries(const engine::DeliveryFilter& filter) override;
  Read<std::vector<engine::DeliveryRow>> due_deliveries(TimePoint until, std::uint32_t limit) override;
  Read<std::optional<TimePoint>> next_delivery() override;
  Read<std::optional<engine::TaskRow>> task(std::int64_t id) override;
  Read<std::optional<engine::TaskRow>> task_of(InstanceId instance, ActivityId activity) override;
  Read<std::vector<engine::TaskRow>> tasks(const engine::TaskFilter& filter) override;
  Read<std::vector<engine::TaskRow>> due_tasks(TimePoint until, std::uint32_t limit) override;
  Read<std::optional<TimePoint>> next_task_deadline() override;
  Read<std::vector<engine::TaskCount>> task_counts() override;
  Read<std::vector<engine::KpiRow>> kpis() override;
  Read<std::vector<engine::AlertRow>> alerts(std::int64_t before, std::uint32_t limit) override;
  Read<std::vector<engine::DocumentRow>> documents(const std::string& kind) override;
  Read<std::optional<engine::DocumentRow>> document(const std::string& kind, const std::string& name) override;
  Read<std::optional<engine::OutboxRow>> outbox(InstanceId instance, ActivityId activity) override;
  Read<std::vector<std::int64_t>> erase_customer(const std::string& customer) override;

 private:
  using TurnKey = std::pair<InstanceId, std::uint64_t>;
  struct Written {
    std::int64_t position;
    engine::Digest hash;
    engine::Digest events_digest, payload_digest;
  };
  /// A group whose commit was not answered: it may be there or not.
  struct Unanswered {
    records::ChainEnd end;
    std::map<TurnKey, Written> rows;
  };

  /// The writing session, opened (and the chain's end read) where it was lost. The caller holds writer_mutex_.
  Connection& writer();
  void open_writer();
  /// What was learnt of a failure; the session is dropped where it is of no use any more.
  Trouble writer_failed();
  Trouble reader_failed(ReaderPool::Lease& lease);
  void commit_group(std::span<engine::Turn> turns);
  std::vector<engine::Turn*> without_written(std::span<engine::Turn> turns) const;
  /// Takes ids from the block in memory, or a new block from the database. The caller holds writer_mutex_.
  std::int64_t take_ids(std::int64_t count);
  void reserve_block(std::int64_t count);

  /// Runs `work` in a transaction. Where the session was lost before anything was sent, once more with a new one.
  template <class Work>
  Result<void, engine::StoreError> write(const Work& work) {
    const std::lock_guard lock(writer_mutex_);
    for (int attempt = 1;; ++attempt) {
      bool sent = false;
      try {
        Connection& connection = writer();
        connection.begin();
        work(connection);
        sent = true;
        connection.commit();
        return {};
      } catch (...) {
        Trouble trouble = writer_failed();
        if (!trouble.session_lost || sent || attempt > 1) return fail(std::move(trouble.error));
      }
    }
  }

  /// The same for work that takes contents away for good.
  template <class Work>
  Result<void, engine::StoreError> erase(const Work& work) {
    auto done = write([&](Connection& connection) {
      connection.overwrite_deleted(true);
      work(connection);
    });
    const std::lock_guard lock(writer_mutex_);
    try {
      if (!writer_) return done;
      writer_->overwrite_deleted(false);
      if (done) writer_->empty_log();
    } catch (...) {
      writer_failed();  // the work itself is done, or has said why not
    }
    return done;
  }

  /// Runs `work` on a reading session, once more when the session turned out to be lost.
  template <class Value, class Work>
  Result<Value, engine::StoreError> read(const Work& work) {
    ReaderPool::Lease lease(readers_);
    for (int attempt = 1;; ++attempt) {
      try {
        Value value{};
        work(lease.connection(), value);
        return value;
      } catch (...) {
        Trouble trouble = reader_failed(lease);
        if (!trouble.session_lost || attempt > 1) return fail(std::move(trouble.error));
      }
    }
  }

  const Database database_;
  std::optional<FileLock> file_lock_;
  std::mutex writer_mutex_;
  std::unique_ptr<Connection> writer_;
  std::unique_ptr<Checkpointer> checkpointer_;
  ReaderPool readers_;
  bool opened_ = false;
  records::ChainEnd end_;
  Spans spans_;
  std::optional<Unanswered> unanswered_;
  std::map<TurnKey, Written> written_;  ///< rows that turned out to be there although their commit was not answered
  std::mutex ids_mutex_;
  std::int64_t next_id_ = 0, ids_end_ = 0;
};

}  // namespace echoflow::store
