#pragma once
#include <functional>
#include <memory>

#include "adapters/cx/tasks/world.hpp"
#include "adapters/runtime/runtime.hpp"

namespace echoflow::tasks {

/// Publishes a message to every process that listens to an operation of a built-in port type, under a request key.
using TellProcesses = std::function<Outcome(std::string_view port_type, std::string_view operation, Message message,
                                            const std::string& key)>;

/// The world of a running server. Everything that is given outlives it.
class RuntimeWorld final : public World {
 public:
  RuntimeWorld(engine::Store& store, TellProcesses tell, Notifier& notifier)
      : store_(store), tell_(std::move(tell)), notifier_(notifier) {}
  /// Before the task service starts.
  void set_runtime(runtime::Runtime& runtime) { runtime_ = &runtime; }

  Outcome answer(std::int64_t instance, std::uint32_t activity, std::variant<Message, Fault> answer) override;
  bool is_awaited(std::int64_t instance, std::uint32_t activity) override;
  Outcome tell_processes(const Task& task, const std::string& escalation, TimePoint at,
                         const std::string& key) override;
  Result<bool> condition(const Task& task, std::uint32_t deadline, std::uint32_t escalation) override;
  Outcome notify(const Notice& notice) override { return notifier_.notify(notice); }

 private:
  engine::Store& store_;
  TellProcesses tell_;
  Notifier& notifier_;
  runtime::Runtime* runtime_ = nullptr;
};

/// cx:taskEvent as a message.
Message task_event(const Task& task, const std::string& escalation, TimePoint at);

}  // namespace echoflow::tasks
