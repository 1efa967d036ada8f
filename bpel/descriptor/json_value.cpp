#include "bpel/descriptor/json_value.hpp"

#include <rapidjson/error/en.h>
#include <rapidjson/memorystream.h>
#include <rapidjson/reader.h>

#include <algorithm>

namespace echoflow::descriptor {
namespace {

// Turns growing offsets into lines and columns.
class Places {
 public:
  Places(std::string_view text, const std::string& file) : text_(text), file_(file) {}

  SourceLocation at(std::size_t offset) {
    for (offset = std::min(offset, text_.size()); passed_ < offset; ++passed_) {
      if (text_[passed_] != '\n') continue;
      ++line_;
      line_start_ = passed_ + 1;
    }
    return {file_, line_, static_cast<std::uint32_t>(offset - std::min(line_start_, offset) + 1)};
  }

 private:
  std::string_view text_;
  const std::string& file_;
  std::size_t passed_ = 0, line_start_ = 0;
  std::uint32_t line_ = 1;
};

// Builds the values as rapidjson meets them; returns false to stop at the first problem.
class Builder {
 public:
  Builder(const rapidjson::MemoryStream& stream, Places& places, const JsonLimits& limits)
      : stream_(stream), places_(places), limits_(limits) {}

  bool Null() { return put(JsonKind::null); }
  bool Bool(bool value) {
    put(JsonKind::boolean);
    last_->boolean = value;
    return true;
  }
  bool Int(int value) { return put_number(value); }
  bool Uint(unsigned value) { return put_number(value); }
  bool Int64(std::int64_t value) { return put_number(static_cast<double>(value)); }
  bool Uint64(std::uint64_t value) { return put_number(static_cast<double>(value)); }
  bool Double(double value) { return put_number(value); }
  bool RawNumber(const char*, rapidjson::SizeType, bool) { return false; }
  bool String(const char* value, rapidjson::SizeType length, bool) {
    put(JsonKind::string);
    last_->string.assign(value, length);
    return true;
  }
  bool StartObject() { return open(JsonKind::object); }
  bool Key(const char* value, rapidjson::SizeType length, bool) {
    key_.assign(value, length);
    const auto& members = open_.back()->members;
    if (members.size() >= limits_.max_members)
      return problem("The limit json-members (" + std::to_string(limits_.max_members) +
                     ") is passed; split the object.");
    const bool twice =
        std::any_of(members.begin(), members.end(), [&](const auto& member) { return member.name == key_; });
    return !twice || problem("The member \"" + key_ + "\" stands twice in its object; remove one.");
  }
  bool EndObject(rapidjson::SizeType) { return close(); }
  bool StartArray() { return open(JsonKind::array); }
  bool EndArray(rapidjson::SizeType) { return close(); }

  JsonValue take() { return std::move(root_); }
  const std::string& message() const { return message_; }

 private:
  bool problem(std::string message) {
    message_ = std::move(message);
    return false;
  }

  bool put_number(double value) {
    put(JsonKind::number);
    last_->number = value;
    return true;
  }

  // Addresses stay good: a parent grows only while none of its children is open.
  bool put(JsonKind kind) {
    if (open_.empty()) {
      last_ = &root_;
    } else if (open_.back()->kind == JsonKind::object) {
      last_ = &open_.back()->members.emplace_back(JsonMember{std::move(key_), {}}).value;
    } else {
      last_ = &open_.back()->items.emplace_back();
    }
    last_->kind = kind;
    // An opening bracket is not yet taken when it is told of; the others have just been.
    const bool opening = kind == JsonKind::object || kind == JsonKind::array;
    last_->where = places_.at(stream_.Tell() - (opening ? 0 : 1));
    return true;
  }

  bool open(JsonKind kind) {
    if (open_.size() >= limits_.max_depth)
      return problem("The limit json-depth (" + std::to_string(limits_.max_depth) + ") is passed; nest less deeply.");
    put(kind);
    open_.push_back(last_);
    return true;
  }

  bool close() {
    open_.pop_back();
    return true;
  }

  const rapidjson::MemoryStream& stream_;
  Places& places_;
  const JsonLimits& limits_;
  JsonValue root_;
  JsonValue* last_ = nullptr;
  std::vector<JsonValue*> open_;
  std::string key_;
  std::string message_;
};

}  // namespace

std::optional<JsonValue> read_json(std::string_view text, const std::string& file, const JsonLimits& limits,
                                   Diagnostics& findings) {
  Places places(text, file);
  const auto report = [&](std::string message, std::size_t offset) {
    add_finding(findings, {"DEPLOY", Severity::error, std::move(message), places.at(offset)});
    return std::nullopt;
  };
  if (text.size() > limits.max_bytes)
    return report("The limit json-bytes (" + std::to_string(limits.max_bytes) + ") is passed; shorten the file.", 0);
  rapidjson::MemoryStream stream(text.data(), text.size());
  Builder builder(stream, places, limits);
  rapidjson::Reader reader;
  constexpr unsigned flags = rapidjson::kParseIterativeFlag | rapidjson::kParseValidateEncodingFlag;
  const auto result = reader.Parse<flags>(stream, builder);
  if (!result.IsError()) return builder.take();
  if (!builder.message().empty()) return report(builder.message(), result.Offset());
  return report(std::string("This is no JSON: ") + rapidjson::GetParseError_En(result.Code()), result.Offset());
}

}  // namespace echoflow::descriptor
