// Operators of XPath 1.0, and the general comparisons of both dialects.
#include <algorithm>
#include <cmath>

#include "bpel/xpath/evaluator.hpp"
#include "bpel/xpath/types.hpp"

namespace echoflow::xpath {
namespace {

Comparison mirrored(Comparison c) {
  switch (c) {
    case Comparison::equal:
      return Comparison::equal;
    case Comparison::not_equal:
      return Comparison::not_equal;
    case Comparison::less:
      return Comparison::greater;
    case Comparison::less_equal:
      return Comparison::greater_equal;
    case Comparison::greater:
      return Comparison::less;
    case Comparison::greater_equal:
      return Comparison::less_equal;
  }
  return c;
}

bool is_equality(Comparison c) {
  return c == Comparison::equal || c == Comparison::not_equal;
}

bool is_node_sequence(const Sequence& s) {
  return s.empty() || s.front().is_node();
}

bool streams_nodes(const Expr& e) {
  return e.kind == Kind::nodes && (e.op == Op::path || e.op == Op::union_);
}

}  // namespace

bool holds(Comparison c, double a, double b) {
  switch (c) {
    case Comparison::equal:
      return a == b;
    case Comparison::not_equal:
      return a != b;
    case Comparison::less:
      return a < b;
    case Comparison::less_equal:
      return a <= b;
    case Comparison::greater:
      return a > b;
    case Comparison::greater_equal:
      return a >= b;
  }
  return false;
}

bool holds(Comparison c, int order) {
  return holds(c, static_cast<double>(order), 0.0);
}

// XPath 1.0 §3.5: IEEE 754; mod takes the sign of the dividend.
double Evaluator::arithmetic_1(const Expr& expr, const Focus& focus) {
  const double a = number(*expr.children[0], focus);
  if (expr.op == Op::negate) return -a;
  const double b = number(*expr.children[1], focus);
  if (expr.op == Op::add) return a + b;
  if (expr.op == Op::subtract) return a - b;
  if (expr.op == Op::multiply) return a * b;
  if (expr.op == Op::divide) return a / b;
  return std::fmod(a, b);
}

bool Evaluator::compare_nodes_with_number(const Expr& nodes_expr, const Focus& focus, Comparison c, double value) {
  bool found = false;
  const auto test = [&](Node n) {
    step();
    found = holds(c, number_of(n), value);
    return !found;
  };
  each_node(nodes_expr, focus, NodeSink(test));
  return found;
}

bool Evaluator::compare_nodes_with_text(const Expr& nodes_expr, const Focus& focus, Comparison c,
                                        const std::string& value) {
  if (!is_equality(c)) return compare_nodes_with_number(nodes_expr, focus, c, parse_number(value));
  bool found = false;
  std::string buffer;
  const auto test = [&](Node n) {
    step();
    found = (view_text(n, buffer) == value) == (c == Comparison::equal);
    return !found;
  };
  each_node(nodes_expr, focus, NodeSink(test));
  return found;
}

// XPath 2.0 §3.5.2 for the common case of nodes and a number: each node is cast to xs:double.
bool Evaluator::compare_untyped_with_number(const Expr& nodes_expr, const Focus& focus, Comparison c, double value) {
  bool found = false;
  std::string buffer;
  const auto test = [&](Node n) {
    step();
    bool valid = false;
    const auto text = view_text(n, buffer);
    const double number = parse_double(text, valid);
    if (!valid || n.ns > 0)
      raise("FORG0001", "'" + std::string(text.substr(0, 60)) + "' is no number and cannot be compared with one");
    found = holds(c, number, value);
    return !found;
  };
  each_node(nodes_expr, focus, NodeSink(test));
  return found;
}

namespace {

// XPath 1.0 §3.4 for two values of which none is a node-set.
bool compare_simple_1(const Evaluator& e, Comparison c, const Item& a, const Item& b) {
  if (!is_equality(c)) return holds(c, e.number_of(a), e.number_of(b));
  if (a.type == Type::boolean || b.type == Type::boolean) {
    const bool x = e.effective_boolean({a}), y = e.effective_boolean({b});
    return (x == y) == (c == Comparison::equal);
  }
  if (a.type == Type::double_ || b.type == Type::double_) return holds(c, e.number_of(a), e.number_of(b));
  return (e.text_of(a) == e.text_of(b)) == (c == Comparison::equal);
}

// Both are node-sets: some pair of string values (numbers for < and >) must satisfy.
bool compare_node_sets(Evaluator& e, Comparison c, const Sequence& a, const Sequence& b) {
  if (a.empty() || b.empty()) return false;
  if (!is_equality(c)) {
    // Only the extremes matter.
    const auto extreme = [&](const Sequence& s, bool least) {
      double best = std::nan("");
      for (const auto& item : s) {
        e.step();
        const double value = e.number_of(item);
        if (!std::isnan(value) && (std::isnan(best) || (least ? value < best : value > best))) best = value;
      }
      return best;
    };
    const bool upward = c == Comparison::less || c == Comparison::less_equal;
    return holds(c, extreme(a, upward), extreme(b, !upward));
  }
  std::vector<std::string> texts;
  texts.reserve(b.size());
  for (const auto& item : b) texts.push_back(e.text_of(item));
  std::sort(texts.begin(), texts.end());
  for (const auto& item : a) {
    e.step();
    const auto text = e.text_of(item);
    const bool all_equal = texts.front() == text && texts.back() == text;
    if (c == Comparison::not_equal ? !all_equal : std::binary_search(texts.begin(), texts.end(), text)) return true;
  }
  return false;
}

bool compare_1(Evaluator& e, Comparison c, const Sequence& a, const Sequence& b) {
  const bool nodes_a = is_node_sequence(a), nodes_b = is_node_sequence(b);
  if (nodes_a && nodes_b) return compare_node_sets(e, c, a, b);
  if (!nodes_a && !nodes_b) return compare_simple_1(e, c, a.front(), b.front());
  if (nodes_b) return compare_1(e, mirrored(c), b, a);
  const auto& value = b.front();
  if (value.type == Type::boolean) return compare_simple_1(e, c, Item::of(!a.empty()), value);
  return std::any_of(a.begin(), a.end(), [&](const Item& item) {
    e.step();
    return compare_simple_1(e, c, Item::of(e.text_of(item)), value);
  });
}

// XPath 2.0 §3.5.2: untyped values take the other side's type.
bool compare_pair_2(Comparison c, Item a, Item b) {
  const auto adapt = [](Item& untyped, const Item& other) {
    if (untyped.type != Type::untyped_atomic) return;
    if (is_numeric(other.type))
      untyped = cast(untyped, Type::double_);
    else if (is_stringlike(other.type))
      untyped.type = Type::string;
    else
      untyped = cast(untyped, other.type);
  };
  adapt(a, b);
  adapt(b, a);
  return compare_values(c, a, b);
}

}  // namespace

bool Evaluator::general_comparison(const Expr& expr, const Focus& focus) {
  const auto& left = *expr.children[0];
  const auto& right = *expr.children[1];
  const auto c = expr.comparison;
  if (!two()) {
    if (left.kind == Kind::number && right.kind == Kind::number)
      return holds(c, number(left, focus), number(right, focus));
    if (streams_nodes(left) && right.kind == Kind::number)
      return compare_nodes_with_number(left, focus, c, number(right, focus));
    if (streams_nodes(right) && left.kind == Kind::number)
      return compare_nodes_with_number(right, focus, mirrored(c), number(left, focus));
    if (streams_nodes(left) && right.kind == Kind::string)
      return compare_nodes_with_text(left, focus, c, string(right, focus));
    if (streams_nodes(right) && left.kind == Kind::string)
      return compare_nodes_with_text(right, focus, mirrored(c), string(left, focus));
    const auto a = evaluate(left, focus);
    return compare_1(*this, c, a, evaluate(right, focus));
  }
  if (streams_nodes(left) && right.op == Op::literal && right.kind == Kind::number)
    return compare_untyped_with_number(left, focus, c, as_double(right.literal));
  const auto a = atomize(evaluate(left, focus));
  const auto b = atomize(evaluate(right, focus));
  for (const auto& x : a)
    for (const auto& y : b) {
      step();
      if (compare_pair_2(c, x, y)) return true;
    }
  return false;
}

NodeList Evaluator::set_operation(const Expr& expr, const Focus& focus) {
  auto result = nodes(*expr.children[0], focus);
  if (expr.op == Op::union_) {
    for (std::size_t i = 1; i < expr.children.size(); ++i) {
      const auto more = nodes(*expr.children[i], focus);
      result.insert(result.end(), more.begin(), more.end());
      check_items(result.size());
    }
    sort(result);
    return result;
  }
  auto other = nodes(*expr.children[1], focus);
  sort(result);
  sort(other);
  const auto before = [this](Node a, Node b) { return compare_order(a, b) < 0; };
  const bool keep = expr.op == Op::intersect;
  std::erase_if(result, [&](Node n) { return std::binary_search(other.begin(), other.end(), n, before) != keep; });
  return result;
}

Sequence Evaluator::node_comparison(const Expr& expr, const Focus& focus) {
  const auto a = nodes(*expr.children[0], focus);
  const auto b = nodes(*expr.children[1], focus);
  if (a.empty() || b.empty()) return {};
  if (a.size() > 1 || b.size() > 1) raise("XPTY0004", "only single nodes can be compared by identity and order");
  const int order = compare_order(a.front(), b.front());
  if (expr.op == Op::node_is) return single(Item::of(order == 0));
  return single(Item::of(expr.op == Op::node_before ? order < 0 : order > 0));
}

}  // namespace echoflow::xpath
