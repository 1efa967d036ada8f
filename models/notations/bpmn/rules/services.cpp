#include "models/notations/bpmn/rules/checking.hpp"

namespace echoflow::bpmn {
namespace {

xml::NodeIndex reference_child(const Checking& c, xml::NodeIndex n, std::string_view local) {
  const auto child = c.source.child(n, local);
  return child == xml::no_node ? child : c.source.resolve(child, c.source.text(child));
}

/// The data that goes with one message.
struct Wanted {
  xml::NodeIndex owner;
  xml::NodeIndex message;
  std::string_view data;
  std::string_view set;
  bool required;  // service tasks need it, send and receive tasks may be without
};

void check_count(Checking& c, const Wanted& wanted, std::string_view local, std::size_t count) {
  if (count > 1 || (wanted.required && count == 0))
    c.report("BPMN1301", wanted.owner,
             "The " + c.call(wanted.owner) + " has " + std::to_string(count) + " elements " + std::string(local) +
                 " for the " + c.call(wanted.message) + ": it must have exactly one.");
}

// BPMN 2.0 §10.3.3 (service, send and receive tasks): one set, one piece of data, of the message's item.
void check_message(Checking& c, const Wanted& wanted) {
  const auto specification = c.source.child(wanted.owner, "ioSpecification");
  const auto item = c.item_by(wanted.message, "itemRef");
  if (specification == xml::no_node) {
    if (wanted.required && item != xml::no_node)
      c.report("BPMN1301", wanted.owner,
               "The " + c.call(wanted.owner) + " has no ioSpecification with the data of the " +
                   c.call(wanted.message) + ": add it.");
    return;
  }
  const auto data = c.source.children(specification, wanted.data);
  check_count(c, wanted, wanted.set, c.source.children(specification, wanted.set).size());
  check_count(c, wanted, wanted.data, data.size());
  if (data.size() == 1 && !c.same_item(c.item(data.front()), item))
    c.report("BPMN1302", data.front(),
             "The " + c.call(data.front()) + " of " + c.call(wanted.owner) + " has another item definition than the " +
                 c.call(wanted.message) + ": name the same one.");
}

void check_service_task(Checking& c, xml::NodeIndex n) {
  const auto operation = c.source.resolve_attribute(n, "operationRef");
  if (!c.source.is(operation, "operation")) return;
  const auto in = reference_child(c, operation, "inMessageRef");
  const auto out = reference_child(c, operation, "outMessageRef");
  if (c.source.is(in, "message")) check_message(c, {n, in, "dataInput", "inputSet", true});
  if (c.source.is(out, "message")) check_message(c, {n, out, "dataOutput", "outputSet", true});
}

void check_message_task(Checking& c, xml::NodeIndex n, std::string_view data, std::string_view set) {
  const auto message = c.source.resolve_attribute(n, "messageRef");
  if (c.source.is(message, "message")) check_message(c, {n, message, data, set, false});
  // BPMN 2.0 §8.5.3: the operation is about the same message.
  const auto operation = c.source.resolve_attribute(n, "operationRef");
  const auto in = c.source.is(operation, "operation") ? reference_child(c, operation, "inMessageRef") : xml::no_node;
  if (c.source.is(message, "message") && in != xml::no_node && in != message)
    c.report("BPMN1303", n,
             "The " + c.call(n) + " names the " + c.call(message) + " but its operation takes the " + c.call(in) +
                 ": name the same message.");
}

/// The item definition of what an event is about; no_node when it has none.
xml::NodeIndex item_of_definition(const Checking& c, xml::NodeIndex definition) {
  constexpr std::pair<std::string_view, std::string_view> kinds[] = {{"messageRef", "itemRef"},
                                                                     {"errorRef", "structureRef"},
                                                                     {"escalationRef", "structureRef"},
                                                                     {"signalRef", "structureRef"}};
  for (const auto& [reference, item] : kinds) {
    const auto target = c.source.resolve_attribute(definition, reference);
    if (target != xml::no_node) return c.item_by(target, item);
  }
  return xml::no_node;
}

// BPMN 2.0 §10.4.1 (data inputs and outputs of events): one for each definition, in the same order.
void check_event(Checking& c, xml::NodeIndex n) {
  const bool throws = c.source.is(n, "endEvent") || c.source.is(n, "intermediateThrowEvent");
  const auto data = c.source.children(n, throws ? "dataInput" : "dataOutput");
  const auto definitions = c.definitions(n);
  Elements items;
  bool any = false;
  for (const auto definition : definitions) {
    items.push_back(item_of_definition(c, definition));
    any = any || items.back() != xml::no_node;
  }
  if (!any || (data.empty() && definitions.size() < 2)) return;
  if (data.size() != definitions.size())
    return c.report("BPMN1304", n,
                    "The " + c.call(n) + " has " + std::to_string(definitions.size()) + " event definitions but " +
                        std::to_string(data.size()) + " pieces of data: it must have one for each, in the same order.");
  for (std::size_t i = 0; i < data.size(); ++i)
    if (items[i] != xml::no_node && !c.same_item(c.item(data[i]), items[i]))
      c.report("BPMN1302", data[i],
               "The " + c.call(data[i]) + " of " + c.call(n) +
                   " has another item definition than its event definition: name the same one.");
}

}  // namespace

void check_services(Checking& c) {
  for (const auto n : c.all("serviceTask")) check_service_task(c, n);
  for (const auto n : c.all("sendTask")) check_message_task(c, n, "dataInput", "inputSet");
  for (const auto n : c.all("receiveTask")) check_message_task(c, n, "dataOutput", "outputSet");
  for (const auto n : c.source.elements())
    if (c.is_event(n)) check_event(c, n);
}

}  // namespace echoflow::bpmn
