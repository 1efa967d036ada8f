#include "bpel/xpath/parser.hpp"

#include <algorithm>

#include "bpel/xpath/parser_state.hpp"
#include "bpel/xpath/types.hpp"
#include "models/base/namespaces.hpp"

namespace echoflow::xpath {
namespace {

// Binding strength, loosest first. XPath 1.0 §3.4 and §3.5; XPath 2.0 §A.1.
constexpr int level_or = 1, level_and = 2, level_equality = 3, level_relation = 4, level_range = 4, level_sum = 5,
              level_product = 6, level_union = 8, level_intersect = 9, level_instance = 10, level_treat = 11,
              level_castable = 12, level_cast = 13, level_unary_1 = 7, level_unary_2 = 14, level_path = 15;

Kind kind_of(Op op, Dialect dialect) {
  if (op == Op::or_ || op == Op::and_ || op == Op::general_comparison || op == Op::instance_of || op == Op::castable ||
      op == Op::some || op == Op::every)
    return Kind::boolean;
  if (op == Op::union_ || op == Op::intersect || op == Op::except) return Kind::nodes;
  if (op >= Op::add && op <= Op::negate && dialect == Dialect::xpath1) return Kind::number;
  return Kind::unknown;
}

bool flattens(Op op) {
  return op == Op::or_ || op == Op::and_ || op == Op::union_;
}

}  // namespace

Parser::Parser(std::string_view text, const StaticContext& context, bool names_only)
    : context_(context), names_only_(names_only), syntax_(std::make_shared<Syntax>()) {
  const auto& limits = context.limits;
  if (text.size() > limits.max_length)
    fail_at(0, "The expression is longer than " + std::to_string(limits.max_length) +
                   " bytes (limit xpath-length); split it.");
  syntax_->text = std::string(text);
  syntax_->limits = limits;
  syntax_->dialect = context.language == ns::xpath2_sublang ? Dialect::xpath2 : Dialect::xpath1;
  syntax_->lvalues = context.purpose == Purpose::target;
  syntax_->namespaces = context.document;
  syntax_->element = context.element;
  tokens_ = tokenize(syntax_->text, syntax_->dialect);
}

Parsed Parser::run() {
  // An empty expression is a fault of its evaluation, as any other expression without a value.
  if (here().kind == TokenKind::end) return {std::move(syntax_), std::move(references_)};
  auto root = expression();
  if (here().kind != TokenKind::end) fail("the expression should end here, but " + found() + " follows");
  syntax_->root = std::move(root);
  return {std::move(syntax_), std::move(references_)};
}

Parser::Deeper::Deeper(Parser& parser) : parser_(parser) {
  // One pair of parentheses passes here up to three times.
  if (++parser.nesting_ > parser.syntax_->limits.max_depth * 3)
    parser.fail("it is nested deeper than " + std::to_string(parser.syntax_->limits.max_depth) +
                " levels (limit xpath-depth)");
}

MutableExpr Parser::expression() {
  auto first = single();
  if (!two() || !here().is(",")) return first;
  auto all = make(Op::sequence, first->offset);
  adopt(*all, std::move(first));
  while (accept(",")) adopt(*all, single());
  return all;
}

MutableExpr Parser::single() {
  const Deeper deeper(*this);
  if (two() && here().kind == TokenKind::name) {
    if (here().text == "for" && ahead(1).is("$")) return for_or_quantified(Op::for_);
    if (here().text == "some" && ahead(1).is("$")) return for_or_quantified(Op::some);
    if (here().text == "every" && ahead(1).is("$")) return for_or_quantified(Op::every);
    if (here().text == "if" && ahead(1).is("(")) return conditional();
  }
  return binary(level_or);
}

MutableExpr Parser::binary(int min_level) {
  auto left = operand(min_level);
  int ceiling = level_path;
  while (const auto op = operator_here()) {
    if (op->level < min_level || op->level > ceiling) break;
    const auto offset = here().offset;
    at_ += op->tokens;
    if (op->level >= level_instance && op->level <= level_cast) {
      left = type_operation(*op, offset, std::move(left));
    } else {
      const Deeper deeper(*this);
      left = combine(*op, offset, std::move(left), binary(op->level + 1));
    }
    ceiling = op->associative ? level_path : op->level - 1;
  }
  return left;
}

MutableExpr Parser::operand(int min_level) {
  const bool minus = here().is("-");
  if (!minus && !(two() && here().is("+"))) return path_expression();
  if (min_level > (two() ? level_unary_2 : level_unary_1))
    fail("a sign cannot stand here; put the operand in parentheses");
  const Deeper deeper(*this);
  auto sign = make(minus ? Op::negate : Op::identity, here().offset, kind_of(Op::negate, syntax_->dialect));
  ++at_;
  adopt(*sign, two() ? operand(level_unary_2) : binary(here().is("-") ? level_unary_1 : level_union));
  return sign;
}

std::optional<Parser::Operator> Parser::operator_here() const {
  const auto& t = here();
  if (t.kind == TokenKind::name) return word_operator();
  if (t.kind != TokenKind::symbol) return std::nullopt;
  const bool chains = !two();
  const int relation = two() ? level_equality : level_relation;
  if (t.text == "+") return Operator{Op::add, level_sum};
  if (t.text == "-") return Operator{Op::subtract, level_sum};
  if (t.text == "*") return Operator{Op::multiply, level_product};
  if (t.text == "|") return Operator{Op::union_, level_union};
  if (t.text == "=") return Operator{Op::general_comparison, level_equality, Comparison::equal, chains};
  if (t.text == "!=") return Operator{Op::general_comparison, level_equality, Comparison::not_equal, chains};
  if (t.text == "<") return Operator{Op::general_comparison, relation, Comparison::less, chains};
  if (t.text == "<=") return Operator{Op::general_comparison, relation, Comparison::less_equal, chains};
  if (t.text == ">") return Operator{Op::general_comparison, relation, Comparison::greater, chains};
  if (t.text == ">=") return Operator{Op::general_comparison, relation, Comparison::greater_equal, chains};
  if (t.text == "<<") return Operator{Op::node_before, level_equality, Comparison::equal, false};
  if (t.text == ">>") return Operator{Op::node_after, level_equality, Comparison::equal, false};
  return std::nullopt;
}

std::optional<Parser::Operator> Parser::word_operator() const {
  const auto word = here().text;
  if (word == "or") return Operator{Op::or_, level_or};
  if (word == "and") return Operator{Op::and_, level_and};
  if (word == "div") return Operator{Op::divide, level_product};
  if (word == "mod") return Operator{Op::modulo, level_product};
  if (!two()) return std::nullopt;
  if (word == "idiv") return Operator{Op::integer_divide, level_product};
  if (word == "eq") return Operator{Op::value_comparison, level_equality, Comparison::equal, false};
  if (word == "ne") return Operator{Op::value_comparison, level_equality, Comparison::not_equal, false};
  if (word == "lt") return Operator{Op::value_comparison, level_equality, Comparison::less, false};
  if (word == "le") return Operator{Op::value_comparison, level_equality, Comparison::less_equal, false};
  if (word == "gt") return Operator{Op::value_comparison, level_equality, Comparison::greater, false};
  if (word == "ge") return Operator{Op::value_comparison, level_equality, Comparison::greater_equal, false};
  if (word == "is") return Operator{Op::node_is, level_equality, Comparison::equal, false};
  if (word == "to") return Operator{Op::range, level_range, Comparison::equal, false};
  if (word == "union") return Operator{Op::union_, level_union};
  if (word == "intersect") return Operator{Op::intersect, level_intersect};
  if (word == "except") return Operator{Op::except, level_intersect};
  const auto two_words = [&](std::string_view second) { return ahead(1).is_word(second); };
  if (word == "instance" && two_words("of"))
    return Operator{Op::instance_of, level_instance, Comparison::equal, false, 2};
  if (word == "treat" && two_words("as")) return Operator{Op::treat, level_treat, Comparison::equal, false, 2};
  if (word == "castable" && two_words("as")) return Operator{Op::castable, level_castable, Comparison::equal, false, 2};
  if (word == "cast" && two_words("as")) return Operator{Op::cast, level_cast, Comparison::equal, false, 2};
  return std::nullopt;
}

MutableExpr Parser::combine(const Operator& op, std::uint32_t offset, MutableExpr left, MutableExpr right) {
  const bool nodes_only = op.op == Op::union_ || op.op == Op::intersect || op.op == Op::except;
  for (const auto* side : {left.get(), right.get()})
    if (nodes_only && side->op != Op::variable &&
        (side->kind == Kind::number || side->kind == Kind::string || side->kind == Kind::boolean))
      fail_at(side->offset, "both sides of a union must be nodes");
  if (flattens(op.op) && left->op == op.op) {
    adopt(*left, std::move(right));
    return left;
  }
  auto result = make(op.op, offset, kind_of(op.op, syntax_->dialect));
  result->comparison = op.comparison;
  adopt(*result, std::move(left));
  adopt(*result, std::move(right));
  return result;
}

MutableExpr Parser::type_operation(const Operator& op, std::uint32_t offset, MutableExpr left) {
  auto result = make(op.op, offset, kind_of(op.op, syntax_->dialect));
  const bool single_type = op.op == Op::cast || op.op == Op::castable;
  result->sequence_type = std::make_unique<const SequenceType>(sequence_type(single_type));
  if (op.op == Op::treat) result->kind = left->kind;
  adopt(*result, std::move(left));
  return result;
}

// XPath 2.0 §3.7 and §3.9: several bindings nest from left to right.
MutableExpr Parser::for_or_quantified(Op op) {
  auto result = make(op, here().offset, kind_of(op, syntax_->dialect));
  const auto known = locals_.size();
  ++at_;
  do {
    expect("$", "a variable's name");
    if (here().kind != TokenKind::name) fail("a variable's name must follow '$'");
    std::string name(here().text);
    ++at_;
    expect_word("in", "the variable");
    adopt(*result, single());
    result->slots.push_back(syntax_->local_count);
    locals_.emplace_back(std::move(name), syntax_->local_count++);
  } while (accept(","));
  expect_word(op == Op::for_ ? "return" : "satisfies", "the bindings");
  adopt(*result, single());
  locals_.resize(known);
  return result;
}

MutableExpr Parser::conditional() {
  auto result = make(Op::if_, here().offset);
  at_ += 2;
  adopt(*result, expression());
  expect(")", "the condition");
  expect_word("then", "the condition");
  adopt(*result, single());
  expect_word("else", "the first branch");
  adopt(*result, single());
  if (result->children[1]->kind == result->children[2]->kind) result->kind = result->children[1]->kind;
  return result;
}

SequenceType Parser::sequence_type(bool single_type) {
  SequenceType type;
  if (!single_type && here().is_word("empty-sequence") && ahead(1).is("(")) {
    at_ += 2;
    expect(")", "empty-sequence(");
    type.occurrence = Occurrence::empty;
    return type;
  }
  item_type(type);
  if (single_type && (type.target != SequenceType::Target::atomic || type.any_atomic))
    fail("a cast needs the name of an atomic type");
  if (accept("?"))
    type.occurrence = Occurrence::optional;
  else if (!single_type && accept("*"))
    type.occurrence = Occurrence::any;
  else if (!single_type && accept("+"))
    type.occurrence = Occurrence::many;
  return type;
}

void Parser::item_type(SequenceType& type) {
  if (here().kind == TokenKind::name && ahead(1).is("(")) {
    if (here().text == "item") {
      at_ += 2;
      expect(")", "item(");
      type.target = SequenceType::Target::item;
      return;
    }
    type.target = SequenceType::Target::node;
    type.test = kind_test();
    return;
  }
  if (here().kind != TokenKind::prefixed_name) fail("the name of a type, like xs:date, should stand here");
  const Token name = here();
  if (resolve_prefix(name.prefix, name.offset) != ns::xsd) fail("only types of XML Schema are known here");
  ++at_;
  type.target = SequenceType::Target::atomic;
  if (name.text == "anyAtomicType") {
    type.any_atomic = true;
    return;
  }
  const auto known = type_of_name(name.text);
  if (!known) fail_at(name.offset, "the type xs:" + std::string(name.text) + " is not supported");
  type.type = *known;
}

bool Parser::accept(std::string_view symbol) {
  if (!here().is(symbol)) return false;
  ++at_;
  return true;
}

void Parser::expect(std::string_view symbol, std::string_view where) {
  if (!accept(symbol))
    fail("'" + std::string(symbol) + "' should stand here, with " + std::string(where) + ", not " + found());
}

bool Parser::accept_word(std::string_view word) {
  if (!here().is_word(word)) return false;
  ++at_;
  return true;
}

void Parser::expect_word(std::string_view word, std::string_view where) {
  if (!accept_word(word)) fail("'" + std::string(word) + "' should follow " + std::string(where) + ", not " + found());
}

void Parser::fail_at(std::size_t offset, std::string message) {
  throw CompileError{std::move(message), offset};
}

std::string Parser::found() const {
  if (here().kind == TokenKind::end) return "the end";
  std::string text = here().prefix.empty() ? std::string() : std::string(here().prefix) + ":";
  if (here().kind == TokenKind::prefix_wildcard) return "'" + text + "*'";
  return "'" + text + std::string(here().text.substr(0, 40)) + "'";
}

MutableExpr Parser::make(Op op, std::uint32_t offset, Kind kind) const {
  auto expr = std::make_unique<Expr>();
  expr->op = op;
  expr->offset = offset;
  expr->kind = kind;
  return expr;
}

void Parser::adopt(Expr& parent, ExprPtr child) const {
  parent.needs_context |= child->needs_context;
  parent.needs_position |= child->needs_position;
  parent.needs_last |= child->needs_last;
  parent.depth = std::max(parent.depth, child->depth + 1);
  parent.children.push_back(std::move(child));
  limit_depth(parent);
}

void Parser::limit_depth(const Expr& expr) const {
  if (expr.depth > syntax_->limits.max_depth)
    fail_at(expr.offset,
            "it is nested deeper than " + std::to_string(syntax_->limits.max_depth) + " levels (limit xpath-depth)");
}

Parsed parse(std::string_view text, const StaticContext& context, bool names_only) {
  return Parser(text, context, names_only).run();
}

}  // namespace echoflow::xpath
