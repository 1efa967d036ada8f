// Apache ODE's extension functions. The ones that change something give a changed copy: variables change by assignment
// only. Each has its name with hyphens, the older ones also the name that ODE 1.1 gave them.
#include <algorithm>
#include <memory>

#include "bpel/xpath/evaluator.hpp"
#include "bpel/xpath/lexer.hpp"
#include "bpel/xpath/uri_template.hpp"
#include "models/base/namespaces.hpp"
#include "models/xml/writer.hpp"

namespace echoflow::xpath {
namespace {

[[noreturn]] void selection_failure(const Expr& call, const std::string& what) {
  raise_fault("selectionFailure", std::string(call.function->name) + "() " + what);
}
[[noreturn]] void invalid_source(const std::string& fault, const std::string& message) {
  throw EvaluationError{{std::string(ns::ode_extension), fault}, message, {}};
}

/// A copy of one element in a document of its own, and where the original's nodes are in it.
struct Copy {
  std::shared_ptr<xml::Document> document = std::make_shared<xml::Document>();
  xml::NodeIndex element = xml::no_node;

  Copy(const Evaluator& e, Node original)
      : element(document->append_copy(xml::root_node, e.document(original), original.index)) {}
  /// The copy of the n-th child.
  xml::NodeIndex child(std::size_t n) const {
    auto at = document->first_child(element);
    while (n-- > 0 && at != xml::no_node) at = document->next_sibling(at);
    return at;
  }
};

std::size_t place_among_siblings(const xml::Document& d, xml::NodeIndex node) {
  std::size_t n = 0;
  for (auto at = d.previous_sibling(node); at != xml::no_node; at = d.previous_sibling(at)) ++n;
  return n;
}

Sequence finished(Evaluator& e, Copy copy) {
  e.check_items(copy.document->node_count());
  const auto element = copy.element;
  return single(Item::of(Node{e.add_document(std::move(copy.document)), element, 0}));
}

Node single_element(Evaluator& e, const Expr& call, std::size_t i, const Focus& focus) {
  const auto list = e.nodes(*call.children[i], focus);
  if (list.size() != 1 || list[0].ns > 0 || e.node_kind(list[0]) != xml::NodeKind::element)
    selection_failure(call, "needs exactly one element as argument " + std::to_string(i + 1) + ".");
  return list[0];
}

// Children of one parent element, in document order.
NodeList children_of_one(Evaluator& e, const Expr& call, std::size_t i, const Focus& focus, Node& parent) {
  auto list = e.nodes(*call.children[i], focus);
  if (list.empty()) selection_failure(call, "got no node as argument " + std::to_string(i + 1) + ".");
  for (std::size_t k = 0; k < list.size(); ++k) {
    const auto above = e.parent_of(list[k]);
    const bool child = list[k].ns == 0 && e.node_kind(list[k]) != xml::NodeKind::attribute;
    if (!above || !child || e.node_kind(*above) != xml::NodeKind::element)
      selection_failure(call, "needs children of an element.");
    if (k > 0 && !(*above == parent)) selection_failure(call, "needs nodes that have the same parent.");
    parent = *above;
  }
  e.sort(list);
  return list;
}

// Nodes are copied, strings and numbers become text.
void insert(Evaluator& e, Copy& copy, const Sequence& items, xml::NodeIndex before) {
  auto& d = *copy.document;
  for (const auto& item : items) {
    if (item.is_node() && item.node().ns == 0) {
      const auto n = item.node();
      if (before == xml::no_node || e.node_kind(n) == xml::NodeKind::attribute)
        d.append_copy(copy.element, e.document(n), n.index);
      else
        d.insert_copy_before(before, e.document(n), n.index);
      continue;
    }
    xml::Document text;
    const auto node = text.append_text(xml::root_node, e.text_of(item));
    if (before == xml::no_node)
      d.append_copy(copy.element, text, node);
    else
      d.insert_copy_before(before, text, node);
  }
}

// insert-after(child, siblings) or insert-after(context, child, siblings): a copy of the parent.
Sequence insert_beside(Evaluator& e, const Expr& call, const Focus& focus, bool after) {
  const std::size_t child_argument = call.children.size() - 2;
  Node parent;
  const auto children = children_of_one(e, call, child_argument, focus, parent);
  const auto siblings = e.evaluate(*call.children.back(), focus);
  const auto place = place_among_siblings(e.document(parent), (after ? children.back() : children.front()).index);
  Copy copy(e, parent);
  insert(e, copy, siblings, copy.child(place + (after ? 1 : 0)));
  return finished(e, std::move(copy));
}
Sequence insert_after(Evaluator& e, const Expr& call, const Focus& focus) {
  return insert_beside(e, call, focus, true);
}
Sequence ode_insert_before(Evaluator& e, const Expr& call, const Focus& focus) {
  return insert_beside(e, call, focus, false);
}

Sequence insert_as_first_into(Evaluator& e, const Expr& call, const Focus& focus) {
  Copy copy(e, single_element(e, call, 0, focus));
  insert(e, copy, e.evaluate(*call.children[1], focus), copy.child(0));
  return finished(e, std::move(copy));
}
Sequence insert_as_last_into(Evaluator& e, const Expr& call, const Focus& focus) {
  Copy copy(e, single_element(e, call, 0, focus));
  insert(e, copy, e.evaluate(*call.children[1], focus), xml::no_node);
  return finished(e, std::move(copy));
}

// delete(children) or delete(context, children): a copy of the parent without them.
Sequence delete_(Evaluator& e, const Expr& call, const Focus& focus) {
  Node parent;
  const auto children = children_of_one(e, call, call.children.size() - 1, focus, parent);
  Copy copy(e, parent);
  std::vector<xml::NodeIndex> doomed;
  for (const auto child : children) doomed.push_back(copy.child(place_among_siblings(e.document(parent), child.index)));
  for (const auto n : doomed) copy.document->remove(n);
  return finished(e, std::move(copy));
}

// A name from an element, a QName or text whose prefix is declared on `element` or at the expression.
QNameValue name_argument(Evaluator& e, const Expr& call, std::size_t i, const Focus& focus, Node element) {
  const auto value = e.evaluate(*call.children[i], focus);
  if (value.size() != 1) selection_failure(call, "needs one name as argument " + std::to_string(i + 1) + ".");
  const auto& item = value.front();
  if (item.type == Type::qname) return item.qname();
  if (item.is_node() && e.node_kind(item.node()) == xml::NodeKind::element) return e.name_of(item.node());
  const auto text = e.text_of(item);
  const auto colon = text.find(':');
  const std::string prefix = colon == std::string::npos ? std::string() : text.substr(0, colon);
  const std::string local = colon == std::string::npos ? text : text.substr(colon + 1);
  if (!is_ncname(local) || (colon != std::string::npos && !is_ncname(prefix)))
    selection_failure(call, "got '" + text + "', which is no name.");
  auto uri = e.document(element).lookup_namespace(element.index, prefix);
  const auto& syntax = e.syntax();
  if (!uri && !prefix.empty() && syntax.namespaces) uri = syntax.namespaces->lookup_namespace(syntax.element, prefix);
  if (!uri && !prefix.empty()) selection_failure(call, "got the prefix '" + prefix + "', which is not declared.");
  return {prefix, {uri ? std::string(*uri) : std::string(), local}};
}

// rename(element, name [, type]): a copy of the parent in which the element has the new name (and xsi:type).
Sequence rename(Evaluator& e, const Expr& call, const Focus& focus) {
  const auto element = single_element(e, call, 0, focus);
  const auto name = name_argument(e, call, 1, focus, element);
  const auto parent = e.parent_of(element);
  const bool inside = parent && e.node_kind(*parent) == xml::NodeKind::element;
  Copy copy(e, inside ? *parent : element);
  const auto target = inside ? copy.child(place_among_siblings(e.document(element), element.index)) : copy.element;
  copy.document->rename(target, name.name.ns, name.name.local, name.prefix);
  if (call.children.size() > 2) {
    const auto type = name_argument(e, call, 2, focus, element);
    std::string prefix = type.prefix;
    if (!type.name.ns.empty()) {
      if (prefix.empty()) prefix = "type";
      copy.document->declare_namespace(target, prefix, type.name.ns);
    }
    copy.document->set_attribute(target, ns::xsi, "type",
                                 prefix.empty() ? type.name.local : prefix + ":" + type.name.local, "xsi");
  }
  return finished(e, std::move(copy));
}

std::string trimmed(std::string_view text) {
  constexpr std::string_view blank = " \t\r\n";
  const auto begin = text.find_first_not_of(blank);
  return begin == std::string_view::npos ? std::string()
                                         : std::string(text.substr(begin, text.find_last_not_of(blank) - begin + 1));
}

// split-to-elements(text, separator, name [, namespace]): a wrapper element with one element for each part, trimmed.
Sequence split_to_elements(Evaluator& e, const Expr& call, const Focus& focus) {
  const auto text = e.text_of(e.evaluate(*call.children[0], focus));
  const auto separator = e.text_argument(call, 1, focus);
  const auto name = e.text_argument(call, 2, focus);
  const auto uri = call.children.size() > 3 ? e.text_argument(call, 3, focus) : std::string();
  if (separator.empty() || !is_ncname(name))
    invalid_source("splitInvalidSource", "split-to-elements() needs a separator and an element's name.");
  auto document = std::make_shared<xml::Document>();
  const auto wrapper = document->append_element(xml::root_node, "", "wrapper");
  std::vector<std::string> parts;
  for (std::size_t at = 0; at <= text.size();) {
    const auto end = std::min(text.find(separator, at), text.size());
    parts.push_back(trimmed(std::string_view(text).substr(at, end - at)));
    at = end + separator.size();
    e.check_items(parts.size());
  }
  // What is empty at the end is not a part, as a trailing separator ends the last one.
  while (!parts.empty() && parts.back().empty()) parts.pop_back();
  for (const auto& part : parts) {
    const auto element = document->append_element(wrapper, uri, name);
    if (!part.empty()) document->append_text(element, part);
  }
  return single(Item::of(Node{e.add_document(std::move(document)), wrapper, 0}));
}

Sequence combine_url_(Evaluator& e, const Expr& call, const Focus& focus) {
  const auto base = e.text_of(e.evaluate(*call.children[0], focus));
  const auto result = combine_url(base, e.text_of(e.evaluate(*call.children[1], focus)));
  if (!result)
    invalid_source("combineUrlInvalidSource", "'" + base + "' is no absolute URL; write it with its scheme.");
  return single(Item::of(*result));
}

// compose-url(template, name, value, …) or compose-url(template, element whose children are the pairs).
Sequence expand(Evaluator& e, const Expr& call, const Focus& focus, bool keep_unknown, const std::string& fault) {
  const auto text = e.text_of(e.evaluate(*call.children[0], focus));
  std::map<std::string, std::string> values;
  if (call.children.size() == 2) {
    const auto parent = single_element(e, call, 1, focus);
    const auto& d = e.document(parent);
    for (auto at = d.first_child_element(parent.index); at != xml::no_node; at = d.next_sibling_element(at))
      values[std::string(d.local_name(at))] = d.string_value(at);
  } else {
    if (call.children.size() % 2 == 0)
      invalid_source(fault, std::string(call.function->name) + "() takes a template and pairs of name and value.");
    for (std::size_t i = 1; i + 1 < call.children.size(); i += 2)
      values[e.text_of(e.evaluate(*call.children[i], focus))] = e.text_of(e.evaluate(*call.children[i + 1], focus));
  }
  const auto result = expand_template(text, values, keep_unknown);
  if (!result) invalid_source(fault, "'" + text.substr(0, 100) + "' is no URI template: its braces do not match.");
  e.check_text(result->size());
  return single(Item::of(*result));
}
Sequence compose_url(Evaluator& e, const Expr& call, const Focus& focus) {
  return expand(e, call, focus, false, "composeUrlInvalidSource");
}
Sequence expand_template_(Evaluator& e, const Expr& call, const Focus& focus) {
  return expand(e, call, focus, true, "expandTemplateInvalidSource");
}

Sequence dom_to_string(Evaluator& e, const Expr& call, const Focus& focus) {
  const auto element = single_element(e, call, 0, focus);
  auto text = xml::to_string(e.document(element), element.index);
  e.check_text(text.size());
  return single(Item::of(std::move(text)));
}

// The property was looked up when the expression was compiled.
Sequence process_property(Evaluator&, const Expr& call, const Focus&) {
  return single(call.literal);
}

Sequence process_id(Evaluator& e, const Expr&, const Focus&) {
  return single(Item::of(std::to_string(e.scope().instance_id())));
}

constexpr Function ode_table[] = {
    {"insert-after", 2, 3, Kind::nodes, insert_after},
    {"insert-before", 2, 3, Kind::nodes, ode_insert_before},
    {"insert-as-first-into", 2, 2, Kind::nodes, insert_as_first_into},
    {"insert-as-last-into", 2, 2, Kind::nodes, insert_as_last_into},
    {"delete", 1, 2, Kind::nodes, delete_},
    {"rename", 2, 3, Kind::nodes, rename},
    {"split-to-elements", 3, 4, Kind::nodes, split_to_elements},
    {"splitToElements", 3, 4, Kind::nodes, split_to_elements},
    {"combine-url", 2, 2, Kind::string, combine_url_},
    {"combineUrl", 2, 2, Kind::string, combine_url_},
    {"compose-url", 2, any_number, Kind::string, compose_url},
    {"composeUrl", 2, any_number, Kind::string, compose_url},
    {"expand-template", 2, any_number, Kind::string, expand_template_},
    {"expandTemplate", 2, any_number, Kind::string, expand_template_},
    {"dom-to-string", 1, 1, Kind::string, dom_to_string},
    {"domToString", 1, 1, Kind::string, dom_to_string},
    {"process-property", 1, 1, Kind::string, process_property},
    {"pid", 0, 0, Kind::string, process_id},
};

}  // namespace

std::span<const Function> ode_functions() {
  return ode_table;
}

}  // namespace echoflow::xpath
