#include "adapters/cx/signals/service.hpp"

#include <algorithm>
#include <optional>

#include "adapters/runtime/runtime.hpp"
#include "models/cx/listeners.hpp"
#include "models/cx/namespaces.hpp"

namespace echoflow::signals {

using runtime::PartnerAnswer;
using runtime::TransportFailure;

namespace {

constexpr std::string_view listener = "SignalListener";

TransportFailure failure(const runtime::Failure& why) {
  bool again = false;
  switch (why.kind) {
    case runtime::FailureKind::unavailable:
    case runtime::FailureKind::timeout:
    case runtime::FailureKind::limit:
      again = true;
      break;
    case runtime::FailureKind::not_found:
    case runtime::FailureKind::invalid:
    case runtime::FailureKind::conflict:
    case runtime::FailureKind::internal:
      break;
  }
  return {TransportFailure::Kind::unreachable, why.message, again};
}

/// A place of a process that listens.
struct Place {
  std::string process_key;
  std::string partner_link;
  std::string operation;
  bool starts = false;
};

std::vector<Place> places(const runtime::Runtime& runtime) {
  std::vector<Place> found;
  const auto directory = runtime.directory();
  for (const auto& [key, versions] : directory->versions) {
    const bool listens = std::any_of(versions.begin(), versions.end(), [](const auto& version) {
      return std::any_of(version->endpoints.begin(), version->endpoints.end(), [](const auto& endpoint) {
        return endpoint.port_type.ns == ns::cx && endpoint.port_type.local == listener;
      });
    });
    if (!listens) continue;
    // Instances of older versions listen on as long as they run.
    for (const auto& version : versions) {
      const auto program = runtime.program(version->id);
      if (!program) continue;
      const bool newest = version == directory->newest(key);
      for (const auto& each : cx::listeners(**program)) {
        if (each.port_type.local != listener) continue;
        const auto same = std::find_if(found.begin(), found.end(), [&, &process = key](const Place& place) {
          return place.process_key == process && place.partner_link == each.partner_link;
        });
        if (same == found.end())
          found.push_back({key, each.partner_link, each.operation, newest && each.starts});
        else
          same->starts = same->starts || (newest && each.starts);
      }
    }
  }
  return found;
}

/// Tells all places, one after the other.
class Broadcast {
 public:
  Broadcast(runtime::Runtime& runtime, const runtime::PartnerCall& call) : runtime_(runtime), call_(call) {}

  std::optional<TransportFailure> tell(const Place& place) {
    runtime::Delivery delivery;
    delivery.process_key = place.process_key;
    delivery.partner_link = place.partner_link;
    delivery.operation = place.operation;
    delivery.message = call_.message;
    delivery.want_reply = false;
    delivery.hold = false;
    const auto waiting = runtime_.waiting_for(delivery);
    if (!waiting) return failure(waiting.error());
    for (const InstanceId instance : *waiting) {
      delivery.instance = instance;
      delivery.request_key = "signal-" + call_.idempotency_key + "-" + std::to_string(instance);
      if (auto problem = deliver(delivery)) return problem;
    }
    if (!place.starts) return std::nullopt;
    delivery.instance = 0;
    delivery.request_key = "signal-" + call_.idempotency_key + "-start";
    return deliver(delivery);
  }
  std::uint64_t heard_by() const { return heard_by_; }

 private:
  std::optional<TransportFailure> deliver(const runtime::Delivery& delivery) {
    const auto answer = runtime_.deliver_and_wait(delivery);
    const auto* why = std::get_if<runtime::Failure>(&answer);
    if (!why) {
      ++heard_by_;
      return std::nullopt;
    }
    // Who does not wait any more, or whose filter keeps it out, is not concerned.
    const auto problem = failure(*why);
    return problem.retry ? std::optional(problem) : std::nullopt;
  }

  runtime::Runtime& runtime_;
  const runtime::PartnerCall& call_;
  std::uint64_t heard_by_ = 0;
};

Message raised(std::uint64_t heard_by) {
  auto document = std::make_shared<xml::Document>();
  const auto root = document->append_element(xml::root_node, ns::cx, "raised", "cx");
  document->append_text(document->append_element(root, ns::cx, "heardBy", "cx"), std::to_string(heard_by));
  Message message;
  message.message_type = {std::string(ns::cx), "raisedMessage"};
  message.parts.push_back(std::move(document));
  return message;
}

}  // namespace

PartnerAnswer SignalService::call(const runtime::PartnerCall& call) {
  Broadcast broadcast(*runtime_, call);
  for (const Place& place : places(*runtime_))
    if (auto problem = broadcast.tell(place)) return std::move(*problem);
  return raised(broadcast.heard_by());
}

PartnerAnswer ProcessService::call(const runtime::PartnerCall& call) {
  const auto directory = runtime_->directory();
  const QName& port_type = call.operation.port_type;
  for (const auto& [key, versions] : directory->versions) {
    const auto newest = directory->newest(key);
    for (const auto& endpoint : newest->endpoints) {
      if (endpoint.port_type != port_type) continue;
      runtime::Delivery delivery;
      delivery.process_key = key;
      delivery.partner_link = endpoint.partner_link;
      delivery.operation = call.operation.operation;
      delivery.message = call.message;
      delivery.request_key = "message-" + call.idempotency_key;
      delivery.want_reply = false;
      const auto answer = runtime_->deliver_and_wait(std::move(delivery));
      if (const auto* why = std::get_if<runtime::Failure>(&answer)) return failure(*why);
      return Message{};
    }
  }
  return TransportFailure{TransportFailure::Kind::unreachable,
                          "no process of this server receives " + call.operation.operation + " of " + port_type.clark(),
                          true};
}

}  // namespace echoflow::signals
