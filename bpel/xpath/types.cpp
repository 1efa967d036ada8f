#include "bpel/xpath/types.hpp"

#include <array>
#include <cmath>

#include "bpel/xpath/value.hpp"

namespace echoflow::xpath {
namespace {

constexpr int first_type = static_cast<int>(Type::untyped_atomic);
constexpr int last_type = static_cast<int>(Type::qname);

struct IntegerType {
  Type type;
  Type base;
  const char* least;  ///< nullptr: no bound
  const char* greatest;
};
constexpr std::array<IntegerType, 13> integer_types = {{
    {Type::integer, Type::decimal, nullptr, nullptr},
    {Type::non_positive_integer, Type::integer, nullptr, "0"},
    {Type::negative_integer, Type::non_positive_integer, nullptr, "-1"},
    {Type::long_, Type::integer, "-9223372036854775808", "9223372036854775807"},
    {Type::int_, Type::long_, "-2147483648", "2147483647"},
    {Type::short_, Type::int_, "-32768", "32767"},
    {Type::byte_, Type::short_, "-128", "127"},
    {Type::non_negative_integer, Type::integer, "0", nullptr},
    {Type::unsigned_long, Type::non_negative_integer, "0", "18446744073709551615"},
    {Type::unsigned_int, Type::unsigned_long, "0", "4294967295"},
    {Type::unsigned_short, Type::unsigned_int, "0", "65535"},
    {Type::unsigned_byte, Type::unsigned_short, "0", "255"},
    {Type::positive_integer, Type::non_negative_integer, "1", nullptr},
}};

const IntegerType* integer_type(Type type) {
  for (const auto& t : integer_types)
    if (t.type == type) return &t;
  return nullptr;
}

bool within_bounds(const Decimal& value, Type type) {
  const auto* t = integer_type(type);
  if (t == nullptr) return true;
  if (t->least != nullptr && compare(value, *parse_decimal(t->least)) < 0) return false;
  return t->greatest == nullptr || compare(value, *parse_decimal(t->greatest)) <= 0;
}

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view blank = " \t\r\n";
  const auto begin = text.find_first_not_of(blank);
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(blank) - begin + 1);
}

template <class T>
std::optional<Item> wrapped(Result<T> value, Type type) {
  if (!value) return std::nullopt;
  return Item{type, *value};
}

std::optional<Item> duration_from_text(std::string_view text, Type target) {
  auto value = parse_duration(text);
  if (!value) return std::nullopt;
  // The lexical forms of the two kinds leave the other kind's letters out.
  const auto t = text.find('T');
  const auto date_part = text.substr(0, t);
  if (target == Type::day_time_duration && date_part.find_first_of("YM") != std::string_view::npos) return std::nullopt;
  if (target == Type::year_month_duration &&
      (t != std::string_view::npos || date_part.find('D') != std::string_view::npos))
    return std::nullopt;
  return Item{target, *value};
}

std::optional<Item> number_from_double(double value, Type target) {
  if (target == Type::double_) return Item::of(value);
  if (target == Type::float_) return Item{Type::float_, static_cast<double>(static_cast<float>(value))};
  auto exact = from_double(is_integer(target) ? std::trunc(value) : value);
  if (!exact || !within_bounds(*exact, target)) return std::nullopt;
  return Item{target, *exact};
}

std::optional<Item> number_from_decimal(const Decimal& value, Type target) {
  if (target == Type::double_ || target == Type::float_) return number_from_double(to_double(value), target);
  const auto exact = is_integer(target) ? round(value, 0, Rounding::truncate) : value;
  if (!exact || !within_bounds(*exact, target)) return std::nullopt;
  return Item{target, *exact};
}

std::optional<Item> from_date_time(const Item& item, Type target) {
  auto value = item.date_time();
  if (item.type == Type::date_time && target == Type::date) {
    value.hour = value.minute = value.second = value.micro = 0;
    return Item{target, value};
  }
  if (item.type == Type::date_time && target == Type::time) {
    value.year = 1970;
    value.month = value.day = 1;
    return Item{target, value};
  }
  if (item.type == Type::date && target == Type::date_time) return Item{target, value};
  return std::nullopt;
}

std::optional<Item> from_duration(const Item& item, Type target) {
  auto value = item.duration();
  if (target == Type::day_time_duration) value.months = 0;
  if (target == Type::year_month_duration) value.micros = 0;
  return Item{target, value};
}

