#include "models/documentation/notes.hpp"

#include <gtest/gtest.h>

#include "models/documentation/condition_text.hpp"

namespace echoflow::documentation {
namespace {

const std::string note_namespaces =
    " xmlns:cx=\"urn:echoflow:cx:1.0\" xmlns:htd=\"http://docs.oasis-open.org/ns/bpel4people/ws-humantask/200803\""
    " xmlns:htt=\"http://docs.oasis-open.org/ns/bpel4people/ws-humantask/types/200803\"";

graph::Node node_with(const std::string& local, const std::string& rest) {
  graph::Node node;
  node.attributes.push_back({"{urn:echoflow:cx:1.0}" + local, "<cx:" + local + note_namespaces + rest, {}});
  return node;
}

TEST(Notes, DeadlinesTellWhatHappens) {
  const auto notes = deadlines_of(node_with(
      "task",
      "><htd:priority>3</htd:priority><htd:deadlines><htd:startDeadline name=\"begin\" cx:calendar=\"standard\">"
      "<htd:for>'PT2H'</htd:for><htd:escalation name=\"lead\"><htd:condition>true()</htd:condition><htd:reassignment>"
      "<htd:potentialOwners><htd:from>'group:Leads'</htd:from></htd:potentialOwners></htd:reassignment>"
      "</htd:escalation><htd:escalation name=\"first\"><cx:raisePriority to=\"0\"/></htd:escalation>"
      "</htd:startDeadline><htd:completionDeadline name=\"end\"><htd:until>$day</htd:until><htd:escalation "
      "name=\"all\">"
      "<htd:notification name=\"n\"><htd:peopleAssignments><htd:recipients><htd:from><htd:literal>"
      "<htt:organizationalEntity><htt:group>Quality</htt:group><htt:user>ada</htt:user></htt:organizationalEntity>"
      "</htd:literal></htd:from></htd:recipients></htd:peopleAssignments></htd:notification></htd:escalation>"
      "</htd:completionDeadline></htd:deadlines></cx:task>"));
  ASSERT_EQ(notes.size(), 2u);
  EXPECT_TRUE(notes[0].to_begin);
  EXPECT_EQ(notes[0].time, "PT2H");
  EXPECT_EQ(notes[0].calendar, "standard");
  ASSERT_EQ(notes[0].escalations.size(), 2u);
  EXPECT_EQ(notes[0].escalations[0].act, EscalationAct::reassign);
  EXPECT_EQ(notes[0].escalations[0].to, "Leads");
  EXPECT_EQ(notes[0].escalations[1].act, EscalationAct::priority);
  EXPECT_EQ(notes[0].escalations[1].to, "0");
  EXPECT_EQ(notes[1].time, "$day");
  ASSERT_EQ(notes[1].escalations.size(), 1u);
  EXPECT_EQ(notes[1].escalations[0].act, EscalationAct::notify);
  EXPECT_EQ(notes[1].escalations[0].to, "Quality, ada");
}

TEST(Notes, WhatBpelNotesOfDeadlines) {
  graph::Node node;
  node.attributes = {{"htd.startDeadline", "'PT30M'", {}}, {"htd.startDeadline.escalation", "second", {}}};
  const auto notes = deadlines_of(node);
  ASSERT_EQ(notes.size(), 1u);
  EXPECT_EQ(notes[0].time, "PT30M");
  ASSERT_EQ(notes[0].escalations.size(), 1u);
  EXPECT_EQ(notes[0].escalations[0].name, "second");
}

TEST(Notes, HearingAnsweringAndFigures) {
  const auto hearing = hearing_of(node_with("hears", " service=\"feedback\" when=\"true()\" channels=\"a b\"/>"));
  ASSERT_TRUE(hearing);
  EXPECT_EQ(hearing->service + hearing->when + hearing->channels, "feedbacktrue()a b");
  EXPECT_FALSE(hearing_of(node_with("says", " text=\"a\"/>")));
  EXPECT_TRUE(answers(node_with("says", " text=\"a\"/>")));
  graph::Container process;
  process.attributes = node_with("kpi", " name=\"time\" measure=\"duration\" target=\"PT1H\"/>").attributes;
  const auto kpis = kpis_of(process);
  ASSERT_EQ(kpis.size(), 1u);
  EXPECT_EQ(kpis[0].title, "time");
  EXPECT_EQ(kpis[0].target, "PT1H");
}

TEST(Notes, ConditionsInWords) {
  const Words german("de"), english("en");
  const auto one = "$feedback/cx:intent = 'complaint' and $feedback/cx:sentiment/@polarity='negative'";
  EXPECT_EQ(condition_text(german, one), "Absicht ist „Beschwerde“ und Stimmung ist „negativ“");
  EXPECT_EQ(condition_text(english, one), "Intent is “complaint” and Mood is “negative”");
  EXPECT_EQ(condition_text(german, "$threshold/cx:value >= 5 or $threshold/cx:kpi != 'time'"),
            "Wert mindestens 5 oder Kennzahl ist nicht „time“");
  for (const auto other : {"", "count($feedback/cx:topic) > 1", "$feedback/cx:intentional = 'a'",
                           "$feedback/cx:intent =", "$feedback/cx:intent = 'a",
                           "$feedback/cx:intent = 'a' nor $feedback/cx:intent = 'b'", "$other/cx:intent = 'a'"})
    EXPECT_FALSE(condition_text(german, other)) << other;
}

}  // namespace
}  // namespace echoflow::documentation
