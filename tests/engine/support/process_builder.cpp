#include "tests/engine/support/process_builder.hpp"

#include <gtest/gtest.h>

namespace echoflow::engine::testing {

using namespace program;

ProcessBuilder::ProcessBuilder() {
  program_->name = {"urn:test", "process"};
  auto& scope = add<Scope>(none);
  scope.is_process = true;
  scope.scope = none;
  scope.variables = {0, 1};
  scope.partner_links = {0, 1};
  scope.correlation_sets = {0};
  scope.message_exchanges = {0};
  PartType part{"body", ValueForm::simple, {}, {"xsd", "string"}, {"xsd", "string"}};
  program_->message_types.push_back({{"urn:test", "message"}, {part}});
  for (const char* name : {"in", "out"}) {
    VariableDecl variable;
    variable.name = name;
    variable.type = 0;
    variable.is_message = true;
    variable.scope = 0;
    program_->variables.push_back(variable);
  }
  for (const char* name : {"client", "partner"}) {
    PartnerLinkDecl link;
    link.name = name;
    link.scope = 0;
    if (name[0] == 'p') link.partner_role = "service", link.partner_address = "http://partner.test/";
    program_->partner_links.push_back(link);
  }
  program_->correlation_sets.push_back({"id", {{"urn:test", "id"}}, 0});
  program_->message_exchanges.push_back({"", 0});
  body_ = &add<SequenceNode>();
  scope.activity = body_->id;
}

SequenceNode& ProcessBuilder::body() {
  return *body_;
}

OperationRef ProcessBuilder::operation(PartnerLinkId link, const std::string& name, bool one_way) {
  OperationRef ref;
  ref.partner_link = link;
  ref.operation = name;
  ref.input = 0;
  ref.output = one_way ? none : 0;
  return ref;
}

Receive& ProcessBuilder::receive(const std::string& name, bool creates, Initiate initiate, bool correlates) {
  auto& node = add<Receive>(body_->id);
  node.create_instance = creates;
  node.inbound.operation = operation(0, name, name == "tell");
  node.inbound.variable = 0;
  node.inbound.message_exchange = 0;
  if (correlates) node.inbound.correlations.push_back({0, initiate, {{{"urn:test", "id"}, 0, nullptr}}});
  body_->activities.push_back(node.id);
  program_->entries.push_back({node.id, 0, creates, &node.inbound});
  return node;
}

Reply& ProcessBuilder::reply() {
  auto& node = add<Reply>(body_->id);
  node.operation = operation(0, "ask", false);
  node.variable = 0;
  node.message_type = 0;
  node.message_exchange = 0;
  body_->activities.push_back(node.id);
  return node;
}

Invoke& ProcessBuilder::invoke() {
  auto& node = add<Invoke>(body_->id);
  node.operation = operation(1, "compute", false);
  node.input_variable = 0;
  node.output_variable = 1;
  body_->activities.push_back(node.id);
  return node;
}

Wait& ProcessBuilder::wait(const std::string& duration) {
  auto& node = add<Wait>(body_->id);
  node.deadline.for_ = text(duration);
  body_->activities.push_back(node.id);
  return node;
}

const Expression* ProcessBuilder::expression(TestExpression::Function function) {
  program_->expressions.push_back(std::make_unique<TestExpression>(std::move(function)));
  return program_->expressions.back().get();
}

Message ProcessBuilder::message(const std::string& body) {
  auto document = std::make_shared<xml::Document>();
  document->append_text(document->append_element(xml::root_node, "", "body"), body);
  return {{"urn:test", "message"}, {document}, {}, {}};
}

Result<Batch, Refusal> Instance::turn(const Command& command) {
  auto batch = run_turn(*program, *state, command, context);
  if (batch && context.journal) {
    journal.push_back({batch->events, batch->payload});
    EXPECT_EQ(encode_snapshot(*replay(*this)), encode_snapshot(*state)) << "the journal folds to another state";
    auto loaded = decode_snapshot(*program, encode_snapshot(*state));
    EXPECT_TRUE(loaded.ok());
    if (loaded) {
      EXPECT_EQ(encode_snapshot(**loaded), encode_snapshot(*state)) << "the snapshot reads back as another state";
    }
  }
  return batch;
}

Batch Instance::start(const std::string& body, ExchangeId exchange) {
  auto batch = turn(StartInstance{program->entries.front().node, 0, ProcessBuilder::message(body), exchange, "key"});
  EXPECT_TRUE(batch.ok());
  return batch ? std::move(*batch) : Batch{};
}

std::unique_ptr<instances::InstanceState> replay(const Instance& instance, bool erased) {
  auto state = new_state(*instance.program);
  for (const auto& row : instance.journal)
    EXPECT_TRUE(apply_journal(*instance.program, *state, row.events, erased ? std::string_view{} : row.payload).ok());
  return state;
}

}  // namespace echoflow::engine::testing
