#include "engine/core/engine.hpp"

#include "engine/core/lifecycle.hpp"
#include "engine/core/step_loop.hpp"
#include "engine/state/belongs.hpp"

namespace echoflow::engine {

namespace {

InstanceStatus status_of(const InstanceState& state) {
  if (state.stage == instances::Stage::ended) return static_cast<InstanceStatus>(state.end_status);
  return state.suspended ? InstanceStatus::suspended : InstanceStatus::running;
}

}  // namespace

Result<Batch, Refusal> run_turn(const Program& program, InstanceState& state, const Command& command,
                                const TurnContext& turn) {
  Batch batch;
  StepContext context(program, state, turn, batch);
  if (auto refusal = lifecycle::check(context, command)) return fail(std::move(*refusal));
  step_loop::run(context, command);
  context.finish();
  batch.status = status_of(state);
  return batch;
}

Result<void> apply_journal(const Program& program, InstanceState& state, std::string_view events,
                           std::string_view payload) {
  records::PayloadReader reader(payload);
  bool ours = true;
  const bool whole = records::for_each_event(events, reader, [&](const auto& event) {
    ours = ours && belongs(program, event);
    if (ours) apply(program, state, event);
  });
  if (!ours) return fail("A journal row does not belong to this version of the process.");
  if (!whole) return fail("A journal row cannot be read: it is damaged. Restore the database from a backup.");
  return {};
}

std::unique_ptr<InstanceState> new_state(const Program&) {
  return std::make_unique<InstanceState>();
}

}  // namespace echoflow::engine
