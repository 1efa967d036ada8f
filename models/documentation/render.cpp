#include "models/documentation/render.hpp"

namespace echoflow::documentation {

namespace {

struct Row {
  Format format;
  std::string_view name, media_type;
};
constexpr Row formats[] = {
    {Format::html, "html", "text/html; charset=utf-8"},
    {Format::pdf, "pdf", "application/pdf"},
    {Format::docx, "docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"}};

const Row& row(Format format) {
  return formats[static_cast<std::size_t>(format)];
}

}  // namespace

std::optional<Format> format_by_name(std::string_view name) {
  for (const auto& each : formats)
    if (each.name == name) return each.format;
  return std::nullopt;
}

std::string_view media_type(Format format) {
  return row(format).media_type;
}
std::string_view extension(Format format) {
  return row(format).name;
}

Result<void> write(Format format, const Document& document, const Sink& sink) {
  switch (format) {
    case Format::html:
      return write_html(document, sink);
    case Format::pdf:
      return write_pdf(document, sink);
    case Format::docx:
      return write_docx(document, sink);
  }
  return fail("there is no such format.");
}

}  // namespace echoflow::documentation
