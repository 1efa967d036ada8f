#pragma once
#include <condition_variable>
#include <list>
#include <map>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "adapters/runtime/partner_client.hpp"
#include "tests/conformance/host.hpp"

namespace echoflow::scenario {

/// The partner of a scenario. Every call waits at its gate until the player, who sees the runtime at rest, lets the
/// oldest one through: so many threads play in one order. It outlives the runtimes that call it, and knows a repeated
/// call by its key.
class GatedPartner final : public runtime::PartnerClient {
 public:
  runtime::PartnerAnswer call(const runtime::PartnerCall& call) override;

  void script(const std::string& operation, PartnerScript script);
  /// Lets the oldest new call in: answers it, or leaves it waiting. False when there is none.
  bool admit_next();
  /// Answers the oldest call of that operation that waits.
  bool answer(const std::string& operation, const PartnerScript& script);
  /// Ends the calls that wait and that nobody wants any more.
  bool dismiss_except(const std::set<std::string>& wanted_keys);
  /// The operator has it called again: the next call under this key is a new one.
  void expect_again(const std::string& key);
  std::vector<std::string> calls(const std::string& operation) const;
  bool any_waits() const;

  /// Calls that are in here now.
  std::size_t inside() const;
  /// The caller dies: no call gets an answer any more until open().
  void close();
  void open();

 private:
  struct Visit {
    const runtime::PartnerCall* call = nullptr;
    bool waits = false;
    std::optional<runtime::PartnerAnswer> answer;
  };
  using Visits = std::list<Visit>;

  void rank_newcomers();
  std::size_t rank(const Visit& visit) const { return ranks_.at(visit.call->idempotency_key); }
  void settle(Visit& visit, runtime::PartnerAnswer answer);

  mutable std::mutex mutex_;
  std::condition_variable answered_;
  bool closed_ = false;
  Visits visits_;
  std::map<std::string, PartnerScript> scripts_;
  std::map<std::string, std::vector<std::string>> calls_;
  std::map<std::string, std::size_t> ranks_;               // by key: the order of the first visits
  std::map<std::string, runtime::PartnerAnswer> answers_;  // by key: a call that comes again gets the same
  std::set<std::string> waiting_;                          // keys of calls that were let in and not answered
  std::set<std::string> answered_in_this_life_;
};

}  // namespace echoflow::scenario
