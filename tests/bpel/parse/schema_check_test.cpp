// What the XML Schema of WS-BPEL 2.0 would catch: one mistake a test, and nothing else found.
#include "tests/bpel/parse/support.hpp"

namespace echoflow::parse {
namespace {

struct Mistake {
  const char* name;
  const char* content;
  const char* finding;
};

class SchemaCheck : public testing::TestWithParam<Mistake> {};

TEST_P(SchemaCheck, IsFoundOnceWithItsPlace) {
  const auto parsed = parse_content(GetParam().content);
  ASSERT_EQ(parsed.findings.size(), 1u) << parsed.messages();
  EXPECT_EQ(to_string(parsed.findings[0]), std::string("order.bpel:") + GetParam().finding);
}

const Mistake mistakes[] = {
    {"UnknownAttribute", "<empty colour='red'/>",
     "3:8: BPEL The attribute colour is not one of <empty>; remove it, or give it a namespace of your own."},
    {"UnknownElement", "<sequence><empty/><jump/></sequence>",
     "3:19: BPEL <jump> is not allowed in <sequence>; remove it or move it where it belongs."},
    {"ElementWithoutNamespace", "<sequence><empty/><jump xmlns=''/></sequence>",
     "3:19: BPEL <jump> has no namespace and is not allowed in <sequence>; remove it or give it its namespace."},
    {"MissingAttribute", "<compensateScope/>", "3:1: BPEL <compensateScope> lacks the attribute target; add it."},
    {"MissingChild", "<while><empty/></while>", "3:1: BPEL <while> lacks its <condition>; add it."},
    {"NoActivity", "<sequence/>", "3:1: BPEL <sequence> holds no activity; add at least one, for example <empty/>."},
    {"TwoActivities", "<empty/><exit/>",
     "3:9: BPEL <process> may hold one activity only; put <exit> and the other into a <sequence> or a <flow>."},
    {"WrongOrder", "<repeatUntil><condition>1</condition><empty/></repeatUntil>",
     "3:14: BPEL <condition> stands in the wrong place of <repeatUntil>; move it behind <empty>."},
    {"Twice", "<while><condition>1</condition><condition>2</condition><empty/></while>",
     "3:32: BPEL <condition> may stand only once in <while>; remove or merge this one."},
    {"WrongYesNo", "<scope isolated='true'><empty/></scope>",
     "3:8: BPEL The attribute isolated of <scope> is \"true\"; it must be \"yes\" or \"no\"."},
    {"WrongEnumeration",
     "<receive partnerLink='P' operation='o'><correlations><correlation set='c' "
     "initiate='maybe'/></correlations></receive>",
     "3:75: BPEL The attribute initiate of <correlation> is \"maybe\"; it must be one of \"yes\", \"join\", \"no\"."},
    {"PatternOnReceive",
     "<receive partnerLink='P' operation='o'><correlations><correlation set='c' "
     "pattern='request'/></correlations></receive>",
     "3:75: BPEL The attribute pattern is not one of <correlation>; remove it, or give it a namespace of your own."},
    {"MalformedName", "<empty name='two words'/>",
     "3:8: BPEL The attribute name of <empty> is \"two words\"; it must be a name that begins with a letter or an "
     "underscore and has no spaces and no colon."},
    {"UndeclaredPrefix", "<throw faultName='q:oops'/>",
     "3:8: BPEL The attribute faultName of <throw> is \"q:oops\"; declare its prefix with xmlns:q or use one that is "
     "declared."},
    {"TextAmongElements", "<sequence>then <empty/></sequence>",
     "3:1: BPEL Text must not stand in <sequence>; remove it."},
    {"AlarmWithoutTime",
     "<pick><onMessage partnerLink='P' operation='o'><empty/></onMessage><onAlarm><empty/></onAlarm></pick>",
     "3:68: BPEL <onAlarm> has no time; add a <for> or an <until>."},
    {"ForAndUntil", "<wait><for>1</for><until>2</until></wait>",
     "3:19: BPEL <wait> must have either <for> or <until>, not both; remove one."},
    {"ForEachWithoutScope",
     "<forEach counterName='i' parallel='no'><startCounterValue>1</startCounterValue>"
     "<finalCounterValue>2</finalCounterValue><empty/></forEach>",
     "3:120: BPEL The activity of <forEach> must be a <scope>; put <empty> into one."},
    {"EmptyContainer", "<variables/><empty/>",
     "3:1: BPEL <variables> must hold at least one <variable>; add it, or remove <variables>."},
    {"EmptyExtensionActivity", "<extensionActivity/>",
     "3:1: BPEL <extensionActivity> holds no activity of another namespace; add it."},
    {"LateDocumentation", "<sequence><empty/><documentation>x</documentation></sequence>",
     "3:19: warning: BPEL <documentation> should stand before the other elements of <sequence>; move it to their "
     "front."},
};

INSTANTIATE_TEST_SUITE_P(Parse, SchemaCheck, testing::ValuesIn(mistakes),
                         [](const auto& info) { return std::string(info.param.name); });

TEST(SchemaCheckAll, EveryMistakeIsReportedAtOnceInTheOrderOfTheLines) {
  const auto parsed =
      parse_content("<variables><variable/></variables>\n<sequence>\n<wait/>\n<exit x='1'/>\n</sequence>");
  ASSERT_EQ(parsed.findings.size(), 3u) << parsed.messages();
  EXPECT_EQ(parsed.findings[0].where.line, 3u);
  EXPECT_EQ(parsed.findings[1].where.line, 5u);
  EXPECT_EQ(parsed.findings[2].where.line, 6u);
  EXPECT_EQ(activity_of<ast::Sequence>(parsed).activities.size(), 2u);
}

TEST(SchemaCheckLeft, WhatAppendixBNamesIsLeftToItsRules) {
  const auto parsed = parse_content(R"(
    <partnerLinks><partnerLink name="P" partnerLinkType="s:T"/></partnerLinks>
    <variables><variable name="a.b" type="s:t" element="s:e"/><variable name="c"/></variables>
    <faultHandlers/>
    <eventHandlers/>
    <scope><faultHandlers><catch faultVariable="f"><empty/></catch></faultHandlers><empty/></scope>)");
  EXPECT_EQ(parsed.messages(), "");
  ASSERT_TRUE(parsed.process.body.fault_handlers);
  EXPECT_TRUE(parsed.process.body.fault_handlers->empty());
  ASSERT_TRUE(parsed.process.body.event_handlers);
  EXPECT_TRUE(parsed.process.body.variables.at(0).type && parsed.process.body.variables[0].element);
}

}  // namespace
}  // namespace echoflow::parse
