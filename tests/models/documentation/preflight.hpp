#pragma once
#include <string>
#include <vector>

namespace echoflow::documentation {

/// What in a PDF breaks ISO 19005-3 (PDF/A-3, level A) or ISO 14289-1 (PDF/UA-1), one sentence each; empty: nothing
/// found.
std::vector<std::string> preflight(const std::string& pdf);

/// A file inside the PDF: its name, relationship and bytes.
struct EmbeddedFile {
  std::string name, relationship, bytes;
};
std::vector<EmbeddedFile> embedded_files(const std::string& pdf);

}  // namespace echoflow::documentation
