#pragma once
#include "adapters/runtime/instance.hpp"
#include "engine/core/batch.hpp"

namespace echoflow::runtime {

/// The rows of one turn, digests included; takes events and payload out of the batch and brings `instance.row` up to
/// date. Snapshot, held messages and kept replies are left to the caller.
engine::Turn make_turn(Instance& instance, engine::Batch& batch, TimePoint now);
/// Not 0 only in memory: an estimate of what a turn's data take there.
std::size_t estimate_bytes(const engine::Batch& batch);

}  // namespace echoflow::runtime
