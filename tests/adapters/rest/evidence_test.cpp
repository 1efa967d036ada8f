#include "adapters/rest/evidence.hpp"

#include <gtest/gtest.h>

#include "adapters/rest/bytes_text.hpp"
#include "models/base/sha256.hpp"
#include "models/records/journal_chain.hpp"

namespace echoflow::rest {

namespace {

struct Row {
  std::int64_t position;
  std::int64_t seq;
  std::string events, payload;
  bool erased = false;
};

std::string file_of(const std::vector<Row>& rows) {
  json::Writer writer;
  writer.begin_object().member("format", "echoflow-evidence-1").member("instance", "7").key("rows").begin_array();
  Sha256 previous{};
  for (const auto& row : rows) {
    records::ChainLink link{row.position, 7, static_cast<std::uint64_t>(row.seq), 1000 + row.seq, sha256(row.events), sha256(row.payload)};
    previous = records::link_hash(previous, link);
    writer.begin_object().member("position", row.position).member("seq", row.seq).member("at", "").member("atMicros", 1000 + row.seq).member("erased", row.erased);
    writer.member("events", to_base64(row.events)).member("payload", to_base64(row.erased ? "" : row.payload));
    writer.member("eventsDigest", to_hex(link.events_digest)).member("payloadDigest", to_hex(link.payload_digest)).member("hash", to_hex(previous)).end_object();
  }
  writer.end_array().end_object();
  return writer.take();
}

std::string replaced(std::string text, const std::string& from, const std::string& to) {
  auto at = text.find(from);
  EXPECT_NE(at, std::string::npos);
  return text.replace(at, from.size(), to);
}

const std::vector<Row> sample = {{10, 1, "first", "data"}, {11, 2, "second", "more"}, {20, 3, "third", ""}};

}  // namespace

TEST(Evidence, WholeFilesAreWhole) {
  auto report = verify_evidence(file_of(sample));
  ASSERT_TRUE(report);
  EXPECT_TRUE(report->whole) << report->detail;
  EXPECT_EQ(report->rows, 3);
  auto erased = sample;
  erased[0].erased = true;
  EXPECT_TRUE(verify_evidence(file_of(erased))->whole);
}

TEST(Evidence, ChangesAreFound) {
  const std::string file = file_of(sample);
  for (const auto& changed : {replaced(file, to_base64("second"), to_base64("sec0nd")), replaced(file, to_base64("data"), to_base64("d4ta")),
                              replaced(file, "\"atMicros\":1002", "\"atMicros\":1003"), file_of({sample[0], sample[2]}), file_of({sample[1]})}) {
    auto report = verify_evidence(changed);
    ASSERT_TRUE(report);
    EXPECT_FALSE(report->whole) << changed;
    EXPECT_FALSE(report->detail.empty());
  }
}

TEST(Evidence, OtherFilesAreNone) {
  for (const char* other : {"", "{}", "[]", "{\"format\":\"echoflow-evidence-1\"}", "{\"format\":\"else\",\"instance\":\"1\",\"rows\":[]}"}) EXPECT_FALSE(verify_evidence(other)) << other;
}

TEST(BytesText, RoundTrips) {
  for (const std::string bytes : {"", "a", "ab", "abc", "\xff\x00\x01"}) EXPECT_EQ(from_base64(to_base64(bytes)), bytes);
  EXPECT_FALSE(from_base64("a"));
  EXPECT_FALSE(from_base64("????"));
  EXPECT_EQ(from_hex("00ff"), std::string("\0\xff", 2));
  EXPECT_FALSE(from_hex("0g"));
}

}  // namespace echoflow::rest
