#include "adapters/json/fields.hpp"

#include <algorithm>

namespace echoflow::json {

Fields::Fields(const Value& value, std::string pointer) : value_(value), pointer_(std::move(pointer)) {
  if (value.kind != Kind::object)
    error_ = ReadError{"Expected is an object, not " + std::string(to_string(value.kind)) + ".", pointer_};
}

void Fields::refuse(std::string_view name, std::string message) {
  if (!error_) error_ = ReadError{std::move(message), pointer_ + (name.empty() ? "" : pointer_step(name))};
}

const Value* Fields::take(std::string_view name, std::optional<Kind> kind) {
  known_.emplace_back(name);
  const Value* member = value_.find(name);
  if (!member || !kind || member->kind == *kind) return member;
  refuse(name, "\"" + std::string(name) + "\" must be " + std::string(to_string(*kind)) + ", not " +
                   std::string(to_string(member->kind)) + ".");
  return nullptr;
}

std::optional<std::string> Fields::string(std::string_view name) {
  const Value* member = take(name, Kind::string);
  return member ? std::optional(member->text) : std::nullopt;
}

std::string Fields::required_string(std::string_view name) {
  auto text = string(name);
  if (!text || text->empty()) refuse(name, "\"" + std::string(name) + "\" is missing or empty.");
  return text.value_or("");
}

std::optional<std::int64_t> Fields::integer(std::string_view name, std::int64_t least, std::int64_t most) {
  const Value* member = take(name, Kind::number);
  if (!member) return std::nullopt;
  auto number = member->integer();
  if (number && *number >= least && *number <= most) return number;
  refuse(name, "\"" + std::string(name) + "\" must be a whole number from " + std::to_string(least) + " to " +
                   std::to_string(most) + ".");
  return std::nullopt;
}

std::optional<bool> Fields::boolean(std::string_view name) {
  const Value* member = take(name, Kind::boolean);
  return member ? std::optional(member->boolean) : std::nullopt;
}

const Value* Fields::object(std::string_view name) {
  return take(name, Kind::object);
}
const Value* Fields::any(std::string_view name) {
  return take(name, std::nullopt);
}

void Fields::finish() {
  for (const auto& [name, member] : value_.members)
    if (std::find(known_.begin(), known_.end(), name) == known_.end())
      refuse(name, "\"" + name + "\" is not known here.");
}

}  // namespace echoflow::json
