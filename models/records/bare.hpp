#pragma once
#include <string>
#include <string_view>

#include "models/records/wire.hpp"

/// Records without documents and without customers' texts: all of them stands in the bytes, nothing in a payload.
namespace echoflow::records {

template <class T>
void append_bare(std::string& out, const T& record) {
  PayloadWriter no_payload;
  Encoder(out, no_payload).record(record);
}

template <class T>
std::string bare(const T& record) {
  std::string out;
  append_bare(out, record);
  return out;
}

/// False when the bytes are broken.
template <class T>
bool read_bare(std::string_view bytes, T& record) {
  PayloadReader no_payload{{}};
  return Decoder(bytes, no_payload).record(record);
}

/// An event of a journal row: its number, then its record.
template <class T>
void append_bare_event(std::string& out, std::uint64_t number, const T& record) {
  PayloadWriter no_payload;
  Encoder(out, no_payload).varint(number);
  append_bare(out, record);
}

/// Calls `handle(event)` with those events of a journal row whose types are named (each has its number as `type`), in
/// their order, and leaves out the others. Payloads are not read. Ends at what is broken.
template <class... E, class Handler>
void for_each_bare_event(std::string_view bytes, Handler&& handle) {
  PayloadReader no_payload{{}};
  Decoder in(bytes, no_payload);
  const auto take = [&]<class T>(std::uint64_t number, bool& whole, T event) {
    if (number != static_cast<std::uint64_t>(T::type)) return false;
    whole = in.record(event);
    if (whole) handle(event);
    return true;
  };
  while (!in.at_end()) {
    const auto number = in.varint();
    bool whole = true;
    if (!(take(number, whole, E{}) || ...)) whole = in.skip_record();
    if (!whole) return;
  }
}

}  // namespace echoflow::records
