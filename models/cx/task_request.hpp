#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "models/base/result.hpp"
#include "models/base/time.hpp"
#include "models/cx/task_definition.hpp"
#include "models/xml/tree.hpp"

namespace echoflow::cx {

/// What a <b4p:peopleActivity> asks of the task service: the values of the definition's expressions. It is the first
/// part of the message to the built-in partner (address_of_tasks); the input data follow as the other parts.
struct TaskRequest {
  std::string name;
  std::int32_t priority = 5;
  bool skipable = false;
  /// Values of the presentation parameters, in their order.
  std::vector<std::pair<std::string, std::string>> parameters;
  /// By role, as far as the definition names it: users, and "group:<name>"; each once, in the order of the definition.
  struct People {
    HumanRole role = HumanRole::potential_owners;
    std::vector<std::string> members;
  };
  std::vector<People> people;
  /// Parallel to TaskDefinition::deadlines; exactly one of `for_` and `until` is set.
  struct Deadline {
    std::optional<Duration> for_;
    std::optional<TimePoint> until;
    /// Parallel to its escalations: what was evaluated for a notification or a reassignment.
    struct Escalation {
      std::int32_t priority = 5;
      std::vector<std::pair<std::string, std::string>> parameters;
      std::vector<People> people;
    };
    std::vector<Escalation> escalations;
  };
  std::vector<Deadline> deadlines;
  std::vector<std::string> delegates;
  std::string customer, case_id, feedback, channel, language;
};

/// The partner that keeps the tasks.
inline constexpr std::string_view address_of_tasks = "urn:echoflow:cx:1.0#Tasks";
/// The partner that speaks on the channels: what a partner link of cx:Channels calls.
inline constexpr std::string_view address_of_channels = "urn:echoflow:cx:1.0#Channels";

/// As the document of one {urn:echoflow:cx:1.0}taskRequest element, and back.
xml::DocumentPtr to_document(const TaskRequest& request);
Result<TaskRequest> read_task_request(const xml::Document& document);

}  // namespace echoflow::cx
