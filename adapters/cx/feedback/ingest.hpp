#pragma once
#include <atomic>
#include <condition_variable>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "adapters/channels/channel.hpp"
#include "adapters/cx/feedback/publisher.hpp"
#include "adapters/cx/feedback/watch.hpp"
#include "adapters/runtime/clock.hpp"
#include "adapters/runtime/runtime.hpp"
#include "engine/cx/feedback/record.hpp"

namespace echoflow::understanding {
class Understander;
}

namespace echoflow::intake {

struct IngestOptions {
  std::size_t max_backlog = 100'000;           ///< taken in and not yet offered to the processes
  std::size_t max_items = 1'000;               ///< in one call
  std::size_t max_text_bytes = 64 << 10;       ///< a longer text is cut
  std::size_t max_raw_bytes = 1u << 20;        ///< a larger raw form is not kept
  std::size_t at_once = 64;                    ///< offered to the processes at the same time
  std::chrono::milliseconds try_again{1'000};  ///< first wait when a process cannot be told; doubles up to 30 s
  std::chrono::milliseconds tick{20'000};      ///< how often early warning looks for silence when nothing comes
  warning::Options warning;
};

/// Of one item, in the order given.
struct Taken {
  std::int64_t id = 0;
  bool known = false;  ///< it was there before: a channel delivered it again
};

struct IngestCounters {
  std::atomic<std::uint64_t> accepted{0}, known{0}, refused{0}, taken{0}, dead{0};
  std::atomic<std::uint64_t> backlog{0};
};

/// Takes in what customers say: durable before it returns, each once, then understood, watched for early warning, and
/// offered to the processes that listen, in its order within a conversation and of a customer. Thread-safe.
class Ingest final : public channels::Sink {
 public:
  Ingest(engine::Store& store, Publisher& publisher, std::shared_ptr<const understanding::Understander> understander,
         runtime::Clock& clock, IngestOptions options = {});
  ~Ingest() override;  ///< stop()

  /// Takes up what was not offered yet. Before the first call of take().
  runtime::Outcome<void> start();
  void stop();

  /// Failure: nothing was taken. `limit` with code "feedback-backlog" or "feedback-items".
  runtime::Outcome<std::vector<Taken>> take(std::vector<cx::Feedback> feedback);
  bool accept(std::vector<cx::Feedback> feedback) override;

  /// Offers a dead letter to the processes again.
  runtime::Outcome<void> replay(std::int64_t id, const std::string& who, const std::string& why);
  /// See CxStore::erase_customer(); not while anything of it is being written.
  runtime::Outcome<std::vector<std::int64_t>> erase_customer(const std::string& customer);

  const IngestCounters& counters() const { return counters_; }
  /// True when all that was taken in has been offered and all alerts have been told.
  bool at_rest() const;

 private:
  struct Request;
  struct Offer;
  void write_requests(std::vector<Request*>& requests);
  runtime::Outcome<std::vector<engine::Turn>> turns_of(
      Request& request, TimePoint now, std::map<std::pair<std::string, std::string>, std::int64_t>& fresh);
  void tidy(cx::Feedback& said) const;

  void work();
  bool round();
  std::vector<Offer> choose();
  void understand(cx::Feedback& said) const;
  void publish(std::vector<Offer>& offers);
  bool write_results(std::vector<Offer>& offers);
  bool tell_alerts();
  void postpone(std::int64_t id);

  engine::Store& store_;
  Publisher& publisher_;
  const std::shared_ptr<const understanding::Understander> understander_;
  runtime::Clock& clock_;
  const IngestOptions options_;
  IngestCounters counters_;

  std::mutex requests_mutex_;
  std::condition_variable written_;
  std::vector<Request*> requests_;
  bool writing_ = false;

  struct Wait {
    std::chrono::steady_clock::time_point until;
    std::chrono::milliseconds pause{0};
  };
  std::mutex round_mutex_;  ///< held while rows are being changed
  Watch watch_;
  std::map<std::int64_t, Wait> waiting_;  ///< could not be told: later

  mutable std::mutex mutex_;
  std::condition_variable wake_;
  std::atomic<bool> alerts_wait_{false};
  bool more_ = false, stopping_ = true, working_ = false;
  std::thread thread_;
};

}  // namespace echoflow::intake
