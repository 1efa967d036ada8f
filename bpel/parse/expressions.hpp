#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "bpel/parse/children.hpp"

namespace echoflow::parse {

/// The character data that stands directly in an element, comments left out.
std::string own_text(const xml::Document& document, xml::NodeIndex element);

/// An element that is an expression: <condition>, <for>, <query>… `language_attribute` is "expressionLanguage" or
/// "queryLanguage". An empty one is no mistake of form; it fails when it is evaluated.
ast::Expression read_expression(Context& context, xml::NodeIndex element,
                                std::string_view language_attribute = "expressionLanguage");
std::optional<ast::Expression> read_optional_expression(Context& context, Children& children, std::string_view name);
/// As above; its absence is reported.
std::optional<ast::Expression> read_required_expression(Context& context, Children& children, std::string_view name);

}  // namespace echoflow::parse
