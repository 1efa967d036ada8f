#include "adapters/soap/envelope.hpp"

#include <algorithm>

#include "adapters/soap/text.hpp"
#include "models/base/namespaces.hpp"
#include "models/xml/reader.hpp"

namespace echoflow::soap {

namespace {

Failure<SoapError> client_error(std::string message, SoapVersion version = SoapVersion::soap11) {
  return fail(SoapError{Blame::client, std::move(message), "", version});
}

/// True when all children but the elements are white space, comments or processing instructions.
bool has_text_beside_elements(const xml::Document& document, xml::NodeIndex node) {
  for (auto child = document.first_child(node); child != xml::no_node; child = document.next_sibling(child))
    if (document.kind(child) == xml::NodeKind::text && !trimmed(document.value(child)).empty()) return true;
  return false;
}

Result<SoapVersion, SoapError> version_of(const xml::Document& document, xml::NodeIndex root) {
  if (root == xml::no_node || document.local_name(root) != "Envelope")
    return client_error("The message is no SOAP envelope: its document element must be soap:Envelope.");
  if (document.namespace_uri(root) == ns::soap11) return SoapVersion::soap11;
  if (document.namespace_uri(root) == ns::soap12) return SoapVersion::soap12;
  return fail(SoapError{Blame::version_mismatch,
                        "The envelope is in namespace '" + std::string(document.namespace_uri(root)) +
                            "'; use SOAP 1.1 (" + std::string(ns::soap11) + ") or SOAP 1.2 (" +
                            std::string(ns::soap12) + ").",
                        "", SoapVersion::soap11});
}

/// Fills header and body; the message of what is wrong, or empty.
std::string find_header_and_body(Envelope& envelope, xml::NodeIndex root) {
  const auto& document = envelope.document;
  std::string_view soap = namespace_of(envelope.version);
  if (has_text_beside_elements(document, root)) return "The SOAP envelope holds text beside header and body.";
  for (auto child = document.first_child_element(root); child != xml::no_node;
       child = document.next_sibling_element(child)) {
    bool is_soap = document.namespace_uri(child) == soap;
    if (is_soap && document.local_name(child) == "Header" && envelope.header == xml::no_node &&
        envelope.body == xml::no_node)
      envelope.header = child;
    else if (is_soap && document.local_name(child) == "Body" && envelope.body == xml::no_node)
      envelope.body = child;
    else
      return "The SOAP envelope holds an unexpected element '" + document.qname(child).clark() + "'.";
  }
  if (envelope.body == xml::no_node) return "The SOAP envelope has no soap:Body.";
  if (has_text_beside_elements(document, envelope.body)) return "The soap:Body holds text beside elements.";
  return {};
}

/// Where the first tag's attributes end: before "/>" or ">".
std::size_t end_of_names(std::string_view text) {
  char quote = 0;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const char c = text[at];
    if (quote != 0) {
      if (c == quote) quote = 0;
    } else if (c == '"' || c == '\'') {
      quote = c;
    } else if (c == '>') {
      return text[at - 1] == '/' ? at - 1 : at;
    }
  }
  return text.size();
}

}  // namespace

std::string Envelope::text_alone(xml::NodeIndex element) const {
  for (const auto& [known, text] : texts) {
    if (known != element) continue;
    const std::size_t tag_end = end_of_names(text);
    std::string alone;
    alone.reserve(text.size() + 128);
    alone = text.substr(0, tag_end);
    // What is declared around it may be used by names and by QNames in its content.
    const auto own = document.namespace_declarations(element);
    for (const auto& around : document.namespaces_in_scope(element)) {
      const auto same = [&](const auto& declared) { return declared.prefix == around.prefix; };
      if (std::any_of(own.begin(), own.end(), same)) continue;
      alone.append(around.prefix.empty() ? " xmlns" : " xmlns:").append(around.prefix).append("=\"");
      append_escaped(around.uri, alone);
      alone += '"';
    }
    return alone.append(text.substr(tag_end));
  }
  return {};
}

std::string_view namespace_of(SoapVersion version) {
  return version == SoapVersion::soap11 ? ns::soap11 : ns::soap12;
}

std::string_view content_type_of(SoapVersion version) {
  return version == SoapVersion::soap11 ? "text/xml; charset=utf-8" : "application/soap+xml; charset=utf-8";
}

bool Envelope::is_fault() const {
  auto node = first();
  return node != xml::no_node && document.local_name(node) == "Fault" &&
         document.namespace_uri(node) == namespace_of(version);
}

Result<Envelope, SoapError> parse_envelope(std::string_view bytes, const xml::Limits& limits) {
  xml::ReadOptions options;
  options.limits = limits;
  options.keep_comments = false;
  std::vector<xml::ElementText> texts;
  options.texts = &texts;
  auto document = xml::read(bytes, options);
  if (!document) {
    const auto& error = document.error();
    std::string place = error.where.line ? " (line " + std::to_string(error.where.line) + ", column " +
                                               std::to_string(error.where.column) + ")"
                                         : "";
    return fail(SoapError{Blame::client, "The message is no acceptable XML: " + error.message + place, error.limit,
                          SoapVersion::soap11});
  }
  auto root = document->document_element();
  auto version = version_of(*document, root);
  if (!version) return fail(std::move(version).error());
  Envelope envelope{*version, std::move(document).value(), xml::no_node, xml::no_node, {}, std::move(texts)};
  if (auto wrong = find_header_and_body(envelope, root); !wrong.empty())
    return client_error(std::move(wrong), envelope.version);
  envelope.addressing = read_addressing(envelope.document, envelope.header);
  return envelope;
}

bool must_be_understood(const Envelope& envelope, xml::NodeIndex block) {
  std::string_view soap = namespace_of(envelope.version);
  auto must = envelope.document.attribute(block, "mustUnderstand", soap);
  if (!must || (trimmed(*must) != "1" && trimmed(*must) != "true")) return false;
  auto role = envelope.document.attribute(block, envelope.version == SoapVersion::soap11 ? "actor" : "role", soap);
  if (!role || trimmed(*role).empty()) return true;
  return role->ends_with("/next") || role->ends_with("/ultimateReceiver");
}

void open_envelope(SoapVersion version, std::string_view headers, std::string& out) {
  out.append("<?xml version=\"1.0\" encoding=\"UTF-8\"?><soap:Envelope xmlns:soap=\"")
      .append(namespace_of(version))
      .append("\">");
  if (!headers.empty()) out.append("<soap:Header>").append(headers).append("</soap:Header>");
  out += "<soap:Body>";
}

void close_envelope(std::string& out) {
  out += "</soap:Body></soap:Envelope>";
}

}  // namespace echoflow::soap
