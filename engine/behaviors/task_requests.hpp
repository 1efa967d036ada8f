#pragma once
#include "engine/core/step_context.hpp"
#include "models/cx/task_request.hpp"

/// What a people activity asks of the task service.
namespace echoflow::engine::task_requests {

/// Evaluates all expressions of the task's definition in the scope of the activity.
Result<cx::TaskRequest, Fault> evaluate(const StepContext& context, const Activity& activity,
                                        const program::PeopleActivity& node);

}  // namespace echoflow::engine::task_requests
