#pragma once
#include <string>
#include <string_view>

#include "adapters/runtime/runtime.hpp"
#include "models/base/result.hpp"
#include "models/messages/message.hpp"

/// Messages and answers as bytes, for outbox, held messages and kept replies. Each value is a list of fields
/// (id, length, bytes); ids are permanent: unknown ones are skipped, removed ones are never used again.
namespace echoflow::runtime {

std::string encode_message(const Message& message);
Result<Message> decode_message(std::string_view bytes);

/// Reply and FaultReply; the others are never stored.
std::string encode_answer(const Reply& reply);
std::string encode_answer(const FaultReply& reply);
Result<Answer> decode_answer(InstanceId instance, std::string_view bytes);

}  // namespace echoflow::runtime
