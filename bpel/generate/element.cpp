#include "bpel/generate/element.hpp"

#include <algorithm>

#include "models/base/namespaces.hpp"
#include "models/cx/namespaces.hpp"

namespace echoflow::generate {

namespace {

struct Prefix {
  std::string_view prefix;
  std::string_view ns;
};
constexpr Prefix prefixes[] = {
    {"cx", ns::cx},     {"xsd", ns::xsd},       {"xsi", ns::xsi},
    {"wsdl", ns::wsdl}, {"plnk", ns::plnktype}, {"vprop", ns::varprop},
};

/// What comes from a model was read from XML, so every character may stand in XML.
void escape(std::string_view text, bool attribute, std::string& out) {
  for (const char c : text) {
    switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += attribute ? "&quot;" : "\"";
        break;
      case '\n':
        out += attribute ? "&#10;" : "\n";
        break;
      case '\t':
        out += attribute ? "&#9;" : "\t";
        break;
      case '\r':
        out += "&#13;";
        break;
      default:
        out += c;
    }
  }
}

void put_attribute(std::string& out, std::string_view name, std::string_view value) {
  out += ' ';
  out += name;
  out += "=\"";
  escape(value, true, out);
  out += '"';
}

/// Indented, but for what is in a literal: white space is content there.
void put(std::string& out, const Element& element, std::size_t depth, std::string_view declarations,
         bool literal = false) {
  if (!literal) out.append(depth * 2, ' ');
  out += '<';
  out += element.name;
  out += declarations;
  for (const auto& [name, value] : element.attributes) put_attribute(out, name, value);
  if (!element.source.empty()) put_attribute(out, "cx:elementId", element.source);
  const std::string_view end = literal ? "" : "\n";
  if (element.children.empty() && element.text.empty()) {
    out += "/>";
    out += end;
    return;
  }
  out += '>';
  escape(element.text, false, out);
  const bool inside = literal || element.name == "literal";
  if (!element.children.empty() && !inside) out += '\n';
  for (const Element& child : element.children) put(out, child, depth + 1, {}, inside);
  if (!element.children.empty() && !inside) out.append(depth * 2, ' ');
  out += "</";
  out += element.name;
  out += '>';
  out += end;
}

}  // namespace

Element& Element::set(std::string_view attribute, std::string value) {
  for (auto& [name, old] : attributes) {
    if (name == attribute) {
      old = std::move(value);
      return *this;
    }
  }
  attributes.emplace_back(std::string(attribute), std::move(value));
  return *this;
}

std::string_view Element::get(std::string_view attribute) const {
  for (const auto& [name, value] : attributes) {
    if (name == attribute) return value;
  }
  return {};
}

Element& Element::add(Element child) {
  children.push_back(std::move(child));
  return children.back();
}

Element& Element::from(std::string_view source_id) {
  source = std::string(source_id);
  return *this;
}

Element sequence_of(Elements activities) {
  if (activities.empty()) return Element("empty");
  if (activities.size() == 1) return std::move(activities.front());
  Element sequence("sequence");
  sequence.children = std::move(activities);
  return sequence;
}

Element with_text(std::string name, std::string text) {
  Element element(std::move(name));
  element.text = std::move(text);
  return element;
}

Element assign(const std::string& variable, const std::string& xpath) {
  Element result("assign");
  Element& copy = result.add(Element("copy"));
  copy.add(with_text("from", xpath));
  copy.add(Element("to", {{"variable", variable}}));
  return result;
}

std::string to_text(const Element& root, std::string_view default_namespace, std::string_view target_namespace) {
  std::string declarations;
  if (!default_namespace.empty()) put_attribute(declarations, "xmlns", default_namespace);
  for (const Prefix& each : prefixes) put_attribute(declarations, "xmlns:" + std::string(each.prefix), each.ns);
  put_attribute(declarations, "xmlns:tns", target_namespace);
  std::string out = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
  put(out, root, 0, declarations);
  return out;
}

void append(Elements& to, Elements more) {
  for (auto& element : more) to.push_back(std::move(element));
}

}  // namespace echoflow::generate
