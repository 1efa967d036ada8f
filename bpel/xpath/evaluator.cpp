#include "bpel/xpath/evaluator.hpp"

#include <algorithm>
#include <cmath>

#include "bpel/xpath/arguments_2.hpp"
#include "bpel/xpath/types.hpp"

namespace echoflow::xpath {

Evaluator::Evaluator(const Syntax& syntax, const program::EvaluationContext& scope)
    : syntax_(syntax), scope_(scope), names_(syntax.name_count), locals_(syntax.local_count) {}

void Evaluator::fail_steps() const {
  raise_limit("xpath-steps", "The expression needs more than " + std::to_string(syntax_.limits.max_steps) + " steps");
}

void Evaluator::check_items(std::size_t n) const {
  if (n > syntax_.limits.max_items)
    raise_limit("xpath-items", "A sequence has more than " + std::to_string(syntax_.limits.max_items) + " items");
}

void Evaluator::check_text(std::size_t n) const {
  if (n > syntax_.limits.max_text)
    raise_limit("xpath-text", "A string is longer than " + std::to_string(syntax_.limits.max_text) + " bytes");
}

Node Evaluator::context_node(const Focus& focus) const {
  if (!focus.present)
    raise(two() ? "XPDY0002" : "",
          "there is no context node here; begin the path with a variable, as in $variable/name");
  if (focus.atomic != nullptr) raise("XPTY0020", "the context item is no node");
  return focus.node;
}

Sequence Evaluator::evaluate(const Expr& expr, const Focus& focus) {
  step();
  switch (expr.op) {
    case Op::literal:
      return single(expr.literal);
    case Op::variable:
      return variable(expr.variable);
    case Op::link:
      return single(Item::of(scope_.link_status(expr.slot)));
    case Op::local:
      return locals_[expr.slot];
    case Op::context_item:
      if (focus.atomic != nullptr) return single(*focus.atomic);
      return single(Item::of(context_node(focus)));
    case Op::path:
      if (expr.kind != Kind::nodes) return general_path(expr, focus);
      [[fallthrough]];
    case Op::union_:
    case Op::intersect:
    case Op::except: {
      Sequence result;
      const auto collect = [&](Node n) {
        check_items(result.size());
        result.push_back(Item::of(n));
        return true;
      };
      each_node(expr, focus, NodeSink(collect));
      return result;
    }
    case Op::filter:
      return filter(expr, focus);
    case Op::or_:
    case Op::and_:
    case Op::general_comparison:
    case Op::some:
    case Op::every:
      return single(Item::of(boolean(expr, focus)));
    case Op::value_comparison:
      return value_comparison(expr, focus);
    case Op::node_is:
    case Op::node_before:
    case Op::node_after:
      return node_comparison(expr, focus);
    case Op::add:
    case Op::subtract:
    case Op::multiply:
    case Op::divide:
    case Op::integer_divide:
    case Op::modulo:
    case Op::negate:
    case Op::identity:
      if (!two()) return single(Item::of(arithmetic_1(expr, focus)));
      return arithmetic_2(expr, focus);
    case Op::sequence:
      return sequence(expr, focus);
    case Op::range:
      return range(expr, focus);
    case Op::if_:
      return evaluate(*expr.children[boolean(*expr.children[0], focus) ? 1 : 2], focus);
    case Op::for_:
      return conditional_loops(expr, focus);
    case Op::instance_of:
    case Op::cast:
    case Op::castable:
    case Op::treat:
      return type_operation(expr, focus);
    case Op::call:
      return expr.function->call(*this, expr, focus);
  }
  return {};
}

bool Evaluator::boolean(const Expr& expr, const Focus& focus) {
  step();
  const auto holds_for = [&](const ExprPtr& child) { return boolean(*child, focus); };
  if (expr.op == Op::or_) return std::any_of(expr.children.begin(), expr.children.end(), holds_for);
  if (expr.op == Op::and_) return std::all_of(expr.children.begin(), expr.children.end(), holds_for);
  if (expr.op == Op::general_comparison) return general_comparison(expr, focus);
  if (expr.op == Op::some || expr.op == Op::every) return quantified(expr, 0, focus);
  if (expr.op == Op::link) return scope_.link_status(expr.slot);
  if (expr.op == Op::call)
    if (const auto known = intrinsic_boolean(expr, focus)) return *known;
  if (expr.kind == Kind::nodes && (expr.op == Op::path || expr.op == Op::union_)) return has_nodes(expr, focus);
  if (expr.kind == Kind::number && !two()) {
    const double value = number(expr, focus);
    return value != 0 && !std::isnan(value);
  }
  return effective_boolean(evaluate(expr, focus));
}

bool Evaluator::has_nodes(const Expr& expr, const Focus& focus) {
  const auto stop = [](Node) { return false; };
  return !each_node(expr, focus, NodeSink(stop));
}

std::optional<bool> Evaluator::intrinsic_boolean(const Expr& call, const Focus& focus) {
  const auto which = call.function->intrinsic;
  if (which == Intrinsic::not_) return !boolean(*call.children[0], focus);
  if (which == Intrinsic::boolean) return boolean(*call.children[0], focus);
  if (which == Intrinsic::true_) return true;
  if (which == Intrinsic::false_) return false;
  if ((which == Intrinsic::exists || which == Intrinsic::empty) && call.children[0]->kind == Kind::nodes)
    return has_nodes(*call.children[0], focus) == (which == Intrinsic::exists);
  return std::nullopt;
}

double Evaluator::number(const Expr& expr, const Focus& focus) {
  step();
  if (expr.op == Op::literal && expr.literal.type == Type::double_) return expr.literal.number();
  if (!two()) {
    if (expr.op >= Op::add && expr.op <= Op::negate) return arithmetic_1(expr, focus);
    if (expr.op == Op::path && expr.kind == Kind::nodes) {
      double result = std::nan("");
      const auto first = [&](Node n) {
        result = number_of(n);
        return false;
      };
      each_node(expr, focus, NodeSink(first));
      return result;
    }
  }
  if (expr.op == Op::call)
    if (const auto known = intrinsic_number(expr, focus)) return *known;
  return number_of(evaluate(expr, focus));
}

std::optional<double> Evaluator::intrinsic_number(const Expr& call, const Focus& focus) {
  const auto which = call.function->intrinsic;
  if (which == Intrinsic::position && focus.present) return focus.position;
  if (which == Intrinsic::last && focus.present) return focus.size;
  if (which == Intrinsic::number && !call.children.empty()) return number(*call.children[0], focus);
  if (which != Intrinsic::count || call.children[0]->kind != Kind::nodes) return std::nullopt;
  double n = 0;
  const auto tally = [&n](Node) {
    ++n;
    return true;
  };
  each_node(*call.children[0], focus, NodeSink(tally));
  return n;
}

std::string Evaluator::string(const Expr& expr, const Focus& focus) {
  if (expr.op == Op::literal && expr.literal.type == Type::string) return expr.literal.text();
  if (expr.kind == Kind::nodes && !two()) {
    std::string result;
    const auto first = [&](Node n) {
      append_text(n, result);
      return false;
    };
    each_node(expr, focus, NodeSink(first));
    return result;
  }
  return text_of(evaluate(expr, focus));
}

NodeList Evaluator::nodes(const Expr& expr, const Focus& focus) {
  NodeList result;
  const auto collect = [&](Node n) {
    check_items(result.size());
    result.push_back(n);
    return true;
  };
  each_node(expr, focus, NodeSink(collect));
  return result;
}

bool Evaluator::each_node(const Expr& expr, const Focus& focus, NodeSink sink) {
  if (expr.op == Op::path && expr.kind == Kind::nodes) return path_nodes(expr, focus, sink);
  if (expr.op == Op::union_ || expr.op == Op::intersect || expr.op == Op::except) {
    for (const auto n : set_operation(expr, focus))
      if (!sink(n)) return false;
    return true;
  }
  const auto value = evaluate(expr, focus);
  bool go_on = true;
  for (const auto& item : value) {
    if (!item.is_node())
      raise(two() ? "XPTY0004" : "", "nodes are needed here, not a " + std::string(type_name(item.type)));
    if (go_on && !sink(item.node())) go_on = false;
  }
  return go_on;
}

// --- variables ------------------------------------------------------------------------------------------------------

xml::DocumentPtr Evaluator::variable_document(const VariableRef& ref) const {
  auto document = scope_.variable_part(ref.id, ref.part);
  if (!document) raise_fault("uninitializedVariable", "The variable '" + ref.name + "' has no value yet.");
  return document;
}

Node Evaluator::variable_node(const VariableRef& ref) {
  auto document = variable_document(ref);
  const auto element = document->document_element();
  return {add_document(std::move(document)), element == xml::no_node ? xml::root_node : element, 0};
}

// WS-BPEL 2.0 §8.2.2: variables of simple types are strings, numbers or booleans, all others are their element.
Sequence Evaluator::variable(const VariableRef& ref) {
  if (ref.form == VariableForm::node || syntax_.lvalues) return single(Item::of(variable_node(ref)));
  std::string text;
  const auto document = variable_document(ref);
  document->append_string_value(xml::root_node, text);
  if (two()) {
    if (auto typed = from_text(text, ref.type)) return single(std::move(*typed));
    return single({Type::untyped_atomic, std::move(text)});
  }
  switch (ref.form) {
    case VariableForm::number: {
      bool valid = false;
      return single(Item::of(parse_double(text, valid)));
    }
    case VariableForm::boolean: {
      const auto typed = from_text(text, Type::boolean);
      if (!typed) raise("", "the boolean variable '" + ref.name + "' holds '" + text.substr(0, 40) + "'");
      return single(*typed);
    }
    case VariableForm::node:
    case VariableForm::string:
      break;
  }
  return single(Item::of(std::move(text)));
}

// --- XPath 2.0 constructs -------------------------------------------------------------------------------------------

Sequence Evaluator::sequence(const Expr& expr, const Focus& focus) {
  Sequence result;
  for (const auto& child : expr.children) {
    for (auto& item : evaluate(*child, focus)) result.push_back(std::move(item));
    check_items(result.size());
  }
  return result;
}

Sequence Evaluator::range(const Expr& expr, const Focus& focus) {
  std::int64_t bounds[2];
  for (int i = 0; i < 2; ++i) {
    auto bound = atomic_argument(expr, static_cast<std::size_t>(i), focus);
    if (!bound) return {};
    if (bound->type == Type::untyped_atomic) *bound = xpath::cast(*bound, Type::integer);
    const auto n = is_integer(bound->type) ? to_int64(bound->decimal()) : std::nullopt;
    if (!n) raise("XPTY0004", "'to' needs integers");
    bounds[i] = *n;
  }
  Sequence result;
  if (bounds[0] > bounds[1]) return result;
  const auto count = static_cast<std::uint64_t>(bounds[1]) - static_cast<std::uint64_t>(bounds[0]);
  check_items(count >= syntax_.limits.max_items ? syntax_.limits.max_items + 1 : static_cast<std::size_t>(count + 1));
  for (std::int64_t n = bounds[0];; ++n) {
    step();
    result.push_back(Item::integer(n));
    if (n == bounds[1]) return result;
  }
}

Sequence Evaluator::conditional_loops(const Expr& expr, const Focus& focus) {
  Sequence result;
  for_each_binding(expr, 0, focus, result);
  return result;
}

void Evaluator::for_each_binding(const Expr& expr, std::size_t binding, const Focus& focus, Sequence& out) {
  if (binding == expr.slots.size()) {
    for (auto& item : evaluate(*expr.children.back(), focus)) out.push_back(std::move(item));
    return check_items(out.size());
  }
  for (auto& item : evaluate(*expr.children[binding], focus)) {
    locals_[expr.slots[binding]] = single(std::move(item));
    for_each_binding(expr, binding + 1, focus, out);
  }
}

bool Evaluator::quantified(const Expr& expr, std::size_t binding, const Focus& focus) {
  if (binding == expr.slots.size()) return boolean(*expr.children.back(), focus);
  const bool some = expr.op == Op::some;
  for (auto& item : evaluate(*expr.children[binding], focus)) {
    locals_[expr.slots[binding]] = single(std::move(item));
    if (quantified(expr, binding + 1, focus) == some) return some;
  }
  return !some;
}

Sequence Evaluator::type_operation(const Expr& expr, const Focus& focus) {
  const auto& type = *expr.sequence_type;
  auto value = evaluate(*expr.children[0], focus);
  if (expr.op == Op::cast || expr.op == Op::castable) {
    const bool optional = type.occurrence == Occurrence::optional;
    const auto atoms = atomize(value);
    if (expr.op == Op::castable) {
      if (atoms.size() != 1) return single(Item::of(atoms.empty() && optional));
      return single(Item::of(try_cast(atoms[0], type.type).has_value()));
    }
    if (atoms.empty() && optional) return {};
    if (atoms.size() != 1) raise("XPTY0004", "only one value can be cast to xs:" + std::string(type_name(type.type)));
    // XPath 2.0 functions §17.1.1: the prefix of a QName is one in scope at the expression.
    if (type.type == Type::qname && atoms[0].type == Type::string)
      return single(Item::of(qname_from_text(*this, atoms[0].text())));
    return single(xpath::cast(atoms[0], type.type));
  }
  bool fits = true;
  switch (type.occurrence) {
    case Occurrence::one:
      fits = value.size() == 1;
      break;
    case Occurrence::optional:
      fits = value.size() <= 1;
      break;
    case Occurrence::any:
      break;
    case Occurrence::many:
      fits = !value.empty();
      break;
    case Occurrence::empty:
      fits = value.empty();
      break;
  }
  for (const auto& item : value) fits = fits && is_instance(item, type);
  if (expr.op == Op::instance_of) return single(Item::of(fits));
  if (!fits) raise("XPDY0050", "the value is not of the type that 'treat as' asks for");
  return value;
}

}  // namespace echoflow::xpath
