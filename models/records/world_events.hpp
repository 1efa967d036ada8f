#pragma once
#include "models/records/event_types.hpp"

/// Events between an instance and the world.
namespace echoflow::records {

struct SubscriptionOpened {
  static constexpr auto type = EventType::subscription_opened;
  ActivityId activity = 0;
  std::uint32_t branch = 0;
  PayloadText key;
  template <class V>
  void fields(V& v) {
    v(1, activity);
    v(2, branch);
    v(3, key);
  }
};

struct SubscriptionClosed {
  static constexpr auto type = EventType::subscription_closed;
  ActivityId activity = 0;
  std::uint32_t branch = 0;
  template <class V>
  void fields(V& v) {
    v(1, activity);
    v(2, branch);
  }
};

struct TimerScheduled {
  static constexpr auto type = EventType::timer_scheduled;
  std::uint32_t timer = 0;
  ActivityId activity = 0;
  std::uint32_t branch = 0;
  TimePoint due;
  std::int64_t repeat_months = 0, repeat_micros = 0;
  template <class V>
  void fields(V& v) {
    v(1, timer);
    v(2, activity);
    v(3, branch);
    v(4, due);
    v(5, repeat_months);
    v(6, repeat_micros);
  }
};

struct TimerEnded {
  static constexpr auto type = EventType::timer_ended;
  std::uint32_t timer = 0;
  bool fired = false;
  template <class V>
  void fields(V& v) {
    v(1, timer);
    v(2, fired);
  }
};

struct MessageReceived {
  static constexpr auto type = EventType::message_received;
  ActivityId activity = 0;
  std::uint32_t branch = 0;
  ExchangeId exchange = 0;
  PayloadText message_id;
  template <class V>
  void fields(V& v) {
    v(1, activity);
    v(2, branch);
    v(3, exchange);
    v(4, message_id);
  }
};

struct ExchangeOpened {
  static constexpr auto type = EventType::exchange_opened;
  ExchangeId exchange = 0;
  NodeId node = 0;
  std::uint32_t branch = 0;
  ActivityId partner_link_scope = 0;
  PartnerLinkId partner_link = 0;
  ActivityId exchange_scope = 0;
  instances::MessageExchangeId message_exchange = 0;
  template <class V>
  void fields(V& v) {
    v(1, exchange);
    v(2, node);
    v(3, branch);
    v(4, partner_link_scope);
    v(5, partner_link);
    v(6, exchange_scope);
    v(7, message_exchange);
  }
};

struct ReplySent {  ///< closes the exchange
  static constexpr auto type = EventType::reply_sent;
  ExchangeId exchange = 0;
  ActivityId activity = 0;  ///< the reply; 0: the engine, because nobody else would
  bool is_fault = false;
  QName message_type;
  Parts parts;
  Fault fault;
  template <class V>
  void fields(V& v) {
    v(1, exchange);
    v(2, activity);
    v(3, is_fault);
    v(4, message_type);
    v(5, parts);
    if (is_fault) v(6, fault);
  }
};

struct InvokeRequested {
  static constexpr auto type = EventType::invoke_requested;
  ActivityId activity = 0;
  PayloadText address;
  Parts parts;
  template <class V>
  void fields(V& v) {
    v(1, activity);
    v(2, address);
    v(3, parts);
  }
};

struct InvokeAnswered {
  static constexpr auto type = EventType::invoke_answered;
  ActivityId activity = 0;
  Parts parts;
  template <class V>
  void fields(V& v) {
    v(1, activity);
    v(2, parts);
  }
};

struct InvokeFailed {
  static constexpr auto type = EventType::invoke_failed;
  ActivityId activity = 0;
  Fault fault;
  bool incident = false;  ///< the activity waits for an operator
  template <class V>
  void fields(V& v) {
    v(1, activity);
    v(2, fault);
    v(3, incident);
  }
};

}  // namespace echoflow::records
