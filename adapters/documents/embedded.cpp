#include <zlib.h>

#include <array>

#include "adapters/archive/zip.hpp"
#include "adapters/documents/document_seal.hpp"
#include "adapters/documents/evidence_file.hpp"
#include "models/base/base64.hpp"

namespace echoflow::documents {

namespace {

constexpr std::size_t most_bytes = 512u << 20;

/// What a deflated stream holds, as far as it can be inflated; empty when it does not begin as evidence does.
std::string inflated(std::string_view bytes) {
  z_stream stream{};
  if (inflateInit(&stream) != Z_OK) return {};
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
  stream.avail_in = static_cast<uInt>(std::min<std::size_t>(bytes.size(), UINT32_MAX));
  std::string out;
  std::array<char, 1u << 14> part{};
  int status = Z_OK;
  while (status == Z_OK && out.size() < most_bytes) {
    stream.next_out = reinterpret_cast<Bytef*>(part.data());
    stream.avail_out = static_cast<uInt>(part.size());
    status = inflate(&stream, Z_NO_FLUSH);
    const std::size_t made = part.size() - stream.avail_out;
    out.append(part.data(), made);
    if (out.size() >= evidence_beginning.size() && !out.starts_with(evidence_beginning)) break;
    if (made == 0) break;
  }
  inflateEnd(&stream);
  return out.starts_with(evidence_beginning) ? out : std::string();
}

// ISO 32000-1 §7.3.8 stream objects, §7.11.4 embedded file streams: they are never inside object streams.
std::string in_pdf(std::string_view bytes) {
  constexpr std::string_view keyword = "stream";
  for (std::size_t at = 0; (at = bytes.find(keyword, at)) != std::string_view::npos;) {
    at += keyword.size();
    auto rest = bytes.substr(at);
    if (rest.starts_with("\r\n"))
      rest.remove_prefix(2);
    else if (rest.starts_with("\n"))
      rest.remove_prefix(1);
    else
      continue;
    if (rest.starts_with(evidence_beginning)) {
      auto end = rest.find("\nendstream");
      if (end != std::string_view::npos && (end == 0 || rest[end - 1] != '\n')) ++end;  // the file's own line end
      return std::string(rest.substr(0, end));
    }
    if (rest.size() < 2 || (static_cast<unsigned char>(rest[0]) & 0x0fu) != 8) continue;
    if (auto found = inflated(rest); !found.empty()) return found;
  }
  return {};
}

/// A data: URI holds it in base64.
std::string in_html(std::string_view bytes) {
  const auto whole = evidence_beginning.size() / 3 * 3;
  const auto at = bytes.find(to_base64(evidence_beginning.substr(0, whole)));
  if (at == std::string_view::npos) return {};
  auto text = bytes.substr(at);
  text = text.substr(0, text.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/="));
  // Cut off in the middle, it is read as far as it goes.
  if (auto read = from_base64(text)) return std::move(*read);
  return from_base64(text.substr(0, text.size() / 4 * 4)).value_or("");
}

std::string in_docx(std::string_view bytes) {
  archive::ArchiveLimits limits;
  limits.max_archive_bytes = limits.max_unpacked_bytes = limits.max_file_bytes = most_bytes;
  const auto files = archive::read_zip(bytes, limits);
  if (!files) return {};
  for (const auto& [name, contents] : *files)
    if (contents.starts_with(evidence_beginning)) return contents;
  return {};
}

}  // namespace

std::string embedded_evidence(std::string_view bytes) {
  switch (format_of(bytes)) {
    case DocumentFormat::pdf:
      return in_pdf(bytes);
    case DocumentFormat::html:
      return in_html(bytes);
    case DocumentFormat::docx:
      return in_docx(bytes);
    case DocumentFormat::unknown:
      return {};
  }
  return {};
}

}  // namespace echoflow::documents
