#pragma once
#include "models/records/data_events.hpp"
#include "models/records/lifecycle_events.hpp"
#include "models/records/world_events.hpp"

/// Reading and writing events: a journal row is a list of them.
namespace echoflow::records {

/// Calls `handle(event)` with each event of a journal row, in order. False when the bytes are broken.
template <class Handler>
bool for_each_event(std::string_view bytes, PayloadReader& payload, Handler&& handle);

template <class E>
void encode(std::string& out, PayloadWriter& payload, const E& event) {
  Encoder encoder(out, payload);
  encoder.varint(static_cast<std::uint64_t>(E::type));
  encoder.record(event);
}

namespace detail {
template <class E, class Handler>
bool decode_one(Decoder& in, Handler& handle) {
  E event;
  if (!in.record(event)) return false;
  handle(event);
  return true;
}
}  // namespace detail

template <class Handler>
bool for_each_event(std::string_view bytes, PayloadReader& payload, Handler&& handle) {
  Decoder in(bytes, payload);
  while (!in.at_end()) {
    auto type = static_cast<EventType>(in.varint());
    bool read = false;
    switch (type) {
#define ECHOFLOW_EVENT(enumerator, Type)         \
  case EventType::enumerator:                    \
    read = detail::decode_one<Type>(in, handle); \
    break;
#include "models/records/events.def"
    }
    // Every type of every version stays in the list; another number can only be damage.
    if (!read) return false;
  }
  return in.ok();
}

}  // namespace echoflow::records
