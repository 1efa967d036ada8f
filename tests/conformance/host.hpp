#pragma once
#include <optional>
#include <string>
#include <vector>

#include "engine/core/batch.hpp"
#include "engine/projections/history.hpp"
#include "models/base/diagnostic.hpp"
#include "models/messages/message.hpp"
#include "models/program/program.hpp"

namespace echoflow::scenario {

/// What came back for a message that was sent to a process.
struct Outcome {
  enum class Kind { none, accepted, reply, fault } kind = Kind::none;
  Message message;
  Fault fault;
};

/// How the partner behaves for one operation.
struct PartnerScript {
  enum class Kind { reply, fault, fail, wait } kind = Kind::wait;
  std::string fault_name;
  std::string value;
};

/// What plays a scenario: the engine alone in a simulated world, or the whole runtime on a store.
class Host {
 public:
  virtual ~Host() = default;
  /// Compiles and deploys; findings when refused.
  virtual Diagnostics deploy(const std::vector<std::string>& files) = 0;
  virtual const program::Program& program() const = 0;
  /// Sends a message to the entry of that operation; returns a handle for outcome(). Runs until nothing more happens.
  virtual int send(const std::string& operation, Message message) = 0;
  virtual Outcome outcome(int handle) = 0;
  virtual void script_partner(const std::string& operation, PartnerScript script) = 0;
  /// Answers the oldest call of that operation that waits; false when there is none.
  virtual bool answer_partner(const std::string& operation, const PartnerScript& script) = 0;
  /// String values of the calls so far.
  virtual std::vector<std::string> partner_calls(const std::string& operation) = 0;
  virtual void advance(std::int64_t micros) = 0;
  virtual TimePoint now() = 0;
  virtual std::size_t instances() = 0;
  virtual engine::InstanceStatus status(std::size_t index) = 0;
  virtual std::vector<engine::ActivityView> activities(std::size_t index) = 0;
  virtual std::vector<engine::EventView> events(std::size_t index) = 0;
  virtual std::vector<engine::VariableView> variables(std::size_t index) = 0;
  /// suspend, resume, terminate; true when it was not refused.
  virtual bool operate(const std::string& act) = 0;
  virtual bool repair(ActivityId activity, const std::string& act, const std::string& fault) = 0;
};

/// Text or XML as a message of a type: one value for a single part, "part=value" words else.
Message make_message(const program::MessageType& type, const std::vector<std::string>& words);
/// All parts' string values, joined by a space.
std::string text_of(const Parts& parts);

/// Plays a .scenario file; throws std::runtime_error that names the line when an expectation does not hold.
void play(const std::string& scenario_path, Host& host);

}  // namespace echoflow::scenario
