#include "models/notations/bpmn/source.hpp"

#include "models/notations/bpmn/namespaces.hpp"

namespace echoflow::bpmn {

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view space = " \t\r\n";
  const auto first = text.find_first_not_of(space);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(space) - first + 1);
}

std::string shown(std::string_view text) {
  constexpr std::size_t most = 80;
  if (text.size() <= most) return std::string(text);
  std::size_t end = most;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;  // not inside a character
  return std::string(text.substr(0, end)) + "…";
}

Source::Source(const xml::Document& document, std::string file)
    : document_(document), file_(std::move(file)), root_(document.document_element()) {
  if (root_ == xml::no_node) return;
  target_namespace_ = attribute(root_, "targetNamespace");
  collect();
}

void Source::collect() {
  xml::NodeIndex n = root_;
  while (n != xml::no_node) {
    if (const auto id = attribute(n, "id"); !id.empty()) by_id_.emplace(id, n);
    const bool extension = is(n, "extensionElements");
    if (is_model(n) && !extension) elements_.push_back(n);
    xml::NodeIndex next = extension ? xml::no_node : document_.first_child_element(n);
    while (next == xml::no_node && n != root_) {
      next = document_.next_sibling_element(n);
      if (next == xml::no_node) n = document_.parent(n);
    }
    n = next;
  }
}

SourceLocation Source::where(xml::NodeIndex n) const {
  const auto position = document_.position(n);
  return {file_, position.line, position.column};
}

bool Source::is_model(xml::NodeIndex n) const {
  return n != xml::no_node && is_model_namespace(document_.namespace_uri(n));
}

bool Source::is(xml::NodeIndex n, std::string_view local) const {
  return n != xml::no_node && document_.local_name(n) == local && is_model(n);
}

std::string_view Source::attribute(xml::NodeIndex n, std::string_view local) const {
  return trimmed(document_.attribute(n, local).value_or(std::string_view{}));
}

bool Source::has(xml::NodeIndex n, std::string_view local) const {
  return document_.attribute(n, local).has_value();
}

bool Source::flag(xml::NodeIndex n, std::string_view local, bool otherwise) const {
  const auto text = attribute(n, local);
  if (text == "true" || text == "1") return true;
  if (text == "false" || text == "0") return false;
  return otherwise;
}

std::string Source::text(xml::NodeIndex n) const {
  const std::string all = document_.string_value(n);
  return std::string(trimmed(all));
}

std::vector<xml::NodeIndex> Source::children(xml::NodeIndex n) const {
  std::vector<xml::NodeIndex> found;
  for (auto c = document_.first_child_element(n); c != xml::no_node; c = document_.next_sibling_element(c))
    if (is_model(c)) found.push_back(c);
  return found;
}

std::vector<xml::NodeIndex> Source::children(xml::NodeIndex n, std::string_view local) const {
  std::vector<xml::NodeIndex> found;
  for (auto c = document_.first_child_element(n); c != xml::no_node; c = document_.next_sibling_element(c))
    if (is(c, local)) found.push_back(c);
  return found;
}

xml::NodeIndex Source::child(xml::NodeIndex n, std::string_view local) const {
  for (auto c = document_.first_child_element(n); c != xml::no_node; c = document_.next_sibling_element(c))
    if (is(c, local)) return c;
  return xml::no_node;
}

xml::NodeIndex Source::find(std::string_view id) const {
  const auto found = by_id_.find(id);
  return found == by_id_.end() ? xml::no_node : found->second;
}

// BPMN 2.0 §15.3.2 (referencing elements): a QName whose prefix means the target namespace names an element of this
// file. Tools also write the plain id, or a prefix that they never declare.
std::string Source::reference(xml::NodeIndex context, std::string_view text) const {
  const auto plain = trimmed(text);
  const auto colon = plain.find(':');
  if (plain.empty() || by_id_.contains(plain) || colon == std::string_view::npos) return std::string(plain);
  const auto local = plain.substr(colon + 1);
  const auto uri = document_.lookup_namespace(context, plain.substr(0, colon));
  if (uri && *uri != target_namespace_) return QName{std::string(*uri), std::string(local)}.clark();
  return std::string(local);
}

xml::NodeIndex Source::resolve(xml::NodeIndex context, std::string_view text) const {
  return find(reference(context, text));
}

xml::NodeIndex Source::resolve_attribute(xml::NodeIndex n, std::string_view local) const {
  const auto text = attribute(n, local);
  return text.empty() ? xml::no_node : resolve(n, text);
}

bool Source::is_foreign(xml::NodeIndex context, std::string_view text) const {
  return reference(context, text).starts_with('{');
}

std::string Source::type_name(xml::NodeIndex context, std::string_view text) const {
  const auto plain = trimmed(text);
  const auto name = document_.resolve_qname(context, plain);
  if (!name) return std::string(plain);
  // A name without a prefix is of the tool's own: the default namespace is BPMN's, which has no types for data.
  if (is_bpmn_namespace(name->ns)) return name->local;
  return name->clark();
}

}  // namespace echoflow::bpmn
