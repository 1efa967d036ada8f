#include <cairo-pdf.h>

#include "models/documentation/pdf/archive.hpp"
#include "models/documentation/pdf/flow.hpp"

namespace echoflow::documentation {

namespace {

cairo_status_t append(void* to, const unsigned char* bytes, unsigned size) {
  static_cast<std::string*>(to)->append(reinterpret_cast<const char*>(bytes), size);
  return CAIRO_STATUS_SUCCESS;
}

}  // namespace

Result<void> write_pdf(const Document& document, const Sink& sink) {
  const Typesetter typesetter(document.language);
  const AnchorPages nothing;
  Flow measured(document, typesetter, nullptr, nothing, 0);
  measured.run();

  std::string pages;
  Structure structure;
  Surface surface(cairo_pdf_surface_create_for_stream(append, &pages, page_short, page_long));
  // A date of their own in the pages would change with every run; the archive sets the document's.
  cairo_pdf_surface_set_metadata(surface.get(), CAIRO_PDF_METADATA_CREATE_DATE, document.made_at.c_str());
  {
    Flow drawn(document, typesetter, surface.get(), measured.anchors(), measured.pages());
    drawn.run();
    structure = drawn.structure();
  }
  cairo_surface_finish(surface.get());
  const auto status = cairo_surface_status(surface.get());
  if (status != CAIRO_STATUS_SUCCESS)
    return fail(std::string("the PDF's pages could not be drawn: ") + cairo_status_to_string(status));
  return write_archive(std::move(pages), structure, document, sink);
}

}  // namespace echoflow::documentation
