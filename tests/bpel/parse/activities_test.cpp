#include "tests/bpel/parse/support.hpp"

namespace echoflow::parse {
namespace {

using ast::YesNo;

TEST(ParseActivities, ReceiveHasAllItsParts) {
  const auto parsed = parse_content(R"(
    <receive name="Take" partnerLink="Customer" portType="s:Shop" operation="order" variable="Order"
             createInstance="yes" messageExchange="Asking" suppressJoinFailure="no">
      <targets><joinCondition>$a or $b</joinCondition><target linkName="a"/><target linkName="b"/></targets>
      <sources><source linkName="c"><transitionCondition>$Order.total > 5</transitionCondition></source></sources>
      <correlations><correlation set="Case" initiate="join"/></correlations>
      <fromParts><fromPart part="body" toVariable="Body"/></fromParts>
    </receive>)");
  EXPECT_EQ(parsed.messages(), "");
  const auto& receive = activity_of<ast::Receive>(parsed);
  EXPECT_EQ(receive.name, "Take");
  EXPECT_EQ(receive.suppress_join_failure, YesNo::no);
  EXPECT_EQ(receive.create_instance, YesNo::yes);
  EXPECT_EQ(receive.message.partner_link, "Customer");
  EXPECT_EQ(receive.message.port_type->clark(), "{urn:shop}Shop");
  EXPECT_EQ(receive.message.operation, "order");
  EXPECT_EQ(receive.message.message_exchange, "Asking");
  ASSERT_EQ(receive.message.correlations.size(), 1u);
  EXPECT_EQ(receive.message.correlations[0].initiate, "join");
  ASSERT_EQ(receive.message.from_parts.size(), 1u);
  EXPECT_EQ(receive.message.from_parts[0].to_variable, "Body");
  ASSERT_TRUE(receive.targets);
  EXPECT_EQ(receive.targets->join_condition->text, "$a or $b");
  EXPECT_EQ(receive.targets->targets.size(), 2u);
  ASSERT_EQ(receive.sources.size(), 1u);
  EXPECT_EQ(receive.sources[0].transition_condition->text, "$Order.total > 5");
  EXPECT_EQ(receive.origin.path, "/process/receive[1]");
  EXPECT_EQ(receive.origin.where.line, 4u);
}

TEST(ParseActivities, InvokeKeepsItsInlineHandlers) {
  const auto parsed = parse_content(R"(
    <invoke partnerLink="Bank" operation="pay" inputVariable="In" outputVariable="Out">
      <correlations><correlation set="Case" initiate="yes" pattern="request-response"/></correlations>
      <catch faultName="s:refused" faultVariable="Why" faultElement="s:Reason"><empty/></catch>
      <catchAll><exit/></catchAll>
      <compensationHandler><throw faultName="s:undo" faultVariable="Why"/></compensationHandler>
      <toParts><toPart part="a" fromVariable="A"/></toParts>
      <fromParts><fromPart part="b" toVariable="B"/></fromParts>
    </invoke>)");
  EXPECT_EQ(parsed.messages(), "");
  const auto& invoke = activity_of<ast::Invoke>(parsed);
  EXPECT_EQ(invoke.correlations.at(0).pattern, "request-response");
  ASSERT_EQ(invoke.fault_handlers.catches.size(), 1u);
  EXPECT_EQ(invoke.fault_handlers.catches[0].fault_element->local, "Reason");
  ASSERT_TRUE(invoke.fault_handlers.catch_all);
  EXPECT_EQ(invoke.fault_handlers.catch_all->activity->kind, ast::ActivityKind::exit);
  ASSERT_TRUE(invoke.compensation_handler);
  EXPECT_EQ(invoke.compensation_handler->activity->kind, ast::ActivityKind::throw_);
  EXPECT_EQ(invoke.to_parts.at(0).from_variable, "A");
  EXPECT_EQ(invoke.from_parts.at(0).part, "b");
}

TEST(ParseActivities, StructuredActivitiesNest) {
  const auto parsed = parse_content(R"(
    <sequence>
      <if><condition>1 = 1</condition><empty/>
        <elseif><condition>2 = 2</condition><wait><for>'PT1S'</for></wait></elseif>
        <else><wait><until>'2030-01-01'</until></wait></else>
      </if>
      <while><condition>true()</condition><empty/></while>
      <repeatUntil><empty/><condition>false()</condition></repeatUntil>
      <forEach counterName="i" parallel="yes">
        <startCounterValue>1</startCounterValue><finalCounterValue>3</finalCounterValue>
        <completionCondition><branches successfulBranchesOnly="yes">2</branches></completionCondition>
        <scope><empty/></scope>
      </forEach>
      <flow><links><link name="l"/></links><empty/><empty/></flow>
      <pick createInstance="no">
        <onMessage partnerLink="Customer" operation="cancel" variable="V"><empty/></onMessage>
        <onAlarm><for>'PT5S'</for><empty/></onAlarm>
      </pick>
      <reply partnerLink="Customer" operation="order" faultName="s:sorry"><toParts><toPart part="p" fromVariable="v"/></toParts></reply>
      <validate variables="A B"/>
      <compensate/><compensateScope target="S"/><rethrow/>
    </sequence>)");
  EXPECT_EQ(parsed.messages(), "");
  const auto& all = activity_of<ast::Sequence>(parsed).activities;
  ASSERT_EQ(all.size(), 11u);
  const auto& if_ = dynamic_cast<const ast::If&>(*all[0]);
  ASSERT_EQ(if_.branches.size(), 3u);
  EXPECT_EQ(if_.branches[1].condition->text, "2 = 2");
  EXPECT_FALSE(if_.branches[2].condition);
  EXPECT_EQ(dynamic_cast<const ast::RepeatUntil&>(*all[2]).condition->text, "false()");
  const auto& for_each = dynamic_cast<const ast::ForEach&>(*all[3]);
  EXPECT_EQ(for_each.parallel, YesNo::yes);
  ASSERT_TRUE(for_each.branches);
  EXPECT_EQ(for_each.branches->successful_branches_only, YesNo::yes);
  EXPECT_EQ(for_each.branches->text, "2");
  EXPECT_EQ(dynamic_cast<const ast::Flow&>(*all[4]).links.at(0).name, "l");
  const auto& pick = dynamic_cast<const ast::Pick&>(*all[5]);
  EXPECT_EQ(pick.create_instance, YesNo::no);
  EXPECT_EQ(pick.on_messages.size(), 1u);
  EXPECT_EQ(pick.on_alarms.at(0).for_->text, "'PT5S'");
  EXPECT_EQ(dynamic_cast<const ast::Validate&>(*all[7]).variables, (std::vector<std::string>{"A", "B"}));
  EXPECT_EQ(dynamic_cast<const ast::CompensateScope&>(*all[9]).target, "S");
  EXPECT_EQ(all[4]->origin.path, "/process/sequence[1]/flow[1]");
}

TEST(ParseActivities, ScopeHasDeclarationsAndHandlers) {
  const auto parsed = parse_content(R"(
    <scope name="Deal" isolated="yes" exitOnStandardFault="no">
      <partnerLinks><partnerLink name="P" partnerLinkType="s:PLT" myRole="a" partnerRole="b" initializePartnerRole="yes"/></partnerLinks>
      <messageExchanges><messageExchange name="M"/></messageExchanges>
      <variables><variable name="V" element="s:e"><from>1</from></variable></variables>
      <correlationSets><correlationSet name="C" properties="s:one s:two"/></correlationSets>
      <faultHandlers><catchAll><empty/></catchAll></faultHandlers>
      <compensationHandler><empty/></compensationHandler>
      <terminationHandler><empty/></terminationHandler>
      <eventHandlers>
        <onEvent partnerLink="P" operation="ask" variable="E" messageType="s:m"><scope><empty/></scope></onEvent>
        <onAlarm><for>'PT1S'</for><repeatEvery>'PT2S'</repeatEvery><scope><empty/></scope></onAlarm>
      </eventHandlers>
      <empty/>
    </scope>)");
  EXPECT_EQ(parsed.messages(), "");
  const auto& scope = activity_of<ast::Scope>(parsed);
  EXPECT_EQ(scope.isolated, YesNo::yes);
  EXPECT_EQ(scope.body.exit_on_standard_fault, YesNo::no);
  EXPECT_EQ(scope.body.partner_links.at(0).initialize_partner_role, YesNo::yes);
  EXPECT_EQ(scope.body.variables.at(0).element->clark(), "{urn:shop}e");
  ASSERT_TRUE(scope.body.variables[0].from);
  EXPECT_EQ(scope.body.correlation_sets.at(0).properties.size(), 2u);
  EXPECT_TRUE(scope.compensation_handler && scope.termination_handler);
  ASSERT_TRUE(scope.body.event_handlers);
  EXPECT_EQ(scope.body.event_handlers->on_events.at(0).message_type->local, "m");
  EXPECT_EQ(scope.body.event_handlers->on_alarms.at(0).repeat_every->text, "'PT2S'");
}

TEST(ParseActivities, ExtensionActivityKeepsForeignElementWithItsLinks) {
  const auto parsed = parse_content(R"(
    <extensionActivity><x:notify name="Tell" suppressJoinFailure="yes">
      <targets><target linkName="l"/></targets><x:what/></x:notify></extensionActivity>)");
  EXPECT_EQ(parsed.messages(), "");
  const auto& extension = activity_of<ast::ExtensionActivity>(parsed);
  EXPECT_EQ(extension.content_name.clark(), "{urn:ext}notify");
  EXPECT_EQ(extension.name, "Tell");
  EXPECT_EQ(extension.suppress_join_failure, YesNo::yes);
  ASSERT_TRUE(extension.targets);
  EXPECT_EQ(extension.targets->targets.at(0).link_name, "l");
}

TEST(ParseActivities, AssignKeepsTheOrderOfItsOperations) {
  const auto parsed = parse_content(R"(
    <assign validate="yes">
      <copy keepSrcElementName="yes" ignoreMissingFromData="no"><from>1</from><to variable="V"/></copy>
      <extensionAssignOperation><x:patch/></extensionAssignOperation>
      <copy><from>2</from><to variable="W"/></copy>
    </assign>)");
  EXPECT_EQ(parsed.messages(), "");
  const auto& assign = activity_of<ast::Assign>(parsed);
  ASSERT_EQ(assign.operations.size(), 3u);
  EXPECT_EQ(std::get<ast::Copy>(assign.operations[0]).keep_src_element_name, YesNo::yes);
  EXPECT_EQ(std::get<ast::ExtensionElement>(assign.operations[1]).name.local, "patch");
  EXPECT_EQ(std::get<ast::PartReference>(std::get<ast::Copy>(assign.operations[2]).to.variant).variable, "W");
}

}  // namespace
}  // namespace echoflow::parse
