#include "bpel/parse/activity.hpp"
#include "bpel/parse/foreign.hpp"
#include "bpel/parse/human_task.hpp"
#include "models/base/namespaces.hpp"
#include "models/cx/namespaces.hpp"

namespace echoflow::parse {
namespace {

template <class Part>
bool read_parts(const Context& context, xml::NodeIndex node, std::string_view list, std::string_view item,
                std::string_view variable, std::string Part::*member, std::vector<Part>& out) {
  const auto container = context.document().find_child(node, ns::bpel, list);
  if (container == xml::no_node) return false;
  for (const auto child : foreign_children(context, container, ns::bpel, item)) {
    Part part;
    part.origin = context.origin(child);
    part.part = foreign_attribute(context, child, "part");
    part.*member = foreign_attribute(context, child, variable);
    out.push_back(std::move(part));
  }
  return true;
}

}  // namespace

// WS-BPEL4People 1.1 §5 People Activity
void read(Context& context, xml::NodeIndex node, ast::PeopleActivity& out) {
  out.input_variable = foreign_attribute(context, node, "inputVariable");
  out.output_variable = foreign_attribute(context, node, "outputVariable");
  out.skipable = foreign_yes_no(context, node, "isSkipable");
  for (const std::string_view local : {"task", "notification"})
    for (const auto child : foreign_children(context, node, ns::htd, local))
      out.tasks.push_back(read_human_task(context, child));
  for (const std::string_view local : {"localTask", "localNotification"})
    for (const auto child : foreign_children(context, node, ns::b4p, local))
      out.references.push_back(read_task_reference(context, child));
  out.has_to_parts =
      read_parts(context, node, "toParts", "toPart", "fromVariable", &ast::ToPart::from_variable, out.to_parts);
  out.has_from_parts =
      read_parts(context, node, "fromParts", "fromPart", "toVariable", &ast::FromPart::to_variable, out.from_parts);
}

}  // namespace echoflow::parse
