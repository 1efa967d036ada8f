#include "adapters/documents/document_seal.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <optional>

#include "models/base/sha256.hpp"

namespace echoflow::documents {

namespace {

// echoflow-seal:1:<sha256>:<public key>:<signature>;
constexpr std::string_view mark = "echoflow-seal:1:";
constexpr std::size_t hash_size = 64, key_size = 44, signature_size = 88;
constexpr std::size_t seal_size = mark.size() + hash_size + 1 + key_size + 1 + signature_size + 1;
constexpr std::size_t zip_end_size = 22;

/// How the seal is put in: `before` + seal + `after` is what is added.
struct Wrapping {
  std::string_view before, after;
};
Wrapping wrapping_of(DocumentFormat format) {
  switch (format) {
    case DocumentFormat::pdf:
      return {"%", "\n"};
    case DocumentFormat::html:
      return {"<!--", "-->\n"};
    case DocumentFormat::docx:
    case DocumentFormat::unknown:
      return {"", ""};
  }
  return {};
}

struct Place {
  std::size_t at = 0, size = 0;  ///< of the seal with its wrapping
  std::string_view seal;
};

std::optional<Place> find_seal(std::string_view bytes) {
  const auto at = bytes.rfind(mark);
  if (at == std::string_view::npos || bytes.size() - at < seal_size) return std::nullopt;
  const auto wrapping = wrapping_of(format_of(bytes));
  if (at < wrapping.before.size() ||
      bytes.substr(at - wrapping.before.size(), wrapping.before.size()) != wrapping.before)
    return std::nullopt;
  if (bytes.substr(at + seal_size, wrapping.after.size()) != wrapping.after) return std::nullopt;
  return Place{at - wrapping.before.size(), wrapping.before.size() + seal_size + wrapping.after.size(),
               bytes.substr(at, seal_size)};
}

std::string without(std::string_view bytes, const Place& place) {
  std::string rest(bytes.substr(0, place.at));
  rest += bytes.substr(place.at + place.size);
  return rest;
}

std::string words_of(const std::string& hash) {
  return "echoflow-document 1\n" + hash;
}

/// Where the seal goes: in a PDF before the last "startxref", so that nothing stands behind the end.
std::size_t place_for(DocumentFormat format, const std::string& bytes) {
  if (format == DocumentFormat::pdf) return std::min(bytes.rfind("startxref"), bytes.size());
  if (format == DocumentFormat::html) return std::min(bytes.rfind("</html>"), bytes.size());
  return bytes.size();
}

/// A ZIP file says at its end how long its comment is; false where it has another comment.
bool make_room(std::string& zip) {
  if (zip.size() < zip_end_size) return false;
  const std::size_t end = zip.size() - zip_end_size;
  if (zip.compare(end, 4, "PK\5\6") != 0 || zip[zip.size() - 2] != 0 || zip[zip.size() - 1] != 0) return false;
  zip[zip.size() - 2] = static_cast<char>(seal_size & 0xff);
  zip[zip.size() - 1] = static_cast<char>(seal_size >> 8);
  return true;
}

}  // namespace

DocumentFormat format_of(std::string_view bytes) {
  if (bytes.starts_with("%PDF-")) return DocumentFormat::pdf;
  if (bytes.starts_with("PK\3\4")) return DocumentFormat::docx;
  const auto head = bytes.substr(0, 512);
  if (head.find("<!DOCTYPE html") != std::string_view::npos || head.find("<!doctype html") != std::string_view::npos ||
      head.find("<html") != std::string_view::npos)
    return DocumentFormat::html;
  return DocumentFormat::unknown;
}

std::string seal_document(std::string bytes, const Signer& signer) {
  const auto format = format_of(bytes);
  if (format == DocumentFormat::unknown) return bytes;
  if (const auto old = find_seal(bytes)) {
    bytes = without(bytes, *old);
    if (format == DocumentFormat::docx && bytes.size() >= 2) bytes[bytes.size() - 2] = bytes[bytes.size() - 1] = 0;
  }
  if (format == DocumentFormat::docx && !make_room(bytes)) return bytes;
  const std::string hash = sha256_hex(bytes);
  const auto wrapping = wrapping_of(format);
  std::string seal(wrapping.before);
  seal += fmt::format("{}{}:{}:{};", mark, hash, signer.public_key(), signer.sign(words_of(hash)));
  seal += wrapping.after;
  bytes.insert(place_for(format, bytes), seal);
  return bytes;
}

SealCheck check_seal(std::string_view bytes) {
  SealCheck check;
  const auto place = find_seal(bytes);
  if (!place) {
    check.detail = "it carries no whole seal: its end was cut off, its seal was changed, or no server has sealed it";
    return check;
  }
  check.present = true;
  auto text = place->seal.substr(mark.size());
  check.sha256 = text.substr(0, hash_size);
  const std::string key(text.substr(hash_size + 1, key_size));
  const std::string signature(text.substr(hash_size + 1 + key_size + 1, signature_size));
  check.key = fingerprint_of(key);
  if (text[hash_size] != ':' || text[hash_size + 1 + key_size] != ':' || text.back() != ';' ||
      !is_signed(key, words_of(check.sha256), signature)) {
    check.detail = fmt::format("the signature of its seal (byte {}) does not fit: the seal was changed", place->at + 1);
  } else if (sha256_hex(without(bytes, *place)) != check.sha256) {
    check.detail = "it is not as it was sealed: a byte was changed, removed or put in";
  } else {
    check.whole = true;
  }
  return check;
}

}  // namespace echoflow::documents
