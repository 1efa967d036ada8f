#pragma once
#include <condition_variable>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "adapters/channels/registry.hpp"
#include "adapters/runtime/builtin_partners.hpp"
#include "adapters/runtime/clock.hpp"
#include "adapters/runtime/runtime.hpp"
#include "engine/cx/deliveries/delivery.hpp"
#include "engine/cx/policy/policy.hpp"
#include "engine/ports/cx_store.hpp"

namespace echoflow::deliveries {

/// Where the words go: the configured channels, or a test's.
class Outlets {
 public:
  virtual ~Outlets() = default;
  virtual channels::Channel* find(const std::string& channel) = 0;
};
class ChannelOutlets final : public Outlets {
 public:
  explicit ChannelOutlets(const channels::Channels& channels) : channels_(channels) {}
  channels::Channel* find(const std::string& channel) override { return channels_.find(channel); }

 private:
  const channels::Channels& channels_;
};

/// Brings the answer to the process; Runtime::complete_call, or a test's.
using Answer = std::function<runtime::Outcome<void>(InstanceId, ActivityId, std::variant<Message, Fault>)>;

struct ServiceOptions {
  unsigned threads = 4;
  std::chrono::milliseconds first_pause{1'000};      ///< after a network could not take it; doubles …
  std::chrono::milliseconds longest_pause{600'000};  ///< … up to this, and is never shorter than the network asks for
  std::chrono::hours give_up_after{24};
  std::chrono::milliseconds look{1'000};  ///< how often it looks for what is due
  /// Groups of a user, for the policy; null: none are known.
  std::function<std::vector<std::string>(const std::string& user)> groups_of;
};

/// Code of the failure when the policy asks for somebody else's approval.
inline constexpr std::string_view other_approver = "other-approver";

/// The built-in partner cx:Channels: replies and posts of processes. Each is recorded before it is sent, held against
/// the policy and the channel's rules, tried again while the network cannot take it, and never sent twice.
class Service final : public runtime::BuiltinService {
 public:
  Service(engine::Store& store, Outlets& outlets, Answer answer, runtime::Clock& clock, ServiceOptions options = {});
  ~Service() override;  ///< stop()

  /// Takes up what was not sent or not answered yet.
  void start();
  void stop();
  /// Replaces the policy; what was asked before is not asked again.
  void set_policy(std::shared_ptr<const policy::Policy> policy);

  runtime::PartnerAnswer call(const runtime::PartnerCall& call) override;
  void abandoned(InstanceId instance, ActivityId activity) override;
  /// Another one's decision on what awaits approval. Refused where it does not wait any more, where the policy
  /// forbids it by now, and (other_approver) where the policy does not let this user approve it; it then waits on.
  runtime::Outcome<void> approve(std::int64_t id, const std::string& by);
  /// The process hears cx:policyRefused with the reason.
  runtime::Outcome<void> reject(std::int64_t id, const std::string& by, const std::string& why);
  /// Other words, whose author is then `by`. Sent at once where the policy allows them without approval.
  runtime::Outcome<void> correct(std::int64_t id, const std::string& by, std::string text,
                                 std::optional<std::string> subject);
  /// Runs `work` while no delivery is being written.
  void while_quiet(const std::function<void()>& work);
  bool at_rest() const;

 private:
  using Said = std::optional<cx::Feedback>;
  runtime::Outcome<Said> answered(Words& words, std::optional<Outcome>& refused);
  policy::Verdict judged(const Words& words, const Said& said);
  runtime::Outcome<Delivery> awaiting(std::int64_t id);
  /// The answered feedback; a failure where the words cannot be sent at all any more.
  runtime::Outcome<Said> still_answered(Delivery& delivery);
  runtime::Outcome<void> release(Delivery delivery, std::vector<Change> changes, const std::string& by);
  runtime::PartnerAnswer again(Delivery delivery);
  runtime::PartnerAnswer refuse(Delivery delivery, Outcome outcome);
  Result<void, engine::StoreError> write(std::vector<Change> changes);

  void look();
  void work();
  void attempt(const engine::DeliveryRow& row);
  void send(Delivery& delivery);
  /// What the network knows of an earlier attempt; nothing: it must be sent.
  std::optional<channels::SendResult> asked_of(channels::Channel& channel, const channels::Outgoing& outgoing);
  std::optional<channels::Outgoing> outgoing_of(const Delivery& delivery, Outcome& problem);
  void finish(Delivery& delivery, const channels::SendResult& result);
  bool still_wanted(const Delivery& delivery);
  void end_and_answer(Delivery& delivery, Outcome outcome);
  void answer(Delivery& delivery);
  TimePoint later(const Delivery& delivery, std::chrono::milliseconds least) const;
  std::string place(const engine::DeliveryRow& row) const;
  void wake();

  engine::Store& store_;
  Outlets& outlets_;
  const Answer answer_;
  runtime::Clock& clock_;
  const ServiceOptions options_;
  std::mutex policy_mutex_;
  std::shared_ptr<const policy::Policy> policy_ = std::make_shared<policy::NoPolicy>();
  std::mutex calls_mutex_;  ///< one call at a time is recorded

  mutable std::mutex mutex_;
  std::condition_variable more_, quiet_;
  std::vector<engine::DeliveryRow> queue_;
  std::set<std::int64_t> busy_;   ///< queued or being sent
  std::set<std::string> places_;  ///< where something is being said
  std::size_t attempting_ = 0;
  bool look_again_ = true, looking_ = false, paused_ = false, stopping_ = true;
  std::vector<std::thread> threads_;
};

}  // namespace echoflow::deliveries
