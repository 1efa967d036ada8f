#include "models/documentation/describe.hpp"

#include <gtest/gtest.h>

#include <set>

#include "models/documentation/text.hpp"
#include "tests/models/documentation/sample.hpp"

namespace echoflow::documentation {
namespace {

using sample::find;
using sample::text_of;

bool says(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

class Describe : public testing::Test {
 protected:
  Document made(const std::string& language = "de") {
    return describe(graph_, sample::options(language), &evidence_, &control_);
  }
  const graph::ProcessGraph graph_ = sample::complaint_process();
  const Evidence evidence_ = sample::evidence();
  const Control control_ = sample::released();
};

TEST_F(Describe, HasEverySectionOfAProcessDocument) {
  const auto document = made();
  for (const char* anchor :
       {"purpose",     "scope",       "terms",       "overview",   "diagram",         "steps",       "raci",
        "touchpoints", "triggers",    "escalations", "kpis",       "risks",           "findings",    "records",
        "evidence",    "versions",    "conformance", "complaints", "escalations-run", "corrections", "sample",
        "chain",       "differences", "clauses"})
    EXPECT_NE(find(document.sections, anchor), nullptr) << anchor;
  EXPECT_NE(find(document.annexes, "source"), nullptr);
  EXPECT_NE(find(document.annexes, "files"), nullptr);
}

TEST_F(Describe, StepsSayWhoWhatAndUntilWhen) {
  const auto document = made();
  const auto& table = std::get<Table>(find(document.sections, "steps")->blocks.front());
  ASSERT_EQ(table.rows.size(), 8u);
  const auto cells = [&](std::size_t row, std::size_t column) { return flat(table.rows[row][column]); };
  EXPECT_TRUE(says(cells(1, 1), "Beschwerde aufnehmen"));
  EXPECT_EQ(cells(1, 2), "Kundenbetreuung");
  EXPECT_EQ(cells(1, 3), "CRM");
  EXPECT_EQ(cells(1, 6), "Beschwerdeakte");
  EXPECT_EQ(cells(2, 4), "Beschwerdeakte");
  EXPECT_EQ(cells(2, 7), "höchstens 2 Stunden");
  EXPECT_TRUE(says(cells(2, 8), "An Teamleitung eskalieren")) << cells(2, 8);
  EXPECT_TRUE(says(cells(3, 1), "Entscheidung: Berechtigt?")) << cells(3, 1);
  EXPECT_TRUE(says(cells(3, 1), "ja: weiter bei 4 Betrag erstatten")) << cells(3, 1);
  EXPECT_EQ(cells(4, 2), "System");
}

TEST_F(Describe, ResponsibilitiesComeFromLanesAndRelations) {
  const auto text = text_of(*find(made().sections, "raci"));
  EXPECT_TRUE(says(text, "4 Betrag erstatten |  | A | R | ")) << text;
  EXPECT_TRUE(says(text, "5 Ablehnung begründen | R | I |  | ")) << text;
}

TEST_F(Describe, CustomersTouchpointsTriggersAndEscalations) {
  const auto document = made("en");
  EXPECT_TRUE(says(text_of(*find(document.sections, "touchpoints")), "from Customer | Complaint | facebook email"));
  EXPECT_TRUE(says(text_of(*find(document.sections, "triggers")), "Complaint received | Message"));
  EXPECT_TRUE(says(text_of(*find(document.sections, "triggers")), "starts the process"));
  const auto escalations = text_of(*find(document.sections, "escalations"));
  EXPECT_TRUE(says(escalations, "2 Check the claim | Timer – Not handled | within 2 hours")) << escalations;
  EXPECT_TRUE(says(escalations, "Team lead")) << escalations;
}

TEST_F(Describe, KpisCarryTargetThresholdAndActual) {
  const auto text = text_of(*find(made("en").sections, "kpis"));
  EXPECT_TRUE(says(text, "First response | 7 Answer the customer | 4 h | 12 h | 1 d | 1 h 23 min | 990 | on target"))
      << text;
}

TEST_F(Describe, KpisBetweenTargetAndWarningAreNotOnTarget) {
  auto late = evidence_;
  late.kpis.front().value = 18'000;  // five hours; target are four, warning is at twelve
  const auto text = text_of(*find(describe(graph_, sample::options("en"), &late, &control_).sections, "kpis"));
  EXPECT_TRUE(says(text, "5 h | 990 | target missed, no warning")) << text;
}

TEST_F(Describe, RecordsHaveTheirRetention) {
  EXPECT_TRUE(says(text_of(*find(made().sections, "records")),
                   "Beschwerdeakte | 1 Beschwerde aufnehmen | CRM | "
                   "Kundenbetreuung | 10 Jahre"));
}

TEST_F(Describe, EvidenceOfRunsIsTold) {
  const auto text = text_of(*find(made().sections, "evidence"));
  for (const char* part : {"1.000", "990 von 995 Läufen (99,5 %)", "Frist überschritten", "K-4711", "12.345",
                           "Partner offline", "Ed25519 c2lnbmVk"})
    EXPECT_TRUE(says(text, part)) << part;
}

TEST_F(Describe, DifferencesAreToldStepByStep) {
  const auto now = sample::changed_process();
  auto options = sample::options("de");
  options.previous = &graph_;
  options.previous_version = "2";
  const auto text = text_of(*find(describe(now, options).sections, "differences"));
  EXPECT_TRUE(says(text, "Zufriedenheit erfragen | neu")) << text;
  EXPECT_TRUE(says(text, "Ablehnung begründen | Wer | Kundenbetreuung | Teamleitung")) << text;
  EXPECT_TRUE(says(text, "Frist | höchstens 2 Stunden | höchstens 1 Stunde")) << text;
  options.previous = &now;
  EXPECT_TRUE(says(text_of(*find(describe(now, options).sections, "differences")), "Der Ablauf ist unverändert."));
}

TEST_F(Describe, WithoutAnApproverItCannotPassAsReleased) {
  EXPECT_EQ(made().watermark, "");
  EXPECT_EQ(made().status_text, "Freigegeben");
  Control control = control_;
  control.approver.at.clear();
  auto document = describe(graph_, sample::options("de"), nullptr, &control);
  EXPECT_EQ(document.watermark, "NICHT FREIGEGEBEN");
  EXPECT_NE(document.status_text, "Freigegeben");
  document = describe(graph_, sample::options("en"));
  EXPECT_EQ(document.watermark, "NOT RELEASED");
}

TEST_F(Describe, NoLanguageIsMixedIntoTheOther) {
  const auto german = sample::all_text(made("de")), english = sample::all_text(made("en"));
  for (const char* word : {" the ", "Owner", "Deadline", "Responsib", " not ", "Escalation", "Released", "Steps"})
    EXPECT_FALSE(says(german, word)) << word;
  for (const char* word : {" der ", " die ", "Frist |", "Verantwort", " nicht ", "Freigegeben", "Schritt"})
    EXPECT_FALSE(says(english, word)) << word;
}

void collect(const std::vector<Section>& sections, std::set<std::string>& anchors, std::vector<std::string>& targets) {
  for (const auto& section : sections) {
    EXPECT_TRUE(anchors.insert(section.anchor).second) << section.anchor;
    for (const auto& block : section.blocks) {
      const auto* table = std::get_if<Table>(&block);
      if (!table) continue;
      for (const auto& anchor : table->row_anchors)
        EXPECT_TRUE(anchor.empty() || anchors.insert(anchor).second) << anchor;
      for (const auto& row : table->rows)
        for (const auto& cell : row)
          for (const auto& text : cell)
            for (const auto& run : text)
              if (!run.target.empty()) targets.push_back(run.target);
    }
    collect(section.children, anchors, targets);
  }
}

TEST_F(Describe, EveryCrossReferenceLeadsSomewhere) {
  const auto document = made();
  std::set<std::string> anchors{"head"};
  std::vector<std::string> targets;
  collect(document.sections, anchors, targets);
  collect(document.annexes, anchors, targets);
  EXPECT_GT(targets.size(), 30u);
  for (const auto& target : targets) EXPECT_TRUE(anchors.contains(target)) << target;
}

TEST_F(Describe, AnEmptyModelStillGivesADocument) {
  const graph::ProcessGraph nothing;
  const auto document = describe(nothing, sample::options("en"));
  EXPECT_TRUE(says(text_of(*find(document.sections, "steps")), "The model has no steps."));
}

TEST(Text, WhiteSpaceOfTheSourceIsTakenOut) {
  EXPECT_EQ(tidied("\n   One line\n   goes on.\n\n   Another. \n"), "One line goes on.\nAnother.");
  EXPECT_EQ(tidied(" \n "), "");
}

TEST_F(Describe, LoopsEndTheStepListOnce) {
  auto looped = graph_;
  graph::Flow back;
  back.id = "back";
  looped.add_flow(looped.find("answer"), looped.find("record"), back);
  const auto document = describe(looped, sample::options("de"));
  const auto& table = std::get<Table>(find(document.sections, "steps")->blocks.front());
  EXPECT_EQ(table.rows.size(), 8u);
}

}  // namespace
}  // namespace echoflow::documentation
