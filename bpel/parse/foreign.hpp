#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "bpel/parse/context.hpp"

/// Reading elements of the extension namespaces. Nothing is reported here: what is wrong is said by the rules CX00001
/// ….
namespace echoflow::parse {

/// An attribute's value without the white space around it; "" when it is absent.
std::string foreign_attribute(const Context& context, xml::NodeIndex node, std::string_view name);
/// "yes", "true" and "1", or "no", "false" and "0".
ast::YesNo foreign_yes_no(const Context& context, xml::NodeIndex node, std::string_view name);
std::vector<xml::NodeIndex> foreign_children(const Context& context, xml::NodeIndex node, std::string_view ns,
                                             std::string_view local);
/// An expression that is the content of an element.
ast::Expression foreign_expression(const Context& context, xml::NodeIndex node);
std::optional<ast::Expression> foreign_child_expression(const Context& context, xml::NodeIndex node,
                                                        std::string_view ns, std::string_view local);
/// An expression that is an attribute's value; its place is the attribute's.
std::optional<ast::Expression> attribute_expression(const Context& context, xml::NodeIndex node, std::string_view name,
                                                    std::string_view ns = {});

}  // namespace echoflow::parse
