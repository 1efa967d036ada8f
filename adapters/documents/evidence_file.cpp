#include "adapters/documents/evidence_file.hpp"

#include <fmt/core.h>

#include "adapters/json/writer.hpp"

namespace echoflow::documents {

namespace {

std::string hex_list(const std::vector<Sha256>& hashes) {
  std::string text = "[";
  for (const auto& hash : hashes) {
    if (text.size() > 1) text += ',';
    text += '"';
    text += to_hex(hash);
    text += '"';
  }
  text += ']';
  return text;
}

}  // namespace

EvidenceFileWriter::EvidenceFileWriter(const Signer& signer, const EvidenceHead& head) : signer_(signer) {
  json::Writer writer;
  writer.begin_object().member("format", "echoflow-process-evidence").member("version", std::int64_t{1});
  writer.member("process", head.process).member("documented", head.documented).member("source", head.source);
  writer.member("madeAt", head.made_at).member("algorithm", "Ed25519").member("publicKey", signer.public_key());
  writer.end_object();
  line("head", writer.text());
}

void EvidenceFileWriter::line(std::string_view kind, std::string_view data, bool last) {
  const std::string text = fmt::format(R"({{"n":{},"kind":"{}","data":{})", ++number_, kind, data);
  std::string sealed(reinterpret_cast<const char*>(seal_.data()), seal_.size());
  sealed += text;
  seal_ = sha256(sealed);
  text_ += text;
  text_ += fmt::format(R"(,"seal":"{}")", to_hex(seal_));
  if (last) {
    signature_ = signer_.sign("echoflow-process-evidence 1\n" + to_hex(seal_));
    text_ += fmt::format(R"(,"signature":"{}")", signature_);
  }
  text_ += "}\n";
}

void EvidenceFileWriter::add_figures(std::string_view name, std::string_view json) {
  line("figures", fmt::format(R"({{"name":"{}","value":{}}})", name, json));
}

void EvidenceFileWriter::add_block(const Block& block) {
  line("block", fmt::format(R"({{"first":{},"last":{},"previous":"{}","hash":"{}","root":"{}"}})", block.first,
                            block.last, to_hex(block.previous), to_hex(block.hash), to_hex(block.root)));
}

void EvidenceFileWriter::add_case(std::string_view json, std::int64_t rows) {
  line("case", fmt::format(R"({{"rows":{},"case":{}}})", rows, json));
}

void EvidenceFileWriter::add_row(const records::ChainLink& link, const Sha256& previous, const Sha256& hash,
                                 bool erased, const std::vector<Sha256>& path) {
  line(
      "row",
      fmt::format(
          R"({{"position":{},"instance":{},"seq":{},"at":{},"eventsDigest":"{}","payloadDigest":"{}","previous":"{}","hash":"{}","erased":{},"path":{}}})",
          link.position, link.instance, link.seq, link.at_micros, to_hex(link.events_digest),
          to_hex(link.payload_digest), to_hex(previous), to_hex(hash), erased, hex_list(path)));
}

std::string EvidenceFileWriter::finish(const records::ChainEnd& end) {
  line("end", fmt::format(R"({{"position":{},"hash":"{}"}})", end.position, to_hex(end.hash)), true);
  return std::move(text_);
}

}  // namespace echoflow::documents
