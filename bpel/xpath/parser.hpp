#pragma once
#include <string_view>

#include "bpel/xpath/syntax.hpp"

namespace echoflow::xpath {

/// What parsing gives: the tree, and what it refers to by name.
struct Parsed {
  std::shared_ptr<Syntax> syntax;
  References references;
};

/// Parses and resolves. `names_only`: variables, properties and stylesheets stay unresolved (for References); the tree
/// must not be evaluated then. Throws CompileError.
Parsed parse(std::string_view text, const StaticContext& context, bool names_only);

}  // namespace echoflow::xpath
