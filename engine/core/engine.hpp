#pragma once
#include <functional>
#include <memory>
#include <optional>

#include "engine/core/batch.hpp"
#include "engine/core/command.hpp"
#include "models/base/result.hpp"
#include "models/program/program.hpp"

namespace echoflow::instances {
class InstanceState;  // models/instances/: what an instance is between turns
}

namespace echoflow::engine {

/// The facts a turn may use besides program, state and command. No clock and no randomness anywhere below.
struct TurnContext {
  InstanceId instance;
  TimePoint now;
  bool journal = true;  ///< false: no events are encoded (in-memory processes)
  /// Address of a partner link's own role, for assigning it as an endpoint reference; may be empty.
  std::function<std::string(program::PartnerLinkId)> my_address = {};
  /// The present figure of a KPI that the process sees, in a group ("" : all), for cx:kpi and cx:level; nullopt or no
  /// function: there is none.
  std::function<std::optional<cx::KpiReading>(std::string_view kpi, std::string_view group)> kpi = {};
  /// A loop that begins another iteration after this many activities gives way: it sets a timer that is due at once.
  std::size_t activity_limit = 1'000'000;
};

/// Runs one turn: executes until nothing in the instance can go on without the world. Changes `state` by appliers only.
/// On a Refusal neither state nor batch has anything to commit.
Result<Batch, Refusal> run_turn(const program::Program& program, instances::InstanceState& state,
                                const Command& command, const TurnContext& context);

/// Folds one journal row (Batch::events and its payload; an erased payload is empty) onto a state: recovery and
/// history.
Result<void> apply_journal(const program::Program& program, instances::InstanceState& state, std::string_view events,
                           std::string_view payload);

/// A state before its first turn.
std::unique_ptr<instances::InstanceState> new_state(const program::Program& program);
std::unique_ptr<instances::InstanceState> clone(const instances::InstanceState& state);
/// Snapshot encoding with permanent field ids (models/records/).
std::string encode_snapshot(const instances::InstanceState& state);
Result<std::unique_ptr<instances::InstanceState>> decode_snapshot(const program::Program& program,
                                                                  std::string_view bytes);

}  // namespace echoflow::engine
