#include <charconv>

#include "engine/activities/loop.hpp"
#include "engine/behaviors/termination.hpp"
#include "engine/behaviors/values.hpp"

namespace echoflow::engine {
namespace {

using instances::ForEachData;
using program::ForEach;

/// Of an instance at one time, so that a process cannot eat the server's memory.
constexpr std::uint64_t most_live_activities = 500'000;

/// An xsd:unsignedInt, as XPath gives it.
Result<std::uint64_t, Fault> evaluate_counter(const StepContext& context, const Activity& activity,
                                              const Expression& expression) {
  auto text = expression.evaluate_string(evaluation_for(context, activity));
  if (!text) return fail(std::move(text.error()));
  auto begin = text->find_first_not_of(" \t\r\n");
  auto end = text->find_last_not_of(" \t\r\n");
  std::string_view digits =
      begin == std::string::npos ? std::string_view{} : std::string_view(*text).substr(begin, end - begin + 1);
  if (digits.starts_with('+')) digits.remove_prefix(1);
  std::uint64_t value = 0;
  auto read = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  if (digits.empty() || read.ec != std::errc{} || read.ptr != digits.data() + digits.size() || value > 0xffffffffu)
    return fail(standard_fault("invalidExpressionValue",
                               "\"" + *text + "\" from " + expression.text() + " is no xsd:unsignedInt."));
  return value;
}

// WS-BPEL 2.0 §11.7.
class ForEachBehavior : public ActivityBehavior {
  void start(StepContext& context, const Activity& activity) const override {
    const ActivityId id = activity.id;
    auto begun = evaluate(context, activity);
    if (!begun) return faults::raise(context, id, std::move(begun.error()));
    if (begun->start > begun->final) return completion::complete(context, activity);
    context.emit(*begun);
    if (!definition<ForEach>(context, activity).parallel) return iterate(context, id, begun->start);
    for (std::uint64_t counter = begun->start; counter <= begun->final; ++counter) iterate(context, id, counter);
  }
  void child_ended(StepContext& context, const Activity& activity, const ChildEnded& ended) const override {
    const auto& node = definition<ForEach>(context, activity);
    const ActivityId id = activity.id;
    if (ended.outcome == Outcome::terminated) return finish_early(context, id);
    const bool successful = ended.outcome == Outcome::completed || ended.outcome == Outcome::kept;
    context.emit(records::BranchCounted{id, successful || !node.successful_branches_only});
    const ForEachData& data = *context.find(id)->for_each_data;
    const std::uint64_t total = data.final - data.start + 1, left = total - data.ended;
    if (data.has_required && data.counted >= data.required) return finish_early(context, id);
    if (data.has_required && data.counted + left < data.required)
      return faults::raise(
          context, id,
          standard_fault("completionConditionFailure", "Only " + std::to_string(data.counted + left) + " branches of " +
                                                           node.element_id + " can still count, but " +
                                                           std::to_string(data.required) + " are required."));
    if (left == 0) return completion::complete(context, activity);
    if (!node.parallel && !loop::give_way(context, activity)) iterate(context, id, data.start + data.ended);
  }
  void timer_fired(StepContext& context, const Activity& activity, const instances::Timer&) const override {
    iterate(context, activity.id, activity.for_each_data->start + activity.for_each_data->ended);
  }
  void cancel(StepContext& context, const Activity& activity) const override { context.cancel_timers(activity.id); }

  static Result<records::ForEachStarted, Fault> evaluate(const StepContext& context, const Activity& activity) {
    const auto& node = definition<ForEach>(context, activity);
    auto start = evaluate_counter(context, activity, *node.start);
    if (!start) return fail(std::move(start.error()));
    auto final = evaluate_counter(context, activity, *node.final);
    if (!final) return fail(std::move(final.error()));
    records::ForEachStarted begun{activity.id, *start, *final, 0, false};
    if (*start > *final) return begun;
    const std::uint64_t total = *final - *start + 1;
    if (node.parallel && total + context.state().activities.size() > most_live_activities)
      return fail(standard_fault("invalidExpressionValue", node.element_id + " would run " + std::to_string(total) +
                                                               " branches at once; the limit is " +
                                                               std::to_string(most_live_activities) +
                                                               " activities of an instance at one time."));
    if (node.branches != nullptr) {
      auto required = evaluate_counter(context, activity, *node.branches);
      if (!required) return fail(std::move(required.error()));
      if (*required > total)
        return fail(standard_fault("invalidBranchCondition", node.element_id + " requires " +
                                                                 std::to_string(*required) + " of " +
                                                                 std::to_string(total) + " branches."));
      begun.required = *required;
      begun.has_required = true;
    }
    return begun;
  }
  static void iterate(StepContext& context, ActivityId id, std::uint64_t counter) {
    const Activity& activity = *context.find(id);
    const auto& node = definition<ForEach>(context, activity);
    const auto iteration = static_cast<instances::Slot>(counter - activity.for_each_data->start + 1);
    const ActivityId scope = context.start_child(activity, node.activity, iteration);
    const auto& type = context.program().message_types[context.program().variables[node.counter].type].parts.front();
    context.emit(records::VariablePartSet{scope, node.counter, 0, values::text_value(type, std::to_string(counter))});
  }
  /// The rest is terminated; when that is done the activity completes.
  static void finish_early(StepContext& context, ActivityId id) {
    termination::terminate_children(context, id);
    if (const Activity* still = context.find(id); still != nullptr && still->children == 0)
      completion::complete(context, *still);
  }
};

}  // namespace

const ActivityBehavior& for_each_behavior() {
  static const ForEachBehavior behavior;
  return behavior;
}

}  // namespace echoflow::engine
