#pragma once
#include "bpel/parse/children.hpp"

namespace echoflow::parse {

/// <extensions> and <import>s of a process.
void read_extensions(Context& context, Children& children, std::vector<ast::Extension>& out);
void read_imports(Context& context, Children& children, std::vector<ast::Import>& out);

}  // namespace echoflow::parse
