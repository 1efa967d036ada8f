#pragma once
#include <string>
#include <variant>

#include "models/messages/message.hpp"
#include "models/program/ids.hpp"

/// What can be asked of an instance. One command is one turn.
namespace echoflow::engine {

/// Who acts and why, journalled with every operator's act.
struct Actor {
  std::string who;
  std::string why;
};

struct StartInstance {
  program::NodeId node;      ///< a receive or pick with createInstance
  std::uint32_t branch = 0;  ///< onMessage of the pick
  Message message;
  ExchangeId exchange = 0;
  std::string business_key;
};
struct DeliverMessage {  ///< to a waiting receive, pick or onEvent
  ActivityId activity;
  std::uint32_t branch = 0;
  Message message;
  ExchangeId exchange = 0;
};
struct FireTimer {
  std::uint32_t timer;
};
struct CompleteInvoke {
  ActivityId activity;
  Message message;
};
struct FailInvoke {
  ActivityId activity;
  Fault fault;
  bool incident = false;
};  ///< incident: leave the activity failed for the operator
struct Suspend {
  Actor actor;
};
struct Resume {
  Actor actor;
};
struct Terminate {
  Actor actor;
};
struct RetryActivity {
  ActivityId activity;
  Actor actor;
};
struct SkipActivity {
  ActivityId activity;
  Actor actor;
};
struct FaultActivity {
  ActivityId activity;
  Fault fault;
  Actor actor;
};
struct SetVariable {
  program::VariableId variable;
  ActivityId scope;
  Parts parts;
  Actor actor;
};  ///< scope 0: the process's

using Command = std::variant<StartInstance, DeliverMessage, FireTimer, CompleteInvoke, FailInvoke, Suspend, Resume,
                             Terminate, RetryActivity, SkipActivity, FaultActivity, SetVariable>;

/// Why a command had no effect; nothing was journalled. `code` is stable: "not-waiting", "ended", "suspended",
/// "unknown-activity", "not-failed", "unknown-variable", "conflicting-request".
struct Refusal {
  std::string code;
  std::string detail;
};

}  // namespace echoflow::engine
