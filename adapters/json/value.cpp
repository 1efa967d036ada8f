#include "adapters/json/value.hpp"

#include <rapidjson/error/en.h>
#include <rapidjson/memorystream.h>
#include <rapidjson/reader.h>

#include <charconv>

namespace echoflow::json {

namespace {

constexpr std::size_t max_depth = 64;

/// Builds the value from rapidjson's events; returning false stops the parse.
class Builder {
 public:
  explicit Builder(Value& root) : root_(root) {}
  std::string problem;

  bool Null() { return put({}); }
  bool Bool(bool b) { return put({Kind::boolean, b, {}, {}, {}}); }
  bool RawNumber(const char* text, rapidjson::SizeType size, bool) {
    return put({Kind::number, false, {text, size}, {}, {}});
  }
  bool String(const char* text, rapidjson::SizeType size, bool) {
    return put({Kind::string, false, {text, size}, {}, {}});
  }
  bool Int(int) { return false; }
  bool Uint(unsigned) { return false; }
  bool Int64(std::int64_t) { return false; }
  bool Uint64(std::uint64_t) { return false; }
  bool Double(double) { return false; }
  bool StartObject() { return open(Kind::object); }
  bool StartArray() { return open(Kind::array); }
  bool EndObject(rapidjson::SizeType) { return close(); }
  bool EndArray(rapidjson::SizeType) { return close(); }
  bool Key(const char* text, rapidjson::SizeType size, bool) {
    std::string name(text, size);
    if (stack_.back()->find(name)) {
      problem = "the member \"" + name + "\" stands twice";
      return false;
    }
    stack_.back()->members.push_back({std::move(name), Value{}});
    return true;
  }

 private:
  Value& place(Value value) {
    if (stack_.empty()) return root_ = std::move(value);
    Value& parent = *stack_.back();
    if (parent.kind == Kind::object) return parent.members.back().value = std::move(value);
    return parent.items.emplace_back(std::move(value));
  }
  bool put(Value value) {
    place(std::move(value));
    return true;
  }
  bool open(Kind kind) {
    if (stack_.size() >= max_depth) {
      problem = "it is nested more than 64 levels deep (limit json-depth)";
      return false;
    }
    stack_.push_back(&place({kind, false, {}, {}, {}}));
    return true;
  }
  bool close() {
    stack_.pop_back();
    return true;
  }

  Value& root_;
  std::vector<Value*> stack_;  // a parent's items do not grow while a child is open
};

}  // namespace

std::string_view to_string(Kind kind) {
  switch (kind) {
    case Kind::null:
      return "null";
    case Kind::boolean:
      return "a boolean";
    case Kind::number:
      return "a number";
    case Kind::string:
      return "a string";
    case Kind::array:
      return "an array";
    case Kind::object:
      return "an object";
  }
  return "";
}

const Value* Value::find(std::string_view name) const {
  for (const auto& [key, value] : members)
    if (key == name) return &value;
  return nullptr;
}

std::optional<std::int64_t> Value::integer() const {
  std::int64_t number = 0;
  if (kind != Kind::number) return std::nullopt;
  auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return number;
}

Result<Value, ReadError> parse(std::string_view bytes) {
  constexpr unsigned flags =
      rapidjson::kParseIterativeFlag | rapidjson::kParseValidateEncodingFlag | rapidjson::kParseNumbersAsStringsFlag;
  Value root;
  Builder builder(root);
  rapidjson::MemoryStream stream(bytes.data(), bytes.size());
  rapidjson::Reader reader;
  auto result = reader.Parse<flags>(stream, builder);
  if (!result) {
    std::string why = builder.problem.empty() ? rapidjson::GetParseError_En(result.Code()) : builder.problem;
    return fail(
        ReadError{"The body is no acceptable JSON: " + why + ", at byte " + std::to_string(result.Offset()) + ".", ""});
  }
  return root;
}

std::string pointer_step(std::string_view name) {
  std::string step = "/";
  for (char c : name) {
    if (c == '~')
      step += "~0";
    else if (c == '/')
      step += "~1";
    else
      step += c;
  }
  return step;
}

}  // namespace echoflow::json
