#pragma once
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "models/base/diagnostic.hpp"

namespace echoflow::descriptor {

enum class JsonKind { null, boolean, number, string, array, object };

struct JsonMember;

/// A JSON value that knows where it stands.
struct JsonValue {
  JsonKind kind = JsonKind::null;
  bool boolean = false;
  double number = 0;
  std::string string;
  std::vector<JsonValue> items;
  std::vector<JsonMember> members;  ///< in the order in which they stand, each name once
  SourceLocation where;
};

struct JsonMember {
  std::string name;
  JsonValue value;
};

struct JsonLimits {
  std::size_t max_bytes = 1u << 20;
  std::size_t max_depth = 32;
  std::size_t max_members = 4096;  ///< of one object
};

/// Reads one JSON document. nullopt and a finding (rule "DEPLOY") when it is malformed, names a member twice, or passes
/// a limit.
std::optional<JsonValue> read_json(std::string_view text, const std::string& file, const JsonLimits& limits,
                                   Diagnostics& findings);

}  // namespace echoflow::descriptor
