#pragma once
#include <memory>

#include "adapters/documents/gather.hpp"
#include "adapters/store_memory/memory_store.hpp"
#include "tests/adapters/runtime/support.hpp"

namespace echoflow::documents::test {

namespace desk = runtime::test;

/// A store with instances that have really run.
class Runs {
 public:
  Runs() : store_(store::make_memory_store()), server_(std::make_unique<desk::Server>(*store_)) {}

  engine::Store& store() { return *store_; }
  desk::Server& server() { return *server_; }
  const Signer& signer() const { return signer_; }

  /// Each a run of `open`.
  void play(const std::string& process, int count) {
    for (int i = 0; i < count; ++i) {
      server_->manual.advance(std::chrono::seconds(1));
      ASSERT_TRUE(desk::holds<runtime::Reply>(
          server_->send(process, "open", process + std::to_string(++last_), "said by a customer")));
    }
  }
  ProgramOf programs() {
    return [this](std::int64_t process) {
      auto program = (*server_)->program(process);
      return program ? *program : nullptr;
    };
  }
  Result<documentation::Evidence> gather(const std::string& process, GatherOptions options = {}) {
    options.process_key = desk::key(process);
    options.now = server_->manual.now();
    return documents::gather(*store_, programs(), signer_, options);
  }

 private:
  std::unique_ptr<engine::Store> store_;
  std::unique_ptr<desk::Server> server_;
  Signer signer_ = *Signer::fresh();
  int last_ = 0;
};

}  // namespace echoflow::documents::test
