#include "bpel/parse/activity.hpp"
#include "bpel/parse/attributes.hpp"
#include "bpel/parse/children.hpp"
#include "bpel/parse/links.hpp"

namespace echoflow::parse {

// WS-BPEL 2.0 §11.6 Parallel and Control Dependencies Processing
void read(Context& context, xml::NodeIndex node, ast::Flow& out) {
  Attributes attributes(context, node, out);
  read_standard_attributes(attributes, out);
  Children children(context, node, out);
  read_standard_elements(context, children, out);
  if (const auto links = children.optional("links"); links != xml::no_node) read_links(context, links, out.links);
  out.activities = children.activities();
}

}  // namespace echoflow::parse
