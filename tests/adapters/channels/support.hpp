#pragma once
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "adapters/channels/channel.hpp"
#include "adapters/channels/cursors.hpp"
#include "adapters/channels/registry.hpp"
#include "adapters/http/client.hpp"
#include "adapters/http/server.hpp"
#include "adapters/json/access.hpp"

namespace echoflow::channels::test {

/// 2023-11-14T22:13:20Z, which the signed samples bear.
inline constexpr std::int64_t sample_seconds = 1'700'000'000;

TimePoint wall_now();

/// A world whose clock the test sets, and channels in it.
struct TestWorld {
  http::Client client;
  MemoryCursors cursors;
  TimePoint time{sample_seconds * 1'000'000};

  World world() {
    return {client, cursors, [this] { return time; }};
  }
  /// Secrets are given as they are; they are put into the environment. Fails the test on a mistake of the settings.
  ChannelPtr open(const std::string& network, std::map<std::string, std::string> settings);
  Result<Channels> try_open(const std::string& network, std::map<std::string, std::string> settings);
};

http::Request request(const std::string& method, std::string body, http::Pairs headers = {}, std::string query = "");
Result<Received, Refusal> receive(Channel& channel, const http::Request& request,
                                  const std::string& url = "https://cx.example/hook");

/// A sink that remembers; it refuses while `broken`.
struct Heard : Sink {
  bool accept(std::vector<cx::Feedback> batch) override;
  std::vector<cx::Feedback> all() const;
  bool wait_for(std::size_t count, int seconds = 10) const;
  std::atomic<bool> broken{false};

 private:
  mutable std::mutex mutex_;
  std::vector<cx::Feedback> feedback_;
};

/// A program that runs beside the test until the end of the object; "port N…" on its first line names its ports.
class Program {
 public:
  explicit Program(std::vector<std::string> words);
  ~Program();
  int port(std::size_t at = 0) const { return at < ports_.size() ? ports_[at] : 0; }
  std::string url() const { return "http://127.0.0.1:" + std::to_string(port()); }

 private:
  int pid_ = 0, in_ = -1, out_ = -1;
  std::vector<int> ports_;
};

/// tests/channels/fakes/NAME.py, steered by /_control.
class FakeService : public Program {
 public:
  explicit FakeService(const std::string& name, const std::string& deliver_to = "", std::vector<std::string> more = {});
  json::Value control(const std::string& what, const std::string& words = "{}");
  json::Value posted() { return control("posted"); }

 private:
  http::Client client_;
};

/// Serves a channel's webhook as the server does: what was heard is kept, a redelivery counts once.
class Hook : public http::Handler {
 public:
  Hook();
  ~Hook() override;
  void serve(Channel& channel) { channel_ = &channel; }
  std::string url() const;
  Heard heard;  ///< everything, in order of arrival
  std::atomic<bool> down{false};

  std::size_t body_limit(const http::Request&) const override { return 1u << 20; }
  http::Response body_too_large(const http::Request&, std::size_t) override { return {413, "", "", {}, {}}; }
  http::Response handle(const http::Request& request) override;

 private:
  std::atomic<Channel*> channel_{nullptr};
  std::unique_ptr<http::Server> server_;
};

const Sent* sent(const SendResult& result);
const Refused* refused(const SendResult& result);
const Later* later(const SendResult& result);

}  // namespace echoflow::channels::test
