#include "models/notations/bpmn/readers.hpp"

namespace echoflow::bpmn {
namespace {

using graph::Loop;
using graph::LoopKind;
using graph::MultiBehavior;

struct Behavior {
  std::string_view word;
  MultiBehavior value;
};
constexpr Behavior behaviors[] = {{"All", MultiBehavior::all},
                                  {"None", MultiBehavior::none_event},
                                  {"One", MultiBehavior::one},
                                  {"Complex", MultiBehavior::complex}};

/// What an item of a collection is called while one instance has it.
std::string read_item(Reading& r, xml::NodeIndex loop, std::string_view local) {
  const auto item = r.source.child(loop, local);
  if (item == xml::no_node) return {};
  std::string name = take(r, item, "name");
  if (name.empty()) name = std::string(r.source.attribute(item, "id"));
  r.ledger.kept(item);
  return name;
}

// BPMN 2.0 §10.3.8 (complex behavior): the event is an implicit throw event whose definition is kept for itself.
void read_complex_behavior(Reading& r, xml::NodeIndex n, Loop& to) {
  Loop::ComplexBehavior behavior;
  r.ledger.kept(n);
  behavior.condition = read_expression_child(r, n, "condition").value_or(graph::Expression{});
  const auto event = r.source.child(n, "event");
  if (event != xml::no_node) {
    r.ledger.kept(event);
    for (const auto child : r.source.children(event)) {
      if (r.source.is(child, "eventDefinitionRef")) behavior.event = read_reference(r, child);
      auto definition = read_event_definition(r, child);
      if (!definition) continue;
      graph::Definition kept;
      kept.kind = graph::DefinitionKind::event;
      kept.id = own_id(r, child);
      definition->id = kept.id;
      kept.event = std::move(definition);
      kept.where = r.source.where(child);
      behavior.event = kept.id;
      r.graph.definitions.emplace(kept.id, std::move(kept));
    }
  }
  to.complex.push_back(std::move(behavior));
}

void read_multi_instance(Reading& r, xml::NodeIndex n, Loop& to) {
  to.kind = take_flag(r, n, "isSequential", false) ? LoopKind::multi_sequential : LoopKind::multi_parallel;
  to.cardinality = read_expression_child(r, n, "loopCardinality");
  to.collection_in = read_reference_child(r, n, "loopDataInputRef");
  to.collection_out = read_reference_child(r, n, "loopDataOutputRef");
  to.item_in = read_item(r, n, "inputDataItem");
  to.item_out = read_item(r, n, "outputDataItem");
  to.completion = read_expression_child(r, n, "completionCondition");
  to.one_event = take_reference(r, n, "oneBehaviorEventRef");
  to.none_event = take_reference(r, n, "noneBehaviorEventRef");
  const std::string behavior = take(r, n, "behavior");
  for (const auto& known : behaviors)
    if (known.word == behavior) to.behavior = known.value;
  for (const auto child : r.source.children(n, "complexBehaviorDefinition")) read_complex_behavior(r, child, to);
}

}  // namespace

graph::Loop read_loop(Reading& r, xml::NodeIndex activity, std::vector<graph::Attribute>& attributes) {
  Loop loop;
  for (const auto n : r.source.children(activity)) {
    const bool standard = r.source.is(n, "standardLoopCharacteristics");
    if (!standard && !r.source.is(n, "multiInstanceLoopCharacteristics")) continue;
    if (loop.kind != LoopKind::none) {
      r.ledger.left_out_below(n, "The activity has another loop already.");
      continue;
    }
    r.ledger.kept(n);
    if (standard) {
      loop.kind = LoopKind::standard;
      loop.test_before = take_flag(r, n, "testBefore", false);
      loop.condition = read_expression_child(r, n, "loopCondition");
      const std::string maximum = take(r, n, "loopMaximum");
      if (!maximum.empty()) loop.maximum = graph::Expression{maximum, {}, r.source.where(n)};
      if (!loop.maximum) loop.maximum = read_expression_child(r, n, "loopMaximum");
    } else {
      read_multi_instance(r, n, loop);
    }
    const Common more = read_common_without_documentation(r, n);
    attributes.insert(attributes.end(), more.attributes.begin(), more.attributes.end());
  }
  return loop;
}

}  // namespace echoflow::bpmn
