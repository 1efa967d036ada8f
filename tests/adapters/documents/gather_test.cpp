#include <gtest/gtest.h>

#include <sstream>

#include "adapters/documents/evidence_file.hpp"
#include "adapters/documents/evidence_json.hpp"
#include "adapters/json/value.hpp"
#include "tests/adapters/documents/runs.hpp"

namespace echoflow::documents {

namespace {

using documentation::DeviationKind;
using test::Runs;
namespace desk = test::desk;

EvidenceFileCheck check(const std::string& bytes) {
  std::istringstream in(bytes);
  return verify_evidence_file(in);
}

std::int64_t count_of(const documentation::Evidence& evidence, DeviationKind kind) {
  std::int64_t count = 0;
  for (const auto& deviation : evidence.conformance.deviations)
    if (deviation.kind == kind) count += deviation.count;
  return count;
}

}  // namespace

TEST(Gather, CountsWhatRan) {
  Runs runs;
  runs.server().deploy(desk::echo);
  runs.server().deploy(desk::counter);
  runs.play(desk::echo, 20);
  runs.play(desk::counter, 3);  // of another process
  const auto evidence = runs.gather(desk::echo);
  ASSERT_TRUE(evidence) << evidence.error().message;
  ASSERT_EQ(evidence->versions.size(), 1u);
  const auto& version = evidence->versions.front();
  EXPECT_EQ(version.started, 20);
  EXPECT_EQ(version.completed, 20);
  EXPECT_EQ(version.running, 0);
  EXPECT_TRUE(version.documented);
  EXPECT_EQ(version.source_sha256.size(), 64u);
  EXPECT_EQ(version.duration.count, 20);
  EXPECT_EQ(evidence->conformance.checked, 20);
  EXPECT_EQ(evidence->conformance.conforming, 20);
  EXPECT_EQ(evidence->sampled_from, 20);
  ASSERT_EQ(evidence->elements.size(), 2u);  // receive and reply
  for (const auto& element : evidence->elements) EXPECT_EQ(element.completed, 20) << element.element;
  EXPECT_EQ(evidence->sample.size(), 10u);
  EXPECT_EQ(evidence->sample.front().steps.size(), 2u);
  EXPECT_EQ(evidence->sample.front().state, "completed");

  const auto counters = runs.gather(desk::counter);
  ASSERT_TRUE(counters) << counters.error().message;
  EXPECT_EQ(counters->versions.front().running, 3);
  EXPECT_EQ(counters->conformance.checked, 3);
}

TEST(Gather, TellsActsOfOperatorsAsDeviationsAndCorrections) {
  Runs runs;
  runs.server().deploy(desk::counter);
  runs.play(desk::counter, 4);
  const auto all = runs.store().instances({});
  ASSERT_TRUE(all);
  ASSERT_TRUE(runs.server()->terminate(all->front().id, {"anna@example.com", "the customer withdrew"}));
  const auto evidence = runs.gather(desk::counter);
  ASSERT_TRUE(evidence) << evidence.error().message;
  EXPECT_EQ(evidence->versions.front().terminated, 1);
  EXPECT_EQ(count_of(*evidence, DeviationKind::terminated), 1);
  EXPECT_EQ(evidence->conformance.conforming, 3);
  ASSERT_EQ(evidence->corrections.size(), 1u);
  EXPECT_EQ(evidence->corrections.front().kind, "terminate");
  EXPECT_EQ(evidence->corrections.front().reason, "the customer withdrew");
  EXPECT_TRUE(evidence->corrections.front().by.starts_with("person-")) << "a name got out";
}

TEST(Gather, LooksOnlyAtThePeriodThatIsAskedFor) {
  Runs runs;
  runs.server().deploy(desk::echo);
  runs.play(desk::echo, 5);
  GatherOptions options;
  options.from = TimePoint{runs.server().manual.now().micros + 1};
  runs.play(desk::echo, 7);
  const auto evidence = runs.gather(desk::echo, options);
  ASSERT_TRUE(evidence) << evidence.error().message;
  EXPECT_EQ(evidence->versions.front().started, 7);
}

TEST(Gather, TellsWhatRanUnreleased) {
  Runs runs;
  runs.server().deploy(desk::echo);
  runs.play(desk::echo, 2);
  const auto released = runs.server().manual.now();
  runs.play(desk::echo, 3);
  GatherOptions options;
  options.is_released = [released](std::int64_t, TimePoint at) { return at > released; };
  const auto evidence = runs.gather(desk::echo, options);
  ASSERT_TRUE(evidence) << evidence.error().message;
  EXPECT_EQ(count_of(*evidence, DeviationKind::unreleased_version), 2);
  EXPECT_EQ(evidence->conformance.conforming, 3);
}

TEST(Gather, RefusesAProcessThatIsNotThere) {
  Runs runs;
  EXPECT_FALSE(runs.gather("nobody"));
}

TEST(Gather, TheFiguresAreJson) {
  Runs runs;
  runs.server().deploy(desk::echo);
  runs.play(desk::echo, 2);
  const auto evidence = runs.gather(desk::echo);
  ASSERT_TRUE(evidence);
  json::Writer writer;
  write_evidence(writer, *evidence);
  const auto read = json::parse(writer.text());
  ASSERT_TRUE(read) << read.error().message << writer.text();
  EXPECT_EQ(read->find("versions")->items.size(), 1u);
}

class EvidenceFile : public ::testing::Test {
 protected:
  void SetUp() override {
    runs_.server().deploy(desk::counter);
    runs_.play(desk::counter, 3);
    for (int i = 1; i <= 3; ++i)
      ASSERT_TRUE(
          desk::holds<runtime::Reply>(runs_.server().send(desk::counter, "ask", desk::counter + std::to_string(i))));
    const auto evidence = runs_.gather(desk::counter);
    ASSERT_TRUE(evidence) << evidence.error().message;
    ASSERT_EQ(evidence->files.size(), 1u);
    bytes_ = evidence->files.front().bytes;
    std::istringstream in(bytes_);
    for (std::string line; std::getline(in, line);) lines_.push_back(line + "\n");
  }
  std::string joined() const {
    std::string all;
    for (const auto& line : lines_) all += line;
    return all;
  }

