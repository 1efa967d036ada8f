#include "adapters/soap/parts.hpp"

#include <algorithm>
#include <utility>

#include "adapters/soap/text.hpp"
#include "models/xml/writer.hpp"

namespace echoflow::soap {

namespace {

using program::PartType;
using program::SoapStyle;
using program::ValueForm;

/// The name under which a part stands as an element: its own, or the part's name without a namespace.
QName element_name(const PartType& part) {
  return part.form == ValueForm::element ? part.element : QName{"", part.name};
}

bool has_name(const xml::Document& document, xml::NodeIndex node, const QName& name) {
  return document.local_name(node) == name.local && document.namespace_uri(node) == name.ns;
}

xml::DocumentPtr copy_of(const xml::Document& document, xml::NodeIndex node) {
  auto copy = std::make_shared<xml::Document>();
  copy->append_copy(xml::root_node, document, node);
  return copy;
}

/// A typed part of document style: the body's own content is the value.
xml::DocumentPtr wrap_content(const Envelope& envelope, const std::string& part_name) {
  auto wrapped = std::make_shared<xml::Document>();
  auto root = wrapped->append_element(xml::root_node, "", part_name);
  for (auto child = envelope.document.first_child(envelope.body); child != xml::no_node;
       child = envelope.document.next_sibling(child))
    wrapped->append_copy(root, envelope.document, child);
  return wrapped;
}

/// Where the part's element is in a child of the body or of the rpc wrapper; no_node when the child is another's.
xml::NodeIndex part_in(const xml::Document& document, xml::NodeIndex child, const Layout& layout, std::uint32_t part) {
  const auto& type = layout.type->parts[part];
  if (layout.wraps(part) && has_name(document, child, {"", type.name})) {
    auto inner = document.first_child_element(child);
    return inner != xml::no_node && has_name(document, inner, type.element) ? inner : xml::no_node;
  }
  return has_name(document, child, element_name(type)) ? child : xml::no_node;
}

/// Reads the parts in `wanted` from the element children below `parent`, whichever order they are in.
Result<void, Error> read_children(const xml::Document& document, xml::NodeIndex parent, const Layout& layout,
                                  const std::vector<std::uint32_t>& wanted, Parts& parts) {
  for (auto child = document.first_child_element(parent); child != xml::no_node;
       child = document.next_sibling_element(child)) {
    auto at = std::find_if(wanted.begin(), wanted.end(), [&](std::uint32_t i) {
      return !parts[i] && part_in(document, child, layout, i) != xml::no_node;
    });
    if (at == wanted.end())
      return fail("The soap:Body holds an element '" + document.qname(child).clark() + "' that is not expected there.");
    parts[*at] = copy_of(document, part_in(document, child, layout, *at));
  }
  for (auto i : wanted)
    if (!parts[i])
      return fail("The soap:Body lacks the element '" + element_name(layout.type->parts[i]).clark() + "' of part '" +
                  layout.type->parts[i].name + "'.");
  return {};
}

Result<void, Error> read_headers(const Envelope& envelope, const Layout& layout, Parts& parts) {
  for (std::uint32_t i = 0; i < layout.type->parts.size(); ++i) {
    if (!layout.in_header(i)) continue;
    QName name = element_name(layout.type->parts[i]);
    auto block = envelope.header == xml::no_node ? xml::no_node
                                                 : envelope.document.find_child(envelope.header, name.ns, name.local);
    if (block == xml::no_node)
      return fail("The soap:Header lacks the block '" + name.clark() + "' of part '" + layout.type->parts[i].name +
                  "'.");
    parts[i] = copy_of(envelope.document, block);
  }
  return {};
}

/// The body's only element becomes the only part as it lies there, without a copy. False when there is more.
bool take_only_part(Envelope& envelope, const Layout& layout, Message& message) {
  Parts& parts = message.parts;
  const auto element = envelope.first();
  if (parts.size() != 1 || layout.in_header(0) || element == xml::no_node ||
      !has_name(envelope.document, element, element_name(layout.type->parts[0])) ||
      envelope.document.next_sibling_element(element) != xml::no_node)
    return false;
  if (auto text = envelope.text_alone(element); !text.empty()) message.written = {std::move(text)};
  envelope.document.keep_only(element);
  envelope.header = envelope.body = xml::no_node;
  const bool is_mostly_headers = envelope.document.removed_count() * 4 > envelope.document.node_count();
  if (is_mostly_headers) envelope.document.compact();
  parts[0] = std::make_shared<xml::Document>(std::exchange(envelope.document, xml::Document()));
  return true;
}

/// A part as it was written before, if it was.
void write_message_part(const Message& message, std::size_t part, std::string& out) {
  if (part < message.parts.size() && part < message.written.size() && !message.written[part].empty()) {
    const auto& document = *message.parts[part];
    const auto root = document.document_element();
    // Else there is more in the document than the element.
    if (root != xml::no_node && document.first_child(xml::root_node) == root &&
        document.last_child(xml::root_node) == root) {
      out += message.written[part];
      return;
    }
  }
  write_part(message.parts, part, out);
}

bool is_typed_document(const Layout& layout, const std::vector<std::uint32_t>& body) {
  return layout.style == SoapStyle::document && body.size() == 1 &&
         layout.type->parts[body[0]].form != ValueForm::element;
}

}  // namespace

bool Layout::in_header(std::uint32_t part) const {
  return header_parts && std::find(header_parts->begin(), header_parts->end(), part) != header_parts->end();
}

// WSDL 1.1 §3.5: in rpc style an element part is in an accessor of the part's name.
bool Layout::wraps(std::uint32_t part) const {
  return style == SoapStyle::rpc && !in_header(part) && type->parts[part].form == ValueForm::element;
}

std::vector<std::uint32_t> Layout::body_parts() const {
  std::vector<std::uint32_t> parts;
  for (std::uint32_t i = 0; i < type->parts.size(); ++i)
    if (!in_header(i)) parts.push_back(i);
  return parts;
}

Layout request_layout(const program::Program& program, const program::WireOperation& operation) {
  return {&program.message_types[operation.input],
          operation.style,
          &operation.input_header_parts,
          {operation.rpc_namespace, operation.operation}};
}

Layout reply_layout(const program::Program& program, const program::WireOperation& operation) {
  return {&program.message_types[operation.output],
          operation.style,
          &operation.output_header_parts,
          {operation.rpc_namespace, operation.operation + "Response"}};
}

Result<Message, Error> read_parts(Envelope& envelope, const Layout& layout) {
  Message message;
  message.message_type = layout.type->name;
  Parts& parts = message.parts;
  parts.resize(layout.type->parts.size());
  if (auto read = read_headers(envelope, layout, parts); !read) return fail(std::move(read).error());
  auto body = layout.body_parts();
  auto parent = envelope.body;
  if (layout.style == SoapStyle::rpc) {
    parent = envelope.first();
    if (parent == xml::no_node || !has_name(envelope.document, parent, layout.wrapper))
      return fail("The soap:Body must hold " + expected_body(layout) + ".");
    if (envelope.document.next_sibling_element(parent) != xml::no_node)
      return fail("The soap:Body holds more than " + expected_body(layout) + ".");
  } else if (is_typed_document(layout, body)) {
    parts[body[0]] = wrap_content(envelope, layout.type->parts[body[0]].name);
    return message;
  } else if (take_only_part(envelope, layout, message)) {
    return message;
  }
  if (auto read = read_children(envelope.document, parent, layout, body, parts); !read)
    return fail(std::move(read).error());
  return message;
}

void write_part(const Parts& parts, std::size_t part, std::string& out) {
  if (part >= parts.size() || !parts[part]) return;
  if (auto root = parts[part]->document_element(); root != xml::no_node) xml::write(*parts[part], root, out);
}

void write_header_parts(const Message& message, const Layout& layout, std::string& out) {
  for (std::uint32_t i = 0; i < layout.type->parts.size(); ++i)
    if (layout.in_header(i)) write_message_part(message, i, out);
}

void write_body_parts(const Message& message, const Layout& layout, std::string& out) {
  const Parts& parts = message.parts;
  auto body = layout.body_parts();
  if (is_typed_document(layout, body)) {
    if (body[0] >= parts.size() || !parts[body[0]]) return;
    const auto& document = *parts[body[0]];
    for (auto child = document.first_child(document.document_element()); child != xml::no_node;
         child = document.next_sibling(child))
      xml::write(document, child, out);
    return;
  }
  const bool rpc = layout.style == SoapStyle::rpc;
  const std::string tag = layout.wrapper.ns.empty() ? layout.wrapper.local : "m:" + layout.wrapper.local;
  if (rpc) {
    out.append("<").append(tag);
    if (!layout.wrapper.ns.empty()) {
      out += " xmlns:m=\"";
      append_escaped(layout.wrapper.ns, out);
      out += '"';
    }
    out += '>';
  }
  for (auto i : body) {
    const bool wraps = layout.wraps(i) && i < parts.size() && parts[i];
    if (wraps) out.append("<").append(layout.type->parts[i].name).append(">");
    write_message_part(message, i, out);
    if (wraps) out.append("</").append(layout.type->parts[i].name).append(">");
  }
  if (rpc) out.append("</").append(tag).append(">");
}

bool body_fits(const xml::Document& document, xml::NodeIndex first, const Layout& layout) {
  if (layout.style == SoapStyle::rpc) return first != xml::no_node && has_name(document, first, layout.wrapper);
  auto body = layout.body_parts();
  if (body.empty()) return first == xml::no_node;
  if (is_typed_document(layout, body)) return true;
  return first != xml::no_node && std::any_of(body.begin(), body.end(), [&](auto i) {
           return has_name(document, first, element_name(layout.type->parts[i]));
         });
}

std::string expected_body(const Layout& layout) {
  if (layout.style == SoapStyle::rpc) return "the rpc wrapper '" + layout.wrapper.clark() + "'";
  std::string names;
  for (auto i : layout.body_parts())
    names += (names.empty() ? "'" : ", '") + element_name(layout.type->parts[i]).clark() + "'";
  return names.empty() ? "nothing" : names;
}

bool is_header_part(const xml::Document& document, xml::NodeIndex block, const Layout& layout) {
  if (!layout.header_parts) return false;
  return std::any_of(layout.header_parts->begin(), layout.header_parts->end(),
                     [&](auto i) { return has_name(document, block, element_name(layout.type->parts[i])); });
}

std::string first_schema_error(const program::Program& program, const program::MessageType& type, const Parts& parts) {
  if (!program.schemas) return {};
  for (std::size_t i = 0; i < type.parts.size() && i < parts.size(); ++i) {
    if (!parts[i]) continue;
    const auto& part = type.parts[i];
    auto root = parts[i]->document_element();
    std::vector<xml::ValidationError> errors;
    if (part.form == ValueForm::element && program.schemas->has_element(part.element))
      errors = program.schemas->validate_element(*parts[i], root);
    if (part.form != ValueForm::element && program.schemas->has_type(part.type))
      errors = program.schemas->validate_type(*parts[i], root, part.type);
    if (!errors.empty()) return "Part '" + part.name + "' does not follow its schema: " + errors.front().message;
  }
  return {};
}

}  // namespace echoflow::soap
