#include <cmath>

#include "bpel/xpath/evaluator.hpp"
#include "bpel/xpath/types.hpp"

namespace echoflow::xpath {

// XPath 1.0 §4.3 boolean() and XPath 2.0 §2.4.3.
bool Evaluator::effective_boolean(const Sequence& value) const {
  if (value.empty()) return false;
  const auto& first = value.front();
  if (first.is_node()) return true;
  if (value.size() > 1) raise("FORG0006", "a sequence of several values is neither true nor false");
  if (first.type == Type::boolean) return first.boolean();
  if (is_stringlike(first.type)) return !first.text().empty();
  if (is_decimal(first.type)) return !first.decimal().is_zero();
  if (is_numeric(first.type)) return first.number() != 0 && !std::isnan(first.number());
  raise("FORG0006", "a value of type xs:" + std::string(type_name(first.type)) + " is neither true nor false");
}

double Evaluator::number_of(Node n) const {
  std::string buffer;
  const auto text = view_text(n, buffer);
  if (!two()) return parse_number(text);
  bool valid = false;
  return parse_double(text, valid);
}

double Evaluator::number_of(const Item& item) const {
  if (item.is_node()) return number_of(item.node());
  if (item.type == Type::boolean) return item.boolean() ? 1 : 0;
  if (is_numeric(item.type)) return as_double(item);
  if (!is_stringlike(item.type)) return std::nan("");
  if (!two()) return parse_number(item.text());
  bool valid = false;
  return parse_double(item.text(), valid);
}

double Evaluator::number_of(const Sequence& value) const {
  if (value.empty()) return std::nan("");
  if (two() && value.size() > 1) raise("XPTY0004", "number() takes one value");
  return number_of(value.front());
}

std::string Evaluator::text_of(const Item& item) const {
  return item.is_node() ? text_of(item.node()) : atomic_text(item, !two());
}

std::string Evaluator::text_of(const Sequence& value) const {
  if (value.empty()) return {};
  if (two() && value.size() > 1) raise("XPTY0004", "one value is needed here, not " + std::to_string(value.size()));
  return text_of(value.front());
}

// XPath 2.0 §2.4.2: without schema types, nodes are untyped; comments and instructions are strings.
Item Evaluator::atomize(const Item& item) const {
  if (!item.is_node()) return item;
  const auto n = item.node();
  const auto kind = node_kind(n);
  const bool text = n.ns > 0 || kind == xml::NodeKind::comment || kind == xml::NodeKind::processing_instruction;
  return {text ? Type::string : Type::untyped_atomic, text_of(n)};
}

Sequence Evaluator::atomize(const Sequence& value) const {
  Sequence result;
  result.reserve(value.size());
  for (const auto& item : value) result.push_back(atomize(item));
  return result;
}

std::string Evaluator::text_argument(const Expr& call, std::size_t i, const Focus& focus) {
  if (!two()) return string(*call.children[i], focus);
  const auto value = evaluate(*call.children[i], focus);
  if (value.empty()) return {};
  if (value.size() > 1) raise("XPTY0004", "argument " + std::to_string(i + 1) + " must be one string");
  const auto item = atomize(value.front());
  if (!is_stringlike(item.type))
    raise("XPTY0004", "argument " + std::to_string(i + 1) + " must be a string, not xs:" +
                          std::string(type_name(item.type)) + "; convert it with string()");
  return item.text();
}

std::optional<Item> Evaluator::atomic_argument(const Expr& call, std::size_t i, const Focus& focus) {
  const auto value = evaluate(*call.children[i], focus);
  if (value.empty()) return std::nullopt;
  if (value.size() > 1) raise("XPTY0004", "one value is needed here, not " + std::to_string(value.size()));
  return atomize(value.front());
}

Sequence Evaluator::atomized_argument(const Expr& call, std::size_t i, const Focus& focus) {
  return atomize(evaluate(*call.children[i], focus));
}

std::optional<Node> Evaluator::node_argument(const Expr& call, std::size_t i, const Focus& focus) {
  if (i >= call.children.size()) return context_node(focus);
  std::optional<Node> result;
  const auto first = [&](Node n) {
    result = n;
    return false;
  };
  each_node(*call.children[i], focus, NodeSink(first));
  return result;
}

}  // namespace echoflow::xpath
