#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "models/base/result.hpp"
#include "models/documentation/content.hpp"

namespace echoflow::documentation {

enum class Format : std::uint8_t { html, pdf, docx };
/// "html", "pdf", "docx".
std::optional<Format> format_by_name(std::string_view name);
std::string_view media_type(Format format);
std::string_view extension(Format format);

/// Takes a document piece by piece; an error ends the writing and is handed back.
using Sink = Attachment::Sink;

/// One file that needs nothing else: UTF-8, styles, drawings and attachments inside.
Result<void> write_html(const Document& document, const Sink& sink);
/// PDF/A-3, level A, and PDF/UA-1: structure, fonts, colour profile, metadata and attachments inside. The same document
/// gives the same bytes where the same fonts are installed.
Result<void> write_pdf(const Document& document, const Sink& sink);
/// WordprocessingML (ISO/IEC 29500) with styles, headings, table of contents, header, footer and attachments.
Result<void> write_docx(const Document& document, const Sink& sink);
Result<void> write(Format format, const Document& document, const Sink& sink);

}  // namespace echoflow::documentation