  Runs runs_;
  std::string bytes_;
  std::vector<std::string> lines_;
};

TEST_F(EvidenceFile, IsWhole) {
  const auto found = check(bytes_);
  ASSERT_TRUE(found.whole()) << found.broken_line << ": " << found.detail;
  EXPECT_EQ(found.process, desk::key(desk::counter));
  EXPECT_EQ(found.cases, 3);
  EXPECT_EQ(found.case_rows, found.journal_rows);
  EXPECT_EQ(found.key, runs_.signer().fingerprint());
  EXPECT_EQ(found.head, to_hex(runs_.store().chain_head()->hash));
}

TEST_F(EvidenceFile, HoldsNothingOfTheCustomers) {
  EXPECT_EQ(bytes_.find("said by a customer"), std::string::npos);
  EXPECT_EQ(bytes_.find(runs_.signer().derive("pseudonyms")), std::string::npos);
}

TEST_F(EvidenceFile, OneChangedByteIsFoundInItsLine) {
  std::size_t begin = 0;
  for (std::size_t line = 0; line < lines_.size(); ++line) {
    for (std::size_t at = 0; at < lines_[line].size(); at += 7) {
      std::string changed = bytes_;
      char& byte = changed[begin + at];
      byte = byte == '7' ? '8' : '7';
      const auto found = check(changed);
      ASSERT_FALSE(found.whole()) << "line " << line + 1 << " byte " << at;
      // Without its line end it is one with the next: that is where it shows, too.
      EXPECT_EQ(found.broken_line, static_cast<std::int64_t>(line) + 1) << "byte " << at << ": " << found.detail;
    }
    begin += lines_[line].size();
  }
}

TEST_F(EvidenceFile, OneRemovedRowIsFoundWhereItWas) {
  for (std::size_t line = 0; line + 1 < lines_.size(); ++line) {
    auto kept = lines_;
    kept.erase(kept.begin() + static_cast<std::ptrdiff_t>(line));
    std::string all;
    for (const auto& each : kept) all += each;
    const auto found = check(all);
    ASSERT_FALSE(found.whole());
    EXPECT_EQ(found.broken_line, static_cast<std::int64_t>(line) + 1);
    EXPECT_NE(found.detail.find("removed"), std::string::npos) << found.detail;
  }
}

TEST_F(EvidenceFile, ACutOffEndIsFound) {
  const auto without_last = bytes_.substr(0, bytes_.size() - lines_.back().size());
  auto found = check(without_last);
  EXPECT_EQ(found.broken_line, static_cast<std::int64_t>(lines_.size()));
  EXPECT_NE(found.detail.find("cut off"), std::string::npos) << found.detail;
  found = check(bytes_.substr(0, bytes_.size() - 1));
  EXPECT_EQ(found.broken_line, static_cast<std::int64_t>(lines_.size()));
  for (std::size_t size = 0; size < bytes_.size(); size += 97) EXPECT_FALSE(check(bytes_.substr(0, size)).whole());
}

TEST_F(EvidenceFile, WhoMakesItAnewNeedsTheKey) {
  // Everything but the signature fits.
  const auto other = *Signer::fresh();
  EvidenceFileWriter writer(other, {"p", "1", "", "2026-01-01T00:00:00Z"});
  std::string forged = writer.finish({});
  EXPECT_TRUE(check(forged).whole());
  EXPECT_NE(check(forged).key, runs_.signer().fingerprint());
  const auto at = forged.find(other.public_key());
  ASSERT_NE(at, std::string::npos);
  forged.replace(at, other.public_key().size(), runs_.signer().public_key());
  EXPECT_FALSE(check(forged).whole());
}

TEST_F(EvidenceFile, ErasedContentsKeepTheChainWhole) {
  const auto all = runs_.store().instances({});
  ASSERT_TRUE(all);
  ASSERT_TRUE(runs_.store().erase_payloads(all->front().id));
  const auto evidence = runs_.gather(desk::counter);
  ASSERT_TRUE(evidence) << evidence.error().message;
  const auto found = check(evidence->files.front().bytes);
  EXPECT_TRUE(found.whole()) << found.detail;
  EXPECT_GT(found.erased, 0);
  EXPECT_EQ(evidence->versions.front().completed, 3);
}

}  // namespace echoflow::documents
