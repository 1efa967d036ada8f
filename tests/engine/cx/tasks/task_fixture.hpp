#pragma once
#include <gtest/gtest.h>

#include "engine/cx/tasks/command.hpp"

namespace echoflow::tasks {

inline TimePoint at(const char* text) {
  return parse_deadline(text).value();
}

/// One task and a clock.
struct Desk {
  calendar::Calendars calendars;
  TimePoint now = at("2026-11-20T15:30:00Z");
  Task task;
  std::function<Result<bool>(const Task&, std::uint32_t, std::uint32_t)> condition;

  Desk() { calendars.put(calendar::Calendar::standard()); }
  Context context() const { return {now, calendars, condition}; }

  static Creation creation() {
    Creation creation;
    creation.name = "answer";
    creation.instance = 7;
    creation.activity = 3;
    creation.call_key = "7-3";
    creation.priority = 5;
    creation.is_skipable = true;
    creation.people = {{HumanRole::task_initiator, {"ines"}},
                       {HumanRole::task_stakeholders, {"stan"}},
                       {HumanRole::potential_owners, {"paul", "pia", "group:service"}},
                       {HumanRole::business_administrators, {"bea"}},
                       {HumanRole::excluded_owners, {"eve"}}};
    return creation;
  }
  void make(Creation what = creation()) {
    task = {};
    auto events = create(42, std::move(what), context());
    ASSERT_TRUE(events) << events.error().message;
    apply(task, *events, now);
  }
  Command command(Operation operation, const char* user) const {
    Command command;
    command.operation = operation;
    if (*user)
      command.actor.user = user;
    else
      command.actor.system = true;
    return command;
  }
  /// "" when it was done; the refusal's code else.
  std::string act(const Command& command, RefusalKind* kind = nullptr) {
    auto events = decide(task, command, context());
    if (!events) {
      if (kind) *kind = events.error().kind;
      return events.error().code;
    }
    // What a restart reads is what happened.
    auto encoded = encode_events(*events);
    auto decoded = decode_events(encoded.events, encoded.payload);
    EXPECT_TRUE(decoded);
    apply(task, *decoded, now);
    return {};
  }
  std::string act(Operation operation, const char* user) { return act(command(operation, user)); }
};

}  // namespace echoflow::tasks
