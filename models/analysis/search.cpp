#include "models/analysis/search.hpp"

#include <algorithm>
#include <bit>

#include "models/analysis/structure/reach.hpp"

namespace echoflow::analysis {
namespace {

constexpr std::size_t most_words = 4'000'000;  // 32 MB

std::uint64_t hash_of(const std::uint64_t* words, std::size_t count) {
  std::uint64_t hash = 0x9e3779b97f4a7c15ULL;
  for (std::size_t i = 0; i < count; ++i) {
    hash ^= words[i];
    hash *= 0xff51afd7ed558ccdULL;
    hash ^= hash >> 32;
  }
  return hash;
}

}  // namespace

Search::Search(const Net& net, Order order, Limits limits)
    : net_(net),
      order_(order),
      limits_(limits),
      stride_(net.places.size() / 64 + 1),
      next_(stride_, 0),
      first_state_(net.places.size(), none),
      looked_at_(net.transitions.size(), none),
      seen_stuck_(net.transitions.size(), false) {
  limits_.states = std::min(limits_.states, most_words / stride_);
  complete_ = net.complete;
  next_[net.start / 64] |= std::uint64_t{1} << (net.start % 64);
  intern(none, {});
  for (State s = 0; s < meta_.size(); ++s) {
    if (s >= limits_.states || (second_token_ && limits_.stop_at_second_token)) {
      complete_ = false;
      break;
    }
    expand(s);
  }
}

Search::State Search::intern(State parent, Firing by) {
  const auto hash = hash_of(next_.data(), stride_);
  const auto [from, to] = known_.equal_range(hash);
  for (auto at = from; at != to; ++at)
    if (std::equal(next_.begin(), next_.end(), words_.begin() + static_cast<std::ptrdiff_t>(at->second * stride_)))
      return at->second;
  const auto s = static_cast<State>(meta_.size());
  words_.insert(words_.end(), next_.begin(), next_.end());
  meta_.push_back({parent, by});
  known_.emplace(hash, s);
  each_marked(s, [&](Net::Index p) {
    if (first_state_[p] == none) first_state_[p] = s;
  });
  return s;
}

bool Search::enabled(State s, Net::Index transition) {
  const auto& t = net_.transitions[transition];
  if (t.outcomes.empty()) return false;
  const auto marked = [&](Net::Index p) { return has(s, p); };
  switch (t.join) {
    case Net::Join::any:
      return std::any_of(t.in.begin(), t.in.end(), marked);
    case Net::Join::all:
      return std::all_of(t.in.begin(), t.in.end(), marked);
    case Net::Join::some:
      return std::any_of(t.in.begin(), t.in.end(), marked) && !may_still_come(s, t);
  }
  return false;
}

// BPMN 2.0 §13.4.3 (inclusive gateway): it waits for a token that has a way to an empty incoming flow and none to a
// flow that has one, ways through the gateway itself aside.
bool Search::may_still_come(State s, const Net::Transition& join) {
  std::vector<Net::Index> empty, marked;
  for (const auto p : join.in) (has(s, p) ? marked : empty).push_back(p);
  if (empty.empty()) return false;
  std::vector<bool> to_empty(net_.places.size(), false), to_marked(net_.places.size(), false);
  lead_to(join, std::move(empty), to_empty);
  lead_to(join, std::move(marked), to_marked);
  bool may = false;
  each_marked(s, [&](Net::Index p) { may = may || (to_empty[p] && !to_marked[p]); });
  return may;
}

void Search::lead_to(const Net::Transition& join, std::vector<Net::Index> open, std::vector<bool>& found) {
  if (makers_.empty()) {
    makers_.resize(net_.places.size());
    for (Net::Index t = 0; t < net_.transitions.size(); ++t)
      for (const auto& outcome : net_.transitions[t].outcomes)
        for (const auto p : outcome)
          if (makers_[p].empty() || makers_[p].back() != t) makers_[p].push_back(t);
  }
  for (const auto p : open) found[p] = true;
  while (!open.empty()) {
    const auto place = open.back();
    open.pop_back();
    for (const auto t : makers_[place]) {
      if (&net_.transitions[t] == &join) continue;
      for (const auto p : net_.transitions[t].in) {
        if (found[p]) continue;
        found[p] = true;
        open.push_back(p);
      }
    }
  }
}

template <class Act>
void Search::each_marked(State s, Act act) const {
  for (std::size_t w = 0; w < stride_; ++w)
    for (auto word = words_[s * stride_ + w]; word != 0; word &= word - 1)
      act(static_cast<Net::Index>(w * 64 + static_cast<std::size_t>(std::countr_zero(word))));
}

void Search::expand(State s) {
  std::vector<Net::Index> moves, waiting;
  each_marked(s, [&](Net::Index p) {
    const auto t = net_.places[p].to;
    if (t == none || looked_at_[t] == s) return;
    looked_at_[t] = s;
    if (net_.transitions[t].join == Net::Join::some)
      waiting.push_back(t);
    else if (enabled(s, t))
      moves.push_back(t);
  });
  if (order_ == Order::reduced && !moves.empty()) {
    // Every place has one vertex that takes from it, so each of them is a stubborn set by itself.
    const auto fewest = std::min_element(moves.begin(), moves.end(), [&](Net::Index a, Net::Index b) {
      return net_.transitions[a].outcomes.size() < net_.transitions[b].outcomes.size();
    });
    return fire(s, *fewest);
  }
  for (const auto t : waiting)
    if (enabled(s, t)) moves.push_back(t);
  if (moves.empty()) return judge_end(s);
  for (const auto t : moves) fire(s, t);
}

void Search::fire(State s, Net::Index transition) {
  const auto& t = net_.transitions[transition];
  if (t.join != Net::Join::any) return fire(s, transition, none);
  for (const auto p : t.in) {
    if (!has(s, p)) continue;
    fire(s, transition, p);
    if (order_ == Order::reduced) return;
  }
}

void Search::fire(State s, Net::Index transition, Net::Index in) {
  const auto& t = net_.transitions[transition];
  for (std::uint32_t o = 0; o < t.outcomes.size(); ++o) {
    next_.assign(words_.begin() + static_cast<std::ptrdiff_t>(s * stride_),
                 words_.begin() + static_cast<std::ptrdiff_t>((s + 1) * stride_));
    const auto take = [&](Net::Index p) { next_[p / 64] &= ~(std::uint64_t{1} << (p % 64)); };
    if (in != none)
      take(in);
    else
      std::for_each(t.in.begin(), t.in.end(), take);
    const Firing by{transition, in, o};
    bool second = false;
    for (const auto p : t.outcomes[o]) {
      auto& word = next_[p / 64];
      const auto bit = std::uint64_t{1} << (p % 64);
      if (word & bit) {
        second = true;
        if (!second_token_) {
          second_token_ = SecondToken{p, trace(s)};
          second_token_->trace.push_back(by);
        }
      }
      word |= bit;
    }
    if (second) continue;
    const auto to = intern(s, by);
    moves_.emplace_back(s, to);
  }
}

void Search::judge_end(State s) {
  ends_.push_back(s);
  bool arrived = true;
  bool terminated = false;
  each_marked(s, [&](Net::Index p) {
    terminated = terminated || net_.places[p].terminates;
    arrived = arrived && net_.places[p].to == none;
  });
  arrived = arrived || terminated;
  if (arrived) {
    if (!completion_) completion_ = s;
    return;
  }
  each_marked(s, [&](Net::Index p) {
    const auto t = net_.places[p].to;
    if (t == none || seen_stuck_[t]) return;
    seen_stuck_[t] = true;
    stuck_.push_back({t, trace(s)});
  });
}

std::vector<Firing> Search::trace(State s) const {
  std::vector<Firing> found;
  for (; meta_[s].parent != none; s = meta_[s].parent) found.push_back(meta_[s].by);
  std::reverse(found.begin(), found.end());
  return found;
}

std::optional<std::vector<Firing>> Search::endless() const {
  if (!complete_ || second_token_) return std::nullopt;
  structure::Neighbours previous(meta_.size());
  for (const auto& [from, to] : moves_) previous[to].push_back(from);
  std::vector<bool> leads_out(meta_.size(), false);
  for (const auto s : ends_) structure::reach(previous, s, leads_out);
  for (State s = 0; s < meta_.size(); ++s)
    if (!leads_out[s]) return trace(s);
  return std::nullopt;
}

std::optional<std::vector<Firing>> Search::completion() const {
  if (!completion_) return std::nullopt;
  return trace(*completion_);
}

std::optional<std::vector<Firing>> Search::first_at(Net::Index place) const {
  if (!reached(place)) return std::nullopt;
  return trace(first_state_[place]);
}

}  // namespace echoflow::analysis
