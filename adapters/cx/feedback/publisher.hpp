#pragma once
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "models/messages/message.hpp"

namespace echoflow::runtime {
class Runtime;
}

namespace echoflow::intake {

/// Something that processes may listen to.
struct Publication {
  std::string_view port_type;  ///< of the built-in services, e.g. "FeedbackListener"
  std::string_view operation;
  Message message;
  std::string request_key;   ///< the same whenever it is published again
  std::string business_key;  ///< of an instance that it starts
};

/// What came of it.
struct Told {
  std::vector<InstanceId> taken_by;
  bool try_again = false;  ///< somebody could not be told now; who has it already will not get it twice
  std::string reason;      ///< a code, where nobody took it: "no-listener", "not-taken", …
};

/// Tells every process that listens. Thread-safe.
class Publisher {
 public:
  virtual ~Publisher() = default;
  /// `done` is called exactly once, maybe within; it is quick.
  virtual void publish(Publication publication, std::function<void(Told)> done) = 0;
};

/// Each process's newest version says whether it listens; Runtime::deliver finds or starts the instance.
class RuntimePublisher final : public Publisher {
 public:
  explicit RuntimePublisher(runtime::Runtime& runtime) : runtime_(runtime) {}
  void publish(Publication publication, std::function<void(Told)> done) override;

 private:
  runtime::Runtime& runtime_;
};

}  // namespace echoflow::intake
