#pragma once
#include <string>
#include <string_view>

#include "models/base/result.hpp"
#include "models/xml/reader.hpp"

/// Models come in the encodings and with the prologs of old tools; the XML reader wants neither.
namespace echoflow::notations {

/// The bytes as UTF-8 without byte order mark and XML declaration, every character on the line it was on. UTF-8,
/// UTF-16 and the one-byte encodings of Western tools are read; others are refused. A comment in front of the
/// declaration, as some tools write it, is passed over.
Result<std::string, xml::ReadError> to_utf8(std::string_view bytes, const std::string& file);

/// Reads the document type declaration that ARIS writes, whose external part is never fetched: `name SYSTEM
/// "…ARIS-Export.dtd"`, with nothing inside but entities of a language's number or code page. Their references are
/// replaced by the number and the declaration by blanks. Any other declaration is refused.
Result<std::string, xml::ReadError> without_aris_doctype(std::string text, const std::string& file);

/// The document element's name and namespace, read from its start tag alone; empty when there is none.
struct Root {
  std::string ns;
  std::string local;
};
Root document_element(std::string_view utf8);

}  // namespace echoflow::notations
