#include "engine/behaviors/deadlines.hpp"

#include <limits>

#include "engine/behaviors/evaluation.hpp"

namespace echoflow::engine::deadlines {

namespace {

Fault invalid(const Expression& expression, const std::string& text, const char* wanted) {
  return standard_fault("invalidExpressionValue",
                        "\"" + text + "\" from " + expression.text() + " is no " + wanted + ".");
}

Result<Duration, Fault> evaluate_duration(const Evaluation& evaluation, const Expression& expression) {
  auto text = expression.evaluate_string(evaluation);
  if (!text) return fail(std::move(text.error()));
  auto duration = parse_duration(*text);
  if (!duration) return fail(invalid(expression, *text, "xsd:duration"));
  return *duration;
}

}  // namespace

bool is_positive(const Duration& duration) {
  return duration.months > 0 || duration.micros > 0;
}

TimePoint later(TimePoint start, const Duration& duration) {
  auto sum = add(start, duration);
  // Beyond what a point in time can say: never, or long ago.
  if (!sum)
    return {is_positive(duration) ? std::numeric_limits<std::int64_t>::max()
                                  : std::numeric_limits<std::int64_t>::min()};
  return *sum;
}

Result<Schedule, Fault> evaluate(const StepContext& context, ActivityId names, const program::Deadline& deadline) {
  const Evaluation evaluation(context, names);
  Schedule schedule{context.turn().now, {}};
  if (deadline.repeat_every != nullptr) {
    auto repeat = evaluate_duration(evaluation, *deadline.repeat_every);
    if (!repeat) return fail(std::move(repeat.error()));
    // §12.7.2: a repetition without a positive period is an error.
    if (!is_positive(*repeat))
      return fail(standard_fault("invalidExpressionValue",
                                 "repeatEvery " + deadline.repeat_every->text() + " is not a positive duration."));
    schedule.repeat = *repeat;
  }
  if (deadline.for_ != nullptr) {
    auto duration = evaluate_duration(evaluation, *deadline.for_);
    if (!duration) return fail(std::move(duration.error()));
    schedule.due = later(context.turn().now, *duration);
  } else if (deadline.until != nullptr) {
    auto text = deadline.until->evaluate_string(evaluation);
    if (!text) return fail(std::move(text.error()));
    auto point = parse_deadline(*text);
    if (!point) return fail(invalid(*deadline.until, *text, "xsd:dateTime or xsd:date"));
    schedule.due = *point;
  } else if (deadline.repeat_every != nullptr) {
    schedule.due = later(context.turn().now, schedule.repeat);
  }
  return schedule;
}

TimePoint next_after(TimePoint due, const Duration& repeat, TimePoint now) {
  if (repeat.months == 0) {
    std::int64_t missed = (now.micros - due.micros + repeat.micros - 1) / repeat.micros;
    return {due.micros + missed * repeat.micros};
  }
  while (due < now) {
    const TimePoint next = later(due, repeat);
    if (next <= due) break;
    due = next;
  }
  return due;
}

}  // namespace echoflow::engine::deadlines
