// XPath 2.0 functions and operators §6.4 (numbers) and §9 (booleans).
#include <cmath>

#include "bpel/xpath/arguments_2.hpp"
#include "bpel/xpath/text.hpp"

namespace echoflow::xpath {
namespace {

std::optional<Item> numeric_argument(Evaluator& e, const Expr& call, const Focus& focus) {
  auto item = e.atomic_argument(call, 0, focus);
  if (item && item->type == Type::untyped_atomic) *item = cast(*item, Type::double_);
  if (item && !is_numeric(item->type))
    raise("XPTY0004", "a number is needed here, not xs:" + std::string(type_name(item->type)));
  return item;
}

Type base_type(Type t) {
  return is_integer(t) ? Type::integer : t;
}

Item exact(std::optional<Decimal> value, Type type) {
  if (!value) raise("FOAR0002", "the number is too large");
  return {base_type(type), *value};
}

using OfDouble = double (*)(double);
Sequence rounded(Evaluator& e, const Expr& call, const Focus& focus, Rounding rounding, OfDouble of_double) {
  const auto item = numeric_argument(e, call, focus);
  if (!item) return {};
  if (is_decimal(item->type)) return single(exact(round(item->decimal(), 0, rounding), item->type));
  return single({item->type, of_double(item->number())});
}

Sequence abs_(Evaluator& e, const Expr& call, const Focus& focus) {
  const auto item = numeric_argument(e, call, focus);
  if (!item) return {};
  if (!is_decimal(item->type)) return single({item->type, std::fabs(item->number())});
  return single({base_type(item->type), item->decimal().negative() ? negate(item->decimal()) : item->decimal()});
}
Sequence ceiling(Evaluator& e, const Expr& call, const Focus& focus) {
  return rounded(e, call, focus, Rounding::ceiling, [](double d) { return std::ceil(d); });
}
Sequence floor_(Evaluator& e, const Expr& call, const Focus& focus) {
  return rounded(e, call, focus, Rounding::floor, [](double d) { return std::floor(d); });
}
Sequence round_(Evaluator& e, const Expr& call, const Focus& focus) {
  return rounded(e, call, focus, Rounding::half_up, xpath_round);
}

// Rounds the decimal expansion of a double, so that 2.515 stays what its digits say.
double half_even(double value, int places) {
  if (!std::isfinite(value) || value == 0) return value;
  const auto as_decimal = std::fabs(value) < 1e18 ? parse_decimal(number_text(value)) : std::nullopt;
  const auto result = as_decimal ? round(*as_decimal, places, Rounding::half_even) : std::nullopt;
  return result ? std::copysign(std::fabs(to_double(*result)), value) : value;
}

Sequence round_half_to_even(Evaluator& e, const Expr& call, const Focus& focus) {
  const auto item = numeric_argument(e, call, focus);
  if (!item) return {};
  const auto wide = call.children.size() > 1 ? integer_argument(e, call, 1, focus) : 0;
  const int places = static_cast<int>(std::max<std::int64_t>(-1000, std::min<std::int64_t>(1000, wide)));
  if (is_decimal(item->type)) return single(exact(round(item->decimal(), places, Rounding::half_even), item->type));
  return single({item->type, half_even(item->number(), places)});
}

Sequence number_(Evaluator& e, const Expr& call, const Focus& focus) {
  if (!call.children.empty()) return single(Item::of(e.number_of(e.evaluate(*call.children[0], focus))));
  return single(Item::of(focus.atomic != nullptr ? e.number_of(*focus.atomic) : e.number_of(e.context_node(focus))));
}

Sequence boolean(Evaluator& e, const Expr& call, const Focus& focus) {
  return truth_value(e.boolean(*call.children[0], focus));
}
Sequence not_(Evaluator& e, const Expr& call, const Focus& focus) {
  return truth_value(!e.boolean(*call.children[0], focus));
}
Sequence true_(Evaluator&, const Expr&, const Focus&) {
  return truth_value(true);
}
Sequence false_(Evaluator&, const Expr&, const Focus&) {
  return truth_value(false);
}

constexpr Function number_2_functions[] = {
    {"abs", 1, 1, Kind::unknown, abs_},
    {"ceiling", 1, 1, Kind::unknown, ceiling},
    {"floor", 1, 1, Kind::unknown, floor_},
    {"round", 1, 1, Kind::unknown, round_},
    {"round-half-to-even", 1, 2, Kind::unknown, round_half_to_even},
    {"number", 0, 1, Kind::number, number_, FocusUse::context_by_default},
    {"boolean", 1, 1, Kind::boolean, boolean, FocusUse::none, Intrinsic::boolean},
    {"not", 1, 1, Kind::boolean, not_, FocusUse::none, Intrinsic::not_},
    {"true", 0, 0, Kind::boolean, true_, FocusUse::none, Intrinsic::true_},
    {"false", 0, 0, Kind::boolean, false_, FocusUse::none, Intrinsic::false_},
};

}  // namespace

std::span<const Function> number_functions_2() {
  return number_2_functions;
}

}  // namespace echoflow::xpath
