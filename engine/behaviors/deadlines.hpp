#pragma once
#include "engine/core/step_context.hpp"

/// WS-BPEL 2.0 §8.3.5, §10.7: durations and points in time.
namespace echoflow::engine::deadlines {

struct Schedule {
  TimePoint due;
  Duration repeat;
};
/// Evaluates in the scope `names`. invalidExpressionValue when the text is no duration or date.
Result<Schedule, Fault> evaluate(const StepContext& context, ActivityId names, const program::Deadline& deadline);

bool is_positive(const Duration& duration);
/// As add(), with points out of range pinned to the farthest one.
TimePoint later(TimePoint start, const Duration& duration);
/// The first point of a repetition that is not before `now`.
TimePoint next_after(TimePoint due, const Duration& repeat, TimePoint now);

}  // namespace echoflow::engine::deadlines
