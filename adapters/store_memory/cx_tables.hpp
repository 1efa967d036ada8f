#pragma once
#include <map>
#include <mutex>
#include <string>
#include <utility>

#include "engine/ports/cx_store.hpp"

namespace echoflow::store {

/// The memory store's customer-experience records. Not thread-safe; the store locks.
struct CxTables {
  std::map<std::int64_t, engine::FeedbackRow> feedback;
  std::map<std::pair<std::string, std::string>, std::int64_t> feedback_ids;  ///< by channel and external id
  std::map<std::int64_t, engine::DeliveryRow> deliveries;
  std::map<std::string, std::int64_t> delivery_ids;  ///< by key
  std::map<std::int64_t, engine::TaskRow> tasks;
  std::map<std::pair<std::string, std::string>, engine::KpiRow> kpis;
  std::map<std::int64_t, engine::AlertRow> alerts;
  std::map<std::pair<std::string, std::string>, engine::DocumentRow> documents;

  /// What makes the change impossible; nothing when it may be applied.
  std::optional<engine::StoreError> check(const engine::RecordChange& change) const;
  void apply(const engine::RecordChange& change);
};

struct MemoryTables;

/// Reads the records under the store's lock.
class MemoryCx final : public engine::CxStore {
 public:
  MemoryCx(std::mutex& mutex, MemoryTables& tables) : mutex_(mutex), tables_(tables) {}

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
  std::mutex& mutex_;
  MemoryTables& tables_;
};

}  // namespace echoflow::store
