#pragma once
#include <string>
#include <variant>
#include <vector>

#include "engine/cx/tasks/task.hpp"

/// What tasks do in the world, after it is durable that they will.
namespace echoflow::tasks {

enum class Settled : std::uint8_t {
  done,
  nobody,  ///< nobody waits for it (any more), or nobody can get it: it is not tried again
  later,   ///< not now
};
struct Outcome {
  Settled settled = Settled::done;
  std::string note;  ///< for the history: what came of it
};

/// Tells somebody something, by mail or webhook.
struct Notice {
  std::string key;  ///< the same whenever it is sent again: "task-17-2"
  std::int64_t task = 0;
  std::string name, reason;  ///< of the task; of the deadline that passed, or empty
  People recipients;         ///< users, and "group:<name>"
  std::string subject, text, language;
  std::int32_t priority = 0;
};

class Notifier {
 public:
  virtual ~Notifier() = default;
  virtual Outcome notify(const Notice& notice) = 0;
};

/// Thread-safe; may block for a while; never throws.
class World : public Notifier {
 public:
  /// The answer to a call that was deferred.
  virtual Outcome answer(std::int64_t instance, std::uint32_t activity, std::variant<Message, Fault> answer) = 0;
  /// Is this call still waited for? For the time after a restart. The store's trouble counts as yes.
  virtual bool is_awaited(std::int64_t instance, std::uint32_t activity) = 0;
  /// cx:taskEvent to every process that listens.
  virtual Outcome tell_processes(const Task& task, const std::string& escalation, TimePoint at,
                                 const std::string& key) = 0;
  /// Does the condition of an escalation hold? The error says why it cannot be asked.
  virtual Result<bool> condition(const Task& task, std::uint32_t deadline, std::uint32_t escalation) = 0;
};

}  // namespace echoflow::tasks
