#include "bpel/parse/activity.hpp"
#include "bpel/parse/attributes.hpp"
#include "bpel/parse/children.hpp"
#include "bpel/parse/links.hpp"
#include "models/base/namespaces.hpp"

namespace echoflow::parse {

namespace {

// WS-BPEL 2.0 §10.9: the foreign element carries the standard attributes and elements.
void read_foreign_activity(Context& context, xml::NodeIndex node, ast::ExtensionActivity& out) {
  const auto& document = context.document();
  out.content_name = document.qname(node);
  out.content = context.origin(node);
  out.name = document.attribute(node, "name").value_or("");
  const auto suppress = document.attribute(node, "suppressJoinFailure").value_or("");
  out.suppress_join_failure = suppress == "yes"  ? ast::YesNo::yes
                              : suppress == "no" ? ast::YesNo::no
                                                 : ast::YesNo::unset;
  read_targets(context, document.find_child(node, ns::bpel, "targets"), out.targets);
  read_sources(context, document.find_child(node, ns::bpel, "sources"), out.sources);
}

}  // namespace

// WS-BPEL 2.0 §10.9 Adding New Activity Types
void read(Context& context, xml::NodeIndex node, ast::ExtensionActivity& out) {
  Attributes attributes(context, node, out);
  Children children(context, node, out);
  if (out.extension_elements.empty()) {
    context.error(node, context.tag(node) + " holds no activity of another namespace; add it.");
    return;
  }
  read_foreign_activity(context, out.extension_elements.front().origin.element, out);
  if (out.extension_elements.size() > 1)
    context.error(out.extension_elements[1].origin.element,
                  context.tag(node) + " may hold one element only; put the other into its own <extensionActivity>.");
}

}  // namespace echoflow::parse
