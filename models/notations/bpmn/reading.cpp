#include "models/notations/bpmn/reading.hpp"

#include <charconv>
#include <cmath>

#include "models/notations/bpmn/namespaces.hpp"
#include "models/xml/writer.hpp"

namespace echoflow::bpmn {

bool may_copy(Reading& r, std::size_t bytes) {
  constexpr std::size_t most = 16u << 20;
  if (bytes > most || r.copied > most - bytes) return false;
  r.copied += bytes;
  return true;
}

std::string take(Reading& r, xml::NodeIndex n, std::string_view attribute) {
  const auto found = r.document().find_attribute(n, {}, attribute);
  if (found == xml::no_node) return {};
  r.ledger.took(found);
  return std::string(trimmed(r.document().value(found)));
}

bool take_flag(Reading& r, xml::NodeIndex n, std::string_view attribute, bool otherwise) {
  take(r, n, attribute);
  return r.source.flag(n, attribute, otherwise);
}

int take_number(Reading& r, xml::NodeIndex n, std::string_view attribute, int otherwise) {
  const std::string text = take(r, n, attribute);
  int value = otherwise;
  const auto end = text.data() + text.size();
  const auto result = std::from_chars(text.data(), end, value);
  return result.ec == std::errc{} && result.ptr == end ? value : otherwise;
}

double take_decimal(Reading& r, xml::NodeIndex n, std::string_view attribute) {
  const std::string text = take(r, n, attribute);
  double value = 0;
  const auto result = std::from_chars(text.data(), text.data() + text.size(), value);
  return result.ec == std::errc{} && std::isfinite(value) ? value : 0;
}

std::string take_reference(Reading& r, xml::NodeIndex n, std::string_view attribute) {
  const std::string text = take(r, n, attribute);
  return text.empty() ? text : r.source.reference(n, text);
}

std::string read_reference(Reading& r, xml::NodeIndex element) {
  if (element == xml::no_node) return {};
  r.ledger.kept(element);
  return r.source.reference(element, r.source.text(element));
}

std::string read_text(Reading& r, xml::NodeIndex element) {
  if (element == xml::no_node) return {};
  if (r.document().first_child_element(element) == xml::no_node) {
    r.ledger.kept(element);
    return r.source.text(element);
  }
  r.ledger.kept_below(element);
  std::string text;
  for (auto c = r.document().first_child(element); c != xml::no_node; c = r.document().next_sibling(c))
    xml::write(r.document(), c, text);
  return std::string(trimmed(text));
}

graph::Expression read_expression(Reading& r, xml::NodeIndex element) {
  graph::Expression expression;
  expression.language = take(r, element, "language");
  // Beside its text an expression may hold what every element may; that is not part of it.
  for (const auto child : r.source.children(element))
    if (r.source.is(child, "extensionElements") || r.source.is(child, "documentation"))
      r.ledger.left_out_below(child, "An expression keeps its text alone.");
  const bool others = r.document().first_child_element(element) != xml::no_node && r.source.children(element).empty();
  if (others) {
    expression.text = read_text(r, element);
  } else {
    for (auto c = r.document().first_child(element); c != xml::no_node; c = r.document().next_sibling(c))
      if (r.document().kind(c) == xml::NodeKind::text) expression.text += r.document().value(c);
    expression.text = std::string(trimmed(expression.text));
    r.ledger.kept(element);
  }
  expression.where = r.source.where(element);
  return expression;
}

std::optional<graph::Expression> read_expression_child(Reading& r, xml::NodeIndex parent, std::string_view local) {
  const auto child = r.source.child(parent, local);
  if (child == xml::no_node) return std::nullopt;
  return read_expression(r, child);
}

std::string read_reference_child(Reading& r, xml::NodeIndex parent, std::string_view local) {
  return read_reference(r, r.source.child(parent, local));
}

graph::NodeIndex node_of(const Reading& r, xml::NodeIndex n) {
  const auto found = r.things.find(n);
  return found != r.things.end() && found->second.kind == ThingKind::node ? found->second.index : graph::none;
}

std::string own_id(Reading& r, xml::NodeIndex n) {
  std::string id = take(r, n, "id");
  const bool missing = id.empty();
  if (missing) id = std::string(r.source.local(n)) + "_line_" + std::to_string(r.document().position(n).line);
  const auto taken = [&](const std::string& wanted) {
    const auto other = r.source.find(wanted);
    return r.graph.find(wanted) != graph::none || r.graph.definitions.contains(wanted) ||
           (other != xml::no_node && other != n);
  };
  auto [number, fresh] = r.numbers.try_emplace(id, 2);
  std::string free = id;
  for (bool used = !fresh || taken(free); used; ++number->second) {
    free = id + "_" + std::to_string(number->second);
    used = taken(free) || !r.numbers.try_emplace(free, 2).second;
  }
  if (missing)
    r.ledger.changed(n, "It has no id and is called " + free + " here.");
  else if (free != id)
    r.ledger.changed(n, "Its id is another element's; it is called " + free + " here.");
  return free;
}

graph::NodeIndex open_node(Reading& r, xml::NodeIndex n, graph::ContainerIndex container) {
  graph::Node node;
  r.ledger.kept(n);
  node.id = own_id(r, n);
  node.container = container;
  node.where = r.source.where(n);
  const auto index = r.graph.add_node(std::move(node));
  r.things[n] = {ThingKind::node, index};
  // Incoming and outgoing repeat what the flows say.
  for (const auto child : r.source.children(n))
    if (r.source.is(child, "incoming") || r.source.is(child, "outgoing")) r.ledger.kept(child);
  return index;
}

void close_node(Reading& r, xml::NodeIndex n, graph::NodeIndex index, graph::Detail detail) {
  Common common = read_common(r, n);
  auto& node = r.graph.node(index);
  node.name = std::move(common.name);
  node.documentation = std::move(common.documentation);
  node.attributes.insert(node.attributes.end(), common.attributes.begin(), common.attributes.end());
  node.detail = std::move(detail);
}

graph::NodeIndex add_node(Reading& r, xml::NodeIndex n, graph::ContainerIndex container, graph::Detail detail) {
  const auto index = open_node(r, n, container);
  close_node(r, n, index, std::move(detail));
  return index;
}

void finding(Reading& r, Severity severity, std::string rule, xml::NodeIndex n, std::string message) {
  add_finding(r.findings, {std::move(rule), severity, std::move(message), r.source.where(n)});
}

}  // namespace echoflow::bpmn
