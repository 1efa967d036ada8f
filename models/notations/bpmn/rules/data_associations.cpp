#include "models/notations/bpmn/rules/checking.hpp"

namespace echoflow::bpmn {
namespace {

xml::NodeIndex end_of(const Checking& c, xml::NodeIndex n, std::string_view local) {
  const auto reference = c.source.child(n, local);
  return reference == xml::no_node ? reference : c.source.resolve(reference, c.source.text(reference));
}

/// Data of the process itself: a data input of it is only read, a data output only written.
bool of_process(const Checking& c, xml::NodeIndex data) {
  const auto specification = c.source.document().parent(data);
  return c.source.is(specification, "ioSpecification") &&
         c.source.is(c.source.document().parent(specification), "process");
}

// BPMN 2.0 §10.4.1 (data inputs and outputs of a process).
void check_ends(Checking& c, xml::NodeIndex n) {
  const auto target = end_of(c, n, "targetRef");
  if (c.source.is(target, "dataInput") && of_process(c, target))
    c.report("BPMN1204", n,
             "The association writes to " + c.call(target) +
                 ", which the process is given from outside: "
                 "write to a data object or a data output.");
  for (const auto reference : c.source.children(n, "sourceRef")) {
    const auto source = c.source.resolve(reference, c.source.text(reference));
    if (c.source.is(source, "dataOutput") && of_process(c, source))
      c.report("BPMN1205", n,
               "The association reads from " + c.call(source) +
                   ", which the process gives to outside: read "
                   "from a data object or a data input.");
  }
}

// BPMN 2.0 §10.4.2: a copy has one source and the same structure at both ends.
void check_copy(Checking& c, xml::NodeIndex n) {
  const auto sources = c.source.children(n, "sourceRef");
  const bool transformed = c.source.child(n, "transformation") != xml::no_node;
  if (sources.size() > 1 && !transformed)
    c.report("BPMN1206", n,
             "The data association of " + c.call(c.source.document().parent(n)) +
                 " has several sources: add a transformation, or make it several associations.");
  const bool assigned = c.source.child(n, "assignment") != xml::no_node;
  if (transformed || assigned || sources.size() != 1) return;
  const auto from = c.source.resolve(sources.front(), c.source.text(sources.front()));
  const auto to = end_of(c, n, "targetRef");
  if (from == xml::no_node || to == xml::no_node) return;
  const auto first = c.item(from);
  const auto second = c.item(to);
  if (first == xml::no_node || second == xml::no_node || c.same_item(first, second)) return;
  c.report("BPMN1207", n,
           "The data association copies " + c.call(from) + " to " + c.call(to) +
               ", whose item definitions differ: give both the same, or add a transformation.");
}

}  // namespace

void check_data_associations(Checking& c) {
  for (const auto local : {"dataInputAssociation", "dataOutputAssociation"})
    for (const auto n : c.all(local)) {
      check_ends(c, n);
      check_copy(c, n);
    }
}

}  // namespace echoflow::bpmn
