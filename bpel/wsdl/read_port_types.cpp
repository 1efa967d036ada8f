// Messages and portTypes.
#include <set>

#include "bpel/wsdl/namespaces.hpp"
#include "bpel/wsdl/reader.hpp"

namespace echoflow::wsdl {

// WSDL 1.1 §2.3 Messages
void Reader::read_message(xml::NodeIndex node) {
  Message message{defined_name(node), {}, where(node)};
  std::set<std::string> names;
  for (const auto part : children(node, ns::wsdl, "part")) {
    message.parts.push_back(read_part(part));
    const auto& name = message.parts.back().name;
    if (!names.insert(name).second)
      report(part, "The message " + message.name.local + " has two parts named " + name + "; rename one.");
  }
  out_.messages.push_back(std::move(message));
}

Part Reader::read_part(xml::NodeIndex node) {
  Part part{required_text(node, "name"), qname(node, "element"), qname(node, "type"), where(node)};
  if (!part.element.empty() && !part.type.empty())
    report(node, tag(node) + " has both an element and a type; remove one.");
  if (part.element.empty() && part.type.empty())
    report(node, tag(node) + " has neither an element nor a type; add one.", Severity::warning);
  return part;
}

// WSDL 1.1 §2.4 Port Types
void Reader::read_port_type(xml::NodeIndex node) {
  PortType port_type{defined_name(node), {}, where(node)};
  for (const auto operation : children(node, ns::wsdl, "operation"))
    port_type.operations.push_back(read_operation(operation));
  out_.port_types.push_back(std::move(port_type));
}

Operation Reader::read_operation(xml::NodeIndex node) {
  Operation out;
  out.name = required_text(node, "name");
  out.where = where(node);
  bool output_first = false;
  for (auto child = document().first_child_element(node); child != xml::no_node;
       child = document().next_sibling_element(child)) {
    if (is(child, ns::wsdl, "input")) {
      out.input = read_operation_message(child);
    } else if (is(child, ns::wsdl, "output")) {
      output_first = !out.input;
      out.output = read_operation_message(child);
    } else if (is(child, ns::wsdl, "fault")) {
      required_text(child, "name");
      out.faults.push_back(read_operation_message(child));
    }
  }
  if (out.input && out.output) {
    out.kind = output_first ? OperationKind::solicit_response : OperationKind::request_response;
  } else {
    out.kind = out.output ? OperationKind::notification : OperationKind::one_way;
  }
  if (!out.input && !out.output) report(node, tag(node) + " has neither an input nor an output; add its input.");
  return out;
}

OperationMessage Reader::read_operation_message(xml::NodeIndex node) {
  return {text(node, "name"), required_qname(node, "message"), where(node)};
}

}  // namespace echoflow::wsdl
