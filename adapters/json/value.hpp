#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "models/base/result.hpp"

/// JSON as a plain value, and reading it strictly.
namespace echoflow::json {

enum class Kind { null, boolean, number, string, array, object };
std::string_view to_string(Kind kind);

struct Member;

struct Value {
  Kind kind = Kind::null;
  bool boolean = false;
  std::string text;  ///< a string's content, or a number as it was written
  std::vector<Value> items;
  std::vector<Member> members;  ///< in their order

  const Value* find(std::string_view name) const;
  /// A whole number that fits; nullopt for everything else.
  std::optional<std::int64_t> integer() const;
};

struct Member {
  std::string name;
  Value value;
};

/// What is wrong with a document, and where: a JSON pointer ("" is the whole).
struct ReadError {
  std::string message;
  std::string pointer;
};

/// Parses one JSON document: UTF-8, no duplicate names, at most 64 levels. Never throws.
Result<Value, ReadError> parse(std::string_view bytes);

/// "~0" and "~1" as RFC 6901 asks for.
std::string pointer_step(std::string_view name);

}  // namespace echoflow::json
