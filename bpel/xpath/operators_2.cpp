// Arithmetic and value comparisons of XPath 2.0 (functions and operators, §6 and §10).
#include <algorithm>
#include <cmath>

#include "bpel/xpath/evaluator.hpp"
#include "bpel/xpath/types.hpp"

namespace echoflow::xpath {
namespace {

[[noreturn]] void no_operator(const Item& a, const Item& b) {
  raise("XPTY0004", "xs:" + std::string(type_name(a.type)) + " and xs:" + std::string(type_name(b.type)) +
                        " do not go together here");
}

Item of_optional(std::optional<Decimal> value, Type type) {
  if (!value) raise("FOAR0002", "the result is too large for a decimal");
  return {type, *value};
}

Item decimal_arithmetic(Op op, const Item& a, const Item& b) {
  const auto& x = a.decimal();
  const auto& y = b.decimal();
  const Type type = is_integer(a.type) && is_integer(b.type) ? Type::integer : Type::decimal;
  if ((op == Op::divide || op == Op::modulo || op == Op::integer_divide) && y.is_zero())
    raise("FOAR0001", "division by zero");
  if (op == Op::add) return of_optional(add(x, y), type);
  if (op == Op::subtract) return of_optional(subtract(x, y), type);
  if (op == Op::multiply) return of_optional(multiply(x, y), type);
  if (op == Op::divide) return of_optional(divide(x, y), Type::decimal);
  if (op == Op::modulo) return of_optional(modulo(x, y), type);
  return of_optional(integer_divide(x, y), Type::integer);
}

Item double_arithmetic(Op op, const Item& a, const Item& b) {
  const Type type = a.type == Type::double_ || b.type == Type::double_ ? Type::double_ : Type::float_;
  const double x = as_double(a), y = as_double(b);
  double result = 0;
  if (op == Op::add)
    result = x + y;
  else if (op == Op::subtract)
    result = x - y;
  else if (op == Op::multiply)
    result = x * y;
  else if (op == Op::divide)
    result = x / y;
  else if (op == Op::modulo)
    result = std::fmod(x, y);
  else {
    if (y == 0) raise("FOAR0001", "division by zero");
    const auto whole = from_double(std::trunc(x / y));
    if (!whole || std::isinf(x)) raise("FOAR0002", "the quotient is no integer");
    return {Type::integer, *whole};
  }
  if (type == Type::float_) result = static_cast<double>(static_cast<float>(result));
  return {type, result};
}

Item of_duration(std::optional<Duration> value, Type type) {
  if (!value) raise("FODT0002", "the duration is too long");
  return {type, *value};
}

Item shifted(const Item& point, const Duration& duration) {
  if (point.type == Type::time) return {Type::time, add_to_time(point.date_time(), duration)};
  auto sum = echoflow::add(point.date_time(), duration);
  if (!sum) raise("FODT0001", "the date is out of range");
  if (point.type == Type::date) sum->hour = sum->minute = sum->second = sum->micro = 0;
  return {point.type, *sum};
}

bool is_point(Type t) {
  return t == Type::date || t == Type::time || t == Type::date_time;
}
bool is_ordered_duration(Type t) {
  return t == Type::day_time_duration || t == Type::year_month_duration;
}

Item duration_quotient(const Item& a, const Item& b) {
  const bool months = a.type == Type::year_month_duration;
  const std::int64_t x = months ? a.duration().months : a.duration().micros;
  const std::int64_t y = months ? b.duration().months : b.duration().micros;
  if (y == 0) raise("FOAR0001", "division by an empty duration");
  return of_optional(divide(Decimal::of(x), Decimal::of(y)), Type::decimal);
}

// Everything that has a date, time or duration on one side.
Item temporal_arithmetic(Op op, const Item& a, const Item& b) {
  const bool sum = op == Op::add || op == Op::subtract;
  if (sum && is_ordered_duration(a.type) && a.type == b.type)
    return of_duration(add(a.duration(), op == Op::add ? b.duration() : negate(b.duration())), a.type);
  if (op == Op::subtract && is_point(a.type) && a.type == b.type)
    return {Type::day_time_duration, difference(a.date_time(), b.date_time())};
  if (sum && is_point(a.type) && is_ordered_duration(b.type) &&
      !(a.type == Type::time && b.type == Type::year_month_duration))
    return shifted(a, op == Op::add ? b.duration() : negate(b.duration()));
  if (op == Op::add && is_ordered_duration(a.type) && is_point(b.type)) return temporal_arithmetic(op, b, a);
  if (op == Op::multiply && is_numeric(a.type)) return temporal_arithmetic(op, b, a);
  if ((op == Op::multiply || op == Op::divide) && is_ordered_duration(a.type) && is_numeric(b.type)) {
    const double factor = as_double(b);
    if (std::isnan(factor)) raise("FOCA0005", "a duration cannot be multiplied by NaN");
    if (op == Op::divide && factor == 0) raise("FODT0002", "division of a duration by zero");
    return of_duration(multiply(a.duration(), op == Op::multiply ? factor : 1 / factor), a.type);
  }
  if (op == Op::divide && is_ordered_duration(a.type) && a.type == b.type) return duration_quotient(a, b);
  no_operator(a, b);
}

template <class T>
int order_of(const T& a, const T& b) {
  return a < b ? -1 : b < a;
}

bool compare_durations(Comparison c, const Item& a, const Item& b) {
  const bool equality = c == Comparison::equal || c == Comparison::not_equal;
  if (equality) return (a.duration() == b.duration()) == (c == Comparison::equal);
  if (a.type != b.type || !is_ordered_duration(a.type)) no_operator(a, b);
  if (a.type == Type::year_month_duration) return holds(c, order_of(a.duration().months, b.duration().months));
  return holds(c, compare_micros(a.duration(), b.duration()));
}

}  // namespace

Sequence Evaluator::arithmetic_2(const Expr& expr, const Focus& focus) {
  auto a = atomic_argument(expr, 0, focus);
  if (!a) return {};
  if (a->type == Type::untyped_atomic) *a = xpath::cast(*a, Type::double_);
  if (expr.op == Op::negate || expr.op == Op::identity) {
    if (!is_numeric(a->type)) raise("XPTY0004", "a sign needs a number");
    if (expr.op == Op::identity) return single(std::move(*a));
    if (!is_decimal(a->type)) return single({a->type, -a->number()});
    return single({is_integer(a->type) ? Type::integer : Type::decimal, negate(a->decimal())});
  }
  auto b = atomic_argument(expr, 1, focus);
  if (!b) return {};
  if (b->type == Type::untyped_atomic) *b = xpath::cast(*b, Type::double_);
  if (!is_numeric(a->type) || !is_numeric(b->type)) return single(temporal_arithmetic(expr.op, *a, *b));
  if (is_decimal(a->type) && is_decimal(b->type)) return single(decimal_arithmetic(expr.op, *a, *b));
  return single(double_arithmetic(expr.op, *a, *b));
}

bool compare_values(Comparison c, const Item& a, const Item& b) {
  if (is_stringlike(a.type) && is_stringlike(b.type)) return holds(c, a.text().compare(b.text()));
  if (is_decimal(a.type) && is_decimal(b.type)) return holds(c, compare(a.decimal(), b.decimal()));
  if (is_numeric(a.type) && is_numeric(b.type)) return holds(c, as_double(a), as_double(b));
  if (is_duration(a.type) && is_duration(b.type)) return compare_durations(c, a, b);
  if (a.type != b.type) no_operator(a, b);
  if (a.type == Type::boolean) return holds(c, static_cast<int>(a.boolean()) - static_cast<int>(b.boolean()));
  if (is_point(a.type)) return holds(c, compare(a.date_time(), b.date_time()));
  const bool same = a.qname().name == b.qname().name;
  if (c == Comparison::equal) return same;
  if (c == Comparison::not_equal) return !same;
  no_operator(a, b);
}

bool values_equal(const Item& a, const Item& b) {
  if (is_stringlike(a.type) && is_stringlike(b.type)) return a.text() == b.text();
  if (is_numeric(a.type) && is_numeric(b.type)) return compare_values(Comparison::equal, a, b);
  if (is_duration(a.type) && is_duration(b.type)) return compare_values(Comparison::equal, a, b);
  return a.type == b.type && compare_values(Comparison::equal, a, b);
}

// XPath 2.0 §3.5.1: an empty side gives the empty sequence.
Sequence Evaluator::value_comparison(const Expr& expr, const Focus& focus) {
  auto a = atomic_argument(expr, 0, focus);
  if (!a) return {};
  auto b = atomic_argument(expr, 1, focus);
  if (!b) return {};
  if (a->type == Type::untyped_atomic) a->type = Type::string;
  if (b->type == Type::untyped_atomic) b->type = Type::string;
  return single(Item::of(compare_values(expr.comparison, *a, *b)));
}

}  // namespace echoflow::xpath
