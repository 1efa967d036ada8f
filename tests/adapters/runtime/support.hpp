#pragma once
#include <gtest/gtest.h>

#include <atomic>
#include <functional>
#include <future>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "adapters/runtime/runtime.hpp"
#include "tests/adapters/runtime/processes.hpp"

namespace echoflow::runtime::test {

class BpelCompiler final : public engine::ProcessCompiler {
 public:
  engine::CompiledDeployment compile(const Files& files) const override;
};

/// Time that stands still until the test moves it.
class ManualClock final : public Clock {
 public:
  TimePoint now() const override { return {micros_.load()}; }
  void wait_until(std::unique_lock<std::mutex>& lock, std::condition_variable& wake, TimePoint due) override;
  void advance(std::chrono::microseconds by) { micros_ += by.count(); }

 private:
  std::atomic<std::int64_t> micros_{1'700'000'000'000'000};
};

/// A partner that answers as the test says.
class ScriptedPartner final : public PartnerClient {
 public:
  struct Call {
    std::string operation, key, text;
    InstanceId instance = 0;
  };
  using Script = std::function<PartnerAnswer(const PartnerCall&, std::size_t attempt)>;

  PartnerAnswer call(const PartnerCall& call) override;
  void abandoned(InstanceId, ActivityId) override { ++abandoned_; }
  std::size_t abandoned_calls() const { return abandoned_; }
  void set(Script script);
  std::vector<Call> calls() const;

 private:
  mutable std::mutex mutex_;
  std::vector<Call> calls_;
  Script script_;
  std::atomic<std::size_t> abandoned_{0};
};

/// The content of a note, for messages to and from the desk.
Message note(const std::string& id, const std::string& text);
std::string text_of(const Message& message);

Delivery delivery(const std::string& process, const std::string& operation, const std::string& id,
                  const std::string& text = "");

/// A runtime that can be crashed and started again on the same store.
class Server {
 public:
  explicit Server(engine::Store& store, Options options = {}, Clock* clock = nullptr);
  ~Server();

  /// Ends the runtime as kill -9 would (with `crash`) or as a stop would, and starts it again.
  void restart();
  Runtime& operator*() { return *runtime_; }
  Runtime* operator->() { return runtime_.get(); }
  void deploy(const std::string& process, const std::string& descriptor = "");
  Answer send(const std::string& process, const std::string& operation, const std::string& id,
              const std::string& text = "");
  std::future<Answer> send_later(Delivery delivery);

  ScriptedPartner partner;
  ManualClock manual;

 private:
  engine::Store& store_;
  Options options_;
  Clock& clock_;
  BpelCompiler compiler_;
  std::unique_ptr<Runtime> runtime_;
};

/// Waits up to five seconds for something that another thread does.
bool eventually(const std::function<bool()>& condition);

template <class T>
::testing::AssertionResult holds(const Answer& answer) {
  if (std::holds_alternative<T>(answer)) return ::testing::AssertionSuccess();
  if (auto* failure = std::get_if<Failure>(&answer))
    return ::testing::AssertionFailure() << failure->code << ": " << failure->message;
  if (auto* fault = std::get_if<FaultReply>(&answer))
    return ::testing::AssertionFailure() << "fault " << fault->fault.name.clark() << ": " << fault->fault.detail;
  return ::testing::AssertionFailure() << "another kind of answer: " << answer.index();
}

}  // namespace echoflow::runtime::test
