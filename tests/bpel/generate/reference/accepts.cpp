#include "tests/bpel/generate/reference/accepts.hpp"

#include <algorithm>
#include <set>

#include "tests/bpel/generate/reference/game.hpp"

namespace echoflow::generate::reference {

namespace {

constexpr std::size_t most_states = 30'000;
constexpr int most_steps = 5'000;

Ended ended(const State& state) {
  if (state.faulted) return Ended::faulted;
  return Game::completed(state) ? Ended::completed : Ended::waits;
}

/// Depth first through all interleavings that give the marks one after the other.
class Search {
 public:
  Search(const Game& game, const Observed& observed) : game_(game), observed_(observed) {}

  Judgement run(State first) {
    stack_.push_back({std::move(first), 0});
    while (!stack_.empty()) {
      if (seen_.size() > most_states) return {Verdict::undecided, best_};
      const auto at = std::move(stack_.back());
      stack_.pop_back();
      if (!seen_.insert(at).second) continue;
      best_ = std::max(best_, at.second);
      if (go_on(at.first, at.second)) return {Verdict::allowed, best_};
    }
    return {Verdict::forbidden, best_};
  }

 private:
  /// True when this is the end, and as it should be.
  bool go_on(const State& state, std::size_t matched) {
    std::vector<Step> steps = game_.steps(state);
    if (steps.empty()) {
      State later = state;
      if (game_.wait(later)) {
        stack_.emplace_back(std::move(later), matched);
        return false;
      }
      return matched == observed_.marks.size() && ended(state) == observed_.ended;
    }
    std::reverse(steps.begin(), steps.end());
    for (Step& step : steps) {
      if (step.mark == none) {
        stack_.emplace_back(std::move(step.after), matched);
      } else if (matched < observed_.marks.size() && observed_.marks[matched] == std::pair(state.now, step.mark)) {
        stack_.emplace_back(std::move(step.after), matched + 1);
      }
    }
    return false;
  }

  const Game& game_;
  const Observed& observed_;
  std::vector<std::pair<State, std::size_t>> stack_;
  std::set<std::pair<State, std::size_t>> seen_;
  std::size_t best_ = 0;
};

}  // namespace

Judgement judge(const graph::ProcessGraph& graph, const Inputs& inputs, const Observed& observed) {
  const Game game(graph, inputs);
  return Search(game, observed).run(game.begin());
}

Observed one_run(const graph::ProcessGraph& graph, const Inputs& inputs) {
  const Game game(graph, inputs);
  Observed run;
  State state = game.begin();
  for (int i = 0; i < most_steps; ++i) {
    std::vector<Step> steps = game.steps(state);
    if (steps.empty()) {
      if (!game.wait(state)) break;
      continue;
    }
    if (steps.front().mark != none) run.marks.emplace_back(state.now, steps.front().mark);
    state = std::move(steps.front().after);
  }
  run.ended = ended(state);
  return run;
}

std::string told(const graph::ProcessGraph& graph, const Observed& observed) {
  std::string text;
  Time now = 0;
  for (const auto& [time, node] : observed.marks) {
    if (time != now) text += "| " + std::to_string(time) + "s ";
    now = time;
    text += graph.node(node).id + " ";
  }
  switch (observed.ended) {
    case Ended::completed:
      return text + "completed";
    case Ended::faulted:
      return text + "faulted";
    case Ended::waits:
      return text + "waits";
  }
  return text;
}

}  // namespace echoflow::generate::reference
