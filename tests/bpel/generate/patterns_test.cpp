#include <gtest/gtest.h>

#include "tests/bpel/generate/support.hpp"

namespace echoflow::generate::test {
namespace {

/// "a > b" as sequence flows, "a > b ? n < 3" with a condition; one a line.
std::string flows(const std::string& lines) {
  std::string text;
  int number = 0;
  for (std::size_t at = 0; at < lines.size();) {
    std::size_t end = lines.find(';', at);
    if (end == std::string::npos) end = lines.size();
    const std::string line = lines.substr(at, end - at);
    at = end + 1;
    const std::size_t arrow = line.find('>');
    const std::size_t question = line.find('?');
    const std::string to =
        line.substr(arrow + 1, question == std::string::npos ? std::string::npos : question - arrow - 1);
    text += "<sequenceFlow id='" + line.substr(0, arrow) + "_" + to + "' sourceRef='" + line.substr(0, arrow) +
            "' targetRef='" + to + "'>";
    if (question != std::string::npos)
      text +=
          "<conditionExpression xsi:type='tFormalExpression'>" + line.substr(question + 1) + "</conditionExpression>";
    text += "</sequenceFlow>";
    ++number;
  }
  return text;
}

std::string task(const std::string& id, const std::string& inside = {}, const std::string& attributes = {}) {
  return "<scriptTask id='" + id + "' " + attributes + ">" + inside + "<script>MARK_" + id + "</script></scriptTask>";
}

std::string process(const std::string& inside) {
  return "<process id='p' isExecutable='true'><startEvent id='start'/><endEvent id='end'/>" + inside + "</process>";
}

std::string boundary(const std::string& id, const std::string& on, const std::string& definition,
                     bool interrupting = true) {
  return "<boundaryEvent id='" + id + "' attachedToRef='" + on + "' cancelActivity='" +
         (interrupting ? "true" : "false") + "'>" + definition + "</boundaryEvent>";
}

const std::string three_seconds = "<timerEventDefinition><timeDuration>PT3S</timeDuration></timerEventDefinition>";
const std::string one_second = "<timerEventDefinition><timeDuration>PT1S</timeDuration></timerEventDefinition>";

Ran ran(const std::string& definitions, int seconds = 0, const std::map<std::string, std::string>& variables = {}) {
  return run(bpmn_process(definitions), variables, seconds);
}

TEST(BoundaryEvents, ATimerEndsASubProcess) {
  const Ran result =
      ran(process("<subProcess id='s'><startEvent id='ss'/><intermediateCatchEvent id='w'>" + three_seconds +
                  "</intermediateCatchEvent>" + task("t1") + flows("ss>w;w>t1") + "</subProcess>" +
                  boundary("b", "s", one_second) + task("t2") + task("t3") + flows("start>s;s>t2;b>t3;t2>end;t3>end")),
          10);
  ASSERT_FALSE(result.refused()) << told(result.findings);
  EXPECT_EQ(told(result.trace), "t3");
  EXPECT_EQ(result.status, engine::InstanceStatus::completed);
}

TEST(BoundaryEvents, ATimerThatDoesNotInterruptRunsBeside) {
  const Ran result = ran(process("<subProcess id='s'><startEvent id='ss'/><intermediateCatchEvent id='w'>" +
                                 three_seconds + "</intermediateCatchEvent>" + task("t1") + flows("ss>w;w>t1") +
                                 "</subProcess>" + boundary("b", "s", one_second, false) + task("t2") + task("t3") +
                                 flows("start>s;s>t2;b>t3;t2>end;t3>end")),
                         10);
  ASSERT_FALSE(result.refused()) << told(result.findings);
  EXPECT_EQ(told(result.trace), "t1 t2 t3");
}

/// The path of the event meets the main one in a join that does not synchronise: what follows is done for both.
TEST(BoundaryEvents, APathThatComesBackIsDoneForItsOwnToken) {
  const Ran result =
      ran(process("<subProcess id='s'><startEvent id='ss'/><intermediateCatchEvent id='w'>" + three_seconds +
                  "</intermediateCatchEvent>" + flows("ss>w") + "</subProcess>" +
                  boundary("b", "s", one_second, false) + task("t2") + flows("start>s;s>t2;b>t2;t2>end")),
          10);
  ASSERT_FALSE(result.refused()) << told(result.findings);
  EXPECT_EQ(told(result.trace), "t2*2");
}

/// The reaction waits for a minute; what follows the activity does not wait for it.
TEST(BoundaryEvents, ATimerThatDoesNotInterruptHoldsNothingUp) {
  const std::string minute = "<timerEventDefinition><timeDuration>PT60S</timeDuration></timerEventDefinition>";
  const std::string model =
      process("<subProcess id='s'><startEvent id='ss'/><intermediateCatchEvent id='w'>" + three_seconds +
              "</intermediateCatchEvent>" + flows("ss>w") + "</subProcess>" + boundary("b", "s", one_second, false) +
              "<intermediateCatchEvent id='m'>" + minute + "</intermediateCatchEvent>" + task("t2") + task("t3") +
              flows("start>s;s>t2;b>m;m>t3;t2>end;t3>end"));
  const Ran soon = ran(model, 10);
  ASSERT_FALSE(soon.refused()) << told(soon.findings);
  EXPECT_EQ(told(soon.trace), "t2");
  EXPECT_EQ(soon.status, engine::InstanceStatus::running);
  const Ran later = ran(model, 100);
  EXPECT_EQ(told(later.trace), "t2 t3");
  EXPECT_EQ(later.status, engine::InstanceStatus::completed);
}

/// An error of the reaction is none of the activity: its error event does not catch it.
TEST(BoundaryEvents, AnErrorBesideTheActivityIsNotItsOwn) {
  const Ran result = ran(
      "<error id='X' errorCode='X'/>" +
          process("<subProcess id='s'><startEvent id='ss'/><intermediateCatchEvent id='w'>" + three_seconds +
                  "</intermediateCatchEvent>" + flows("ss>w") + "</subProcess>" +
                  boundary("b", "s", one_second, false) + boundary("x", "s", "<errorEventDefinition errorRef='X'/>") +
                  "<endEvent id='e'><errorEventDefinition errorRef='X'/></endEvent>" + task("t1") + task("t2") +
                  flows("start>s;s>t1;b>e;x>t2;t1>end;t2>end")),
      10);
  ASSERT_FALSE(result.refused()) << told(result.findings);
  EXPECT_EQ(told(result.trace), "");
  EXPECT_EQ(result.status, engine::InstanceStatus::faulted);
}

TEST(BoundaryEvents, APathThatMeetsAParallelJoinOfTheMainFlowIsRefused) {
  const Ran result = ran(process("<subProcess id='s'><startEvent id='ss'/>" + task("t1") + flows("ss>t1") +
                                 "</subProcess>" + boundary("b", "s", one_second, false) + "<parallelGateway id='j'/>" +
                                 flows("start>s;s>j;b>j;j>end")));
  ASSERT_TRUE(result.refused());
  EXPECT_NE(told(result.findings).find("'j' waits for the flow from"), std::string::npos) << told(result.findings);
}

const std::string escalation = "<escalation id='E' escalationCode='E'/>";
const std::string escalates = "<escalationEventDefinition escalationRef='E'/>";

TEST(Escalations, GoOnOrInterrupt) {
  for (const bool interrupting : {true, false}) {
    const Ran result =
        ran(escalation + process("<subProcess id='s'><startEvent id='ss'/><intermediateThrowEvent id='e'>" + escalates +
                                 "</intermediateThrowEvent>" + task("t1") + flows("ss>e;e>t1") + "</subProcess>" +
                                 boundary("b", "s", escalates, interrupting) + task("t2") + task("t3") +
                                 flows("start>s;s>t2;b>t3;t2>end;t3>end")));
    ASSERT_FALSE(result.refused()) << told(result.findings);
    EXPECT_EQ(told(result.trace), interrupting ? "t3" : "t1 t2 t3");
  }
}

/// An escalation is no error: a boundary event that catches every error on its way lets it pass.
TEST(Escalations, PassWhatCatchesErrors) {
  const Ran result =
      ran(escalation +
          process("<subProcess id='o'><startEvent id='os'/><subProcess id='s'><startEvent id='ss'/>"
                  "<endEvent id='e'>" +
                  escalates + "</endEvent>" + flows("ss>e") + "</subProcess>" +
                  boundary("x", "s", "<errorEventDefinition/>") + task("t1") + flows("os>s;x>t1") + "</subProcess>" +
                  boundary("b", "o", escalates) + task("t2") + task("t3") + flows("start>o;o>t2;b>t3;t2>end;t3>end")));
  ASSERT_FALSE(result.refused()) << told(result.findings);
  EXPECT_EQ(told(result.trace), "t3");
}

TEST(Escalations, OutOfALoopToWhatGoesOnAreRefused) {
  const Ran result = ran(escalation + process("<subProcess id='s'><startEvent id='ss'/><exclusiveGateway id='x'/>"
                                              "<intermediateThrowEvent id='e'>" +
                                              escalates +
                                              "</intermediateThrowEvent>"
                                              "<exclusiveGateway id='y' default='y_t1'/>" +
                                              task("t1") + flows("ss>x;x>e;e>y;y>x?3 > n;y>t1") + "</subProcess>" +
                                              boundary("b", "s", escalates, false) + flows("start>s;s>end")),
                         0, {{"n", "5"}});
  ASSERT_TRUE(result.refused());
  EXPECT_NE(told(result.findings).find("'e' escalates from inside of a loop"), std::string::npos)
      << told(result.findings);
}

TEST(Errors, EndWhatTheyLeaveAndNoMore) {
  const Ran result = ran(
      "<error id='X' errorCode='X'/>" +
          process("<subProcess id='s'><startEvent id='ss'/><parallelGateway id='g'/><intermediateCatchEvent id='w'>" +
                  three_seconds + "</intermediateCatchEvent>" + task("t1") +
                  "<endEvent id='e'><errorEventDefinition errorRef='X'/></endEvent>" + flows("ss>g;g>w;w>t1;g>e") +
                  "</subProcess>" + boundary("b", "s", "<errorEventDefinition errorRef='X'/>") + task("t2") +
                  task("t3") + flows("start>s;s>t2;b>t3;t2>end;t3>end")),
      10);
  ASSERT_FALSE(result.refused()) << told(result.findings);
  EXPECT_EQ(told(result.trace), "t3");
}

TEST(Terminate, EndsItsSubProcessAlone) {
  const Ran result =
      ran(process("<subProcess id='s'><startEvent id='ss'/><parallelGateway id='g'/><intermediateCatchEvent id='w'>" +
                  three_seconds + "</intermediateCatchEvent>" + task("t1") +
                  "<endEvent id='e'><terminateEventDefinition/></endEvent>" + flows("ss>g;g>w;w>t1;g>e") +
                  "</subProcess>" + task("t2") + flows("start>s;s>t2;t2>end")),
          10);
  ASSERT_FALSE(result.refused()) << told(result.findings);
  EXPECT_EQ(told(result.trace), "t2");
}

std::string undone(const std::string& id) {
  return task(id) + boundary("b" + id, id, "<compensateEventDefinition/>") +
         task("u" + id, "", "isForCompensation='true'") + "<association id='x" + id +
         "' associationDirection='One' sourceRef='b" + id + "' targetRef='u" + id + "'/>";
}

TEST(Compensation, UndoesWhatIsDone) {
  const Ran all = ran(process(undone("t1") + undone("t2") + undone("t3") +
                              "<intermediateThrowEvent id='c'><compensateEventDefinition/>"
                              "</intermediateThrowEvent>" +
                              flows("start>t1;t1>t2;t2>c;c>t3;t3>end")));
  ASSERT_FALSE(all.refused()) << told(all.findings);
  EXPECT_EQ(told(all.trace), "t1 t2 t3");
  EXPECT_EQ(told(all.trace, "u"), "ut1 ut2");
  const Ran one = ran(process(undone("t1") + undone("t2") +
                              "<intermediateThrowEvent id='c'><compensateEventDefinition activityRef='t1'/>"
                              "</intermediateThrowEvent>" +
                              flows("start>t1;t1>t2;t2>c;c>end")));
  ASSERT_FALSE(one.refused()) << told(one.findings);
  EXPECT_EQ(told(one.trace, "u"), "ut1");
}

/// What a compensation event has undone is not undone again when the transaction is cancelled.
TEST(Compensation, HappensOnce) {
  const Ran result = ran(
      process("<transaction id='s'><startEvent id='ss'/>" + undone("t1") + undone("t2") +
              "<intermediateThrowEvent id='c'><compensateEventDefinition activityRef='t1'/></intermediateThrowEvent>"
              "<endEvent id='e'><cancelEventDefinition/></endEvent>" +
              flows("ss>t1;t1>t2;t2>c;c>e") + "</transaction>" + boundary("b", "s", "<cancelEventDefinition/>") +
              flows("start>s;s>end;b>end")));
  ASSERT_FALSE(result.refused()) << told(result.findings);
  EXPECT_EQ(told(result.trace, "u"), "ut1 ut2");
}

TEST(Compensation, ACancelledTransactionIsUndone) {
  const Ran result = ran(process("<transaction id='s'><startEvent id='ss'/>" + undone("t1") + undone("t2") +
                                 "<endEvent id='e'><cancelEventDefinition/></endEvent>" + flows("ss>t1;t1>t2;t2>e") +
                                 "</transaction>" + boundary("b", "s", "<cancelEventDefinition/>") + task("t3") +
                                 task("t4") + flows("start>s;s>t3;b>t4;t3>end;t4>end")));
  ASSERT_FALSE(result.refused()) << told(result.findings);
  EXPECT_EQ(told(result.trace), "t1 t2 t4");
  EXPECT_EQ(told(result.trace, "u"), "ut1 ut2");
}

TEST(EventSubProcesses, HandleAnErrorInsteadOfTheRest) {
  const Ran result = ran(
      "<error id='X' errorCode='X'/>" +
      process("<subProcess id='s'><startEvent id='ss'/>" + task("t1") +
              "<endEvent id='e'><errorEventDefinition errorRef='X'/></endEvent>" + flows("ss>t1;t1>e") +
              "<subProcess id='h' triggeredByEvent='true'><startEvent id='hs'><errorEventDefinition "
              "errorRef='X'/></startEvent>" +
              task("t2") + flows("hs>t2") + "</subProcess></subProcess>" + task("t3") + flows("start>s;s>t3;t3>end")));
  ASSERT_FALSE(result.refused()) << told(result.findings);
  EXPECT_EQ(told(result.trace), "t1 t2 t3");
}

/// What handles the event can be interrupted in its turn.
TEST(EventSubProcesses, AreInterruptedByTheBoundary) {
  const Ran result =
      ran(escalation +
              process("<subProcess id='s'><startEvent id='ss'/><endEvent id='e'>" + escalates + "</endEvent>" +
                      flows("ss>e") + "<subProcess id='h' triggeredByEvent='true'><startEvent id='hs'>" + escalates +
                      "</startEvent><intermediateCatchEvent id='w'>" + three_seconds + "</intermediateCatchEvent>" +
                      task("t1") + flows("hs>w;w>t1") + "</subProcess></subProcess>" + boundary("b", "s", one_second) +
                      task("t2") + task("t3") + flows("start>s;s>t2;b>t3;t2>end;t3>end")),
          10);
  ASSERT_FALSE(result.refused()) << told(result.findings);
  EXPECT_EQ(told(result.trace), "t3");
}

const std::string signal_first = "<signalEventDefinition signalRef='S'/>";

TEST(EventGateways, TimersAloneAndConditions) {
  const auto waits_for = [](const std::string& other) {
    return process("<eventBasedGateway id='g'/><intermediateCatchEvent id='w3'>" + three_seconds +
                   "</intermediateCatchEvent><intermediateCatchEvent id='w'>" + other + "</intermediateCatchEvent>" +
                   task("t1") + task("t2") + flows("start>g;g>w3;g>w;w3>t1;w>t2;t1>end;t2>end"));
  };
  const Ran timers = ran(waits_for(one_second), 10);
  ASSERT_FALSE(timers.refused()) << told(timers.findings);
  EXPECT_EQ(told(timers.trace), "t2");
  EXPECT_EQ(timers.status, engine::InstanceStatus::completed);
  const std::string condition =
      "<conditionalEventDefinition><condition xsi:type='tFormalExpression'>n > "
      "5</condition></conditionalEventDefinition>";
  const Ran holds = ran(waits_for(condition), 10, {{"n", "7"}});
  ASSERT_FALSE(holds.refused()) << told(holds.findings);
  EXPECT_EQ(told(holds.trace), "t2");
  const Ran fails = ran(waits_for(condition), 10, {{"n", "1"}});
  EXPECT_EQ(told(fails.trace), "t1");
}

/// An instance that is done throws the event of each behaviour whose condition holds.
TEST(Instances, ThrowByTheirComplexBehaviour) {
  const Ran result = ran(
      "<signal id='S' name='S'/>" +
          process(
              "<subProcess id='s'><multiInstanceLoopCharacteristics isSequential='true' behavior='Complex'>"
              "<loopCardinality>4</loopCardinality><complexBehaviorDefinition id='c'>"
              "<condition xsi:type='tFormalExpression'>n > 2</condition><event id='i'><signalEventDefinition id='d' "
              "signalRef='S'/></event></complexBehaviorDefinition></multiInstanceLoopCharacteristics>"
              "<startEvent id='ss'/><scriptTask id='t1'><script>n = n + 1</script></scriptTask>" +
              flows("ss>t1") + "</subProcess>" + boundary("b", "s", signal_first, false) + task("t2") + task("t3") +
              flows("start>s;s>t2;b>t3;t2>end;t3>end")),
      0, {{"n", "0"}});
  ASSERT_FALSE(result.refused()) << told(result.findings);
  EXPECT_EQ(told(result.trace), "t1*4 t2 t3*2");
}

TEST(Instances, StopWhenTheirConditionHolds) {
  const std::string loop =
      "<multiInstanceLoopCharacteristics isSequential='true'><loopCardinality>5</loopCardinality>"
      "<completionCondition>n >= 3</completionCondition></multiInstanceLoopCharacteristics>";
  const Ran result = ran(process("<subProcess id='s'>" + loop +
                                 "<startEvent id='ss'/><scriptTask id='t1'><script>n = n + 1</script></scriptTask>" +
                                 flows("ss>t1") + "</subProcess>" + task("t2") + flows("start>s;s>t2;t2>end")),
                         0, {{"n", "1"}});
  ASSERT_FALSE(result.refused()) << told(result.findings);
  EXPECT_EQ(told(result.trace), "t1*2 t2");
}

TEST(Tokens, AComplexJoinGoesOnOnceWithTheSecond) {
  const Ran result = ran(process(
      "<parallelGateway id='g'/>" + task("t1") + task("t2") + task("t3") +
      "<complexGateway id='c'><activationCondition>activationCount >= 2</activationCondition></complexGateway>" +
      task("t4") + flows("start>g;g>t1;g>t2;g>t3;t1>c;t2>c;t3>c;c>t4;t4>end")));
  ASSERT_FALSE(result.refused()) << told(result.findings);
  EXPECT_EQ(told(result.trace), "t1 t2 t3 t4");
}

TEST(Tokens, SeveralFromOneActivity) {
  const Ran result = ran(process(task("t1", "", "completionQuantity='3'") + task("t2") +
                                 task("t3", "", "startQuantity='3'") + task("t4", "", "completionQuantity='2'") +
                                 task("t5") + flows("start>t1;t1>t2;t2>t3;t3>t4;t4>t5;t5>end")));
  ASSERT_FALSE(result.refused()) << told(result.findings);
  EXPECT_EQ(told(result.trace), "t1 t2*3 t3 t4 t5*2");
  const Ran lonely = ran(process(task("t1", "", "startQuantity='2'") + flows("start>t1;t1>end")));
  EXPECT_TRUE(lonely.refused());
}

TEST(Tokens, AJoinThatNeverGetsAllWaits) {
  const Ran result =
      ran(process("<exclusiveGateway id='x' default='x_t2'/>" + task("t1") + task("t2") + "<parallelGateway id='j'/>" +
                  task("t3") + flows("start>x;x>t1?n > 3;x>t2;t1>j;t2>j;j>t3;t3>end")),
          5, {{"n", "1"}});
  ASSERT_FALSE(result.refused()) << told(result.findings);
  EXPECT_EQ(told(result.trace), "t2");
  EXPECT_EQ(result.status, engine::InstanceStatus::running);
}

TEST(Refused, NamesWhatStandsInTheWay) {
  const Ran cycle = ran(process("<exclusiveGateway id='x'/><parallelGateway id='g'/>" + task("t1") + task("t2") +
                                "<exclusiveGateway id='y' default='y_j'/><parallelGateway id='j'/>" +
                                flows("start>x;x>g;g>t1;g>t2;t1>y;y>x?3 > n;y>j;t2>j;j>end")),
                        0, {{"n", "1"}});
  ASSERT_TRUE(cycle.refused());
  EXPECT_NE(told(cycle.findings).find("model.bpmn:1:"), std::string::npos) << told(cycle.findings);
  EXPECT_NE(told(cycle.findings).find("'g'"), std::string::npos) << told(cycle.findings);
  const Ran silent =
      ran(process("<exclusiveGateway id='x'/>" + task("t1") + task("t2") + flows("start>x;x>t1;x>t2;t1>end;t2>end")));
  EXPECT_TRUE(silent.refused());
  const Ran merged = ran(process("<parallelGateway id='g'/>" + task("t1") + task("t2") + task("t3") +
                                 "<exclusiveGateway id='x'/><parallelGateway id='j'/>" +
                                 flows("start>g;g>t1;g>t2;g>t3;t1>x;t2>x;x>j;t3>j;j>end")));
  ASSERT_TRUE(merged.refused());
  EXPECT_NE(told(merged.findings).find("several tokens come to 'x'"), std::string::npos) << told(merged.findings);
}

}  // namespace
}  // namespace echoflow::generate::test
