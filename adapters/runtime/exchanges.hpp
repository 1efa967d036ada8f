#pragma once
#include <array>
#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "adapters/runtime/inbound.hpp"

namespace echoflow::runtime {

/// The callers that wait for replies, by ticket.
class Exchanges {
 public:
  explicit Exchanges(Metrics& metrics) : metrics_(metrics) {}

  /// False: a request under the same key is under way, and the caller waits for its answer now.
  bool open(ExchangeId ticket, CallerPtr caller, TimePoint deadline, const std::string& request_key);
  /// Lets the callers of a ticket wait for the reply of an exchange that an earlier run of the server took.
  void forward(ExchangeId ticket, ExchangeId exchange, InstanceId instance);
  /// The message is durable in an instance.
  void taken(ExchangeId ticket, InstanceId instance);
  /// The message waits for an instance and is withdrawn at `deadline` if none takes it.
  void held(ExchangeId ticket, TimePoint deadline);
  /// Nobody waits any more: answers all with `answer`. False when nobody did.
  bool close(ExchangeId ticket, const Answer& answer);

  struct Expired {
    ExchangeId ticket = 0;
    InstanceId instance = 0;
    bool held = false;
  };
  std::vector<Expired> expired(TimePoint now) const;
  std::vector<ExchangeId> all() const;
  bool empty() const { return metrics_.callers_waiting.load(std::memory_order_relaxed) == 0; }

 private:
  struct Waiting {
    std::vector<CallerPtr> callers;
    TimePoint deadline;
    std::optional<TimePoint> held_until;
    InstanceId instance = 0;
    std::string request_key;
  };
  struct Shard {
    mutable std::mutex mutex;
    std::unordered_map<ExchangeId, Waiting> waiting;
  };
  void insert(ExchangeId ticket, Waiting waiting);
  bool join(ExchangeId ticket, const CallerPtr& caller);
  std::optional<Waiting> extract(ExchangeId ticket);
  Shard& shard(ExchangeId ticket) { return shards_[static_cast<std::size_t>(ticket / 2) % shards_.size()]; }

  Metrics& metrics_;
  std::array<Shard, 16> shards_;
  std::mutex requests_mutex_;
  std::unordered_map<std::string, ExchangeId> requests_;
};

}  // namespace echoflow::runtime
