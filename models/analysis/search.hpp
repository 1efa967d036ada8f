#pragma once
#include <optional>
#include <unordered_map>

#include "models/analysis/net.hpp"

namespace echoflow::analysis {

struct Firing {
  Net::Index transition = 0;
  Net::Index in = none;  ///< of an `any` join: the place whose token it took
  std::uint32_t outcome = 0;
};

/// The states of a net, breadth first.
class Search {
 public:
  enum class Order : std::uint8_t {
    reduced,  ///< of moves that do not hinder each other one order only (stubborn sets): keeps where runs end
    plain,    ///< every order
  };
  struct Limits {
    std::size_t states = 50'000;
    bool stop_at_second_token = false;
  };

  Search(const Net& net, Order order, Limits limits);

  bool complete() const { return complete_; }
  std::size_t states() const { return meta_.size(); }
  /// A place that gets a second token, and how; the first found.
  struct SecondToken {
    Net::Index place = 0;
    std::vector<Firing> trace;
  };
  const std::optional<SecondToken>& second_token() const { return second_token_; }
  /// States in which nothing can move and not everything has arrived, by the first join that waits in vain.
  struct Stuck {
    Net::Index transition = 0;
    std::vector<Firing> trace;
  };
  const std::vector<Stuck>& stuck() const { return stuck_; }
  /// The shortest way to a state from which no end can be reached although something always moves.
  std::optional<std::vector<Firing>> endless() const;
  /// The shortest run to the end.
  std::optional<std::vector<Firing>> completion() const;
  /// The shortest way to a token at the place; nullopt: no state has one.
  std::optional<std::vector<Firing>> first_at(Net::Index place) const;
  bool reached(Net::Index place) const { return first_state_[place] != none; }

 private:
  using State = std::uint32_t;
  struct Meta {
    State parent;
    Firing by;
  };

  bool has(State s, Net::Index place) const { return words_[s * stride_ + place / 64] >> (place % 64) & 1; }
  void expand(State s);
  bool enabled(State s, Net::Index transition);
  bool may_still_come(State s, const Net::Transition& join);
  void lead_to(const Net::Transition& join, std::vector<Net::Index> open, std::vector<bool>& found);
  template <class Act>
  void each_marked(State s, Act act) const;
  void fire(State s, Net::Index transition);
  void fire(State s, Net::Index transition, Net::Index in);
  void judge_end(State s);
  State intern(State parent, Firing by);
  std::vector<Firing> trace(State s) const;

  const Net& net_;
  Order order_;
  Limits limits_;
  std::size_t stride_;
  bool complete_ = true;
  std::vector<std::uint64_t> words_;  ///< `stride_` of them a state
  std::vector<std::uint64_t> next_;   ///< the state that is being made
  std::vector<Meta> meta_;
  std::unordered_multimap<std::uint64_t, State> known_;  ///< by hash; only looked up, never run through
  std::vector<std::pair<State, State>> moves_;
  std::vector<State> ends_;
  std::vector<State> first_state_;               ///< by place
  std::vector<std::vector<Net::Index>> makers_;  ///< by place: who puts tokens there; filled when first asked
  std::vector<State> looked_at_;                 ///< by transition: the state in which it was last looked at
  std::optional<State> completion_;
  std::optional<SecondToken> second_token_;
  std::vector<Stuck> stuck_;
  std::vector<bool> seen_stuck_;
};

}  // namespace echoflow::analysis
