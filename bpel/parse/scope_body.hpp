#pragma once
#include <memory>

#include "bpel/parse/attributes.hpp"
#include "bpel/parse/children.hpp"

namespace echoflow::parse {

/// The declarations that process and scope begin with: partner links, message exchanges, variables, correlation sets.
void read_declarations(Context& context, Children& children, ast::ScopeBody& out);
void read_body_fault_handlers(Context& context, Children& children, ast::ScopeBody& out);
void read_body_event_handlers(Context& context, Children& children, ast::ScopeBody& out);

}  // namespace echoflow::parse
