#include "bpel/parse/foreign.hpp"

#include "bpel/parse/expressions.hpp"
#include "bpel/source/text.hpp"

namespace echoflow::parse {

std::string foreign_attribute(const Context& context, xml::NodeIndex node, std::string_view name) {
  return std::string(source::trimmed(context.document().attribute(node, name).value_or("")));
}

ast::YesNo foreign_yes_no(const Context& context, xml::NodeIndex node, std::string_view name) {
  const auto value = foreign_attribute(context, node, name);
  if (value == "yes" || value == "true" || value == "1") return ast::YesNo::yes;
  if (value == "no" || value == "false" || value == "0") return ast::YesNo::no;
  return ast::YesNo::unset;
}

std::vector<xml::NodeIndex> foreign_children(const Context& context, xml::NodeIndex node, std::string_view ns,
                                             std::string_view local) {
  const auto& document = context.document();
  std::vector<xml::NodeIndex> out;
  for (auto child = document.first_child_element(node); child != xml::no_node;
       child = document.next_sibling_element(child))
    if (document.namespace_uri(child) == ns && document.local_name(child) == local) out.push_back(child);
  return out;
}

ast::Expression foreign_expression(const Context& context, xml::NodeIndex node) {
  ast::Expression out;
  out.origin = context.origin(node);
  out.language = foreign_attribute(context, node, "expressionLanguage");
  out.text = own_text(context.document(), node);
  return out;
}

std::optional<ast::Expression> foreign_child_expression(const Context& context, xml::NodeIndex node,
                                                        std::string_view ns, std::string_view local) {
  const auto child = context.document().find_child(node, ns, local);
  if (child == xml::no_node) return std::nullopt;
  return foreign_expression(context, child);
}

std::optional<ast::Expression> attribute_expression(const Context& context, xml::NodeIndex node, std::string_view name,
                                                    std::string_view ns) {
  const auto attribute = context.document().find_attribute(node, ns, name);
  if (attribute == xml::no_node) return std::nullopt;
  ast::Expression out;
  out.origin = context.origin(node);
  out.origin.where = context.where(attribute);
  out.text = context.document().value(attribute);
  return out;
}

}  // namespace echoflow::parse
