#pragma once
#include <atomic>
#include <memory>
#include <string>

#include "adapters/runtime/runtime.hpp"

namespace echoflow::runtime {

/// Somebody who waits for the answer to a message; answered once.
class Caller {
 public:
  explicit Caller(OnAnswer on_answer) : on_answer_(std::move(on_answer)) {}
  void answer(Answer answer) {
    if (!answered_.exchange(true)) on_answer_(std::move(answer));
  }

 private:
  OnAnswer on_answer_;
  std::atomic<bool> answered_{false};
};
using CallerPtr = std::shared_ptr<Caller>;

/// A message on its way to an instance.
struct Inbound {
  std::string process_key;
  std::int64_t process = 0;  ///< not 0: starts an instance of this version
  std::string partner_link;
  std::string operation;
  Message message;
  std::string business_key;
  InstanceId only = 0;      ///< not 0: no other instance may take it, and it starts none
  std::string request_key;  ///< complete with the receiver, "" : none
  ExchangeId exchange = 0;  ///< 0: one-way
  ExchangeId ticket =
      0;  ///< under which callers wait for the answer (the exchange, or an id of its own); 0: nobody does
  bool wants_reply = false;   ///< the caller waits for the reply, not just for the commit
  CallerPtr caller;           ///< null after a restart, or when it was answered
  TimePoint deadline;         ///< for the reply
  bool admitted = false;      ///< exchange and ticket are given
  std::int64_t held = 0;      ///< id of its row when it is held in the store
  bool claimed = false;       ///< that row is on its way to an instance with this object, and no other
  unsigned attempts = 0;      ///< how often it was routed
  bool hold = true;           ///< false: refused when nobody takes it now
  bool thread_waits = false;  ///< the thread that delivered it does nothing else until the answer
};
using InboundPtr = std::shared_ptr<Inbound>;

/// Only the exchanges of requests under a key have their replies kept; the id itself says so, also after a restart.
inline ExchangeId make_exchange(std::int64_t id, bool keep_reply) {
  return id * 2 + (keep_reply ? 1 : 0);
}
inline bool keeps_reply(ExchangeId exchange) {
  return exchange % 2 != 0;
}

}  // namespace echoflow::runtime
