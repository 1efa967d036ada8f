#pragma once
#include <optional>
#include <string>
#include <vector>

#include "adapters/json/value.hpp"

namespace echoflow::json {

/// Reads the members of an object strictly: each is asked for once by name and type; the first thing that is wrong
/// stays as error(), and finish() finds members that nobody asked for.
class Fields {
 public:
  /// `value` must outlive this object; anything but an object is an error.
  explicit Fields(const Value& value, std::string pointer = "");

  std::optional<std::string> string(std::string_view name);
  std::string required_string(std::string_view name);  ///< not empty
  std::optional<std::int64_t> integer(std::string_view name, std::int64_t least, std::int64_t most);
  std::optional<bool> boolean(std::string_view name);
  const Value* object(std::string_view name);
  const Value* any(std::string_view name);

  /// Adds an error of the caller's own about a member.
  void refuse(std::string_view name, std::string message);
  /// Reports the first unknown member. Call it last.
  void finish();
  const std::optional<ReadError>& error() const { return error_; }

 private:
  const Value* take(std::string_view name, std::optional<Kind> kind);

  const Value& value_;
  const std::string pointer_;
  std::vector<std::string> known_;
  std::optional<ReadError> error_;
};

}  // namespace echoflow::json
