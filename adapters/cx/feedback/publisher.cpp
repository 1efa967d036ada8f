#include "adapters/cx/feedback/publisher.hpp"

#include <memory>
#include <mutex>

#include "adapters/runtime/runtime.hpp"
#include "models/cx/namespaces.hpp"

namespace echoflow::intake {

namespace {

struct Listener {
  std::string process_key, partner_link;
};

std::vector<Listener> listeners_of(const runtime::Directory& directory, std::string_view port_type) {
  std::vector<Listener> found;
  for (const auto& [key, versions] : directory.versions) {
    const auto newest = directory.newest(key);
    for (const auto& endpoint : newest->endpoints) {
      if (endpoint.port_type.ns == ns::cx && endpoint.port_type.local == port_type)
        found.push_back({key, endpoint.partner_link});
    }
  }
  return found;
}

/// Gathers the answers of all listeners.
class Gathering {
 public:
  Gathering(std::size_t expected, std::function<void(Told)> done) : missing_(expected), done_(std::move(done)) {}

  void add(const runtime::Answer& answer) {
    std::unique_lock lock(mutex_);
    note(answer);
    if (--missing_ > 0) return;
    lock.unlock();
    done_(std::move(told_));
  }

 private:
  void note(const runtime::Answer& answer) {
    if (const auto* failure = std::get_if<runtime::Failure>(&answer)) {
      switch (failure->kind) {
        case runtime::FailureKind::unavailable:
        case runtime::FailureKind::timeout:
        case runtime::FailureKind::limit:
          told_.try_again = true;
          break;
        case runtime::FailureKind::not_found:
        case runtime::FailureKind::invalid:
        case runtime::FailureKind::conflict:
        case runtime::FailureKind::internal:
          break;
      }
      // A process that failed says more than one that was not concerned.
      if (told_.reason.empty() || told_.reason == "not-taken") told_.reason = failure->code;
      return;
    }
    InstanceId instance = 0;
    if (const auto* accepted = std::get_if<runtime::Accepted>(&answer)) instance = accepted->instance;
    if (const auto* reply = std::get_if<runtime::Reply>(&answer)) instance = reply->instance;
    if (const auto* fault = std::get_if<runtime::FaultReply>(&answer)) instance = fault->instance;
    if (instance != 0) told_.taken_by.push_back(instance);
    if (instance == 0 && told_.reason.empty()) told_.reason = "not-taken";
  }

  std::mutex mutex_;
  std::size_t missing_;
  std::function<void(Told)> done_;
  Told told_;
};

}  // namespace

void RuntimePublisher::publish(Publication publication, std::function<void(Told)> done) {
  const auto listeners = listeners_of(*runtime_.directory(), publication.port_type);
  if (listeners.empty()) return done(Told{{}, false, "no-listener"});
  auto gathering = std::make_shared<Gathering>(listeners.size(), std::move(done));
  for (const Listener& listener : listeners) {
    runtime::Delivery delivery;
    delivery.process_key = listener.process_key;
    delivery.partner_link = listener.partner_link;
    delivery.operation = publication.operation;
    delivery.message = publication.message;
    delivery.request_key = publication.request_key;
    delivery.business_key = publication.business_key;
    delivery.want_reply = false;
    delivery.hold = false;
    delivery.timeout = std::chrono::seconds(30);
    runtime_.deliver(std::move(delivery), [gathering](runtime::Answer answer) { gathering->add(answer); });
  }
}

}  // namespace echoflow::intake
