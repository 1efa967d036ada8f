#pragma once
#include <cstdint>
#include <string>
#include <string_view>

#include "adapters/documents/signer.hpp"

/// A seal over a whole document (PDF, HTML, DOCX), in a place where its readers do not look: so that one changed byte
/// is noticed wherever it stands. See docs/evidence.md.
namespace echoflow::documents {

enum class DocumentFormat : std::uint8_t { unknown, pdf, html, docx };
DocumentFormat format_of(std::string_view bytes);

/// The document with its seal; of an unknown format, as it is. An older seal is replaced.
std::string seal_document(std::string bytes, const Signer& signer);

struct SealCheck {
  bool present = false;
  bool whole = false;
  std::string key;     ///< fingerprint of the key that signed
  std::string sha256;  ///< of the document without its seal, as it was sealed
  std::string detail;  ///< what is wrong
};
SealCheck check_seal(std::string_view bytes);

/// The evidence file inside a document, as far as it can be read; empty: there is none.
std::string embedded_evidence(std::string_view bytes);

}  // namespace echoflow::documents
