#pragma once
#include <optional>
#include <string_view>

#include "bpel/parse/context.hpp"

namespace echoflow::parse {

class Attributes;
class Children;

/// The kind of activity that an element of this local name is, if any.
std::optional<ast::ActivityKind> activity_kind(std::string_view local);

/// Reads the activity in a BPEL element; null (and no finding) when the element is none.
ast::ActivityPtr read_activity(Context& context, xml::NodeIndex element);

/// What every activity has: name and suppressJoinFailure; targets and sources (WS-BPEL 2.0 §10.1).
void read_standard_attributes(Attributes& attributes, ast::Activity& out);
void read_standard_elements(Context& context, Children& children, ast::Activity& out);

// One reader per activity, in activities/<name>.cpp; a forgotten one does not link. Those that stand in an
// <extensionActivity> are given their own element.
#define ECHOFLOW_ACTIVITY(enumerator, Type, element) void read(Context& context, xml::NodeIndex node, ast::Type& out);
#include "models/program/activity_kinds.def"

}  // namespace echoflow::parse
