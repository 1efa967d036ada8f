#include "bpel/xslt/convert.hpp"

#include <libxml/tree.h>

#include <string>

namespace echoflow::xslt {
namespace {

const xmlChar* chars(const std::string& text) {
  return reinterpret_cast<const xmlChar*>(text.c_str());
}
std::string_view view(const xmlChar* text) {
  return text == nullptr ? std::string_view() : reinterpret_cast<const char*>(text);
}

/// Copies our tree into libxml2's, without recursion.
class Builder {
 public:
  Builder(const xml::Document& source, xmlDoc* target) : source_(source), target_(target) {}

  bool copy(xml::NodeIndex top) {
    xmlNode* parent = reinterpret_cast<xmlNode*>(target_);
    for (xml::NodeIndex at = top;;) {
      xmlNode* made = add(at, parent, at == top);
      if (made == nullptr) return false;
      if (source_.kind(at) == xml::NodeKind::element && source_.first_child(at) != xml::no_node) {
        parent = made;
        at = source_.first_child(at);
        continue;
      }
      while (at != top && source_.next_sibling(at) == xml::no_node) {
        at = source_.parent(at);
        parent = parent->parent;
      }
      if (at == top) return true;
      at = source_.next_sibling(at);
    }
  }

 private:
  xmlNode* add(xml::NodeIndex n, xmlNode* parent, bool is_top) {
    const std::string value(source_.value(n));
    xmlNode* made = nullptr;
    switch (source_.kind(n)) {
      case xml::NodeKind::element:
        return add_element(n, parent, is_top);
      case xml::NodeKind::attribute:
      case xml::NodeKind::text:
        made = xmlNewDocTextLen(target_, chars(value), static_cast<int>(value.size()));
        break;
      case xml::NodeKind::comment:
        made = xmlNewDocComment(target_, chars(value));
        break;
      case xml::NodeKind::processing_instruction:
        made = xmlNewDocPI(target_, chars(std::string(source_.local_name(n))), chars(value));
        break;
      case xml::NodeKind::document:
      case xml::NodeKind::removed:
        return nullptr;
    }
    return attach(parent, made);
  }

  xmlNode* attach(xmlNode* parent, xmlNode* child) {
    if (child == nullptr) return nullptr;
    // xmlAddChild merges texts; linking by hand keeps what was given.
    child->parent = parent;
    child->prev = parent->last;
    if (parent->last != nullptr)
      parent->last->next = child;
    else
      parent->children = child;
    parent->last = child;
    return child;
  }

  xmlNode* add_element(xml::NodeIndex n, xmlNode* parent, bool is_top) {
    xmlNode* element = xmlNewDocNode(target_, nullptr, chars(std::string(source_.local_name(n))), nullptr);
    if (attach(parent, element) == nullptr) return nullptr;
    for (const auto& d : is_top ? source_.namespaces_in_scope(n) : source_.namespace_declarations(n)) {
      const std::string prefix(d.prefix), uri(d.uri);
      xmlNewNs(element, chars(uri), prefix.empty() ? nullptr : chars(prefix));
    }
    xmlSetNs(element, find_namespace(element, source_.namespace_uri(n), source_.prefix(n), true));
    for (auto a = source_.first_attribute(n); a != xml::no_node; a = source_.next_sibling(a)) {
      xmlNs* ns = find_namespace(element, source_.namespace_uri(a), source_.prefix(a), false);
      xmlNewNsProp(element, ns, chars(std::string(source_.local_name(a))), chars(std::string(source_.value(a))));
    }
    return element;
  }

  xmlNs* find_namespace(xmlNode* element, std::string_view uri_view, std::string_view prefix_view, bool may_default) {
    if (uri_view.empty()) return nullptr;
    const std::string uri(uri_view), prefix(prefix_view);
    if (!prefix.empty() || may_default) {
      xmlNs* ns = xmlSearchNs(target_, element, prefix.empty() ? nullptr : chars(prefix));
      if (ns != nullptr && view(ns->href) == uri) return ns;
      if (ns == nullptr && (!prefix.empty() || may_default))
        return xmlNewNs(element, chars(uri), prefix.empty() ? nullptr : chars(prefix));
    }
    xmlNs* ns = xmlSearchNsByHref(target_, element, chars(uri));
    if (ns != nullptr && ns->prefix != nullptr) return ns;
    return xmlNewNs(element, chars(uri), chars("ns" + std::to_string(++invented_)));
  }

  const xml::Document& source_;
  xmlDoc* target_;
  int invented_ = 0;
};

xml::NodeIndex add_element(xml::Document& out, xml::NodeIndex parent, const xmlNode& node) {
  const auto* ns = node.ns;
  const auto element = out.append_element(parent, ns != nullptr ? view(ns->href) : "", view(node.name),
                                          ns != nullptr ? view(ns->prefix) : "");
  for (const xmlNs* d = node.nsDef; d != nullptr; d = d->next)
    out.declare_namespace(element, view(d->prefix), view(d->href));
  for (const xmlAttr* a = node.properties; a != nullptr; a = a->next) {
    xmlChar* value = xmlNodeListGetString(node.doc, a->children, 1);
    out.set_attribute(element, a->ns != nullptr ? view(a->ns->href) : "", view(a->name), view(value),
                      a->ns != nullptr ? view(a->ns->prefix) : "");
    xmlFree(value);
  }
  return element;
}

}  // namespace

XmlDocument to_libxml(const std::vector<xml::NodeRef>& nodes) {
  XmlDocument result(xmlNewDoc(reinterpret_cast<const xmlChar*>("1.0")));
  if (!result) return nullptr;
  for (const auto& node : nodes)
    if (!Builder(*node.document, result.get()).copy(node.node)) return nullptr;
  return result;
}

xml::DocumentPtr from_libxml(const xmlDoc& document) {
  auto out = std::make_shared<xml::Document>();
  xml::NodeIndex parent = xml::root_node;
  const xmlNode* at = document.children;
  while (at != nullptr) {
    xml::NodeIndex made = xml::no_node;
    if (at->type == XML_ELEMENT_NODE)
      made = add_element(*out, parent, *at);
    else if (at->type == XML_TEXT_NODE || at->type == XML_CDATA_SECTION_NODE)
      out->append_text(parent, view(at->content));
    else if (at->type == XML_COMMENT_NODE)
      out->append_comment(parent, view(at->content));
    else if (at->type == XML_PI_NODE)
      out->append_processing_instruction(parent, view(at->name), view(at->content));
    if (made != xml::no_node && at->children != nullptr) {
      parent = made;
      at = at->children;
      continue;
    }
    while (at->next == nullptr && at->parent != nullptr && at->parent->type == XML_ELEMENT_NODE) {
      at = at->parent;
      parent = out->parent(parent);
    }
    at = at->next;
  }
  return out;
}

}  // namespace echoflow::xslt
