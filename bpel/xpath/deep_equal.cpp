#include "bpel/xpath/deep_equal.hpp"

#include <cmath>

namespace echoflow::xpath {
namespace {

bool counts(xml::NodeKind kind) {
  return kind == xml::NodeKind::element || kind == xml::NodeKind::text;
}

xml::NodeIndex counted(const xml::Document& d, xml::NodeIndex at) {
  while (at != xml::no_node && !counts(d.kind(at))) at = d.next_sibling(at);
  return at;
}

bool same_name(const xml::Document& a, xml::NodeIndex x, const xml::Document& b, xml::NodeIndex y) {
  return a.local_name(x) == b.local_name(y) && a.namespace_uri(x) == b.namespace_uri(y);
}

bool same_attributes(Evaluator& e, const xml::Document& a, xml::NodeIndex x, const xml::Document& b, xml::NodeIndex y) {
  std::size_t count = 0;
  for (auto at = a.first_attribute(x); at != xml::no_node; at = a.next_sibling(at)) {
    e.step();
    ++count;
    const auto other = b.find_attribute(y, a.namespace_uri(at), a.local_name(at));
    if (other == xml::no_node || a.value(at) != b.value(other)) return false;
  }
  for (auto at = b.first_attribute(y); at != xml::no_node; at = b.next_sibling(at))
    if (count-- == 0) return false;
  return count == 0;
}

bool same_node(Evaluator& e, const xml::Document& a, xml::NodeIndex x, const xml::Document& b, xml::NodeIndex y) {
  e.step();
  if (a.kind(x) != b.kind(y)) return false;
  switch (a.kind(x)) {
    case xml::NodeKind::element:
      return same_name(a, x, b, y) && same_attributes(e, a, x, b, y);
    case xml::NodeKind::attribute:
    case xml::NodeKind::processing_instruction:
      return same_name(a, x, b, y) && a.value(x) == b.value(y);
    case xml::NodeKind::text:
    case xml::NodeKind::comment:
      return a.value(x) == b.value(y);
    case xml::NodeKind::document:
      return true;
    case xml::NodeKind::removed:
      return false;
  }
  return false;
}

// Both trees side by side, without recursion.
bool same_trees(Evaluator& e, const xml::Document& a, xml::NodeIndex top_a, const xml::Document& b,
                xml::NodeIndex top_b) {
  auto x = top_a, y = top_b;
  for (;;) {
    if (!same_node(e, a, x, b, y)) return false;
    auto down_x = counted(a, a.first_child(x)), down_y = counted(b, b.first_child(y));
    if ((down_x == xml::no_node) != (down_y == xml::no_node)) return false;
    if (down_x != xml::no_node) {
      x = down_x;
      y = down_y;
      continue;
    }
    for (;;) {
      if (x == top_a) return true;
      const auto next_x = counted(a, a.next_sibling(x)), next_y = counted(b, b.next_sibling(y));
      if ((next_x == xml::no_node) != (next_y == xml::no_node)) return false;
      if (next_x != xml::no_node) {
        x = next_x;
        y = next_y;
        break;
      }
      x = a.parent(x);
      y = b.parent(y);
    }
  }
}

bool same_items(Evaluator& e, const Item& a, const Item& b) {
  e.step();
  if (a.is_node() != b.is_node()) return false;
  if (a.is_node()) {
    const auto x = a.node(), y = b.node();
    if (x.ns > 0 || y.ns > 0)
      return x.ns > 0 && y.ns > 0 && e.name_of(x).name == e.name_of(y).name && e.text_of(x) == e.text_of(y);
    return same_trees(e, e.document(x), x.index, e.document(y), y.index);
  }
  const bool floats =
      (a.type == Type::double_ || a.type == Type::float_) && (b.type == Type::double_ || b.type == Type::float_);
  if (floats && std::isnan(a.number()) && std::isnan(b.number())) return true;
  return values_equal(a, b);
}

}  // namespace

bool deep_equal(Evaluator& e, const Sequence& a, const Sequence& b) {
  if (a.size() != b.size()) return false;
  for (std::size_t i = 0; i < a.size(); ++i)
    if (!same_items(e, a[i], b[i])) return false;
  return true;
}

}  // namespace echoflow::xpath
