#pragma once
#include <string>
#include <vector>

#include "adapters/soap/envelope.hpp"
#include "models/messages/message.hpp"
#include "models/program/program.hpp"

namespace echoflow::soap {

/// How one direction of an operation lies in an envelope.
struct Layout {
  const program::MessageType* type = nullptr;
  program::SoapStyle style = program::SoapStyle::document;
  const std::vector<std::uint32_t>* header_parts = nullptr;
  QName wrapper;  ///< rpc only

  bool in_header(std::uint32_t part) const;
  /// Whether the part's element lies within an element of the part's name.
  bool wraps(std::uint32_t part) const;
  /// The parts that are carried in the body, in order.
  std::vector<std::uint32_t> body_parts() const;
};

Layout request_layout(const program::Program& program, const program::WireOperation& operation);
Layout reply_layout(const program::Program& program, const program::WireOperation& operation);

/// Splits header and body of an envelope into the parts of a message; the document may be taken out of it. The error
/// says in one sentence what does not fit.
Result<Message, Error> read_parts(Envelope& envelope, const Layout& layout);

/// Writes the header blocks and the body's content.
void write_header_parts(const Message& message, const Layout& layout, std::string& out);
void write_body_parts(const Message& message, const Layout& layout, std::string& out);
/// One part as an element: itself, or its wrapper named after the part.
void write_part(const Parts& parts, std::size_t part, std::string& out);

/// True when a body that begins with `first` (no_node: an empty body) can be this layout's.
bool body_fits(const xml::Document& document, xml::NodeIndex first, const Layout& layout);
/// What body_fits() wants, for messages: "{ns}order", "rpc wrapper {ns}op" or "an empty body".
std::string expected_body(const Layout& layout);
/// True when a header block carries one of the layout's header parts.
bool is_header_part(const xml::Document& document, xml::NodeIndex block, const Layout& layout);

/// Validates parts against the schemas; the first thing that is wrong, or empty.
std::string first_schema_error(const program::Program& program, const program::MessageType& type, const Parts& parts);

}  // namespace echoflow::soap
