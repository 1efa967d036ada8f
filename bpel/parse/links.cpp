#include "bpel/parse/links.hpp"

#include "bpel/parse/attributes.hpp"
#include "bpel/parse/expressions.hpp"

namespace echoflow::parse {
namespace {

ast::Source read_source(Context& context, xml::NodeIndex node) {
  ast::Source out;
  out.origin = context.origin(node);
  Attributes attributes(context, node, out);
  out.link_name = attributes.ncname("linkName", Attributes::Need::required);
  Children children(context, node, out);
  out.transition_condition = read_optional_expression(context, children, "transitionCondition");
  return out;
}

ast::Targets::Target read_target(Context& context, xml::NodeIndex node) {
  ast::Targets::Target out;
  out.origin = context.origin(node);
  Attributes attributes(context, node, out);
  out.link_name = attributes.ncname("linkName", Attributes::Need::required);
  Children children(context, node, out);
  return out;
}

}  // namespace

// WS-BPEL 2.0 §11.6.1 Flow: links, targets and sources.
void read_targets(Context& context, xml::NodeIndex node, std::optional<ast::Targets>& out) {
  if (node == xml::no_node) return;
  out.emplace();
  out->origin = context.origin(node);
  Attributes attributes(context, node, *out);
  Children targets(context, node, *out);
  out->join_condition = read_optional_expression(context, targets, "joinCondition");
  for (const auto target : targets.at_least_one("target")) out->targets.push_back(read_target(context, target));
}

void read_sources(Context& context, xml::NodeIndex node, std::vector<ast::Source>& out) {
  if (node == xml::no_node) return;
  ast::Element container;
  Attributes attributes(context, node, container);
  Children sources(context, node, container);
  for (const auto source : sources.at_least_one("source")) out.push_back(read_source(context, source));
}

void read_links(Context& context, xml::NodeIndex links, std::vector<ast::Link>& out) {
  ast::Element container;
  Attributes attributes(context, links, container);
  Children children(context, links, container);
  for (const auto node : children.at_least_one("link")) {
    ast::Link link;
    link.origin = context.origin(node);
    Attributes link_attributes(context, node, link);
    link.name = link_attributes.ncname("name", Attributes::Need::required);
    Children link_children(context, node, link);
    out.push_back(std::move(link));
  }
}

}  // namespace echoflow::parse
