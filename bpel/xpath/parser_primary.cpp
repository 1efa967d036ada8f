// Primary expressions: parentheses, literals, and what may follow them.
#include "bpel/xpath/parser_state.hpp"
#include "bpel/xpath/value.hpp"

namespace echoflow::xpath {

MutableExpr Parser::filtered_primary() {
  const auto offset = here().offset;
  auto base = primary();
  if (!here().is("[")) return base;
  if (!two() && !may_be_nodes(*base)) fail("a predicate can only follow nodes");
  auto result = make(Op::filter, offset, base->kind == Kind::nodes ? Kind::nodes : Kind::unknown);
  if (!two()) result->kind = Kind::nodes;
  result->predicates = predicates();
  for (const auto& p : result->predicates) result->depth = std::max(result->depth, p.expr->depth + 1);
  adopt(*result, std::move(base));
  return result;
}

MutableExpr Parser::primary() {
  const Deeper deeper(*this);
  const auto offset = here().offset;
  if (here().is("$")) return variable_reference();
  if (accept("(")) {
    if (two() && accept(")")) return make(Op::sequence, offset);
    auto inner = expression();
    expect(")", "the opening '('");
    return inner;
  }
  if (accept(".")) {
    auto item = make(Op::context_item, offset);
    item->needs_context = true;
    references_.has_path_without_variable |= focus_depth_ == 0;
    return item;
  }
  if (here().kind == TokenKind::name || here().kind == TokenKind::prefixed_name) return function_call();
  return literal();
}

MutableExpr Parser::literal() {
  const Token t = here();
  ++at_;
  auto result = make(Op::literal, t.offset, t.kind == TokenKind::string ? Kind::string : Kind::number);
  if (t.kind == TokenKind::string) {
    result->literal = Item::of(t.value);
    return result;
  }
  if (!two()) {
    result->literal = Item::of(parse_number(t.text));
    return result;
  }
  if (t.kind == TokenKind::double_) {
    bool valid = false;
    result->literal = Item::of(parse_double(t.text, valid));
    return result;
  }
  const auto number = parse_decimal(t.text);
  if (!number) fail_at(t.offset, "the number has more digits than a decimal can hold");
  result->literal = Item{t.kind == TokenKind::integer ? Type::integer : Type::decimal, *number};
  return result;
}

}  // namespace echoflow::xpath