bool castable_types(Type from, Type to) {
  if (from == to || is_stringlike(from) || to == Type::string || to == Type::untyped_atomic) return true;
  if ((is_numeric(from) || from == Type::boolean) && (is_numeric(to) || to == Type::boolean)) return true;
  if (is_duration(from) && is_duration(to)) return true;
  if (from == Type::date_time) return to == Type::date || to == Type::time;
  return from == Type::date && to == Type::date_time;
}

}  // namespace

std::optional<Type> type_of_name(std::string_view local) {
  for (int i = first_type; i <= last_type; ++i)
    if (type_name(static_cast<Type>(i)) == local) return static_cast<Type>(i);
  return std::nullopt;
}

bool derives_from(Type type, Type base) {
  if (type == base) return true;
  if (base == Type::duration) return is_duration(type);
  for (const auto* t = integer_type(type); t != nullptr; t = integer_type(t->base))
    if (t->base == base) return true;
  return false;
}

double as_double(const Item& item) {
  return is_decimal(item.type) ? to_double(item.decimal()) : item.number();
}

std::optional<Item> from_text(std::string_view raw, Type target) {
  if (target == Type::string || target == Type::untyped_atomic) return Item{target, std::string(raw)};
  const auto text = trimmed(raw);
  switch (target) {
    case Type::any_uri:
      return Item{target, std::string(text)};
    case Type::boolean:
      if (text == "true" || text == "1") return Item::of(true);
      if (text == "false" || text == "0") return Item::of(false);
      return std::nullopt;
    case Type::float_:
    case Type::double_: {
      bool valid = false;
      const double value = parse_double(text, valid);
      return valid ? number_from_double(value, target) : std::nullopt;
    }
    case Type::date:
      return wrapped(parse_date(text), target);
    case Type::time:
      return wrapped(parse_time(text), target);
    case Type::date_time:
      return wrapped(parse_date_time(text), target);
    case Type::duration:
    case Type::day_time_duration:
    case Type::year_month_duration:
      return duration_from_text(text, target);
    case Type::decimal:
    case Type::integer:
    case Type::non_positive_integer:
    case Type::negative_integer:
    case Type::long_:
    case Type::int_:
    case Type::short_:
    case Type::byte_:
    case Type::non_negative_integer:
    case Type::unsigned_long:
    case Type::unsigned_int:
    case Type::unsigned_short:
    case Type::unsigned_byte:
    case Type::positive_integer: {
      if (is_integer(target) && text.find('.') != std::string_view::npos) return std::nullopt;
      const auto value = parse_decimal(text);
      if (!value || !within_bounds(*value, target)) return std::nullopt;
      return Item{target, *value};
    }
    case Type::node:
    case Type::string:
    case Type::untyped_atomic:
    case Type::qname:
      return std::nullopt;
  }
  return std::nullopt;
}

std::optional<Item> try_cast(const Item& item, Type target) {
  if (item.type == target) return item;
  if (!castable_types(item.type, target)) return std::nullopt;
  if (target == Type::string || target == Type::untyped_atomic) return Item{target, atomic_text(item)};
  if (is_stringlike(item.type)) return from_text(item.text(), target);
  if (item.type == Type::boolean) return number_from_decimal(Decimal::of(item.boolean() ? 1 : 0), target);
  if (is_numeric(item.type) && target == Type::boolean) {
    const double value = as_double(item);
    return Item::of(value != 0 && !std::isnan(value));
  }
  if (is_decimal(item.type)) return number_from_decimal(item.decimal(), target);
  if (is_numeric(item.type)) return number_from_double(item.number(), target);
  if (is_duration(item.type)) return from_duration(item, target);
  return from_date_time(item, target);
}

Item cast(const Item& item, Type target) {
  auto result = try_cast(item, target);
  if (result) return std::move(*result);
  const auto to = std::string(type_name(target));
  if (!castable_types(item.type, target))
    raise("XPTY0004", "xs:" + std::string(type_name(item.type)) + " cannot be cast to xs:" + to);
  raise(is_stringlike(item.type) ? "FORG0001" : "FOCA0002",
        "'" + atomic_text(item).substr(0, 60) + "' is no value of xs:" + to);
}

}  // namespace echoflow::xpath
