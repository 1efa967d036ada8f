#pragma once
#include <gtest/gtest.h>

#include <functional>
#include <memory>
#include <string>

#include "adapters/cx/deliveries/service.hpp"
#include "adapters/cx/feedback/ingest.hpp"
#include "adapters/runtime/builtin_partners.hpp"
#include "adapters/runtime/runtime.hpp"
#include "engine/ports/compiler.hpp"
#include "engine/ports/cx_store.hpp"
#include "tests/adapters/store/temporary_folder.hpp"

/// A whole server without its sockets: SQLite, runtime, ingest; it can be crashed and started again.
namespace echoflow::intake::test {

class BpelCompiler final : public engine::ProcessCompiler {
 public:
  engine::CompiledDeployment compile(const std::map<std::string, std::string>& files) const override;
};

/// A clock that stands where it was put and can be moved on.
class Wristwatch final : public runtime::Clock {
 public:
  TimePoint now() const override { return {micros_.load()}; }
  void wait_until(std::unique_lock<std::mutex>& lock, std::condition_variable& wake, TimePoint due) override;
  void advance(std::chrono::microseconds by) { micros_ += by.count(); }

 private:
  std::atomic<std::int64_t> micros_{1'700'000'000'000'000};
};

class NoPartners final : public runtime::PartnerClient {
 public:
  runtime::PartnerAnswer call(const runtime::PartnerCall&) override {
    return runtime::TransportFailure{runtime::TransportFailure::Kind::unreachable, "there are no partners", false};
  }
};

/// `listener`: hears feedback of a conversation and gathers its texts. `crisis`: hears alerts of an episode.
std::map<std::string, std::string> listener_files();
std::map<std::string, std::string> crisis_files();
/// `answering`: answers each piece of feedback on its channel; its variable `said` is the receipt's id, or the rule
/// that forbids the answer.
std::map<std::string, std::string> answering_files();

cx::Feedback post(const std::string& id, const std::string& text, const std::string& conversation = "",
                  const std::string& author = "42");

bool eventually(const std::function<bool()>& condition);

class World {
 public:
  explicit World(IngestOptions options = {});
  ~World();
  /// Ends everything and opens the same database again.
  void restart();
  void deploy(const std::map<std::string, std::string>& files);
  engine::CxStore& cx() { return store->cx(); }
  bool at_rest() {
    return eventually([&] { return ingest->at_rest() && runtime->at_rest(); });
  }
  /// What an instance of `listener` has gathered.
  std::string gathered(InstanceId id) { return variable(id, "texts"); }
  std::string variable(InstanceId id, const std::string& name);
  std::size_t instances();

  Wristwatch clock;
  std::unique_ptr<engine::Store> store;
  std::unique_ptr<runtime::Runtime> runtime;
  std::unique_ptr<Publisher> publisher;
  std::unique_ptr<Ingest> ingest;
  std::unique_ptr<deliveries::Service> deliveries;
  deliveries::Outlets* outlets = nullptr;  ///< of the deliveries; none: there is no such service
  deliveries::ServiceOptions delivery_options;
  void open();
  void close();
  /// Stands between the ingest and the runtime; null: the runtime itself.
  std::function<void(Publication, std::function<void(Told)>, Publisher& next)> around;

 private:
  store::test::TemporaryFolder folder_;
  const IngestOptions options_;
  BpelCompiler compiler_;
  NoPartners partners_;
  std::unique_ptr<runtime::BuiltinPartners> builtin_;
};

}  // namespace echoflow::intake::test
