#pragma once
#include <functional>
#include <memory>
#include <string>

#include "engine/core/engine.hpp"
#include "models/instances/instance_state.hpp"

/// Programs made by hand, so that the engine is tested without the compiler.
namespace echoflow::engine::testing {

/// An expression that is a function of what it sees.
class TestExpression : public program::Expression {
 public:
  using Function = std::function<std::string(const program::EvaluationContext&)>;
  explicit TestExpression(Function function) : function_(std::move(function)) {}
  Result<program::Sequence, Fault> evaluate(const program::EvaluationContext& scope,
                                            const xml::NodeRef*) const override {
    return program::Sequence{function_(scope)};
  }
  Result<bool, Fault> evaluate_boolean(const program::EvaluationContext& scope, const xml::NodeRef*) const override {
    return function_(scope) == "true";
  }
  Result<std::string, Fault> evaluate_string(const program::EvaluationContext& scope,
                                             const xml::NodeRef*) const override {
    return function_(scope);
  }
  Result<double, Fault> evaluate_number(const program::EvaluationContext& scope, const xml::NodeRef*) const override {
    return std::stod(function_(scope));
  }
  const std::string& text() const override { return text_; }
  const SourceLocation& where() const override { return where_; }
  const std::vector<program::VariableUse>& uses() const override { return uses_; }

 private:
  Function function_;
  std::string text_ = "test";
  SourceLocation where_;
  std::vector<program::VariableUse> uses_;
};

/// One client ("ask": request-response, "tell": one-way) and one partner ("compute"); messages have one part "body" of
/// type xsd:string; variables "in" (0) and "out" (1); correlation set "id" (0) over the body.
class ProcessBuilder {
 public:
  ProcessBuilder();
  /// Adds a node below a parent; the caller sets the rest.
  template <class T>
  T& add(program::NodeId parent = 0) {
    auto node = std::make_unique<T>();
    T& added = *node;
    added.id = static_cast<program::NodeId>(program_->nodes.size());
    added.parent = parent;
    added.scope = 0;
    added.name = "n" + std::to_string(added.id);
    added.element_id = "/process/" + added.name;
    program_->nodes.push_back(std::move(node));
    return added;
  }
  program::SequenceNode& body();  ///< the process's sequence
  program::Receive& receive(const std::string& operation, bool creates,
                            program::Initiate initiate = program::Initiate::no, bool correlates = false);
  program::Reply& reply();
  program::Invoke& invoke();
  program::Wait& wait(const std::string& duration);
  const program::Expression* expression(TestExpression::Function function);
  const program::Expression* text(const std::string& value) {
    return expression([value](const auto&) { return value; });
  }
  program::Program& program() { return *program_; }
  std::shared_ptr<const program::Program> finish() { return program_; }

  static Message message(const std::string& body);

 private:
  program::OperationRef operation(program::PartnerLinkId link, const std::string& name, bool one_way);
  std::shared_ptr<program::Program> program_ = std::make_shared<program::Program>();
  program::SequenceNode* body_ = nullptr;
};

/// An instance, its journal, and after each turn the check that the journal folds to the same state.
class Instance {
 public:
  explicit Instance(std::shared_ptr<const program::Program> program)
      : program(std::move(program)), state(new_state(*this->program)) {}
  Result<Batch, Refusal> turn(const Command& command);
  Batch start(const std::string& body, ExchangeId exchange = 1);

  std::shared_ptr<const program::Program> program;
  std::unique_ptr<instances::InstanceState> state;
  TurnContext context{1, {1'000'000}};
  struct Row {
    std::string events, payload;
  };
  std::vector<Row> journal;
};

/// The state that a journal folds to.
std::unique_ptr<instances::InstanceState> replay(const Instance& instance, bool erased = false);

}  // namespace echoflow::engine::testing
