#pragma once
#include <string>
#include <string_view>

#include "adapters/json/value.hpp"
#include "adapters/json/writer.hpp"

/// Reading what others wrote: what is missing or of another kind is empty, not an error.
namespace echoflow::json {

/// The value at a JSON pointer (RFC 6901); nullptr when there is none.
const Value* at(const Value& value, std::string_view pointer);
/// Content of a string or number at a pointer, else empty.
std::string text_at(const Value& value, std::string_view pointer);
/// A whole number, also one that is written as a string.
std::optional<std::int64_t> integer_at(const Value& value, std::string_view pointer);
bool flag_at(const Value& value, std::string_view pointer);
/// The items of the array at a pointer; an empty list for anything else.
const std::vector<Value>& items_at(const Value& value, std::string_view pointer);

void write(Writer& writer, const Value& value);
std::string to_text(const Value& value);

}  // namespace echoflow::json
