#include "adapters/json/access.hpp"

#include <algorithm>
#include <charconv>

namespace echoflow::json {

namespace {

std::string unescaped(std::string_view step) {
  std::string name;
  for (std::size_t i = 0; i < step.size(); ++i) {
    if (step[i] == '~' && i + 1 < step.size() && (step[i + 1] == '0' || step[i + 1] == '1'))
      name += step[++i] == '0' ? '~' : '/';
    else
      name += step[i];
  }
  return name;
}

std::optional<std::size_t> index_of(std::string_view step) {
  std::size_t index = 0;
  auto [end, error] = std::from_chars(step.data(), step.data() + step.size(), index);
  if (error != std::errc() || end != step.data() + step.size()) return std::nullopt;
  return index;
}

}  // namespace

const Value* at(const Value& value, std::string_view pointer) {
  const Value* here = &value;
  while (here && !pointer.empty()) {
    if (pointer.front() != '/') return nullptr;
    pointer.remove_prefix(1);
    const auto end = std::min(pointer.find('/'), pointer.size());
    const auto step = pointer.substr(0, end);
    pointer.remove_prefix(end);
    if (here->kind == Kind::array) {
      const auto index = index_of(step);
      here = index && *index < here->items.size() ? &here->items[*index] : nullptr;
    } else {
      here = here->find(unescaped(step));
    }
  }
  return here;
}

std::string text_at(const Value& value, std::string_view pointer) {
  const Value* found = at(value, pointer);
  return found && (found->kind == Kind::string || found->kind == Kind::number) ? found->text : std::string();
}

std::optional<std::int64_t> integer_at(const Value& value, std::string_view pointer) {
  const auto text = text_at(value, pointer);
  std::int64_t number = 0;
  auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (text.empty() || error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return number;
}

bool flag_at(const Value& value, std::string_view pointer) {
  const Value* found = at(value, pointer);
  return found && found->kind == Kind::boolean && found->boolean;
}

const std::vector<Value>& items_at(const Value& value, std::string_view pointer) {
  static const std::vector<Value> none;
  const Value* found = at(value, pointer);
  return found ? found->items : none;
}

void write(Writer& writer, const Value& value) {
  switch (value.kind) {
    case Kind::null:
      writer.null();
      return;
    case Kind::boolean:
      writer.boolean(value.boolean);
      return;
    case Kind::number:
      writer.raw(value.text);
      return;
    case Kind::string:
      writer.string(value.text);
      return;
    case Kind::array:
      writer.begin_array();
      for (const auto& item : value.items) write(writer, item);
      writer.end_array();
      return;
    case Kind::object:
      writer.begin_object();
      for (const auto& [name, member] : value.members) write(writer.key(name), member);
      writer.end_object();
      return;
  }
}

std::string to_text(const Value& value) {
  Writer writer;
  write(writer, value);
  return writer.take();
}

}  // namespace echoflow::json
