#pragma once
#include <mutex>
#include <string>

#include "adapters/channels/calls.hpp"
#include "adapters/channels/registry.hpp"

namespace echoflow::channels::bluesky {

/// Calls of a personal data server ("PDS") by XRPC; logs in when it must. Thread-safe.
class Session {
 public:
  Session(std::string service, std::string identifier, std::string password, const World& world)
      : service_(std::move(service)),
        identifier_(std::move(identifier)),
        password_(std::move(password)),
        world_(world) {}

  /// Our own identity (DID), once logged in.
  Result<std::string, Later> did();
  /// `body` empty: a query. A status of 400 and more is an answer, too.
  Result<Answer, Later> call(const std::string& method, const std::string& query, const std::string& body);

 private:
  Result<void, Later> log_in();
  Result<Answer, Later> call_once(const std::string& method, const std::string& query, const std::string& body);

  const std::string service_, identifier_, password_;
  const World world_;
  std::mutex mutex_;
  std::string did_, token_;
};

}  // namespace echoflow::channels::bluesky
