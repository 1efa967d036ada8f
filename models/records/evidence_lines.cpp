#include "models/records/evidence_lines.hpp"

#include <fmt/core.h>

#include <charconv>

#include "models/base/base64.hpp"
#include "models/base/hex.hpp"

namespace echoflow::records {
namespace {

/// Reads a line from the left to the right; after the first thing that does not fit nothing fits any more.
class Scanner {
 public:
  explicit Scanner(std::string_view text) : rest_(text) {}

  void expect(std::string_view text) {
    if (fits_ && rest_.starts_with(text))
      rest_.remove_prefix(text.size());
    else
      fits_ = false;
  }
  bool take(std::string_view text) {
    if (!fits_ || !rest_.starts_with(text)) return false;
    rest_.remove_prefix(text.size());
    return true;
  }
  template <class Number>
  void number(std::string_view name, Number& value) {
    expect(name);
    const auto [end, error] = std::from_chars(rest_.data(), rest_.data() + rest_.size(), value);
    const auto length = static_cast<std::size_t>(end - rest_.data());
    // One reading for each text: no "007", no "-0".
    if (error != std::errc() || rest_.substr(0, length) != std::to_string(value))
      fits_ = false;
    else
      rest_.remove_prefix(length);
  }
  void digest(std::string_view name, Sha256& value) {
    expect(name);
    const auto read = digest_from_hex(rest_.substr(0, 64));
    if (!read || to_hex(*read) != rest_.substr(0, 64)) {
      fits_ = false;
      return;
    }
    value = *read;
    rest_.remove_prefix(64);
    expect("\"");
  }
  void contents(std::string_view name, std::optional<std::string>& value) {
    expect(name);
    if (take("null")) return;
    expect("\"");
    const auto end = rest_.find('"');
    auto bytes = from_base64(rest_.substr(0, end));
    if (end == std::string_view::npos || !bytes) {
      fits_ = false;
      return;
    }
    value = std::move(*bytes);
    rest_.remove_prefix(end + 1);
  }
  bool done() const { return fits_ && rest_.empty(); }

 private:
  std::string_view rest_;
  bool fits_ = true;
};

std::string contents_text(const std::optional<std::string>& contents) {
  return contents ? '"' + to_base64(*contents) + '"' : std::string("null");
}

}  // namespace

std::string header_line(const EvidenceHeader& header) {
  return fmt::format(R"({{"format":"echoflow-evidence","version":1,"instance":{},"exportedAt":{}}})", header.instance,
                     header.exported_at_micros);
}

std::optional<EvidenceHeader> read_header(std::string_view line) {
  EvidenceHeader header;
  Scanner scanner(line);
  scanner.number(R"({"format":"echoflow-evidence","version":1,"instance":)", header.instance);
  scanner.number(R"(,"exportedAt":)", header.exported_at_micros);
  scanner.expect("}");
  return scanner.done() ? std::optional(header) : std::nullopt;
}

std::string row_line(const EvidenceRow& row) {
  return fmt::format(
      R"({{"position":{},"instance":{},"seq":{},"at":{},"eventsDigest":"{}","payloadDigest":"{}","previous":"{}","hash":"{}","erased":{},"events":{},"payload":{}}})",
      row.link.position, row.link.instance, row.link.seq, row.link.at_micros, to_hex(row.link.events_digest),
      to_hex(row.link.payload_digest), to_hex(row.previous), to_hex(row.hash), row.erased, contents_text(row.events),
      contents_text(row.payload));
}

std::optional<EvidenceRow> read_row(std::string_view line) {
  EvidenceRow row;
  Scanner scanner(line);
  scanner.number(R"({"position":)", row.link.position);
  scanner.number(R"(,"instance":)", row.link.instance);
  scanner.number(R"(,"seq":)", row.link.seq);
  scanner.number(R"(,"at":)", row.link.at_micros);
  scanner.digest(R"(,"eventsDigest":")", row.link.events_digest);
  scanner.digest(R"(,"payloadDigest":")", row.link.payload_digest);
  scanner.digest(R"(,"previous":")", row.previous);
  scanner.digest(R"(,"hash":")", row.hash);
  scanner.expect(R"(,"erased":)");
  row.erased = scanner.take("true");
  if (!row.erased) scanner.expect("false");
  scanner.contents(R"(,"events":)", row.events);
  scanner.contents(R"(,"payload":)", row.payload);
  scanner.expect("}");
  return scanner.done() ? std::optional(std::move(row)) : std::nullopt;
}

std::string end_line(const EvidenceEnd& end) {
  return fmt::format(R"({{"end":true,"rows":{},"lastSeq":{},"position":{},"hash":"{}")", end.rows, end.last_seq,
                     end.chain.position, to_hex(end.chain.hash));
}

Sha256 sealed(const Sha256& seal, std::string_view line) {
  std::string text(reinterpret_cast<const char*>(seal.data()), seal.size());
  text += line;
  return sha256(text);
}

std::string seal_suffix(const Sha256& seal) {
  return fmt::format(R"(,"seal":"{}"}})", to_hex(seal));
}

std::optional<SealedEnd> read_end(std::string_view line) {
  SealedEnd read;
  Scanner scanner(line);
  scanner.number(R"({"end":true,"rows":)", read.end.rows);
  scanner.number(R"(,"lastSeq":)", read.end.last_seq);
  scanner.number(R"(,"position":)", read.end.chain.position);
  scanner.digest(R"(,"hash":")", read.end.chain.hash);
  scanner.digest(R"(,"seal":")", read.seal);
  scanner.expect("}");
  return scanner.done() ? std::optional(read) : std::nullopt;
}

}  // namespace echoflow::records
