#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "models/base/result.hpp"
#include "models/messages/message.hpp"
#include "models/program/program.hpp"

/// Correlation keys (WS-BPEL 2.0 §9): text that is equal for a waiting activity and a message exactly when they match.
namespace echoflow::engine {

/// Reads one property from a message; a fault (selectionFailure …) when the alias does not select exactly one value.
Result<std::string, Fault> read_property(const program::PropertyAlias& alias, const Message& message);

/// The key of an activity that waits with these (property, value) pairs: sorted by property, escaped, "" without any.
std::string make_key(std::vector<std::pair<QName, std::string>> properties);

/// Whether an activity's filter (cx:when, cx:channels) lets a message through; without a filter it does. A fault: the
/// condition could not be evaluated, so that it does not. `now` is the time that the condition sees.
Result<bool, Fault> takes(const program::Inbound& inbound, const Message& message, TimePoint now);
/// The key of an activity that filters: its own, told apart from the keys of others by the filter's digest.
std::string filtered_key(std::string key, const program::Inbound& inbound);
/// True for the key of an activity that waits without a correlation set in force.
bool is_uncorrelated(std::string_view key);

/// Every key under which an instance might wait for this message at this entry: one for each subset of its correlation
/// sets that can be in force (sets with initiate=no always are, join sets may be, yes sets are not), most specific
/// first. Sets whose properties the message lacks are left out. The message must have passed the entry's filter.
std::vector<std::string> candidate_keys(const program::Entry& entry, const Message& message);

}  // namespace echoflow::engine
