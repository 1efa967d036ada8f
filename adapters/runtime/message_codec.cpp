#include "adapters/runtime/message_codec.hpp"

#include <limits>
#include <optional>

#include "models/xml/reader.hpp"
#include "models/xml/writer.hpp"

namespace echoflow::runtime {
namespace {

/// Permanent: never renumber, never reuse.
enum Field : unsigned {
  type_name = 1,  // Clark notation
  reply_to = 2,
  message_id = 3,
  part = 4,            // XML
  empty_part = 5,      // a part that is not initialised
  answer_message = 6,  // a message
  fault_name = 7,
  fault_type = 8,
  fault_part = 9,
  fault_detail = 10,
  is_fault = 11,
  fault_empty_part = 12,
};

void put_number(std::string& out, std::uint64_t value) {
  for (; value >= 0x80; value >>= 7) out += static_cast<char>(value | 0x80);
  out += static_cast<char>(value);
}

void put(std::string& out, Field field, std::string_view bytes) {
  put_number(out, field);
  put_number(out, bytes.size());
  out += bytes;
}

void put_text(std::string& out, Field field, std::string_view text) {
  if (!text.empty()) put(out, field, text);
}

void put_parts(std::string& out, Field present, Field absent, const Parts& parts) {
  for (const auto& document : parts) {
    if (document)
      put(out, present, xml::to_string(*document));
    else
      put(out, absent, "");
  }
}

std::optional<std::uint64_t> take_number(std::string_view& in) {
  std::uint64_t value = 0;
  for (unsigned shift = 0; shift < 64 && !in.empty(); shift += 7) {
    auto byte = static_cast<unsigned char>(in.front());
    in.remove_prefix(1);
    value |= static_cast<std::uint64_t>(byte & 0x7f) << shift;
    if (byte < 0x80) return value;
  }
  return std::nullopt;
}

/// Calls `on_field(id, bytes)` for each field; it returns false for contents that cannot be read.
template <class OnField>
bool each_field(std::string_view in, OnField on_field) {
  while (!in.empty()) {
    auto id = take_number(in);
    auto length = id ? take_number(in) : std::nullopt;
    if (!length || *length > in.size()) return false;
    if (!on_field(*id, in.substr(0, *length))) return false;
    in.remove_prefix(*length);
  }
  return true;
}

bool read_part(Parts& parts, std::string_view bytes) {
  xml::ReadOptions options;  // what was accepted once is not measured again
  options.limits = {std::numeric_limits<std::size_t>::max(), 100'000, 100'000, std::numeric_limits<std::size_t>::max()};
  auto document = xml::read(bytes, options);
  if (!document) return false;
  parts.push_back(std::make_shared<const xml::Document>(std::move(*document)));
  return true;
}

Error damaged() {
  return {"a stored message cannot be read: the row is damaged; restore the database from a backup"};
}

}  // namespace

std::string encode_message(const Message& message) {
  std::string out;
  put_text(out, type_name, message.message_type.clark());
  put_text(out, reply_to, message.reply_to);
  put_text(out, message_id, message.message_id);
  put_parts(out, part, empty_part, message.parts);
  return out;
}

Result<Message> decode_message(std::string_view bytes) {
  Message message;
  bool whole = each_field(bytes, [&](std::uint64_t id, std::string_view value) {
    if (id == type_name) message.message_type = QName::from_clark(value);
    if (id == reply_to) message.reply_to = value;
    if (id == message_id) message.message_id = value;
    if (id == empty_part) message.parts.push_back(nullptr);
    return id != part || read_part(message.parts, value);
  });
  if (!whole) return fail(damaged());
  return message;
}

std::string encode_answer(const Reply& reply) {
  std::string out;
  put(out, answer_message, encode_message(reply.message));
  return out;
}

std::string encode_answer(const FaultReply& reply) {
  std::string out;
  put(out, is_fault, "1");
  put(out, answer_message, encode_message(reply.message));
  put_text(out, fault_name, reply.fault.name.clark());
  put_text(out, fault_type, reply.fault.message_type.clark());
  put_text(out, fault_detail, reply.fault.detail);
  put_parts(out, fault_part, fault_empty_part, reply.fault.parts);
  return out;
}

Result<Answer> decode_answer(InstanceId instance, std::string_view bytes) {
  FaultReply answer{instance, {}, {}};
  bool faulted = false;
  bool whole = each_field(bytes, [&](std::uint64_t id, std::string_view value) {
    if (id == is_fault) faulted = true;
    if (id == fault_name) answer.fault.name = QName::from_clark(value);
    if (id == fault_type) answer.fault.message_type = QName::from_clark(value);
    if (id == fault_detail) answer.fault.detail = value;
    if (id == fault_empty_part) answer.fault.parts.push_back(nullptr);
    if (id == fault_part) return read_part(answer.fault.parts, value);
    if (id != answer_message) return true;
    auto message = decode_message(value);
    if (message) answer.message = std::move(*message);
    return message.ok();
  });
  if (!whole) return fail(damaged());
  if (faulted) return Answer{std::move(answer)};
  return Answer{Reply{instance, std::move(answer.message)}};
}

}  // namespace echoflow::runtime
