#include <algorithm>
#include <set>

#include "models/notations/bpmn/rules/checking.hpp"

namespace echoflow::bpmn {
namespace {

Elements data_of(const Checking& c, xml::NodeIndex n, std::string_view local) {
  const auto specification = c.source.child(n, "ioSpecification");
  return specification == xml::no_node ? Elements{} : c.source.children(specification, local);
}

// BPMN 2.0 §10.3.6: a call activity has the inputs and outputs of what it calls.
void check_data(Checking& c, xml::NodeIndex call, xml::NodeIndex called, std::string_view local) {
  const auto mine = data_of(c, call, local);
  const auto theirs = data_of(c, called, local);
  if (mine.size() != theirs.size())
    return c.report("BPMN1305", call,
                    "The " + c.call(call) + " has " + std::to_string(mine.size()) + " elements " + std::string(local) +
                        " and the " + c.call(called) + " that it calls has " + std::to_string(theirs.size()) +
                        ": make them the same.");
  constexpr std::size_t most_compared = 1'000;  // a hostile file has as many as it likes
  if (theirs.size() > most_compared) return;
  for (const auto data : theirs) {
    const auto item = c.item(data);
    const auto same = [&](auto mine_one) { return c.same_item(c.item(mine_one), item); };
    if (std::none_of(mine.begin(), mine.end(), same))
      c.report("BPMN1305", call,
               "The " + c.call(call) + " has no " + std::string(local) + " of the item definition of " + c.call(data) +
                   " in the " + c.call(called) + " that it calls: add it.");
  }
}

// BPMN 2.0 §10.5.2: what is called begins at a plain start event, or has none at all.
void check_start(Checking& c, xml::NodeIndex call, xml::NodeIndex called) {
  const auto starts = c.source.children(called, "startEvent");
  const bool plain = std::any_of(starts.begin(), starts.end(), [&](auto n) { return c.definitions(n).empty(); });
  if (!starts.empty() && !plain)
    c.report("BPMN1306", call,
             "The " + c.call(call) + " calls the " + c.call(called) +
                 ", which has no start event without a trigger: add one there.");
}

xml::NodeIndex message_item(const Checking& c, xml::NodeIndex operation, std::string_view local) {
  const auto child = c.source.child(operation, local);
  const auto message = child == xml::no_node ? child : c.source.resolve(child, c.source.text(child));
  return message == xml::no_node ? message : c.item_by(message, "itemRef");
}

void check_binding_data(Checking& c, xml::NodeIndex binding, std::string_view attribute, xml::NodeIndex item) {
  const auto data = c.source.resolve_attribute(binding, attribute);
  if (!c.source.is(data, "dataInput") && !c.source.is(data, "dataOutput")) return;
  const auto& document = c.source.document();
  if (document.parent(document.parent(data)) != document.parent(binding))
    c.report("BPMN1308", binding,
             "The " + c.call(data) + " that is bound to the operation is not of " + c.call(document.parent(binding)) +
                 ": bind data of its own ioSpecification.");
  if (item == xml::no_node) return;
  if (!c.same_item(c.item(data), item))
    c.report("BPMN1308", binding,
             "The " + c.call(data) +
                 " that is bound to the operation has another item definition than "
                 "the operation's message: name the same one.");
}

// BPMN 2.0 §10.2 (callable elements): each operation of a supported interface is bound to data.
void check_bindings(Checking& c, xml::NodeIndex callable) {
  std::set<xml::NodeIndex> bound;
  for (const auto binding : c.source.children(callable, "ioBinding")) {
    const auto operation = c.source.resolve_attribute(binding, "operationRef");
    bound.insert(operation);
    if (!c.source.is(operation, "operation")) continue;
    check_binding_data(c, binding, "inputDataRef", message_item(c, operation, "inMessageRef"));
    check_binding_data(c, binding, "outputDataRef", message_item(c, operation, "outMessageRef"));
  }
  for (const auto reference : c.source.children(callable, "supportedInterfaceRef")) {
    const auto interface = c.source.resolve(reference, c.source.text(reference));
    if (!c.source.is(interface, "interface")) continue;
    for (const auto operation : c.source.children(interface, "operation"))
      if (!bound.contains(operation))
        c.report("BPMN1307", callable,
                 "The " + c.call(callable) + " supports the " + c.call(interface) + " but has no ioBinding for its " +
                     c.call(operation) + ": add one.");
  }
}

}  // namespace

void check_calls(Checking& c) {
  for (const auto n : c.all("callActivity")) {
    const auto called = c.source.resolve_attribute(n, "calledElement");
    if (called == xml::no_node || !c.source.is_model(called)) continue;
    check_data(c, n, called, "dataInput");
    check_data(c, n, called, "dataOutput");
    if (c.source.is(called, "process")) check_start(c, n, called);
  }
  for (const auto n : c.source.children(c.source.root()))
    if (c.source.is(n, "process") || c.source.local(n).starts_with("global")) check_bindings(c, n);
}

}  // namespace echoflow::bpmn
