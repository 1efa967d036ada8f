#pragma once
#include <map>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "adapters/runtime/dispatcher.hpp"
#include "adapters/runtime/host.hpp"

namespace echoflow::runtime {

/// Lets one message at a time start an instance under a correlation key, so that a second one finds what the first
/// started.
class StartGates {
 public:
  /// True: the caller may go on and must leave(). False: the message was taken and is given back by somebody's leave().
  bool enter(const std::vector<std::string>& keys, const InboundPtr& inbound);
  std::vector<InboundPtr> leave(const std::vector<std::string>& keys);

 private:
  std::mutex mutex_;
  std::map<std::string, std::vector<InboundPtr>> closed_;
};

/// Brings each message to the instance that waits for it, starts one, or keeps it until one waits.
class Router {
 public:
  explicit Router(Host& host) : host_(host) {}

  /// Reads for whom messages are held, and brings those on their way whom somebody waits for.
  Outcome<void> load_held();
  void route_held();
  /// No version of the process is left: drops what is held for it.
  void forget_held(const std::string& process_key, const Failure& why);
  /// `thread_waits`: this thread waits for the answer, so it may as well commit the turn itself.
  void deliver(Delivery delivery, OnAnswer on_answer, bool thread_waits = false);
  void route(const InboundPtr& inbound, Drive drive);
  /// Whom a message could be brought to now.
  Outcome<std::vector<InstanceId>> waiting_for(const Delivery& delivery);
  /// The instance that waits for it is suspended: kept until it is resumed.
  void hold_for_suspended(const InboundPtr& inbound);
  /// A subscription was opened: does a message wait for it?
  void match(Port& port, const std::string& key);
  void leave_gates(const std::vector<std::string>& gates);
  /// The message will not be accepted.
  void fail(const InboundPtr& inbound, const Failure& why);
  /// A held message is durable in an instance now.
  void consumed(Inbound& inbound);
  /// Callers who have waited long enough.
  void expire(TimePoint now);
  void fail_all(const Failure& why);

 private:
  /// What is known of the receivers of a message.
  struct Plan {
    Port* port = nullptr;
    VersionPtr newest;
    const EntryGroup* group = nullptr;      ///< of the newest version; may be null
    const program::Entry* start = nullptr;  ///< null: it starts nothing
    std::vector<std::string> keys;
    std::vector<std::string> gates;
    bool durable = true;
    bool one_way = false;
    bool may_wait = false;
    bool passes = false;                                         ///< the filter of some activity lets it through
    std::vector<std::pair<const program::Entry*, bool>> judged;  ///< what the filters said
    bool retired = false;  ///< it would start an instance, were the process not retired
  };

  Outcome<Plan> plan(const Inbound& inbound);
  bool takes(Plan& plan, const program::Entry& entry, const Inbound& inbound);
  bool evaluate(const program::Entry& entry, const Inbound& inbound);
  const program::Entry* start_of(Plan& plan, const Inbound& inbound);
  Outcome<void> add_version(Plan& plan, const VersionPtr& version, const Inbound& inbound);
  std::vector<ProcessInfoPtr> live_versions(const Directory& directory, const Inbound& inbound,
                                            const ProcessInfoPtr& newest);
  bool still_runs(const ProcessInfo& older, const Directory& directory);
  Outcome<std::optional<Waiting>> find(const Plan& plan, InstanceId only);
  Outcome<std::optional<Waiting>> find_under(const Plan& plan, const std::string& key);
  Outcome<std::optional<Waiting>> find_in(const Plan& plan, const std::string& key, InstanceId only);
  Outcome<void> add_waiting(std::set<InstanceId>& found, const Plan& plan, const std::string& key);
  Outcome<void> add_all_waiting(std::set<InstanceId>& found, const Port& port, const std::string& key);
  void post(const InboundPtr& inbound, const Waiting& waiting, Drive drive);
  void start(const InboundPtr& inbound, const Plan& plan, Drive drive);
  void hold(const InboundPtr& inbound, const Plan& plan, bool match_again);
  bool hold_in_store(const InboundPtr& inbound, const Plan& plan);
  bool hold_in_memory(const InboundPtr& inbound, const Plan& plan);
  void forget_held_caller(ExchangeId ticket);
  void match_stored(Port& port, const std::string& key);
  void match_later(Port& port, std::vector<std::string> keys);
  bool admit(const InboundPtr& inbound, const Plan& plan);
  bool answer_again(const InboundPtr& inbound, const Plan& plan);
  bool answer_kept(const InboundPtr& inbound, const engine::KeptReplyRow& request);
  bool answer_exchange(ExchangeId ticket, ExchangeId exchange);
  bool claim(Inbound& inbound);
  void release(Inbound& inbound);
  void withdraw(ExchangeId ticket);

  Host& host_;
  StartGates gates_;
  std::mutex mutex_;                // guards the rest
  std::set<std::int64_t> claimed_;  // held messages that are on their way
  std::map<ExchangeId, std::pair<Port*, InboundPtr>> held_callers_;
  struct Liveness {
    TimePoint checked;
    bool runs = true;
  };
  std::map<std::int64_t, Liveness> older_;  // by process definition
};

}  // namespace echoflow::runtime
