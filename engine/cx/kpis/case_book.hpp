#pragma once
#include <optional>
#include <set>
#include <string>

#include "engine/cx/kpis/facts.hpp"
#include "engine/cx/kpis/shards.hpp"

namespace echoflow::kpis {

/// Where a case stands. A cycle lasts from its opening (or reopening) until it is resolved.
struct Case {
  std::uint32_t cycle = 1;
  bool resolved = false;       ///< or given up
  bool solved = false;         ///< it was resolved when it was closed last
  bool answered = false;       ///< by an agent, in this cycle
  bool waiting = false;        ///< a customer's message waits for an agent's answer
  std::uint32_t contacts = 0;  ///< times that the customer came in this cycle: messages between two answers are one
  std::int64_t touched = 0;    ///< micros of the last fact
  template <class V>
  void fields(V& v) {
    v(1, cycle);
    v(2, resolved);
    v(3, answered);
    v(4, waiting);
    v(5, contacts);
    v(6, touched);
    v(7, solved);
  }
};

/// What a fact changed in its case.
struct CaseStep {
  std::string id;
  std::string cycle_id;       ///< id and number of the cycle: what is measured of a cycle goes by it
  std::string last_cycle_id;  ///< of the cycle before, when this one was reopened
  bool opened = false;        ///< a cycle begins, for the first time or again
  bool reopened = false;      ///< it had been resolved
  bool customer_spoke = false;
  bool customer_waits = false;  ///< since this message, and not before
  bool agent_answered = false;
  bool first_answer = false;     ///< of an agent, in this cycle
  bool ends_waiting = false;     ///< an agent answered a customer who waited
  bool answered_before = false;  ///< an agent had answered earlier in this cycle
  bool closed = false;           ///< the cycle ends …
  bool resolved = false;         ///< … and what the customer wanted is done
  std::uint32_t contacts = 0;
};

/// The most cases that are kept; beyond it the one that was quiet longest is forgotten.
inline constexpr std::size_t most_cases = 200'000;
/// A resolved case that is quiet longer is forgotten: what the customer says then is a new case.
inline constexpr std::int64_t reopen_micros = 30ll * 86'400 * 1'000'000;

/// Which cases there are, told by their facts. A bot's answer changes nothing in a case.
class CaseBook {
 public:
  /// None: the fact is about no case, or changes nothing in it.
  std::optional<CaseStep> see(const Fact& fact);
  std::size_t size() const { return cases_.size(); }
  const Case* find(const std::string& id) const { return cases_.find(id); }

  Shards<Case>& saved() { return cases_; }
  /// After the parts were loaded.
  void restore();

 private:
  CaseStep open(const std::string& id, TimePoint at, bool by_customer);
  CaseStep answer(const std::string& id, TimePoint at);
  CaseStep close(const CaseResolved& how, TimePoint at);
  void touch(const std::string& id, Case& which, TimePoint at);
  void forget(TimePoint now);

  Shards<Case> cases_;
  std::set<std::pair<std::int64_t, std::string>> by_time_;
};

}  // namespace echoflow::kpis
