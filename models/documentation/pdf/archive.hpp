#pragma once
#include <string>

#include "models/documentation/pdf/structure.hpp"
#include "models/documentation/render.hpp"

namespace echoflow::documentation {

/// Turns pages into PDF/A-3: structure, metadata, colour profile, attachments, identifiers that do not change.
Result<void> write_archive(std::string pages, const Structure& structure, const Document& document, const Sink& sink);

/// The XMP packet: what the document information says as well, and what the file conforms to.
std::string xmp_packet(const Document& document);
/// A version 2 ICC profile of sRGB (IEC 61966-2-1), made by its formula.
std::string srgb_profile();
/// "D:20261122045500Z" of an xsd:dateTime in UTC.
std::string pdf_date(const std::string& date_time);
/// What stands in the document information and in the XMP packet alike.
std::string document_title(const Document& document);
std::string document_author(const Document& document);
std::string document_subject(const Document& document);

}  // namespace echoflow::documentation
