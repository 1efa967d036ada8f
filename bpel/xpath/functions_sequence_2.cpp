// XPath 2.0 functions and operators §15 (sequences) and §16 (context).
#include <algorithm>
#include <cmath>

#include "bpel/xpath/arguments_2.hpp"
#include "bpel/xpath/date_time.hpp"
#include "bpel/xpath/deep_equal.hpp"
#include "bpel/xpath/text.hpp"

namespace echoflow::xpath {
namespace {

Sequence argument(Evaluator& e, const Expr& call, std::size_t i, const Focus& focus) {
  return e.evaluate(*call.children[i], focus);
}

Sequence position(Evaluator& e, const Expr&, const Focus& focus) {
  if (focus.atomic == nullptr) e.context_node(focus);
  return integer_value(focus.position);
}
Sequence last(Evaluator& e, const Expr&, const Focus& focus) {
  if (focus.atomic == nullptr) e.context_node(focus);
  return integer_value(focus.size);
}
Sequence empty(Evaluator& e, const Expr& call, const Focus& focus) {
  return truth_value(argument(e, call, 0, focus).empty());
}
Sequence exists(Evaluator& e, const Expr& call, const Focus& focus) {
  return truth_value(!argument(e, call, 0, focus).empty());
}
Sequence count(Evaluator& e, const Expr& call, const Focus& focus) {
  return integer_value(static_cast<std::int64_t>(argument(e, call, 0, focus).size()));
}
Sequence data(Evaluator& e, const Expr& call, const Focus& focus) {
  return e.atomized_argument(call, 0, focus);
}
Sequence unordered(Evaluator& e, const Expr& call, const Focus& focus) {
  return argument(e, call, 0, focus);
}
Sequence reverse(Evaluator& e, const Expr& call, const Focus& focus) {
  auto value = argument(e, call, 0, focus);
  std::reverse(value.begin(), value.end());
  return value;
}

bool both_nan(const Item& a, const Item& b) {
  const auto nan = [](const Item& i) {
    return (i.type == Type::double_ || i.type == Type::float_) && std::isnan(i.number());
  };
  return nan(a) && nan(b);
}

Sequence distinct_values(Evaluator& e, const Expr& call, const Focus& focus) {
  check_collation(e, call, 1, focus);
  Sequence result;
  for (auto& item : e.atomized_argument(call, 0, focus)) {
    const bool known = std::any_of(result.begin(), result.end(), [&](const Item& other) {
      e.step();
      return values_equal(item, other) || both_nan(item, other);
    });
    if (!known) result.push_back(std::move(item));
  }
  return result;
}

Sequence index_of(Evaluator& e, const Expr& call, const Focus& focus) {
  const auto items = e.atomized_argument(call, 0, focus);
  const auto wanted = e.atomic_argument(call, 1, focus);
  check_collation(e, call, 2, focus);
  if (!wanted) raise("XPTY0004", "index-of() needs a value to look for");
  Sequence result;
  for (std::size_t i = 0; i < items.size(); ++i) {
    e.step();
    if (values_equal(items[i], *wanted)) result.push_back(Item::integer(static_cast<std::int64_t>(i + 1)));
  }
  return result;
}

Sequence sequence_insert_before(Evaluator& e, const Expr& call, const Focus& focus) {
  auto target = argument(e, call, 0, focus);
  const auto position_ = integer_argument(e, call, 1, focus);
  const auto inserted = argument(e, call, 2, focus);
  const auto at = std::clamp<std::int64_t>(position_, 1, static_cast<std::int64_t>(target.size()) + 1) - 1;
  target.insert(target.begin() + at, inserted.begin(), inserted.end());
  e.check_items(target.size());
  return target;
}

Sequence remove(Evaluator& e, const Expr& call, const Focus& focus) {
  auto target = argument(e, call, 0, focus);
  const auto position_ = integer_argument(e, call, 1, focus);
  if (position_ >= 1 && position_ <= static_cast<std::int64_t>(target.size()))
    target.erase(target.begin() + (position_ - 1));
  return target;
}

Sequence subsequence(Evaluator& e, const Expr& call, const Focus& focus) {
  auto source = argument(e, call, 0, focus);
  const double first = xpath_round(double_argument(e, call, 1, focus));
  const double end = call.children.size() > 2 ? first + xpath_round(double_argument(e, call, 2, focus)) : INFINITY;
  Sequence result;
  for (std::size_t i = 0; i < source.size(); ++i) {
    const auto p = static_cast<double>(i + 1);
    if (p >= first && p < end) result.push_back(std::move(source[i]));
  }
  return result;
}

Sequence zero_or_one(Evaluator& e, const Expr& call, const Focus& focus) {
  auto value = argument(e, call, 0, focus);
  if (value.size() > 1) raise("FORG0003", "zero-or-one() got " + std::to_string(value.size()) + " items");
  return value;
}
Sequence one_or_more(Evaluator& e, const Expr& call, const Focus& focus) {
  auto value = argument(e, call, 0, focus);
  if (value.empty()) raise("FORG0004", "one-or-more() got no item");
  return value;
}
Sequence exactly_one(Evaluator& e, const Expr& call, const Focus& focus) {
  auto value = argument(e, call, 0, focus);
  if (value.size() != 1) raise("FORG0005", "exactly-one() got " + std::to_string(value.size()) + " items");
  return value;
}

Sequence deep_equal_(Evaluator& e, const Expr& call, const Focus& focus) {
  const auto a = argument(e, call, 0, focus);
  const auto b = argument(e, call, 1, focus);
  check_collation(e, call, 2, focus);
  return truth_value(deep_equal(e, a, b));
}

// --- aggregates -----------------------------------------------------------------------------------------------------

Sequence numbers(Evaluator& e, const Expr& call, const Focus& focus) {
  auto items = e.atomized_argument(call, 0, focus);
  for (auto& item : items)
    if (item.type == Type::untyped_atomic) item = cast(item, Type::double_);
  return items;
}

Item plus(const Item& a, const Item& b) {
  if (is_decimal(a.type) && is_decimal(b.type)) {
    const auto total = add(a.decimal(), b.decimal());
    if (!total) raise("FOAR0002", "the sum is too large for a decimal");
    return {is_integer(a.type) && is_integer(b.type) ? Type::integer : Type::decimal, *total};
  }
  if (is_numeric(a.type) && is_numeric(b.type)) {
    if (a.type == Type::double_ || b.type == Type::double_) return Item::of(as_double(a) + as_double(b));
    return {Type::float_, static_cast<double>(static_cast<float>(as_double(a) + as_double(b)))};
  }
  if (a.type == b.type && (a.type == Type::day_time_duration || a.type == Type::year_month_duration)) {
    const auto total = add(a.duration(), b.duration());
    if (!total) raise("FODT0002", "the sum of the durations is too long");
    return {a.type, *total};
  }
  raise("FORG0006",
        "xs:" + std::string(type_name(a.type)) + " and xs:" + std::string(type_name(b.type)) + " cannot be added");
}

bool can_be_added(const Item& i) {
  return is_numeric(i.type) || i.type == Type::day_time_duration || i.type == Type::year_month_duration;
}

Item total(Evaluator& e, const Sequence& items) {
  if (!can_be_added(items.front()))
    raise("FORG0006", "xs:" + std::string(type_name(items.front().type)) + " cannot be added up");
  Item result = items.front();
  for (std::size_t i = 1; i < items.size(); ++i) {
    e.step();
    result = plus(result, items[i]);
  }
  return result;
}

Sequence sum(Evaluator& e, const Expr& call, const Focus& focus) {
  const auto items = numbers(e, call, focus);
  if (!items.empty()) return single(total(e, items));
  return call.children.size() > 1 ? e.atomized_argument(call, 1, focus) : integer_value(0);
}

Sequence avg(Evaluator& e, const Expr& call, const Focus& focus) {
  const auto items = numbers(e, call, focus);
  if (items.empty()) return {};
  const auto sum_ = total(e, items);
  const auto n = static_cast<double>(items.size());
  if (is_decimal(sum_.type))
    return single({Type::decimal, *divide(sum_.decimal(), Decimal::of(static_cast<std::int64_t>(items.size())))});
  if (is_numeric(sum_.type)) return single({sum_.type, sum_.number() / n});
  return single({sum_.type, *multiply(sum_.duration(), 1 / n)});
}

Sequence extreme(Evaluator& e, const Expr& call, const Focus& focus, Comparison better) {
  check_collation(e, call, 1, focus);
  const auto items = numbers(e, call, focus);
  if (items.empty()) return {};
  const Item* best = &items.front();
  bool any_double = false, any_float = false;
  for (const auto& item : items) {
    e.step();
    any_double |= item.type == Type::double_;
    any_float |= item.type == Type::float_;
    if ((item.type == Type::double_ || item.type == Type::float_) && std::isnan(item.number())) return single(item);
    if (item.type == Type::qname || item.type == Type::duration) raise("FORG0006", "values of this type have no order");
    if (compare_values(better, item, *best)) best = &item;
  }
  if (is_numeric(best->type) && (any_double || any_float))
    return single(cast(*best, any_double ? Type::double_ : Type::float_));
  return single(*best);
}
Sequence max_(Evaluator& e, const Expr& call, const Focus& focus) {
  return extreme(e, call, focus, Comparison::greater);
}
Sequence min_(Evaluator& e, const Expr& call, const Focus& focus) {
  return extreme(e, call, focus, Comparison::less);
}

constexpr Function sequence_2_functions[] = {
    {"position", 0, 0, Kind::number, position, FocusUse::position, Intrinsic::position},
    {"last", 0, 0, Kind::number, last, FocusUse::last, Intrinsic::last},
    {"empty", 1, 1, Kind::boolean, empty, FocusUse::none, Intrinsic::empty},
    {"exists", 1, 1, Kind::boolean, exists, FocusUse::none, Intrinsic::exists},
    {"count", 1, 1, Kind::number, count, FocusUse::none, Intrinsic::count},
    {"data", 1, 1, Kind::unknown, data},
    {"unordered", 1, 1, Kind::unknown, unordered},
    {"reverse", 1, 1, Kind::unknown, reverse},
    {"distinct-values", 1, 2, Kind::unknown, distinct_values},
    {"index-of", 2, 3, Kind::unknown, index_of},
    {"insert-before", 3, 3, Kind::unknown, sequence_insert_before},
    {"remove", 2, 2, Kind::unknown, remove},
    {"subsequence", 2, 3, Kind::unknown, subsequence},
    {"zero-or-one", 1, 1, Kind::unknown, zero_or_one},
    {"one-or-more", 1, 1, Kind::unknown, one_or_more},
    {"exactly-one", 1, 1, Kind::unknown, exactly_one},
    {"deep-equal", 2, 3, Kind::boolean, deep_equal_},
    {"sum", 1, 2, Kind::unknown, sum},
    {"avg", 1, 1, Kind::unknown, avg},
    {"max", 1, 2, Kind::unknown, max_},
    {"min", 1, 2, Kind::unknown, min_},
};

}  // namespace

std::span<const Function> sequence_functions_2() {
  return sequence_2_functions;
}

}  // namespace echoflow::xpath
