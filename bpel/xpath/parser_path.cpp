#include <algorithm>
#include <array>

#include "bpel/xpath/parser_state.hpp"
#include "bpel/xpath/value.hpp"
#include "models/base/namespaces.hpp"

namespace echoflow::xpath {
namespace {

struct AxisName {
  std::string_view name;
  Axis axis;
};
constexpr std::array<AxisName, 13> axis_names = {{{"child", Axis::child},
                                                  {"descendant", Axis::descendant},
                                                  {"descendant-or-self", Axis::descendant_or_self},
                                                  {"self", Axis::self},
                                                  {"attribute", Axis::attribute},
                                                  {"parent", Axis::parent},
                                                  {"ancestor", Axis::ancestor},
                                                  {"ancestor-or-self", Axis::ancestor_or_self},
                                                  {"following-sibling", Axis::following_sibling},
                                                  {"preceding-sibling", Axis::preceding_sibling},
                                                  {"following", Axis::following},
                                                  {"preceding", Axis::preceding},
                                                  {"namespace", Axis::namespace_}}};

bool is_node_type(std::string_view name, bool two) {
  if (name == "node" || name == "text" || name == "comment" || name == "processing-instruction") return true;
  return two && (name == "element" || name == "attribute" || name == "document-node" || name == "schema-element" ||
                 name == "schema-attribute");
}

bool is_positional(const std::vector<Predicate>& predicates) {
  return std::any_of(predicates.begin(), predicates.end(), [](const Predicate& p) {
    return p.kind != PredicateKind::boolean || p.expr->needs_position || p.expr->needs_last;
  });
}

// "//x" is descendant-or-self::node()/child::x; without positions that is descendant::x, which needs no sorting.
void fold_descendants(std::vector<Step>& steps) {
  for (std::size_t i = 0; i + 1 < steps.size(); ++i) {
    auto& first = steps[i];
    auto& second = steps[i + 1];
    if (first.expr || first.axis != Axis::descendant_or_self || first.test.kind != TestKind::node ||
        !first.predicates.empty())
      continue;
    if (second.expr || second.axis != Axis::child || is_positional(second.predicates)) continue;
    second.axis = Axis::descendant;
    steps.erase(steps.begin() + static_cast<std::ptrdiff_t>(i));
  }
}

// Whether walking depth first from one node meets the result in document order and nothing twice.
bool streams_in_order(const std::vector<Step>& steps) {
  bool single = true;    // at most one node so far
  bool disjoint = true;  // no node is inside another
  for (const auto& step : steps) {
    if (step.expr) return false;
    switch (step.axis) {
      case Axis::self:
        break;
      case Axis::attribute:
      case Axis::namespace_:
        disjoint = true;
        single = false;
        break;
      case Axis::child:
        if (!disjoint) return false;
        single = false;
        break;
      case Axis::descendant:
      case Axis::descendant_or_self:
        if (!disjoint) return false;
        single = disjoint = false;
        break;
      case Axis::parent:
        if (!single) return false;
        break;
      case Axis::following_sibling:
        if (!single) return false;
        single = false;
        break;
      case Axis::following:
        if (!single) return false;
        single = disjoint = false;
        break;
      case Axis::ancestor:
      case Axis::ancestor_or_self:
      case Axis::preceding_sibling:
      case Axis::preceding:
        return false;
    }
  }
  return true;
}

}  // namespace

MutableExpr Parser::path_expression() {
  const auto offset = here().offset;
  Path path;
  if (accept("/")) {
    path.start = PathStart::root;
    references_.has_path_without_variable |= focus_depth_ == 0;
    if (starts_step()) relative_path(path);
    return finish_path(std::move(path), offset);
  }
  if (here().is("//")) {
    path.start = PathStart::root;
    relative_path(path);
    return finish_path(std::move(path), offset);
  }
  if (!starts_primary()) {
    if (!starts_step()) fail("an operand should stand here, not " + found());
    relative_path(path);
    return finish_path(std::move(path), offset);
  }
  auto base = filtered_primary();
  if (!here().is("/") && !here().is("//")) return base;
  if (!two() && !may_be_nodes(*base)) fail("a path can only follow nodes");
  if (base->op == Op::context_item) {
    path.start = PathStart::context;
  } else {
    path.start = PathStart::expression;
    path.base = std::move(base);
  }
  relative_path(path);
  return finish_path(std::move(path), offset);
}

// RelativeLocationPath, with the separators before its first step when `path` has begun already.
bool Parser::relative_path(Path& path) {
  const Deeper deeper(*this);
  const bool fresh = path.steps.empty() && path.start != PathStart::expression && !here().is("/") && !here().is("//");
  ++focus_depth_;
  const auto top_level_start = path.start != PathStart::expression && focus_depth_ == 1;
  references_.has_path_without_variable |= top_level_start;
  if (fresh) {
    if (path.start == PathStart::context) --focus_depth_;
    path.steps.push_back(step());
    if (path.start == PathStart::context) ++focus_depth_;
  }
  while (here().is("/") || here().is("//")) {
    if (here().is("//")) {
      Step all;
      all.axis = Axis::descendant_or_self;
      path.steps.push_back(std::move(all));
    }
    ++at_;
    if (!starts_step() && !(two() && starts_primary())) fail("a step should follow '/', not " + found());
    path.steps.push_back(step());
    if (path.steps.size() > syntax_->limits.max_depth) fail("the path has too many steps (limit xpath-depth)");
  }
  --focus_depth_;
  return true;
}

bool Parser::starts_step() const {
  const auto& t = here();
  if (t.is("@") || t.is(".") || t.is("..") || t.is("*")) return true;
  if (t.kind == TokenKind::prefix_wildcard || t.kind == TokenKind::local_wildcard || t.kind == TokenKind::prefixed_name)
    return true;
  return t.kind == TokenKind::name;
}

bool Parser::starts_primary() const {
  const auto& t = here();
  if (t.is("$") || t.is("(") || (two() && t.is("."))) return true;
  if (t.kind == TokenKind::string || t.kind == TokenKind::integer || t.kind == TokenKind::decimal ||
      t.kind == TokenKind::double_)
    return true;
  if (t.kind == TokenKind::prefixed_name) return ahead(1).is("(");
  return t.kind == TokenKind::name && ahead(1).is("(") && !is_node_type(t.text, two());
}

Step Parser::step() {
  if (!starts_primary() || !two()) return axis_step();
  Step s;
  const Deeper deeper(*this);
  s.expr = filtered_primary();
  return s;
}

Step Parser::axis_step() {
  Step s;
  if (here().is(".") || here().is("..")) {
    s.axis = here().is("..") ? Axis::parent : Axis::self;
    ++at_;
    if (!two() && here().is("["))
      fail("XPath 1.0 has no predicate after '.' or '..'; write self::node() or parent::node()");
  } else if (accept("@")) {
    s.axis = Axis::attribute;
    s.test = node_test(s.axis);
  } else if (here().kind == TokenKind::name && ahead(1).is("::")) {
    const auto found_axis =
        std::find_if(axis_names.begin(), axis_names.end(), [&](const AxisName& a) { return a.name == here().text; });
    if (found_axis == axis_names.end()) fail("there is no axis '" + std::string(here().text) + "'");
    s.axis = found_axis->axis;
    at_ += 2;
    s.test = node_test(s.axis);
  } else {
    const bool attribute_test = two() && here().is_word("attribute") && ahead(1).is("(");
    s.axis = attribute_test ? Axis::attribute : Axis::child;
    s.test = node_test(s.axis);
  }
  s.predicates = predicates();
  s.needs_list = std::any_of(s.predicates.begin(), s.predicates.end(), [](const Predicate& p) { return p.needs_last; });
  return s;
}

NodeTest Parser::node_test(Axis axis) {
  if (here().kind == TokenKind::name && ahead(1).is("(")) {
    if (!is_node_type(here().text, two())) fail("there is no node type '" + std::string(here().text) + "'");
    return kind_test();
  }
  return name_test(axis != Axis::attribute && axis != Axis::namespace_);
}

NodeTest Parser::kind_test() {
  NodeTest test;
  const Token name = here();
  at_ += 2;
  if (name.text == "node")
    test.kind = TestKind::node;
  else if (name.text == "text")
    test.kind = TestKind::text;
  else if (name.text == "comment")
    test.kind = TestKind::comment;
  else if (name.text == "processing-instruction")
    test.kind = TestKind::instruction;
  else if (two() && name.text == "element")
    test.kind = TestKind::element;
  else if (two() && name.text == "attribute")
    test.kind = TestKind::attribute;
  else if (two() && name.text == "document-node")
    test.kind = TestKind::document;
  else
    fail_at(name.offset, "the node test " + std::string(name.text) + "() is not supported");
  if (test.kind == TestKind::instruction && here().kind == TokenKind::string) {
    test.local = here().value;
    ++at_;
  } else if (test.kind == TestKind::instruction && two() && here().kind == TokenKind::name) {
    test.local = here().text;
    ++at_;
  } else if ((test.kind == TestKind::element || test.kind == TestKind::attribute) && !here().is(")") && !accept("*")) {
    const auto named = name_test(true);
    test.ns = named.ns;
    test.local = named.local;
    test.has_name = true;
  }
  expect(")", "the node test");
  return test;
}

NodeTest Parser::name_test(bool) {
  NodeTest test;
  const Token t = here();
  switch (t.kind) {
    case TokenKind::name:
      test.kind = TestKind::name;
      test.local = t.text;
      break;
    case TokenKind::prefixed_name:
      test.kind = TestKind::name;
      test.ns = resolve_prefix(t.prefix, t.offset);
      test.local = t.text;
      break;
    case TokenKind::prefix_wildcard:
      test.kind = TestKind::any_in_namespace;
      test.ns = resolve_prefix(t.prefix, t.offset);
      break;
    case TokenKind::local_wildcard:
      test.kind = TestKind::any_namespace;
      test.local = t.text;
      break;
    case TokenKind::symbol:
      if (t.text != "*") fail("a name or '*' should stand here, not " + found());
      test.kind = TestKind::any_name;
      break;
    case TokenKind::string:
    case TokenKind::integer:
    case TokenKind::decimal:
    case TokenKind::double_:
    case TokenKind::end:
      fail("a name or '*' should stand here, not " + found());
  }
  ++at_;
  if (test.kind != TestKind::name) return test;
  const QName name{test.ns, test.local};
  const auto known = std::find_if(names_.begin(), names_.end(), [&](const auto& entry) { return entry.first == name; });
  if (known != names_.end()) {
    test.slot = known->second;
  } else {
    test.slot = syntax_->name_count++;
    names_.emplace_back(name, test.slot);
  }
  return test;
}

std::vector<Predicate> Parser::predicates() {
  std::vector<Predicate> result;
  ++focus_depth_;
  while (accept("[")) {
    Predicate p;
    auto expr = expression();
    expect("]", "the predicate");
    const bool integer_literal = expr->op == Op::literal && expr->kind == Kind::number;
    if (integer_literal) {
      p.kind = PredicateKind::position;
      p.position = expr->literal.type == Type::double_ ? expr->literal.number() : to_double(expr->literal.decimal());
    } else if (expr->kind == Kind::number) {
      p.kind = PredicateKind::number;
    } else if (expr->kind != Kind::unknown) {
      p.kind = PredicateKind::boolean;
    }
    p.needs_last = expr->needs_last;
    p.expr = std::move(expr);
    result.push_back(std::move(p));
    if (result.size() > syntax_->limits.max_depth) fail("there are too many predicates (limit xpath-depth)");
  }
  --focus_depth_;
  return result;
}

MutableExpr Parser::finish_path(Path path, std::uint32_t offset) {
  auto result = make(Op::path, offset, Kind::nodes);
  if (path.steps.size() > 1 && path.steps.front().axis == Axis::self && !path.steps.front().expr &&
      path.steps.front().test.kind == TestKind::node && path.steps.front().predicates.empty())
    path.steps.erase(path.steps.begin());
  fold_descendants(path.steps);
  path.streams = streams_in_order(path.steps);
  result->needs_context = path.start != PathStart::expression;
  if (path.base) {
    result->depth = path.base->depth + 1;
    result->needs_context = path.base->needs_context;
    result->needs_position = path.base->needs_position;
    result->needs_last = path.base->needs_last;
  }
  for (const auto& s : path.steps) {
    if (s.expr) {
      result->depth = std::max(result->depth, s.expr->depth + 1);
      if (&s == &path.steps.back() && s.expr->kind != Kind::nodes) result->kind = Kind::unknown;
      if (&s == &path.steps.front() && path.start == PathStart::context) {
        result->needs_position |= s.expr->needs_position;
        result->needs_last |= s.expr->needs_last;
      }
    }
    for (const auto& p : s.predicates) result->depth = std::max(result->depth, p.expr->depth + 1);
  }
  result->depth += static_cast<std::uint32_t>(path.steps.size());  // evaluation recurses through the steps too
  result->path = std::make_unique<const Path>(std::move(path));
  limit_depth(*result);
  return result;
}

}  // namespace echoflow::xpath
