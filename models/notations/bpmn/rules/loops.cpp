#include "models/notations/bpmn/rules/checking.hpp"

namespace echoflow::bpmn {
namespace {

/// The data of the activity around a loop that a child of the loop names.
xml::NodeIndex data(const Checking& c, xml::NodeIndex loop, std::string_view local) {
  const auto reference = c.source.child(loop, local);
  return reference == xml::no_node ? reference : c.source.resolve(reference, c.source.text(reference));
}

std::string_view structure(const Checking& c, xml::NodeIndex item) {
  return item == xml::no_node ? std::string_view{} : c.source.attribute(item, "structureRef");
}

struct Side {
  std::string_view reference;
  std::string_view item;
  std::string_view data;
};
constexpr Side sides[] = {{"loopDataInputRef", "inputDataItem", "dataInput"},
                          {"loopDataOutputRef", "outputDataItem", "dataOutput"}};

bool is_collection(const Checking& c, xml::NodeIndex data) {
  const auto item = c.item(data);
  return c.source.flag(data, "isCollection", false) ||
         (item != xml::no_node && c.source.flag(item, "isCollection", false));
}

// BPMN 2.0 §10.3.8: the items of a collection are of its type, and single.
void check_side(Checking& c, xml::NodeIndex loop, const Side& side) {
  const auto all = data(c, loop, side.reference);
  const auto one = c.source.child(loop, side.item);
  const std::string name(side.reference);
  const auto owner = c.source.document().parent(loop);
  // A sub-process has no data of its own, so that its collection is the process's.
  const bool known = all != xml::no_node && !c.is_sub_process(owner);
  if (known && !c.source.is(all, side.data))
    c.report("BPMN0703", loop,
             "The " + name + " of " + c.call(owner) + " names the " + c.call(all) + "; it must name a " +
                 std::string(side.data) + " of the activity.");
  if (c.source.is(all, side.data) && !is_collection(c, all))
    c.report("BPMN0704", loop,
             "The " + c.call(all) + " is run through by " + c.call(owner) +
                 " and is no collection: set isCollection=\"true\".");
  if (one == xml::no_node) return;
  const auto item = c.item(one);
  if (is_collection(c, one))
    c.report("BPMN0705", one,
             "The " + c.call(one) + " of " + c.call(owner) +
                 " holds one item and is declared as a "
                 "collection: name an item definition of a single item.");
  if (all == xml::no_node) return;
  const auto expected = structure(c, c.item(all));
  if (item == xml::no_node || expected.empty()) return;
  if (c.source.type_name(item, structure(c, item)) != c.source.type_name(c.item(all), expected))
    c.report("BPMN0706", one,
             "The " + c.call(one) + " of " + c.call(owner) + " has another structure than the items of " + c.call(all) +
                 ": give both the same structureRef.");
}

// BPMN 2.0 §10.3.8, behavior: what is thrown when an instance completes.
void check_behavior(Checking& c, xml::NodeIndex loop) {
  const auto behavior = c.source.attribute(loop, "behavior");
  const auto owner = c.call(c.source.document().parent(loop));
  const auto need = [&](std::string_view word, bool there, const std::string& what) {
    if (behavior == word && !there)
      c.report("BPMN0707", loop,
               "The loop of " + owner + " has behavior \"" + std::string(word) + "\" but no " + what + ": add it.");
  };
  need("None", c.source.has(loop, "noneBehaviorEventRef"), "noneBehaviorEventRef");
  need("One", c.source.has(loop, "oneBehaviorEventRef"), "oneBehaviorEventRef");
  need("Complex", c.source.child(loop, "complexBehaviorDefinition") != xml::no_node, "complexBehaviorDefinition");
}

/// Tools have attributes or elements of their own for the collection.
bool has_collection_of_tool(const Checking& c, xml::NodeIndex loop) {
  const auto& document = c.source.document();
  for (auto a = document.first_attribute(loop); a != xml::no_node; a = document.next_sibling(a))
    if (!document.namespace_uri(a).empty() && document.local_name(a) == "collection") return true;
  const auto extensions = c.source.child(loop, "extensionElements");
  if (extensions == xml::no_node) return false;
  for (auto e = document.first_child_element(extensions); e != xml::no_node; e = document.next_sibling_element(e))
    if (document.local_name(e) == "loopCharacteristics") return true;
  return false;
}

void check_multi_instance(Checking& c, xml::NodeIndex loop) {
  const bool number = c.source.child(loop, "loopCardinality") != xml::no_node;
  const bool collection = c.source.child(loop, "loopDataInputRef") != xml::no_node || has_collection_of_tool(c, loop);
  const auto owner = c.source.document().parent(loop);
  if (!number && !collection)
    c.report("BPMN0702", loop,
             "The " + c.call(owner) +
                 " has many instances, but nothing says how many: add "
                 "loopCardinality or loopDataInputRef.");
  for (const auto& side : sides) check_side(c, loop, side);
  check_behavior(c, loop);
}

}  // namespace

void check_loops(Checking& c) {
  for (const auto n : c.source.elements()) {
    if (!c.is_activity(n)) continue;
    const auto standard = c.source.children(n, "standardLoopCharacteristics");
    const auto multi = c.source.children(n, "multiInstanceLoopCharacteristics");
    if (standard.size() + multi.size() > 1)
      c.report("BPMN0701", n, "The " + c.call(n) + " has more than one loop: keep one.");
    for (const auto loop : multi) check_multi_instance(c, loop);
    for (const auto loop : standard)
      if (c.source.child(loop, "loopCondition") == xml::no_node && !c.source.has(loop, "loopMaximum"))
        c.report("BPMN0708", loop, "The loop of " + c.call(n) + " has neither a condition nor a maximum: add one.");
  }
}

}  // namespace echoflow::bpmn
