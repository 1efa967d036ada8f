#pragma once
#include <string>
#include <string_view>

#include "adapters/soap/addressing.hpp"
#include "models/base/result.hpp"
#include "models/program/wire.hpp"
#include "models/xml/limits.hpp"
#include "models/xml/reader.hpp"
#include "models/xml/tree.hpp"

namespace echoflow::soap {

using program::SoapVersion;

/// Whose mistake a refused envelope is; becomes the SOAP fault code.
enum class Blame { client, server, version_mismatch, must_understand };

/// A request that cannot be served, before any process saw it. `limit` names the limit that was passed, else empty.
struct SoapError {
  Blame blame = Blame::client;
  std::string message;
  std::string limit;
  SoapVersion version = SoapVersion::soap11;  ///< of the envelope, as far as it could be told
};

/// A parsed SOAP envelope.
struct Envelope {
  SoapVersion version = SoapVersion::soap11;
  xml::Document document;
  xml::NodeIndex header = xml::no_node;
  xml::NodeIndex body = xml::no_node;
  Addressing addressing;
  std::vector<xml::ElementText> texts;  ///< how the elements in header and body stand in the bytes, where that is all

  /// The element read alone gives the same names; empty when only writing it would tell how it stands.
  std::string text_alone(xml::NodeIndex element) const;
  /// The first element in the body, or no_node.
  xml::NodeIndex first() const { return document.first_child_element(body); }
  /// True when the body's first element is a SOAP fault.
  bool is_fault() const;
};

std::string_view namespace_of(SoapVersion version);
/// "text/xml; charset=utf-8" or "application/soap+xml; charset=utf-8".
std::string_view content_type_of(SoapVersion version);

/// Parses SOAP 1.1 or 1.2 and checks the envelope's own structure, not what is in header and body. Its texts are views
/// of the bytes.
Result<Envelope, SoapError> parse_envelope(std::string_view bytes, const xml::Limits& limits = {});

/// Finds a header block that must be understood by the ultimate receiver, and is neither WS-Addressing nor accepted by
/// `known(block)`. no_node when there is none.
template <class Known>
xml::NodeIndex not_understood(const Envelope& envelope, Known known);

/// "<?xml…><soap:Envelope …>[<soap:Header>…</soap:Header>]<soap:Body>"; `headers` is written XML.
void open_envelope(SoapVersion version, std::string_view headers, std::string& out);
void close_envelope(std::string& out);

bool must_be_understood(const Envelope& envelope, xml::NodeIndex block);

template <class Known>
xml::NodeIndex not_understood(const Envelope& envelope, Known known) {
  if (envelope.header == xml::no_node) return xml::no_node;
  const auto& document = envelope.document;
  for (auto block = document.first_child_element(envelope.header); block != xml::no_node;
       block = document.next_sibling_element(block))
    if (must_be_understood(envelope, block) && !is_addressing(document.namespace_uri(block)) && !known(block))
      return block;
  return xml::no_node;
}

}  // namespace echoflow::soap
