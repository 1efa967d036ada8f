#pragma once
#include <optional>
#include <vector>

#include "bpel/parse/children.hpp"

namespace echoflow::parse {

/// Each takes its element, which may be no_node.
void read_targets(Context& context, xml::NodeIndex node, std::optional<ast::Targets>& out);
void read_sources(Context& context, xml::NodeIndex node, std::vector<ast::Source>& out);
/// The <links> of a flow.
void read_links(Context& context, xml::NodeIndex links, std::vector<ast::Link>& out);

}  // namespace echoflow::parse
