#pragma once
#include <atomic>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <shared_mutex>
#include <string>
#include <unordered_map>
#include <vector>

#include "adapters/runtime/inbound.hpp"

namespace echoflow::runtime {

/// An activity that waits for a message.
struct Waiting {
  InstanceId instance = 0;
  ActivityId activity = 0;
  std::uint32_t branch = 0;
  friend bool operator==(const Waiting&, const Waiting&) = default;
};

/// One operation of one partner link of one process (all versions): who waits there among the instances in memory, also
/// before their commit, and which messages nobody has taken yet.
class Port {
 public:
  Port(std::string process_key, std::string partner_link, std::string operation)
      : process_key(std::move(process_key)), partner_link(std::move(partner_link)), operation(std::move(operation)) {}

  const std::string process_key, partner_link, operation;

  void open(const std::string& key, const Waiting& waiting);
  void close(const std::string& key, const Waiting& waiting);
  /// The oldest that waits under this key.
  std::optional<Waiting> first(const std::string& key) const;
  std::vector<Waiting> all(const std::string& key) const;
  bool waits(const std::string& key, const Waiting& waiting) const;

  /// Messages held in memory only: those whose caller waits, and those for in-memory processes.
  void hold(const InboundPtr& inbound, std::vector<std::string> keys);
  /// False when somebody else took it before.
  bool take(const Inbound* inbound);
  InboundPtr take_first(const std::string& key);
  std::vector<InboundPtr> take_all();
  std::size_t held_in_memory() const { return held_count_.load(); }

  std::atomic<std::int64_t> held_in_store{0};  ///< how many messages the store holds for this port

 private:
  struct Held {
    InboundPtr inbound;
    std::vector<std::string> keys;
  };
  InboundPtr remove(std::map<std::uint64_t, Held>::iterator held);

  mutable std::mutex mutex_;
  std::unordered_map<std::string, std::vector<Waiting>> waiting_;
  std::map<std::uint64_t, Held> held_;
  std::set<std::pair<std::string, std::uint64_t>> held_keys_;
  std::uint64_t last_held_ = 0;
  std::atomic<std::size_t> held_count_{0};
};

/// All ports that were used since the start.
class Ports {
 public:
  Port& port(const std::string& process_key, const std::string& partner_link, const std::string& operation);
  std::vector<Port*> of(const std::string& process_key);

 private:
  struct Line {
    std::vector<std::unique_ptr<Port>> ports;
  };
  static Port* find(const Line& line, const std::string& partner_link, const std::string& operation);
  std::shared_mutex mutex_;
  std::unordered_map<std::string, Line> lines_;
};

}  // namespace echoflow::runtime
