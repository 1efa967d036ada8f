// Location paths. Paths that meet their nodes in document order are walked depth first and stop as soon as nobody wants
// more; the others go level by level, sorted and without doubles after each step.
#include <algorithm>
#include <optional>

#include "bpel/xpath/evaluator.hpp"

namespace echoflow::xpath {
namespace {

bool is_reverse(Axis axis) {
  return axis == Axis::parent || axis == Axis::ancestor || axis == Axis::ancestor_or_self ||
         axis == Axis::preceding_sibling || axis == Axis::preceding;
}

xml::NodeIndex next_in_tree(const xml::Document& d, xml::NodeIndex at, xml::NodeIndex top) {
  if (d.first_child(at) != xml::no_node) return d.first_child(at);
  while (at != top && d.next_sibling(at) == xml::no_node) at = d.parent(at);
  return at == top ? xml::no_node : d.next_sibling(at);
}

xml::NodeIndex last_descendant(const xml::Document& d, xml::NodeIndex at) {
  while (d.last_child(at) != xml::no_node) at = d.last_child(at);
  return at;
}

bool is_tree_node(const xml::Document& d, Node n) {
  return n.ns == 0 && d.kind(n.index) != xml::NodeKind::attribute;
}

template <class F>
bool walk_descendants(const xml::Document& d, Node from, bool with_self, F& visit) {
  if (with_self && !visit(from)) return false;
  if (!is_tree_node(d, from)) return true;
  for (auto at = d.first_child(from.index); at != xml::no_node; at = next_in_tree(d, at, from.index))
    if (!visit(Node{from.document, at, 0})) return false;
  return true;
}

// Everything after the node that is not inside it; after an attribute come its element's children.
template <class F>
bool walk_following(const xml::Document& d, Node from, F& visit) {
  auto at = from.index;
  if (!is_tree_node(d, from)) {
    if (from.ns == 0) at = d.parent(from.index);
    Node element{from.document, at, 0};
    if (!walk_descendants(d, element, false, visit)) return false;
  }
  while (at != xml::no_node) {
    while (at != xml::no_node && d.next_sibling(at) == xml::no_node) at = d.parent(at);
    if (at == xml::no_node) return true;
    at = d.next_sibling(at);
    if (!walk_descendants(d, Node{from.document, at, 0}, true, visit)) return false;
  }
  return true;
}

// Everything before the node but its ancestors, nearest first.
template <class F>
bool walk_preceding(const xml::Document& d, Node from, F& visit) {
  auto at = from.index;
  if (!is_tree_node(d, from) && from.ns == 0) at = d.parent(from.index);
  while (at != xml::no_node) {
    if (d.previous_sibling(at) == xml::no_node) {
      at = d.parent(at);
      continue;
    }
    const auto top = d.previous_sibling(at);
    for (auto node = last_descendant(d, top);;) {
      if (!visit(Node{from.document, node, 0})) return false;
      if (node == top) break;
      node = d.previous_sibling(node) != xml::no_node ? last_descendant(d, d.previous_sibling(node)) : d.parent(node);
    }
    at = top;
  }
  return true;
}

}  // namespace

template <class F>
bool Evaluator::walk(Axis axis, Node from, F&& visit) {
  const auto& d = document(from);
  const bool tree = is_tree_node(d, from);
  const auto siblings = [&](xml::NodeIndex at, auto next) {
    for (; at != xml::no_node; at = next(at))
      if (!visit(Node{from.document, at, 0})) return false;
    return true;
  };
  switch (axis) {
    case Axis::self:
      return visit(from);
    case Axis::child:
      return !tree || siblings(d.first_child(from.index), [&](xml::NodeIndex n) { return d.next_sibling(n); });
    case Axis::attribute:
      return !tree || siblings(d.first_attribute(from.index), [&](xml::NodeIndex n) { return d.next_sibling(n); });
    case Axis::following_sibling:
      return !tree || siblings(d.next_sibling(from.index), [&](xml::NodeIndex n) { return d.next_sibling(n); });
    case Axis::preceding_sibling:
      return !tree || siblings(d.previous_sibling(from.index), [&](xml::NodeIndex n) { return d.previous_sibling(n); });
    case Axis::descendant:
      return walk_descendants(d, from, false, visit);
    case Axis::descendant_or_self:
      return walk_descendants(d, from, true, visit);
    case Axis::following:
      return walk_following(d, from, visit);
    case Axis::preceding:
      return walk_preceding(d, from, visit);
    case Axis::parent: {
      const auto parent = parent_of(from);
      return !parent || visit(*parent);
    }
    case Axis::ancestor:
    case Axis::ancestor_or_self:
      if (axis == Axis::ancestor_or_self && !visit(from)) return false;
      for (auto at = parent_of(from); at; at = parent_of(*at))
        if (!visit(*at)) return false;
      return true;
    case Axis::namespace_: {
      if (!tree || d.kind(from.index) != xml::NodeKind::element) return true;
      const auto count = static_cast<std::uint32_t>(d.namespaces_in_scope(from.index).size()) + 1;
      for (std::uint32_t i = 1; i <= count; ++i)
        if (!visit(Node{from.document, from.index, i})) return false;
      return true;
    }
  }
  return true;
}

// XPath 1.0 §2.4: a number means a position, anything else is taken as a boolean.
bool Evaluator::predicate(const Predicate& p, const Focus& focus) {
  switch (p.kind) {
    case PredicateKind::position:
      return p.position == focus.position;
    case PredicateKind::number:
      return number(*p.expr, focus) == focus.position;
    case PredicateKind::boolean:
      return boolean(*p.expr, focus);
    case PredicateKind::dynamic:
      break;
  }
  const auto value = evaluate(*p.expr, focus);
  if (value.size() == 1 && is_numeric(value.front().type)) return number_of(value.front()) == focus.position;
  return effective_boolean(value);
}

// Candidates one by one; each predicate counts those that passed the ones before it.
bool Evaluator::stream_step(const Step& step_, Node from, const NodeSink& next) {
  if (step_.needs_list) return list_step(step_, from, next);
  const auto& predicates = step_.predicates;
  if (predicates.empty()) {
    return walk(step_.axis, from, [&](Node n) {
      step();
      return !matches(step_.test, step_.axis, n) || next(n);
    });
  }
  constexpr std::size_t inline_counters = 8;
  std::uint32_t few[inline_counters] = {};
  std::vector<std::uint32_t> many;
  if (predicates.size() > inline_counters) many.resize(predicates.size());
  std::uint32_t* passed = many.empty() ? few : many.data();
  bool wanted = true;
  walk(step_.axis, from, [&](Node n) {
    step();
    if (!matches(step_.test, step_.axis, n)) return true;
    for (std::size_t i = 0; i < predicates.size(); ++i) {
      const auto position = ++passed[i];
      if (!predicate(predicates[i], Focus::at(n, position, position))) return true;
    }
    wanted = next(n);
    // A constant position in the first predicate is met once only.
    return wanted && predicates[0].kind != PredicateKind::position;
  });
  return wanted;
}

// As stream_step, for predicates that ask for last().
bool Evaluator::list_step(const Step& step_, Node from, const NodeSink& next) {
  NodeList list;
  walk(step_.axis, from, [&](Node n) {
    step();
    if (matches(step_.test, step_.axis, n)) list.push_back(n);
    return true;
  });
  for (const auto& p : step_.predicates) {
    const auto size = list.size();
    std::size_t kept = 0;
    for (std::size_t i = 0; i < size; ++i)
      if (predicate(p, Focus::at(list[i], i + 1, size))) list[kept++] = list[i];
    list.resize(kept);
  }
  return std::all_of(list.begin(), list.end(), [&](Node n) { return next(n); });
}

bool Evaluator::stream(const Path& path, std::size_t step_index, Node from, const NodeSink& sink) {
  if (step_index == path.steps.size()) return sink(from);
  if (step_index + 1 == path.steps.size()) return stream_step(path.steps[step_index], from, sink);
  const auto go_on = [&](Node n) { return stream(path, step_index + 1, n, sink); };
  return stream_step(path.steps[step_index], from, NodeSink(go_on));
}

NodeList Evaluator::by_levels(const Path& path, std::size_t step_count, NodeList current) {
  for (std::size_t step_index = 0; step_index < step_count; ++step_index) {
    const auto& s = path.steps[step_index];
    NodeList found;
    const bool ordered = current.size() <= 1 && !is_reverse(s.axis) && !s.expr;
    const auto collect = [&](Node n) {
      check_items(found.size());
      found.push_back(n);
      return true;
    };
    for (std::size_t i = 0; i < current.size(); ++i) {
      if (!s.expr) {
        stream_step(s, current[i], NodeSink(collect));
        continue;
      }
      for (const auto& item : evaluate(*s.expr, Focus::at(current[i], i + 1, current.size()))) {
        if (!item.is_node()) raise("XPTY0019", "a step of a path gave a value that is no node");
        collect(item.node());
      }
    }
    if (!ordered) sort(found);
    current = std::move(found);
  }
  return current;
}

// Where a path starts: true with one node in `single`, false with any number in `many`.
bool Evaluator::path_start(const Expr& expr, const Focus& focus, Node& single, NodeList& many) {
  const auto& path = *expr.path;
  switch (path.start) {
    case PathStart::context:
      single = context_node(focus);
      return true;
    case PathStart::root:
      single = root_of(context_node(focus));
      return true;
    case PathStart::expression:
      break;
  }
  if (path.base->op == Op::variable && path.base->kind == Kind::nodes) {
    single = variable_node(path.base->variable);
    return true;
  }
  if (path.base->kind == Kind::nodes) {
    many = nodes(*path.base, focus);
  } else {
    for (const auto& item : evaluate(*path.base, focus)) {
      if (!item.is_node())
        raise(two() ? "XPTY0019" : "", "a path can only follow nodes, not a " + std::string(type_name(item.type)));
      many.push_back(item.node());
    }
  }
  if (many.size() != 1) return false;
  single = many.front();
  return true;
}

bool Evaluator::path_nodes(const Expr& expr, const Focus& focus, NodeSink sink) {
  Node start;
  NodeList list;
  const bool single = path_start(expr, focus, start, list);
  if (single && expr.path->streams) return stream(*expr.path, 0, start, sink);
  if (single) list.assign(1, start);
  list = by_levels(*expr.path, expr.path->steps.size(), std::move(list));
  return std::all_of(list.begin(), list.end(), [&](Node n) { return sink(n); });
}

// XPath 2.0 §3.2: the last step may give atomic values, in the order of its context nodes.
Sequence Evaluator::general_path(const Expr& expr, const Focus& focus) {
  const auto& path = *expr.path;
  Node start;
  NodeList list;
  if (path_start(expr, focus, start, list)) list.assign(1, start);
  const auto& last = *path.steps.back().expr;
  list = by_levels(path, path.steps.size() - 1, std::move(list));
  Sequence result;
  std::size_t node_count = 0;
  for (std::size_t i = 0; i < list.size(); ++i) {
    for (auto& item : evaluate(last, Focus::at(list[i], i + 1, list.size()))) {
      node_count += item.is_node();
      result.push_back(std::move(item));
    }
    check_items(result.size());
  }
  if (node_count == 0) return result;
  if (node_count != result.size()) raise("XPTY0018", "the last step of a path gave nodes and other values");
  NodeList found;
  for (const auto& item : result) found.push_back(item.node());
  sort(found);
  result.clear();
  for (const auto n : found) result.push_back(Item::of(n));
  return result;
}

Sequence Evaluator::filter(const Expr& expr, const Focus& focus) {
  auto value = evaluate(*expr.children[0], focus);
  for (const auto& p : expr.predicates) {
    Sequence kept;
    for (std::size_t i = 0; i < value.size(); ++i) {
      step();
      if (!two() && !value[i].is_node()) raise("", "a predicate can only follow nodes");
      if (predicate(p, Focus::at(value[i], i + 1, value.size()))) kept.push_back(value[i]);
    }
    value = std::move(kept);
  }
  return value;
}

}  // namespace echoflow::xpath
