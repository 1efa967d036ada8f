#pragma once
#include <optional>
#include <string>

#include "adapters/channels/channel.hpp"
#include "adapters/channels/meta/graph.hpp"

/// Messenger and Instagram direct messages: the same events and the same way to answer.
namespace echoflow::channels::meta {

/// One item of entry[].messaging[]; nothing for echoes of our own, deliveries and readings.
std::optional<cx::Feedback> read_message(const json::Value& event, const std::string& own_id);

/// Body of POST /{own id}/messages that answers a message or, privately, a comment. The Refused says what forbids it.
std::variant<std::string, Refused> message_body(const Outgoing& outgoing, bool human_agent, TimePoint now);

}  // namespace echoflow::channels::meta
