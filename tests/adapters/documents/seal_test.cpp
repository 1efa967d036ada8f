#include <gtest/gtest.h>
#include <zlib.h>

#include <sstream>

#include "adapters/archive/zip.hpp"
#include "adapters/documents/document_seal.hpp"
#include "adapters/documents/evidence_file.hpp"
#include "models/base/base64.hpp"

namespace echoflow::documents {

namespace {

std::string evidence(const Signer& signer) {
  EvidenceFileWriter writer(signer, {"{urn:p}p", "1", "", "2026-01-01T00:00:00Z"});
  writer.add_figures("versions", "[1,2,3]");
  return writer.finish({});
}

std::string deflated(const std::string& bytes) {
  uLongf size = compressBound(bytes.size());
  std::string out(size, '\0');
  compress(reinterpret_cast<Bytef*>(out.data()), &size, reinterpret_cast<const Bytef*>(bytes.data()), bytes.size());
  out.resize(size);
  return out;
}

std::string pdf(const std::string& stream) {
  return "%PDF-1.7\n1 0 obj\n<</Length " + std::to_string(stream.size()) + ">>\nstream\n" + stream +
         "\nendstream\nendobj\n9 0 obj\n(other)\nendobj\ntrailer\n<<>>\nstartxref\n100\n%%EOF\n";
}

std::string document(DocumentFormat format, const std::string& inside) {
  switch (format) {
    case DocumentFormat::pdf:
      return pdf(deflated(inside));
    case DocumentFormat::html:
      return "<!DOCTYPE html>\n<html><body><a download=\"evidence.jsonl\" href=\"data:application/x-ndjson;base64," +
             to_base64(inside) + "\">e</a></body>\n</html>\n";
    case DocumentFormat::docx:
      return archive::write_zip({{"word/document.xml", "<w/>"}, {"word/embeddings/evidence.jsonl", inside}});
    case DocumentFormat::unknown:
      return inside;
  }
  return {};
}

class Sealed : public ::testing::TestWithParam<DocumentFormat> {
 protected:
  const Signer signer_ = *Signer::fresh();
  const std::string evidence_ = evidence(signer_);
  const std::string bytes_ = seal_document(document(GetParam(), evidence_), signer_);
};

}  // namespace

TEST_P(Sealed, IsWholeAndHoldsTheEvidence) {
  const auto seal = check_seal(bytes_);
  EXPECT_TRUE(seal.whole) << seal.detail;
  EXPECT_EQ(seal.key, signer_.fingerprint());
  EXPECT_EQ(embedded_evidence(bytes_), evidence_);
}

TEST_P(Sealed, EveryChangedByteIsFound) {
  for (std::size_t at = 0; at < bytes_.size(); ++at) {
    std::string changed = bytes_;
    changed[at] = static_cast<char>(changed[at] ^ 1);
    EXPECT_FALSE(check_seal(changed).whole) << "byte " << at;
  }
}

TEST_P(Sealed, ARemovedRowAndACutOffEndAreFound) {
  std::string fewer = evidence_;
  const auto second = fewer.find('\n') + 1;
  fewer.erase(second, fewer.find('\n', second) + 1 - second);
  const auto changed = document(GetParam(), fewer);
  std::istringstream in(embedded_evidence(changed));
  EXPECT_EQ(verify_evidence_file(in).broken_line, 2);
  EXPECT_FALSE(check_seal(changed).present);
  for (std::size_t size = 0; size < bytes_.size(); size += 11) EXPECT_FALSE(check_seal(bytes_.substr(0, size)).whole);
}

TEST_P(Sealed, CanBeSealedAgain) {
  const auto other = *Signer::fresh();
  const auto again = seal_document(bytes_, other);
  EXPECT_EQ(again.size(), bytes_.size());
  EXPECT_TRUE(check_seal(again).whole);
  EXPECT_EQ(check_seal(again).key, other.fingerprint());
  EXPECT_EQ(check_seal(again).sha256, check_seal(bytes_).sha256);
}

INSTANTIATE_TEST_SUITE_P(Formats, Sealed,
                         ::testing::Values(DocumentFormat::pdf, DocumentFormat::html, DocumentFormat::docx));

TEST(Seal, APdfMayHoldItUncompressed) {
  const auto signer = *Signer::fresh();
  const auto inside = evidence(signer);
  EXPECT_EQ(embedded_evidence(pdf(inside)), inside);
}

TEST(Seal, WhatIsNoDocumentIsLeftAsItIs) {
  EXPECT_EQ(seal_document("text", *Signer::fresh()), "text");
  EXPECT_EQ(embedded_evidence("text"), "");
  EXPECT_EQ(embedded_evidence("%PDF-1.7\nstream\nxx"), "");
}

TEST(Seal, TheZipIsStillRead) {
  const auto signer = *Signer::fresh();
  const auto bytes = seal_document(archive::write_zip({{"a.txt", "a"}}), signer);
  const auto files = archive::read_zip(bytes);
  ASSERT_TRUE(files) << files.error().message;
  EXPECT_EQ(files->at("a.txt"), "a");
}

}  // namespace echoflow::documents
